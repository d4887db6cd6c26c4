import type { Report } from '../../pipeline/report.ts';
import { formatBytes, formatCount, formatDuration, formatUsd } from './describe.ts';

/** The report as text for a terminal. */
export function renderReport({ runs, totals, jobs, spending, cache, failuresByCode }: Report): string {
  const spent = spending.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const share = totals.crawled === 0 ? '' : ` (${Math.round((totals.fromCache / totals.crawled) * 100)} % without asking their host)`;
  const sections = [
    section('Posts', [
      ['written', formatCount(totals.written)],
      ['unchanged', formatCount(totals.unchanged)],
      ['failed', formatCount(totals.failed)],
    ]),
    section('Crawl', [
      ['entries', formatCount(totals.entries)],
      ['pages read', `${formatCount(totals.crawled)}${share}`],
    ]),
    section(
      'Jobs',
      Object.entries(jobs).map(([status, count]) => [status, formatCount(count)]),
    ),
    section('Money', [['requests', formatCount(totals.calls)], ['spent', formatUsd(spent)], ...byModel(spending)]),
    section(
      'Cache',
      cache.map(({ tier, entries, bytes }) => [tier, `${formatCount(entries)} entries, ${formatBytes(bytes)}`]),
    ),
    section(
      'Not written',
      Object.entries(failuresByCode)
        .sort((a, b) => b[1] - a[1])
        .map(([code, count]) => [code, formatCount(count)]),
    ),
    section(
      'Last runs',
      runs
        .slice(0, 10)
        .map(({ id, startedAt, summary, stoppedBy }) => [
          id.slice(0, 8),
          `${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')}  ${summary === undefined ? 'not ended' : `${summary.posts.written} written, ${summary.posts.unchanged} unchanged, ${summary.posts.failed} failed in ${formatDuration(summary.durationMs)}, ${formatUsd(summary.costUsd)}`}${stoppedBy === undefined ? '' : `, stopped: ${stoppedBy.code}`}`,
        ]),
    ),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function byModel(spending: Report['spending']): (readonly [string, string])[] {
  const sums = new Map<string, number>();
  for (const { model, tier, costUsd } of spending) sums.set(`${model} ${tier}`, (sums.get(`${model} ${tier}`) ?? 0) + costUsd);
  return [...sums].map(([name, cost]) => [`  ${name}`, formatUsd(cost)] as const);
}

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return '';
  const width = Math.max(...rows.map(([name]) => name.length));
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
}
