import type { Settings } from '../../config/schema.ts';
import type { RunSummary } from '../../core/events.ts';
import type { JobFilter, JobMoment, JobRecord, JobStore } from '../../core/ports.ts';
import { isFinished } from '../../services/jobs/job-state.ts';
import { openQueue } from '../../wiring/machines/shared-stores.ts';
import { openProject } from '../../wiring/open-project.ts';

/** Access to jobs from another process: those of this project, or of a shared queue. */
export interface JobBook extends AsyncDisposable {
  list(filter: JobFilter): Promise<readonly JobRecord[]>;
  /** State history with times, oldest first. */
  history(id: string): Promise<readonly JobMoment[]>;
  cancel(id: string): Promise<boolean>;
  retry(id: string): Promise<boolean>;
  /** Removes a job that is not running. */
  drop(id: string): Promise<boolean>;
  /** False for a shared queue: a run may belong to another project. */
  readonly knowsRuns: boolean;
  /** Finds a run by id or unique prefix; undefined when unknown here. */
  runOf(id: string): KnownRun | undefined;
  /** Stops an active run: it takes no new work. False when the run is unknown here or finished. */
  stopRun(id: string): boolean;
}

export interface KnownRun {
  readonly id: string;
  readonly isOver: boolean;
  /** Its posts; absent for a run that is not over or was killed. */
  readonly posts?: RunSummary['posts'];
}

export { isFinished, type JobFilter, type JobMoment };

export async function openJobs(settings: Settings, cwd: string): Promise<JobBook> {
  if (settings.queue !== 'local') return await openSharedJobs(settings);
  const project = openProject(settings, cwd);
  return {
    ...inAll([project.jobs]),
    knowsRuns: true,
    runOf(id) {
      const run = project.runs.get(id);
      if (run === undefined) return undefined;
      const posts = run.summary === undefined ? {} : { posts: run.summary.posts };
      return { id: run.id, isOver: run.endedAt !== undefined, ...posts };
    },
    stopRun: (id) => project.runs.requestStop(id),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}

/** Pages and posts that wait for workers. */
async function openSharedJobs(settings: Settings): Promise<JobBook> {
  const stores = [await openQueue('pages', { settings }), await openQueue('posts', { settings })];
  return {
    ...inAll(stores),
    knowsRuns: false,
    runOf: () => undefined,
    stopRun: () => false,
    async [Symbol.asyncDispose]() {
      await Promise.all(stores.map((store) => store[Symbol.asyncDispose]()));
    },
  };
}

type JobsInStores = Pick<JobBook, 'list' | 'history' | 'cancel' | 'retry' | 'drop'>;

/** Combines several stores; an id is in one of them. */
function inAll(stores: readonly JobStore[]): JobsInStores {
  const inOne = async (change: (store: JobStore) => boolean | Promise<boolean>) => {
    for (const store of stores) if (await change(store)) return true;
    return false;
  };
  return {
    async list(filter) {
      const lists = await Promise.all(stores.map(async (store) => store.list(filter)));
      return lists
        .flat()
        .sort((a, b) => b.createdAt - a.createdAt)
        .slice(0, filter.limit);
    },
    history: async (id) => (await Promise.all(stores.map(async (store) => store.history(id)))).flat(),
    cancel: (id) => inOne((store) => store.cancel(id)),
    retry: (id) => inOne((store) => store.retry(id)),
    drop: (id) => inOne((store) => store.drop(id)),
  };
}
