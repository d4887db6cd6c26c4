import { isFinished } from '../../api/jobs/open-jobs.ts';
import type { JobRecord } from '../../core/ports.ts';
import { JOB_STATUSES } from '../../core/types.ts';
import { systemClock } from '../../util/clock.ts';
import { jsonText } from '../../util/text/terminal-text.ts';
import type { Io } from '../process/io.ts';
import { jobLine } from './job-text.ts';

export interface WatchOptions {
  readonly list: () => Promise<readonly JobRecord[]>;
  /** No more jobs will come. */
  readonly isOver: () => boolean;
  /** True for the jobs of one run; jobs left waiting by an ended run are ignored. */
  readonly endsWithRun: boolean;
  readonly json: boolean;
}

const LOOK_MS = 500;

/** Prints each job whenever its state has changed, and the counts, until no job waits or runs, or the signal aborts. Returns whether there was any. */
export async function watchJobs(
  { list, isOver, endsWithRun, json }: WatchOptions,
  io: Io,
  stop: AbortSignal,
): Promise<boolean> {
  const seen = new Map<string, string>();
  let counts = '';
  while (!stop.aborted) {
    const isLast = isOver();
    const jobs = await list();
    for (const job of jobs) {
      if (seen.get(job.id) === job.status) continue;
      seen.set(job.id, job.status);
      io.stdout.write(`${json ? jsonText(job) : jobLine(job)}\n`);
    }
    const now = countsOf(jobs);
    if (now !== counts && !json && jobs.length > 0) io.stderr.write(`${now}\n`);
    counts = now;
    if (isLast && (endsWithRun || jobs.every(({ status }) => isFinished(status)))) break;
    await systemClock.sleep(LOOK_MS, stop).catch(() => {}); // the loop condition ends it
  }
  return seen.size > 0;
}

function countsOf(jobs: readonly JobRecord[]): string {
  return JOB_STATUSES.map((status) => `${status} ${jobs.filter((job) => job.status === status).length}`).join(' · ');
}
