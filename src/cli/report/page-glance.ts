/** Top of the report page: last run, its cost against the cap, posts that need a decision, failing sources. Pure. */

import type { Report } from '../../api/report.ts';
import type { ReviewedPost } from '../../api/review.ts';
import type { SourceRow } from '../../services/sources/source-table.ts';
import { escapeHtml } from '../../util/text/escape-html.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { formatDuration, formatUsd } from '../reporters/describe.ts';
import { section, table } from './page-parts.ts';

export interface GlanceData {
  readonly report: Report;
  /** Posts that need a decision, read from their files. */
  readonly waiting: readonly ReviewedPost[];
  /** Watched feeds and sitemaps. */
  readonly sources: readonly SourceRow[];
}

export function glanceSections(data: GlanceData): string[] {
  return [lastRunSection(data.report), waitingSection(data), failingSection(data)];
}

type RunRecord = Report['runs'][number];

function lastRunSection({ runs }: Report): string {
  const [last] = runs;
  if (last === undefined) return '';
  return section('Last run', `<p>${escapeHtml(runSentence(last))}</p>${capBar(last)}`);
}

function runSentence({ command, startedAt, model, tier, summary, stoppedBy }: RunRecord): string {
  const head = `${command} with ${model}, tier ${tier}, began ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (summary === undefined) return `${head} and has not ended.`;
  const { written, unchanged, skipped, failed } = summary.posts;
  const end = stoppedBy === undefined ? '' : ` It was stopped: ${stoppedBy.message}`;
  return `${head}, took ${formatDuration(summary.durationMs)}: of ${plural(summary.entries, 'entry', 'entries')} ${formatCount(written)} written, ${formatCount(unchanged)} unchanged, ${formatCount(skipped)} skipped, ${formatCount(failed)} failed.${end}`;
}

/** Bar of the last run's cost against its cap. */
function capBar({ summary }: RunRecord): string {
  const budget = summary?.budget;
  if (budget === undefined)
    return summary === undefined || summary.calls === 0
      ? ''
      : `<p>Spent ${escapeHtml(formatUsd(summary.costUsd))}; no cap was set.</p>`;
  const { capUsd, spentUsd, left, leftUsd } = budget;
  const share = capUsd === 0 ? 1 : Math.min(1, spentUsd / capUsd);
  const rest =
    left === 0 || leftUsd === null
      ? ''
      : ` The ${plural(left, 'entry', 'entries')} left may cost ${formatUsd(leftUsd)}.`;
  const text = `Spent ${formatUsd(spentUsd)} of the cap of ${formatUsd(capUsd)} (${Math.round(share * 100)} %).${rest}`;
  return `<p>${escapeHtml(text)}</p><svg class="cap" viewBox="0 0 640 18" role="img" aria-label="${escapeHtml(text)}"><rect class="rest" width="640" height="18" rx="4"/><rect width="${Math.round(640 * share)}" height="18" rx="4"/></svg>`;
}

/** Descriptions of check rules. */
const REASONS: Readonly<Record<string, string>> = {
  'ungrounded-number': 'figures that are in no source',
  'ungrounded-date': 'dates that are in no source',
  'ungrounded-quote': 'quotations that are in no source',
  'unknown-link': 'links that are in no source',
  'unknown-name': 'names that are in no source',
  'derived-number': 'figures that are calculated from the sources',
  'wrong-source': 'statements under the wrong source',
  'no-source': 'paragraphs that name no source',
  'statement-speaker': 'quotations of another speaker',
  copied: 'too much text copied from the source',
  'not-repaired': 'a repair that failed',
  'look-failed': 'a model check that failed',
};

function waitingSection({ report, waiting }: GlanceData): string {
  const rows = waiting.map(({ title, file }) => {
    const post = report.posts.find(
      (each) => file.replaceAll('\\', '/').endsWith(`/${each.file}`) || file === each.file,
    );
    return [title, file, reasonOf(post), post?.score === undefined ? '–' : `${post.score}`];
  });
  const how = '<p>Approve or reject them with <code>blogger review</code>.</p>';
  const content =
    rows.length === 0 ? '<p>No post needs a decision.</p>' : table(['Title', 'File', 'Why', 'Score'], rows) + how;
  return section(`Posts that need a decision (${formatCount(rows.length)})`, content);
}

/** Why the post is a draft: findings about its sources. Style advice, shown in the table of posts, is not a reason. */
function reasonOf(post: Report['posts'][number] | undefined): string {
  const found = Object.entries(post?.findings ?? {}).flatMap(([rule, count]) => {
    const words = REASONS[rule] ?? (rule.startsWith('statement') ? 'statements that say something else' : undefined);
    return words === undefined ? [] : [count === 1 ? words : `${words} (${count})`];
  });
  return found.length === 0 ? 'a draft until a person approves it' : [...new Set(found)].join(', ');
}

interface Failing {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/** Feeds whose last reads failed, and hosts whose pages failed in the last run. */
function failingSection({ report, sources }: GlanceData): string {
  const feeds = sources.flatMap(({ url, failures, error }) =>
    error === undefined ? [] : [{ name: url, ...error, count: failures }],
  );
  const hosts = new Map<string, Failing>();
  for (const { url, code, message } of report.runs[0]?.summary?.failures ?? []) {
    const name = URL.canParse(url) ? new URL(url).host : url;
    const before = hosts.get(`${name} ${code}`);
    hosts.set(`${name} ${code}`, { name, code, message, count: (before?.count ?? 0) + 1 });
  }
  const failing: Failing[] = [...feeds, ...hosts.values()].sort((a, b) => b.count - a.count);
  return section(
    `Sources that fail (${formatCount(failing.length)})`,
    failing.length === 0
      ? '<p>No source failed in the last run.</p>'
      : table(
          ['Source', 'Failed', 'Reason', 'Last message'],
          failing.map(({ name, count, code, message }) => [name, formatCount(count), code, message]),
        ),
  );
}
