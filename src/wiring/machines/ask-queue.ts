/** Sends a job to the workers and waits for its result. */

import { isAbortError } from '../../core/errors.ts';
import type { JobRecord, NewJob } from '../../core/ports.ts';
import type { JobSigner } from '../../services/jobs/job-signature.ts';
import { isFinished } from '../../services/jobs/job-state.ts';
import { jobError, type SharedJobQueue } from '../../services/jobs/shared/shared-job-queue.ts';

export interface AskOptions {
  readonly signer: JobSigner;
  /** Results older than this (milliseconds since the epoch) are ignored and the job runs again. */
  readonly notBefore: number;
  /** Called when the queue no longer knows the job, so its outcome is unknown. `hasStarted`: a worker had started it. */
  readonly onLost?: (hasStarted: boolean) => void;
}

/**
 * Returns the result of a job when a worker has finished it; throws the worker's error. A second call for the same job, also after a crash,
 * returns the same result; only a job that failed, or succeeded before `notBefore`, runs again.
 */
export async function askQueue(
  queue: SharedJobQueue,
  job: NewJob,
  options: AskOptions,
  signal: AbortSignal,
): Promise<unknown> {
  const { signer } = options;
  const known = await queue.add(signer.sign(job));
  const isUsable =
    known.status === 'SUCCESS' &&
    known.updatedAt >= options.notBefore &&
    isGenuine(known, signer) &&
    !hasFailed(known.result);
  if (isFinished(known.status) && !isUsable) await queue.retry(job.id);
  try {
    const done = await queue.finished(job.id, signal);
    if (done === undefined) {
      options.onLost?.(queue.takeStart(job.id));
      return await askQueue(queue, job, options, signal);
    }
    if (done.status === 'SUCCESS') return signer.openAnswer(done);
    throw jobError(done);
  } catch (error) {
    if (signal.aborted) await withdraw(queue, job.id, error);
    throw error;
  }
}

function isGenuine(done: JobRecord, signer: JobSigner): boolean {
  try {
    signer.openAnswer(done);
    return true;
  } catch {
    return false; // the answer is forged, or older than the key, so the job runs again
  }
}

/** A post that failed after paid calls: its job succeeds and reports the failure with the calls. */
function hasFailed(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'failed' in result && result.failed !== undefined;
}

/** Cancels a job that has no waiter and has not started. A started job may already be paid for; the next run uses its answer. */
async function withdraw(queue: SharedJobQueue, id: string, reason: unknown): Promise<void> {
  try {
    const isWaiting = (await queue.get(id))?.status === 'PENDING';
    if (isWaiting || !isAbortError(reason)) await queue.cancel(id);
  } catch {
    // the store is unreachable; the next run uses the job's answer.
  }
}
