/** The report as one self-contained page: no script, nothing from the network, light and dark. Pure. */

import type { Report } from '../../api/report.ts';
import { escapeHtml } from '../../util/text/escape-html.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { formatBytes, formatDuration, formatUsd } from '../reporters/describe.ts';
import { type Bar, barChart, columnChart } from './charts.ts';
import { type GlanceData, glanceSections } from './page-glance.ts';
import { chart, section, table } from './page-parts.ts';
import { spentText } from './spent.ts';

export function renderReportPage(data: GlanceData, madeAt: string): string {
  const { report } = data;
  const { totals, spending } = report;
  const cards = [
    ['written', formatCount(totals.written)],
    ['unchanged', formatCount(totals.unchanged)],
    ['failed', formatCount(totals.failed)],
    ['pages read', formatCount(totals.crawled)],
    ['requests to a model', formatCount(totals.calls)],
    ['spent', spentText(spending)],
  ] as const;
  const sections = [
    ...glanceSections(data),
    moneySection(spending),
    crawlSection(report),
    cacheSection(report.cache),
    section(
      'Not written, by reason',
      chart(barChart, entriesOf(report.failuresByCode), 'Entries that gave no post, by reason', formatCount),
    ),
    postsSection(report.posts),
    runsSection(report.runs),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>blogger report</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>blogger report</h1>
<p>${plural(report.runs.length, 'run')} · made <time datetime="${escapeHtml(madeAt)}">${escapeHtml(madeAt.slice(0, 16).replace('T', ' '))} UTC</time></p>
</header>
<main>
<dl class="cards">
${cards.map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`).join('\n')}
</dl>
${sections.filter((text) => text !== '').join('\n')}
</main>
</body>
</html>
`;
}

function moneySection(spending: Report['spending']): string {
  if (spending.length === 0) return '';
  const sumBy = (name: (row: Report['spending'][number]) => string): Bar[] => {
    const sums = new Map<string, number>();
    for (const row of spending) sums.set(name(row), (sums.get(name(row)) ?? 0) + row.costUsd);
    return [...sums].map(([label, value]) => ({ label, value }));
  };
  return section(
    'Money',
    chart(
      columnChart,
      sumBy(({ day }) => day),
      'US dollars spent, by day',
      formatUsd,
    ) +
      chart(
        barChart,
        sumBy(({ model, tier }) => `${model} ${tier}`),
        'US dollars spent, by model and tier',
        formatUsd,
      ),
  );
}

function crawlSection({ hosts, latency, policies }: Report): string {
  const names = Object.entries(hosts).sort((a, b) => b[1].pages - a[1].pages);
  if (names.length === 0) return '';
  const bars = latency.map(({ upToMs, pages }, index) => ({
    label: upToMs === undefined ? `> ${latency[index - 1]?.upToMs}` : `≤ ${upToMs}`,
    value: pages,
  }));
  const rows = names.map(([name, { pages, fromCache, failed, retries, bytes, ms }]) => [
    name,
    formatCount(pages),
    formatCount(fromCache),
    formatCount(failed),
    formatCount(retries),
    formatBytes(bytes),
    pages === fromCache ? '–' : formatDuration(ms / (pages - fromCache)),
  ]);
  return section(
    'Crawl',
    chart(columnChart, bars, 'Pages by the milliseconds that their hosts took', formatCount) +
      table(['Host', 'Pages', 'From cache', 'Failed', 'Tried again', 'Read', 'A page'], rows) +
      table(
        ['What owners say of AI use', 'Pages'],
        Object.entries(policies).map(([policy, pages]) => [policy, formatCount(pages)]),
      ),
  );
}

function cacheSection(cache: Report['cache']): string {
  const rows = cache.map(
    ({ tier, hits, staleHits, misses, hitRate, writes, errors, evictions, entries, bytes, p50Ms, p95Ms }) => [
      tier,
      formatCount(hits),
      formatCount(staleHits),
      formatCount(misses),
      percent(hitRate),
      formatCount(writes),
      formatCount(evictions),
      formatCount(errors),
      formatCount(entries),
      formatBytes(bytes),
      `${p50Ms.toFixed(1)} / ${p95Ms.toFixed(1)}`,
    ],
  );
  const heads = [
    'Tier',
    'Hits',
    'Expired',
    'Misses',
    'Hit rate',
    'Writes',
    'Evicted',
    'Errors',
    'Entries now',
    'Size now',
    'A read, ms p50 / p95',
  ];
  return section('Cache', table(heads, rows));
}

function postsSection(posts: Report['posts']): string {
  const rows = posts.map(({ title, file, draft, score, costUsd, findings }) => [
    title,
    file,
    draft ? 'draft' : 'finished',
    score === undefined ? '–' : `${score}`,
    Object.entries(findings)
      .map(([rule, count]) => (count === 1 ? rule : `${rule} ×${count}`))
      .join(', '),
    costUsd === undefined ? '–' : formatUsd(costUsd),
  ]);
  return section('Posts', table(['Title', 'File', 'State', 'Score', 'Findings', 'Cost'], rows));
}

function runsSection(runs: Report['runs']): string {
  const rows = runs.map(({ id, startedAt, command, model, tier, summary, stoppedBy }) => [
    id.slice(0, 8),
    new Date(startedAt).toISOString().slice(0, 16).replace('T', ' '),
    command,
    `${model} ${tier}`,
    summary === undefined ? 'not ended' : formatCount(summary.posts.written),
    summary === undefined ? '' : formatCount(summary.posts.unchanged),
    summary === undefined ? '' : formatCount(summary.posts.failed),
    summary === undefined ? '' : formatDuration(summary.durationMs),
    summary === undefined ? '' : formatUsd(summary.costUsd),
    stoppedBy?.code ?? '',
  ]);
  return section(
    'Runs',
    table(
      ['Run', 'Began (UTC)', 'Command', 'Model', 'Written', 'Unchanged', 'Failed', 'Took', 'Cost', 'Stopped by'],
      rows,
    ),
  );
}

function entriesOf(counts: Readonly<Record<string, number>>): Bar[] {
  return Object.entries(counts)
    .map(([label, value]) => ({ label, value }))
    .sort((a, b) => b.value - a.value);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

const STYLE = `:root{color-scheme:light dark;--ink:light-dark(#1a1f2b,#e8ebf2);--soft:light-dark(#525a6b,#aab2c5);--line:light-dark(#d9dde6,#363c4a);--card:light-dark(#f4f6fa,#1f2430);--bar:light-dark(#2f6fdb,#7aa7ff);--page:light-dark(#ffffff,#151922)}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--page)}
header,main{max-width:70rem;margin:0 auto;padding:1rem}h1{margin:.5rem 0 0;font-size:1.6rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}header p{color:var(--soft);margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.6rem;margin:0}.cards div{background:var(--card);border-radius:.5rem;padding:.7rem .9rem}dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.5rem;font-weight:600}
figure{margin:0 0 1rem}figcaption{color:var(--soft);font-size:.9rem;margin-bottom:.3rem}svg{width:100%;max-width:46rem;height:auto}svg text{fill:var(--ink);font-size:13px;dominant-baseline:middle}svg rect{fill:var(--bar)}svg .rest{fill:var(--line)}.cap{display:block}svg .axis{stroke:var(--soft)}svg line{stroke:var(--line)}@media(max-width:40rem){svg text{font-size:17px}.minor{display:none}}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;width:100%}th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}td{white-space:normal;overflow-wrap:anywhere;min-width:9rem}td.number{white-space:nowrap;min-width:0}tbody th{font-weight:500;white-space:normal;min-width:9rem;overflow-wrap:anywhere}thead th{color:var(--soft);font-weight:500}th.number,.number{text-align:right;font-variant-numeric:tabular-nums}`;
