import type { SourceRow } from '../../services/sources/source-table.ts';
import { plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { formatDuration } from '../reporters/describe.ts';

/** Each source with its last check, its items and its error. */
export function renderSources(rows: readonly SourceRow[], now: number): string {
  return rows.map((row) => renderSource(row, now)).join('');
}

function renderSource(
  { url, kind, title, lookedAt, dueAt, lastNew, seen, pending, failures, error, movedTo }: SourceRow,
  now: number,
): string {
  const facts = [
    ...(title === undefined ? [] : [terminalLine(title)]),
    kind,
    `last read ${formatDuration(Math.max(0, now - lookedAt))} ago`,
    `${lastNew} new`,
    `${seen} seen`,
    ...(pending === 0 ? [] : [`${pending} not finished`]),
    ...(dueAt <= now ? [] : [`next read in ${formatDuration(dueAt - now)}`]),
  ];
  const trouble =
    error === undefined
      ? ''
      : `  ${error.code}: ${terminalLine(error.message)} (${plural(failures, 'failed look', 'failed looks')})\n`;
  const move = movedTo === undefined ? '' : `  moved permanently to ${terminalLine(movedTo)}\n`;
  return `${terminalLine(url)}\n  ${facts.join(' · ')}\n${move}${trouble}`;
}
