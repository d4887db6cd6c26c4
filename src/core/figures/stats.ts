/** Statistics of a run, reduced from its events. Pure; shared by the live view, the summary and the report. */

import type { EventOf, RunEvent, RunSummary } from '../events.ts';
import { GOALS, type Goal } from '../goal.ts';
import { type Failure, TIER_SHARES } from '../types.ts';
import { type HostTable, putHost } from './host-table.ts';

export interface HostStats {
  readonly pages: number;
  readonly fromCache: number;
  readonly failed: number;
  readonly retries: number;
  readonly bytes: number;
  readonly ms: number;
}

export interface RunStats {
  readonly runId: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly entries: number;
  readonly crawled: number;
  readonly fromCache: number;
  /** Pages served from an expired copy because the host did not respond. */
  readonly stale: number;
  readonly articles: number;
  readonly briefs: number;
  readonly written: number;
  readonly drafts: number;
  readonly unchanged: number;
  /** Entries that are in a post, written or unchanged; one post may be made of several. */
  readonly entriesInPosts: number;
  /** Jobs that this worker has done for others. */
  readonly jobs: { readonly pages: number; readonly posts: number; readonly failed: number } | undefined;
  readonly calls: number;
  readonly reusedAnswers: number;
  readonly retries: number;
  readonly tokens: { readonly input: number; readonly cachedInput: number; readonly output: number };
  readonly spentUsd: number;
  /** Savings compared with the standard tier. */
  readonly savedByTierUsd: number;
  readonly reservedUsd: number;
  /** False once the cost of any call is unknown. */
  readonly costKnown: boolean;
  readonly sources: { readonly read: number; readonly failed: number; readonly taken: number };
  readonly failures: readonly Failure[];
  readonly skips: readonly Failure[];
  /** By host; `hostRecord` gives it as a record. */
  readonly hosts: HostTable<HostStats>;
}

export function emptyStats(): RunStats {
  return {
    runId: '',
    startedAt: '',
    endedAt: '',
    entries: 0,
    crawled: 0,
    fromCache: 0,
    stale: 0,
    articles: 0,
    briefs: 0,
    written: 0,
    drafts: 0,
    unchanged: 0,
    entriesInPosts: 0,
    jobs: undefined,
    calls: 0,
    reusedAnswers: 0,
    retries: 0,
    tokens: { input: 0, cachedInput: 0, output: 0 },
    spentUsd: 0,
    savedByTierUsd: 0,
    reservedUsd: 0,
    costKnown: true,
    sources: { read: 0, failed: 0, taken: 0 },
    failures: [],
    skips: [],
    hosts: [],
  };
}

const NO_HOST: HostStats = { pages: 0, fromCache: 0, failed: 0, retries: 0, bytes: 0, ms: 0 };

const NO_JOBS = { pages: 0, posts: 0, failed: 0 };
const PLURALS = { page: 'pages', post: 'posts' } as const;

type Reducers = { readonly [Type in RunEvent['type']]?: (stats: RunStats, event: EventOf<Type>) => RunStats };

/** Events without a row do not change the statistics. */
const REDUCERS: Reducers = {
  'run:start': (stats, { runId, at, entries, goal }) => ({
    ...stats,
    runId,
    startedAt: at,
    entries,
    jobs: goal === 'serve' ? NO_JOBS : undefined,
  }),
  'run:end': (stats, { at }) => ({ ...stats, endedAt: at }),
  'page:retry': (stats, { host }) => ({
    ...withHost(stats, host, (before) => ({ ...before, retries: before.retries + 1 })),
    retries: stats.retries + 1,
  }),
  'page:end': afterPage,
  'entry:fail': (stats, { failure }) => ({
    ...withHost(stats, hostOf(failure.url), (host) => ({ ...host, failed: host.failed + 1 })),
    failures: [...stats.failures, failure],
  }),
  'entry:skip': (stats, { failure }) => ({ ...stats, skips: [...stats.skips, failure] }),
  'entry:retry': (stats, { url }) => ({ ...stats, failures: stats.failures.filter((failure) => failure.url !== url) }),
  'source:end': (stats, event) => ({ ...stats, sources: addSource(stats.sources, event) }),
  'article:end': (stats) => ({ ...stats, articles: stats.articles + 1 }),
  'worker:job': ({ jobs = NO_JOBS, ...stats }, { kind, done }) => {
    const name = done ? PLURALS[kind] : 'failed';
    return { ...stats, jobs: { ...jobs, [name]: jobs[name] + 1 } };
  },
  'job:add': (stats) => ({ ...stats, briefs: stats.briefs + 1 }),
  'call:retry': (stats) => ({ ...stats, retries: stats.retries + 1 }),
  'call:end': afterCall,
  'money:change': (stats, { spentUsd, reservedUsd }) => ({ ...stats, spentUsd, reservedUsd }),
  'post:saved': (stats, { draft, urls }) => ({
    ...stats,
    written: stats.written + 1,
    drafts: stats.drafts + Number(draft),
    entriesInPosts: stats.entriesInPosts + urls.length,
  }),
  'post:unchanged': (stats, { urls }) => ({
    ...stats,
    unchanged: stats.unchanged + 1,
    entriesInPosts: stats.entriesInPosts + urls.length,
  }),
};

