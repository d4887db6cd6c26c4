import type { Settings } from '../config/schema.ts';
import type { JobRecord } from '../core/ports.ts';
import { isFinished } from '../services/jobs/job-state.ts';
import type { JobFilter, JobMoment } from '../services/jobs/job-table.ts';
import { openQueue } from '../wiring/machines/shared-stores.ts';
import { openProject } from '../wiring/open-project.ts';

/** Opens the jobs for inspection from another process: of this project, or with a shared queue of all workers. */
export interface JobBook extends AsyncDisposable {
  list(filter: JobFilter): Promise<JobRecord[]>;
  /** State history with times, oldest first. */
  history(id: string): Promise<readonly JobMoment[]>;
  cancel(id: string): Promise<boolean>;
  retry(id: string): Promise<boolean>;
  /** Removes a job that does not run. */
  drop(id: string): Promise<boolean>;
  /** False for the queue of many machines: a run may be another project's. */
  readonly knowsRuns: boolean;
  /** Finds a run by id or unique prefix; undefined when unknown here. */
  runOf(id: string): { readonly id: string; readonly isOver: boolean } | undefined;
  /** Stops an active run: it takes no new work. False when the run is unknown here or finished. */
  stopRun(id: string): boolean;
}

export { isFinished, type JobFilter, type JobMoment };

export async function openJobs(settings: Settings, cwd: string): Promise<JobBook> {
  if (settings.queue !== 'local') return await openSharedJobs(settings);
  const project = openProject(settings, cwd);
  return {
    list: async (filter) => project.jobs.list(filter),
    history: async (id) => project.jobs.history(id),
    cancel: async (id) => project.jobs.cancel(id),
    retry: async (id) => project.jobs.retry(id),
    drop: async (id) => project.jobs.drop(id),
    knowsRuns: true,
    runOf(id) {
      const run = project.runs.get(id);
      return run === undefined ? undefined : { id: run.id, isOver: run.endedAt !== undefined };
    },
    stopRun: (id) => project.runs.requestStop(id),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

/** Pages and posts that wait for workers: an id is in one of the two queues. */
async function openSharedJobs(settings: Settings): Promise<JobBook> {
  const pages = await openQueue('pages', { settings });
  const posts = await openQueue('posts', { settings });
  return {
    async list(filter) {
      const both = await Promise.all([pages.list(filter), posts.list(filter)]);
      return both
        .flat()
        .sort((a, b) => b.createdAt - a.createdAt)
        .slice(0, filter.limit);
    },
    history: async (id) => [...(await pages.history(id)), ...(await posts.history(id))],
    cancel: async (id) => (await pages.cancel(id)) || (await posts.cancel(id)),
    retry: async (id) => (await pages.retry(id)) || (await posts.retry(id)),
    drop: async (id) => (await pages.drop(id)) || (await posts.drop(id)),
    knowsRuns: false,
    runOf: () => undefined,
    stopRun: () => false,
    async [Symbol.asyncDispose]() {
      await Promise.all([pages[Symbol.asyncDispose](), posts[Symbol.asyncDispose]()]);
    },
  };
}
