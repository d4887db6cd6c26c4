import type { Estimate } from '../../core/events.ts';
import { isFreeProvider } from '../../core/providers.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { formatUsd } from './describe.ts';

/** Result of a dry run as text for stdout. */
export function renderEstimate({
  provider,
  model,
  tier,
  posts,
  unchanged,
  kept,
  inputTokens,
  maxOutputTokens,
  likelyUsd,
  worstUsd,
  titles,
}: Estimate): string {
  const shown = titles.slice(0, 20).map((title) => `  - ${terminalLine(title)}`);
  if (titles.length > shown.length) shown.push(`  … and ${titles.length - shown.length} more`);
  // The upper bound counts flex at full price: a server that does not support it charges that.
  const most =
    worstUsd === undefined || likelyUsd === undefined
      ? 'an unknown amount'
      : `likely ${formatUsd(likelyUsd)}, at most ${formatUsd(worstUsd)} with every repair`;
  const cost = isFreeProvider(provider) ? 'nothing (built-in writer)' : `${most} (${provider} ${model}, tier ${tier})`;
  const tokens = isFreeProvider(provider)
    ? ''
    : `Tokens: about ${formatCount(inputTokens)} in, at most ${formatCount(maxOutputTokens)} out\n`;
  const left = kept === 0 ? '' : `Kept as a person left them: ${kept}\n`;
  return `${plural(posts, 'post')} to write, ${unchanged} unchanged; nothing was written or paid\n${left}${tokens}Cost: ${cost}\n${shown.join('\n')}${shown.length > 0 ? '\n' : ''}`;
}
