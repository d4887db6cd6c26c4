/** Statistics of a run, reduced from its events. Pure; shared by the live view, the summary and the report. */

import type { RunEvent, RunSummary } from '../events.ts';
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

export function reduceStats(stats: RunStats, event: RunEvent): RunStats {
  switch (event.type) {
    case 'run:start':
      return { ...stats, runId: event.runId, startedAt: event.at, entries: event.entries };
    case 'run:end':
      return { ...stats, endedAt: event.at };
    case 'page:retry':
      return {
        ...withHost(stats, event.host, (host) => ({ ...host, retries: host.retries + 1 })),
        retries: stats.retries + 1,
      };
    case 'page:end':
      return {
        ...withHost(stats, event.host, (host) => ({
          ...host,
          pages: host.pages + 1,
          fromCache: host.fromCache + Number(event.fromCache),
          bytes: host.bytes + event.bytes,
          ms: host.ms + event.ms,
        })),
        crawled: stats.crawled + 1,
        fromCache: stats.fromCache + Number(event.fromCache),
        stale: stats.stale + Number(event.stale),
      };
    case 'entry:fail':
      return {
        ...withHost(stats, hostOf(event.failure.url), (host) => ({ ...host, failed: host.failed + 1 })),
        failures: [...stats.failures, event.failure],
      };
    case 'entry:skip':
      return { ...stats, skips: [...stats.skips, event.failure] };
    case 'entry:retry':
      return { ...stats, failures: stats.failures.filter(({ url }) => url !== event.url) };
    case 'source:end':
      return { ...stats, sources: addSource(stats.sources, event) };
    case 'article:end':
      return { ...stats, articles: stats.articles + 1 };
    case 'job:add':
      return { ...stats, briefs: stats.briefs + 1 };
    case 'call:retry':
      return { ...stats, retries: stats.retries + 1 };
    case 'call:end':
      return afterCall(stats, event);
    case 'money:change':
      return { ...stats, spentUsd: event.spentUsd, reservedUsd: event.reservedUsd };
    case 'post:saved':
      return {
        ...stats,
        written: stats.written + 1,
        drafts: stats.drafts + Number(event.draft),
        entriesInPosts: stats.entriesInPosts + event.urls.length,
      };
    case 'post:unchanged':
      return { ...stats, unchanged: stats.unchanged + 1, entriesInPosts: stats.entriesInPosts + event.urls.length };
    case 'run:estimate':
    case 'run:warning':
    case 'run:stopping':
    case 'run:pause':
    case 'run:resume':
    case 'page:start':
    case 'job:status':
    case 'job:progress':
    case 'batch:start':
    case 'batch:end':
    case 'call:start':
    case 'call:error':
    case 'vendor-batch:status':
    case 'check:end':
    case 'cache:state':
      return stats;
  }
}

function addSource(
  { read, failed, taken }: RunStats['sources'],
  { outcome, taken: more }: Extract<RunEvent, { type: 'source:end' }>,
): RunStats['sources'] {
  const isFailed = outcome === 'failed';
  return { read: read + Number(!isFailed), failed: failed + Number(isFailed), taken: taken + more };
}

function afterCall(stats: RunStats, event: Extract<RunEvent, { type: 'call:end' }>): RunStats {
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
