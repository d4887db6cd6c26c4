import type { Report } from '../../api/report.ts';
import { formatCount } from '../../util/text/plural.ts';
import { formatDuration, formatUsd } from '../reporters/describe.ts';
import { spentUsd } from './spent.ts';

interface Row {
  readonly name: string;
  readonly of: (report: Report) => number | undefined;
  readonly format: (value: number) => string;
}

const ROWS: readonly Row[] = [
  { name: 'entries', of: ({ totals }) => totals.entries, format: formatCount },
  { name: 'pages read', of: ({ totals }) => totals.crawled, format: formatCount },
  { name: 'from cache', of: ({ totals }) => totals.fromCache, format: formatCount },
  { name: 'written', of: ({ totals }) => totals.written, format: formatCount },
  { name: 'unchanged', of: ({ totals }) => totals.unchanged, format: formatCount },
  { name: 'failed', of: ({ totals }) => totals.failed, format: formatCount },
  { name: 'requests', of: ({ totals }) => totals.calls, format: formatCount },
  { name: 'spent', of: ({ spending }) => spentUsd(spending), format: formatUsd },
  { name: 'took', of: ({ runs }) => runs[0]?.summary?.durationMs, format: formatDuration },
  { name: 'mean score', of: meanScore, format: (value) => value.toFixed(1) },
];

/** Compares two runs side by side. */
export function compareRuns(first: Report, second: Report): string {
  const cells = ROWS.map(({ name, of, format }) => {
    const [a, b] = [of(first), of(second)];
    return [name, a === undefined ? '–' : format(a), b === undefined ? '–' : format(b), changeOf(a, b)];
  });
  const lines = [['', idOf(first), idOf(second), 'change'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return `${lines.map((line) => line.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  ')).join('\n')}\n`;
}

function changeOf(a: number | undefined, b: number | undefined): string {
  if (a === undefined || b === undefined || a === b) return a === b ? '=' : '';
  if (a === 0) return 'new';
  const percent = ((b - a) / a) * 100;
  return `${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(1)} %`;
}

function meanScore({ posts }: Report): number | undefined {
  const scores = posts.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? undefined : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function idOf({ runs }: Report): string {
  return runs[0]?.id.slice(0, 8) ?? '';
}
