import type { Settings } from '../config/schema.ts';
import type { JobRecord } from '../core/ports.ts';
import { queueOptions } from '../run/worker-jobs.ts';
import { isFinished } from '../services/jobs/job-state.ts';
import type { JobFilter, JobMoment } from '../services/jobs/job-table.ts';
import { openRedisJobQueue } from '../services/jobs/redis-job-queue.ts';
import { openProject } from '../wiring/open-project.ts';

/** The jobs as another process sees them: of this project, or with `queue: redis` those that wait for workers anywhere. */
export interface JobBook extends AsyncDisposable {
  list(filter: JobFilter): Promise<JobRecord[]>;
  /** Its states with their times, oldest first. */
  history(id: string): Promise<readonly JobMoment[]>;
  cancel(id: string): Promise<boolean>;
  retry(id: string): Promise<boolean>;
  /** False for the queue of many machines: a run may be another project's. */
  readonly knowsRuns: boolean;
  /** The run of this id, whole or its first characters; undefined where it is not known here. */
  runOf(id: string): { readonly id: string; readonly isOver: boolean } | undefined;
  /** Ends a run that goes on: it takes no new work. False where it is not known here or over. */
  stopRun(id: string): boolean;
}

export { isFinished, type JobFilter, type JobMoment };

export async function openJobs(settings: Settings, cwd: string): Promise<JobBook> {
  if (settings.queue === 'redis') {
    const queue = await openRedisJobQueue(queueOptions(settings, 'posts'));
    return {
      list: (filter) => queue.list(filter),
      history: (id) => queue.history(id),
      cancel: (id) => queue.cancel(id),
      retry: (id) => queue.retry(id),
      knowsRuns: false,
      runOf: () => undefined,
      stopRun: () => false,
      [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
    };
  }
  const project = openProject(settings, cwd);
  return {
    list: async (filter) => project.jobs.list(filter),
    history: async (id) => project.jobs.history(id),
    cancel: async (id) => project.jobs.cancel(id),
    retry: async (id) => project.jobs.retry(id),
    knowsRuns: true,
    runOf(id) {
      const run = project.runs.get(id);
      return run === undefined ? undefined : { id: run.id, isOver: run.endedAt !== undefined };
    },
    stopRun: (id) => project.runs.requestStop(id),
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}
