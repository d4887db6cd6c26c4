import type { Report } from '../../api/report.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { spentText } from '../report/spent.ts';
import { barLines, cardLines, type TextBar } from '../report/text-charts.ts';
import { formatBytes, formatDuration, formatUsd } from './describe.ts';

const MAX_BARS = 8;

/** The report as text for a terminal of this width: cards, small charts, the last runs. */
export function renderReport(report: Report, columns: number): string {
  const { totals, jobs, spending, cache } = report;
  const width = Math.max(40, Math.min(columns, 120));
  const bars = (list: readonly TextBar[], format: (value: number) => string = formatCount) =>
    barLines(list.slice(0, MAX_BARS), { width, format });
  const scores = report.posts.flatMap(({ score }) => score ?? []);
  const cards = [
    ['written', formatCount(totals.written)],
    ['unchanged', formatCount(totals.unchanged)],
    ['failed', formatCount(totals.failed)],
    ['pages read', formatCount(totals.crawled)],
    ['from cache', totals.crawled === 0 ? '–' : `${Math.round((totals.fromCache / totals.crawled) * 100)} %`],
    ['requests', formatCount(totals.calls)],
    ['spent', spentText(spending)],
    [
      'mean score',
      scores.length === 0 ? '–' : (scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(1),
    ],
  ] as const;
  const days = sumBy(spending, ({ day }) => day);
  const sections = [
    cardLines(cards, width),
    section('Money by day', bars(days.slice(-MAX_BARS), formatUsd)),
    section(
      'Money by model and tier',
      bars(largestFirst(sumBy(spending, ({ model, tier }) => `${terminalLine(model)} ${tier}`)), formatUsd),
    ),
    section('Pages by the time that their hosts took', bars(latencyBars(report.latency))),
    section(
      'Pages by host',
      bars(
        largestFirst(
          Object.entries(report.hosts).map(([host, { pages }]) => ({ label: terminalLine(host), value: pages })),
        ),
      ),
    ),
    section('Not written, by reason', bars(largestFirst(entriesOf(report.failuresByCode)))),
    section('Jobs', bars(entriesOf(jobs))),
    section(
      'Cache',
      cache.map(
        ({ tier, hits, hitRate, entries, bytes }) =>
          `  ${tier.padEnd(8)} ${plural(entries, 'entry')}, ${formatBytes(bytes)}; ${plural(hits, 'hit')} (${Math.round(hitRate * 100)} %)`,
      ),
    ),
    section('Last runs', report.runs.slice(0, 10).map(runLine)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function runLine({ id, startedAt, summary, stoppedBy }: Report['runs'][number]): string {
  const when = new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ');
  const end = stoppedBy === undefined ? '' : `, stopped: ${stoppedBy.code}`;
  if (summary === undefined) return `  ${id.slice(0, 8)}  ${when}  not ended${end}`;
  const { written, unchanged, failed } = summary.posts;
  const what = `${written} written, ${unchanged} unchanged, ${failed} failed in ${formatDuration(summary.durationMs)}, ${formatUsd(summary.costUsd)}`;
  return `  ${id.slice(0, 8)}  ${when}  ${what}${end}`;
}

/** Removes empty bins at both ends of a histogram, not those in between. */
function latencyBars(latency: Report['latency']): TextBar[] {
  const bars = latency.map(({ upToMs, pages }, index) => ({
    label: upToMs === undefined ? `over ${latency[index - 1]?.upToMs} ms` : `to ${upToMs} ms`,
    value: pages,
  }));
  const first = bars.findIndex(({ value }) => value > 0);
  const last = bars.findLastIndex(({ value }) => value > 0);
  return first === -1 ? [] : bars.slice(first, last + 1);
}

function sumBy(spending: Report['spending'], name: (row: Report['spending'][number]) => string): TextBar[] {
  const sums = new Map<string, number>();
  for (const row of spending) sums.set(name(row), (sums.get(name(row)) ?? 0) + row.costUsd);
  return [...sums].map(([label, value]) => ({ label, value }));
}

function entriesOf(counts: Readonly<Record<string, number>>): TextBar[] {
  return Object.entries(counts).map(([label, value]) => ({ label, value }));
}

function largestFirst(bars: readonly TextBar[]): TextBar[] {
  return [...bars].sort((a, b) => b.value - a.value);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
