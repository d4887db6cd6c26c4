import type { RunEvent } from '../../core/events.ts';
import type { RunStats } from '../../core/stats.ts';
import type { Failure } from '../../core/types.ts';
import { terminalLine } from '../../util/terminal-text.ts';
import { formatCount, formatDuration, formatUsd, plural } from './describe.ts';

/** The end of a run in words: what came of it, what did not and why, what it cost, and what to type next. */
export function renderSummary({ summary, stoppedBy }: Extract<RunEvent, { type: 'run:end' }>, { reusedAnswers, drafts }: RunStats, out: string): string {
  const { posts } = summary;
  const rows = [
    [
      'Posts',
      [
        `${posts.written} written${drafts > 0 ? ` (${plural(drafts, 'draft')})` : ''}`,
        `${posts.unchanged} unchanged`,
        `${posts.skipped} skipped`,
        `${posts.failed} failed`,
      ].join(' · '),
    ],
    ['Pages', `${summary.crawled} of ${plural(summary.entries, 'entry', 'entries')} read, ${summary.fromCache} without asking their host`],
    [
      'Model',
      summary.calls === 0 ? `no request${reusedAnswers > 0 ? `, ${plural(reusedAnswers, 'answer')} from the ledger` : ''}` : modelLine(summary, reusedAnswers),
    ],
    [
      'Time',
      `${formatDuration(summary.durationMs)}${summary.entries > 0 && summary.durationMs > 0 ? `, ${(summary.entries / (summary.durationMs / 1000)).toFixed(1)} entries a second` : ''}`,
    ],
    ...(posts.written + posts.unchanged > 0 && out !== '' ? [['Files', out]] : []),
  ] as const;
  const parts = [rows.map(([name, text]) => `  ${(name ?? '').padEnd(6)} ${text}`).join('\n')];
  if (summary.skips.length > 0) parts.push(`Skipped:\n${grouped(summary.skips)}`);
  if (summary.failures.length > 0) parts.push(`Failed:\n${grouped(summary.failures)}`);
  parts.push(nextStep(summary, stoppedBy));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function modelLine({ calls, tokens, costUsd }: Extract<RunEvent, { type: 'run:end' }>['summary'], reused: number): string {
  const parts = [
    plural(calls, 'request'),
    `${formatCount(tokens.input)} tokens in (${formatCount(tokens.cachedInput)} cached), ${formatCount(tokens.output)} out`,
    formatUsd(costUsd),
  ];
  if (reused > 0) parts.push(`${plural(reused, 'answer')} from the ledger`);
  return parts.join(' · ');
}

/** Failures of one reason stand together; each names its page and its line in the list. */
function grouped(failures: readonly Failure[]): string {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) groups.set(failure.code, [...(groups.get(failure.code) ?? []), failure]);
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([code, members]) => {
      const shown = members
        .slice(0, 20)
        .map(
          ({ url, message, position }) =>
            `    ${terminalLine(url)}${position === undefined ? '' : ` (${terminalLine(position.file)}:${position.line})`}\n      ${terminalLine(message)}`,
        );
      const more = members.length > shown.length ? [`    … and ${members.length - shown.length} more`] : [];
      return [`  ${code} (${members.length})`, ...shown, ...more].join('\n');
    })
    .join('\n');
}

function nextStep(
  { posts, entries }: Extract<RunEvent, { type: 'run:end' }>['summary'],
  stoppedBy: { readonly code: string; readonly message: string } | undefined,
): string {
  if (stoppedBy !== undefined)
    return `Stopped: ${stoppedBy.code}: ${terminalLine(stoppedBy.message)}\n  → What is done is saved; the same command goes on from here.`;
  const done = posts.written + posts.unchanged + posts.skipped + posts.failed;
  if (done === 0 && entries > 0) return 'Interrupted. What is done is saved; the same command goes on from here.';
  if (posts.failed > 0) return 'Next: `blogger generate --retry-failed` takes the failed ones only.';
  return posts.written === 0 && posts.unchanged > 0 ? 'Nothing to do: every post is up to date.' : '';
}
