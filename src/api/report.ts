import { BloggerError } from '../core/errors.ts';
import type { HostStats } from '../core/figures/stats.ts';
import type { JobStatus } from '../core/types.ts';
import { type CacheFigures, cacheFigures } from '../figures/cache-figures.ts';
import { LATENCY_BOUNDS_MS, type PostFigures, type RunDetails } from '../figures/run-details.ts';
import type { SpendingRow } from '../services/ledger/ledger-report.ts';
import type { RunRecord } from '../services/runs/run-store.ts';
import type { Project } from '../wiring/open-project.ts';

/** Report on runs, posts, jobs, cache and costs from the state store. */
export interface Report {
  readonly runs: readonly RunRecord[];
  readonly totals: {
    readonly entries: number;
    readonly crawled: number;
    readonly fromCache: number;
    readonly written: number;
    readonly unchanged: number;
    readonly failed: number;
    readonly calls: number;
  };
  readonly jobs: Readonly<Partial<Record<JobStatus, number>>>;
  readonly spending: readonly SpendingRow[];
  readonly cache: readonly CacheFigures[];
  readonly failuresByCode: Readonly<Record<string, number>>;
  readonly hosts: Readonly<Record<string, HostStats>>;
  /** Histogram of page times in milliseconds; the last bound is undefined. */
  readonly latency: readonly { readonly upToMs?: number; readonly pages: number }[];
  /** Pages by AI policy and decision. */
  readonly policies: Readonly<Record<string, number>>;
  /** Posts as last saved. */
  readonly posts: readonly PostFigures[];
}

/** Builds the report; throws `NOT_FOUND` for an unknown run. */
export async function buildReport(
  project: Project,
  { since, run }: { readonly since?: number; readonly run?: string },
): Promise<Report> {
  const runs = run === undefined ? project.runs.list(since === undefined ? {} : { since }) : [oneRun(project, run)];
  const only = run === undefined ? {} : { runId: runs[0]?.id ?? run };
  const ended = runs.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  // Oldest first, so that the newest version of a post wins.
  const details = detailsOf(project, runs);
  const sum = (pick: (summary: (typeof ended)[number]) => number) =>
    ended.reduce((total, summary) => total + pick(summary), 0);
  const failuresByCode: Record<string, number> = {};
  for (const { code } of ended.flatMap(({ failures, skips }) => [...failures, ...skips]))
    failuresByCode[code] = (failuresByCode[code] ?? 0) + 1;
  return {
    runs,
    totals: {
      entries: sum(({ entries }) => entries),
      crawled: sum(({ crawled }) => crawled),
      fromCache: sum(({ fromCache }) => fromCache),
      written: sum(({ posts }) => posts.written),
      unchanged: sum(({ posts }) => posts.unchanged),
      failed: sum(({ posts }) => posts.failed),
      calls: sum(({ calls }) => calls),
    },
    jobs: project.jobs.counts(only.runId),
    spending: project.spending({ ...(since === undefined ? {} : { since }), ...only }),
    cache: cacheFigures(details, (await project.cache.stats()).tiers),
    failuresByCode,
    hosts: mergedHosts(details),
    latency: [...LATENCY_BOUNDS_MS, undefined].map((upToMs, bucket) => ({
      ...(upToMs === undefined ? {} : { upToMs }),
      pages: details.reduce((pages, { latency }) => pages + (latency[bucket] ?? 0), 0),
    })),
    policies: mergedPolicies(details),
    posts: [...new Map(details.flatMap(({ posts }) => posts).map((post) => [post.file, post])).values()],
  };
}

/** Cache statistics over all runs, with the current contents of its tiers. */
export async function buildCacheReport(project: Project, cache: Project['cache']): Promise<CacheFigures[]> {
  return cacheFigures(detailsOf(project, project.runs.list()), (await cache.stats()).tiers);
}

/** Summaries as stored by the runs, oldest first. */
function detailsOf(project: Project, runs: readonly RunRecord[]): RunDetails[] {
  return [...runs].reverse().flatMap(({ id }) => (project.runs.detailsOf(id) as RunDetails | undefined) ?? []);
}

function mergedPolicies(details: readonly RunDetails[]): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const [policy, pages] of details.flatMap(({ policies = {} }) => Object.entries(policies)))
    merged[policy] = (merged[policy] ?? 0) + pages;
  return merged;
}

function mergedHosts(details: readonly RunDetails[]): Record<string, HostStats> {
  const hosts: Record<string, HostStats> = {};
  for (const [name, host] of details.flatMap((one) => Object.entries(one.hosts))) {
    const before = hosts[name];
    hosts[name] =
      before === undefined
        ? host
        : {
            pages: before.pages + host.pages,
            fromCache: before.fromCache + host.fromCache,
            failed: before.failed + host.failed,
            retries: before.retries + host.retries,
            bytes: before.bytes + host.bytes,
            ms: before.ms + host.ms,
          };
  }
  return hosts;
}

function oneRun(project: Project, id: string): RunRecord {
  const run = project.runs.get(id);
  if (run === undefined)
    throw new BloggerError(`No run has an id that begins with ${id}`, {
      code: 'NOT_FOUND',
      hint: '`blogger stats` lists the runs.',
    });
  return run;
}
