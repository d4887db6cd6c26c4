import { BloggerError } from '../core/errors.ts';
import type { JobStatus } from '../core/types.ts';
import type { TierStats } from '../services/cache/tier.ts';
import type { SpendingRow } from '../services/ledger/ledger-report.ts';
import type { RunRecord } from '../services/runs/run-store.ts';
import type { Project } from './open-project.ts';

/** What the store knows of runs, posts, jobs, cache and money. */
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
  readonly cache: readonly TierStats[];
  readonly failuresByCode: Readonly<Record<string, number>>;
}

/** Gathers the figures; throws `NOT_FOUND` for a run that is not there. */
export async function buildReport(project: Project, { since, run }: { readonly since?: number; readonly run?: string }): Promise<Report> {
  const runs = run === undefined ? project.runs.list(since === undefined ? {} : { since }) : [oneRun(project, run)];
  const only = run === undefined ? {} : { runId: runs[0]?.id ?? run };
  const ended = runs.flatMap(({ summary }) => (summary === undefined ? [] : [summary]));
  const sum = (pick: (summary: (typeof ended)[number]) => number) => ended.reduce((total, summary) => total + pick(summary), 0);
  const failuresByCode: Record<string, number> = {};
  for (const { code } of ended.flatMap(({ failures, skips }) => [...failures, ...skips])) failuresByCode[code] = (failuresByCode[code] ?? 0) + 1;
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
    cache: (await project.cache.stats()).tiers.filter(({ tier }) => tier !== 'memory'),
    failuresByCode,
  };
}

function oneRun(project: Project, id: string): RunRecord {
  const run = project.runs.get(id);
  if (run === undefined)
    throw new BloggerError(`Expected the id of a run, but none begins with ${id}`, { code: 'NOT_FOUND', hint: '`blogger stats` lists the runs.' });
  return run;
}
