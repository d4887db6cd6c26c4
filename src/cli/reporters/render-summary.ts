import { isAbsolute, join, relative } from 'node:path';
import { ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import type { RunEvent, RunSummary } from '../../core/events.ts';
import { bottleneckOf } from '../../core/figures/pace.ts';
import type { Failure } from '../../core/types.ts';
import { formatCount, plural } from '../../util/text/plural.ts';
import { terminalLine } from '../../util/text/terminal-text.ts';
import { commandLine, flagsOf, PROJECT_FLAGS, quoted } from '../command-line.ts';
import { formatDuration, formatUsd } from './describe.ts';
import type { RunFigures } from './run-figures.ts';

type RunEnd = Extract<RunEvent, { type: 'run:end' }>;
type Row = readonly [name: string, text: string];

/** Summary of a run: results, failures with reasons, cost, savings, bottleneck, and the next command. */
export function renderSummary({ summary, stoppedBy }: RunEnd, figures: RunFigures): string {
  const rows = [
    ...postsRow(summary, figures),
    ['Pages', `${pagesRead(summary)}${staleNote(summary)}`] as const,
    ...sourcesRow(summary),
    ...modelRow(summary),
    ...budgetRow(summary),
    ...savedRow(summary, figures),
    ['Time', timeOf(summary)] as const,
    ...slowestRow(summary, figures),
    ...(summary.posts.written + summary.posts.unchanged > 0 && figures.out !== ''
      ? [['Files', `${terminalLine(pathFrom(figures.cwd, figures.out))}/`] as const]
      : []),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const parts = [rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n')];
  if (summary.skips.length > 0) parts.push(`Skipped:\n${grouped(summary.skips)}`);
  if (summary.failures.length > 0) parts.push(`Failed:\n${grouped(summary.failures)}`);
  parts.push(nextStep(summary, stoppedBy, figures));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function postsRow({ posts, jobs }: RunSummary, { stats: { drafts }, goal }: RunFigures): Row[] {
  if (goal === 'articles') return [];
  if (goal === 'serve') return [['Jobs', jobsDone(jobs)]];
  const written = `${posts.written} written${drafts > 0 ? ` (${plural(drafts, 'draft')})` : ''}`;
  return [
    [
      'Posts',
      [written, `${posts.unchanged} unchanged`, `${posts.skipped} skipped`, `${posts.failed} failed`].join(' · '),
    ],
  ];
}

const NO_JOBS = 'none done';

/** Jobs of the shared queue that a worker has done. */
export function jobsDone(jobs: RunSummary['jobs']): string {
  const { pages = 0, posts = 0, failed = 0 } = jobs ?? {};
  if (pages + posts + failed === 0) return NO_JOBS;
  return `${plural(pages, 'page')} · ${plural(posts, 'post')} · ${failed} failed`;
}

/** A worker has no list, so the number of entries is left out. */
function pagesRead({ crawled, entries }: RunSummary): string {
  return entries === 0 && crawled > 0
    ? `${plural(crawled, 'page')} read`
    : `${crawled} of ${plural(entries, 'entry', 'entries')} read`;
}

function staleNote({ stale }: RunSummary): string {
  return stale === 0
    ? ''
    : `, ${plural(stale, 'page')} from an expired copy, because ${stale === 1 ? 'its host does' : 'their hosts do'} not answer`;
}

function sourcesRow({ sources }: RunSummary): Row[] {
  if (sources === undefined) return [];
  const { read, failed, taken } = sources;
  return [
    ['Feeds', [`${read} read`, ...(failed === 0 ? [] : [`${failed} failed`]), plural(taken, 'new item')].join(' · ')],
  ];
}

function modelRow({ calls, tokens, costUsd }: RunSummary): Row[] {
  if (calls === 0) return [['Model', 'no request']];
  const used = `${plural(tokens.input, 'token')} in (${formatCount(tokens.cachedInput)} cached), ${formatCount(tokens.output)} out`;
  return [['Model', [plural(calls, 'request'), used, formatUsd(costUsd)].join(' · ')]];
}

/** Spending under the cap, and the estimated cost of the remaining entries. */
function budgetRow({ budget, calls }: RunSummary): Row[] {
  if (budget === undefined) return [];
  const { capUsd, spentUsd, posts, left, leftUsd } = budget;
  const spent = `${formatUsd(spentUsd)} of ${formatUsd(capUsd)} spent`;
  const bought = calls === 0 ? spent : `${spent}, ${plural(posts, 'post')} bought`;
  if (left === 0) return [['Budget', bought]];
  const rest = leftUsd === null ? '' : `, about ${formatUsd(leftUsd)} more at this rate`;
  return [['Budget', `${bought} · ${left} ${left === 1 ? 'entry' : 'entries'} left${rest}`]];
}

/** Savings: cached pages, duplicates, cheaper tiers. A duplicate counts at the mean cost of a request in this run. */
function savedRow({ calls, costUsd, fromCache, skips }: RunSummary, { stats }: RunFigures): Row[] {
  const duplicates = skips.filter(({ code }) => code === 'DUPLICATE').length;
  const parts: string[] = [];
  if (fromCache > 0) parts.push(`${plural(fromCache, 'page')} from the cache`);
  if (stats.unchanged > 0) parts.push(`${plural(stats.unchanged, 'post')} already there`);
  if (stats.reusedAnswers > 0) parts.push(`${plural(stats.reusedAnswers, 'answer')} paid for before`);
  if (duplicates > 0) {
    const worth = calls > 0 && costUsd !== null ? ` (about ${formatUsd((costUsd / calls) * duplicates)})` : '';
    parts.push(`${plural(duplicates, 'duplicate')} not written again${worth}`);
  }
  if (stats.savedByTierUsd > 0) parts.push(`${formatUsd(stats.savedByTierUsd)} by the tier`);
  return parts.length === 0 ? [] : [['Saved', parts.join(' · ')]];
}

function timeOf({ durationMs, entries }: RunSummary): string {
  const rate = entries > 0 && durationMs > 0 ? `, ${(entries / (durationMs / 1000)).toFixed(1)} entries a second` : '';
  return `${formatDuration(durationMs)}${rate}`;
}

/** Busy share of the slowest stage: at 100 % the run could not have been faster. */
function slowestRow({ durationMs, crawled, fromCache, posts }: RunSummary, { pace, stats }: RunFigures): Row[] {
  const slowest = bottleneckOf(pace, Date.parse(stats.endedAt));
  if (slowest === undefined || durationMs === 0) return [];
  const { stage, busyMs } = slowest;
  const count = stage === 'crawl' ? crawled - fromCache : posts.written;
  const share = `${Math.min(100, Math.round((busyMs / durationMs) * 100))} % of the time`;
  const rate =
    busyMs > 0 && count > 0
      ? `, ${(count / (busyMs / 1000)).toFixed(1)} ${stage === 'crawl' ? 'pages' : 'posts'} a second`
      : '';
  return [
    [
      'Slowest',
      `${stage === 'crawl' ? 'reading pages' : 'writing posts'}: at work for ${formatDuration(busyMs)} (${share})${rate}`,
    ],
  ];
}

/** Maximum hints shown per kind of failure. */
const MAX_HINTS = 3;

/** Groups failures by kind; each names its page and list line, followed by hints. */
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
      const hints = [...new Set(members.flatMap(({ hint }) => hint ?? []))].slice(0, MAX_HINTS);
      const advice = hints.map((hint) => `    → ${terminalLine(hint)}`);
      return [`  ${code} (${members.length})`, ...shown, ...more, ...advice].join('\n');
    })
    .join('\n');
}

function nextStep(
  { posts, entries, failures, jobs }: RunSummary,
  stoppedBy: RunEnd['stoppedBy'],
  figures: RunFigures,
): string {
  const {
    argv,
    goal,
    stats: { entriesInPosts },
  } = figures;
  const same = sameCommand(figures, argv);
  const stats = `Next: ${commandLine(['stats', ...flagsOf(argv, PROJECT_FLAGS)])}`;
  const goOn = `Finished posts are saved. Next: ${same}`;
  if (stoppedBy !== undefined)
    return `Stopped: ${stoppedBy.code}: ${terminalLine(stoppedBy.message)}${hintLine(stoppedBy)}\n  → ${goOnAfter(stoppedBy, figures)}`;
  if (goal === 'estimate')
    return `This was a dry run: nothing was written. Next: ${sameCommand(figures, withoutFlag(argv, '--dry-run'))}`;
  if (entriesInPosts + posts.skipped + posts.failed < entries && goal !== 'articles') return `Not finished. ${goOn}`;
  if (posts.failed > 0 && goal === 'posts')
    return `${failures.some(helpsToRetry) ? 'Next' : 'Fix these causes first; a retry alone does not help. Then'}: ${sameCommand(figures, [...argv.filter((word) => word !== '--retry-failed' && word !== '--force'), '--retry-failed'])}`;
  if (figures.draft !== undefined) return reviewOf(figures.draft, figures) ?? stats;
  if (entries === 0 && goal === 'collect') return 'Nothing to collect: this project has no open vendor batch.';
  if (entries === 0 && argv.includes('--retry-failed')) return 'Nothing to retry: no entry failed in the last run.';
  if (goal === 'serve' && jobsDone(jobs) === NO_JOBS)
    return 'No job came from the queue. `blogger generate --queue redis` (or postgres) puts jobs into it, with the same REDIS_URL and cache.prefix.';
  if (goal !== 'posts') return '';
  return posts.written === 0 && posts.unchanged > 0 ? `Nothing to do: every post is up to date. ${stats}` : stats;
}

/** The command to resume: with the tier named in the hint, or after the cause is fixed. */
function goOnAfter({ code, hint = '' }: NonNullable<RunEnd['stoppedBy']>, figures: RunFigures): string {
  const { argv } = figures;
  const tier = /--tier (standard|flex|batch)\b/.exec(hint)?.[1];
  const place = argv.indexOf('--tier') + 1;
  if (tier !== undefined && place > 0)
    return `Finished posts are saved. Next: ${sameCommand(figures, argv.with(place, tier))}`;
  const again = sameCommand(figures, argv);
  return NEEDS_CHANGE.has(code)
    ? `Finished posts are saved. Fix the cause, then resume with: ${again}`
    : `Finished posts are saved. Next: ${again}`;
}

/** Causes that remain until the user changes something. */
const NEEDS_CHANGE: ReadonlySet<string> = new Set([
  'PROVIDER_MODEL',
  'PROVIDER_ADDRESS',
  'PROVIDER_AUTH',
  'PROVIDER_KEY_MISSING',
  'PRICE_UNKNOWN',
  'CONFIG_INVALID',
  'OUTPUT_UNWRITABLE',
  'DISK_FULL',
  'TARGET_AUTH',
]);

/** The hint on a separate line; empty when the error has none. */
export function hintLine({ hint }: { readonly hint?: string | undefined }): string {
  return hint === undefined ? '' : `\n  → ${terminalLine(hint)}`;
}

/** True if a retry of the same request may succeed: overload, broken connections, an invalid answer. */
function helpsToRetry({ code, retryable }: Failure): boolean {
  if (retryable !== undefined) return retryable;
  const spec = Object.hasOwn(ERROR_CODES, code) ? ERROR_CODES[code as ErrorCode] : undefined;
  return spec === undefined || spec.retryable || RETRIED_REPLIES.has(code);
}

/** Not retryable within a run, but another answer may be better. */
const RETRIED_REPLIES: ReadonlySet<string> = new Set([
  'REPLY_REFUSED',
  'CHECK_FAILED',
  'UNGROUNDED',
  'JOB_CANCELLED',
  'BATCH_GONE',
  'PROVIDER_UNKNOWN_OUTCOME',
]);

function withoutFlag(argv: readonly string[], flag: string): string[] {
  return argv.filter((word) => word !== flag);
}

/** The command with the same list; a list from standard input is named by its saved file, if there is one. */
function sameCommand({ keptList }: RunFigures, argv: readonly string[]): string {
  return `${commandLine(argv)}${keptList === undefined ? '' : ` < ${quoted(keptList)}`}`;
}

/** The command to review drafts; none for JSON, which is read by programs. */
function reviewOf(draft: string, { argv, cwd, out }: RunFigures): string | undefined {
  if (draft.endsWith('.html'))
    return `Next: open ${terminalLine(pathFrom(cwd, join(out, 'index.html')))}, which links each draft to its check`;
  return draft.endsWith('.md')
    ? `Next: ${commandLine(['review', ...flagsOf(argv, ['--out', ...PROJECT_FLAGS])])}`
    : undefined;
}

/** Relative to the working folder; absolute when outside of it. */
function pathFrom(cwd: string, path: string): string {
  const short = relative(cwd, path);
  return short.startsWith('..') || isAbsolute(short) ? path : short || '.';
}
