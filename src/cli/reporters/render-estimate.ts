import type { Estimate } from '../../core/events.ts';
import { isFreeProvider } from '../../core/providers.ts';
import { TIER_SHARES } from '../../core/types.ts';
import { terminalLine } from '../../util/terminal-text.ts';
import { formatCount, formatUsd, plural } from './describe.ts';

/** What a dry run found, as text for stdout. */
export function renderEstimate({
  provider,
  model,
  tier,
  posts,
  unchanged,
  inputTokens,
  maxOutputTokens,
  worstUsd,
  titles,
}: Estimate): string {
  const shown = titles.slice(0, 20).map((title) => `  - ${terminalLine(title)}`);
  if (titles.length > shown.length) shown.push(`  … and ${titles.length - shown.length} more`);
  // A server that does not serve flex charges the full price, which is the most; the usual is what flex is chosen for.
  const most =
    worstUsd === undefined
      ? 'an unknown amount'
      : `at most ${formatUsd(worstUsd)}${tier === 'flex' ? ` (${formatUsd(worstUsd * TIER_SHARES.flex)} where flex is served)` : ''}`;
  const cost = isFreeProvider(provider) ? 'nothing (built-in writer)' : `${most} at ${provider} ${model}, tier ${tier}`;
  const tokens = isFreeProvider(provider)
    ? ''
    : `Tokens: about ${formatCount(inputTokens)} in, at most ${formatCount(maxOutputTokens)} out\n`;
  return `${plural(posts, 'post')} to write, ${unchanged} unchanged; nothing was written or paid\n${tokens}Cost: ${cost}\n${shown.join('\n')}${shown.length > 0 ? '\n' : ''}`;
}