export function reduceStats(stats: RunStats, event: RunEvent): RunStats {
  const reduce = REDUCERS[event.type] as ((stats: RunStats, event: RunEvent) => RunStats) | undefined; // the row of this event's type
  return reduce === undefined ? stats : reduce(stats, event);
}

function afterPage(stats: RunStats, { host, fromCache, stale, bytes, ms }: EventOf<'page:end'>): RunStats {
  const counted = withHost(stats, host, (before) => ({
    ...before,
    pages: before.pages + 1,
    fromCache: before.fromCache + Number(fromCache),
    bytes: before.bytes + bytes,
    ms: before.ms + ms,
  }));
  return {
    ...counted,
    crawled: stats.crawled + 1,
    fromCache: stats.fromCache + Number(fromCache),
    stale: stats.stale + Number(stale),
  };
}

function addSource(
  { read, failed, taken }: RunStats['sources'],
  { outcome, taken: more }: EventOf<'source:end'>,
): RunStats['sources'] {
  const isFailed = outcome === 'failed';
  return { read: read + Number(!isFailed), failed: failed + Number(isFailed), taken: taken + more };
}

function afterCall(stats: RunStats, event: EventOf<'call:end'>): RunStats {
  if (event.reused) return { ...stats, reusedAnswers: stats.reusedAnswers + 1 };
  const { input = 0, cachedInput = 0, output = 0 } = event.usage ?? {};
  const { tokens } = stats;
  return {
    ...stats,
    calls: stats.calls + 1,
    tokens: {
      input: tokens.input + input,
      cachedInput: tokens.cachedInput + cachedInput,
      output: tokens.output + output,
    },
    savedByTierUsd: stats.savedByTierUsd + (event.costUsd ?? 0) * Math.max(0, 1 / TIER_SHARES[event.tier] - 1),
    costKnown: stats.costKnown && event.costUsd !== undefined,
  };
}

/** True once every entry has a result: done, skipped or failed. */
export function isThrough({ entries, entriesInPosts, articles, skips, failures }: RunStats, goal: Goal): boolean {
  return (GOALS[goal].endsAt === 'post' ? entriesInPosts : articles) + skips.length + failures.length >= entries;
}

/** Ledger totals at the end of a run. */
export interface MoneySpent {
  readonly spentUsd: number;
  /** By all runs that share the cap. */
  readonly workUsd: number;
  readonly capUsd: number | undefined;
}

/** Final summary of a run. */
export function summarize(stats: RunStats, money?: MoneySpent): RunSummary {
  const budget = money === undefined ? undefined : budgetOf(stats, money);
  return {
    ...(budget === undefined ? {} : { budget }),
    runId: stats.runId,
    entries: stats.entries,
    crawled: stats.crawled,
    fromCache: stats.fromCache,
    stale: stats.stale,
    posts: {
      written: stats.written,
      unchanged: stats.unchanged,
      skipped: stats.skips.length,
      failed: stats.failures.length,
    },
    ...(stats.jobs === undefined ? {} : { jobs: stats.jobs }),
    calls: stats.calls,
    tokens: stats.tokens,
    costUsd: stats.costKnown ? stats.spentUsd : null,
    durationMs: Math.max(0, Date.parse(stats.endedAt) - Date.parse(stats.startedAt)) || 0,
    ...(stats.sources.read + stats.sources.failed === 0 ? {} : { sources: stats.sources }),
    failures: stats.failures,
    skips: stats.skips,
  };
}

/** What was spent under the cap, and the estimated cost of the remaining list at the same price per post. */
function budgetOf(stats: RunStats, { spentUsd, workUsd, capUsd }: MoneySpent): RunSummary['budget'] {
  if (capUsd === undefined) return undefined;
  const { entries, entriesInPosts, skips, failures, written } = stats;
  const left = Math.max(0, entries - entriesInPosts - skips.length - failures.length);
  return {
    capUsd,
    spentUsd: workUsd,
    posts: written,
    left,
    leftUsd: written === 0 ? null : (spentUsd / written) * left,
  };
}

function withHost(stats: RunStats, name: string, change: (host: HostStats) => HostStats): RunStats {
  return { ...stats, hosts: putHost(stats.hosts, name, (host = NO_HOST) => change(host)) };
}

function hostOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
}
