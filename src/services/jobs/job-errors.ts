import { BloggerError } from '../../core/errors.ts';
import type { JobFailure, Random } from '../../core/ports.ts';
import { backoffDelay } from '../../util/async/backoff.ts';
import type { JobChange } from './job-state.ts';

export function cancelledError(): BloggerError {
  return new BloggerError('The job was cancelled', {
    code: 'JOB_CANCELLED',
    hint: 'Run it again with `blogger jobs retry`.',
  });
}

export function lostError(): BloggerError {
  return new BloggerError('Another worker took over the job, because this one missed its heartbeats', {
    code: 'JOB_CANCELLED',
    hint: 'Raise jobs.leaseMs if this machine is slow.',
  });
}

export function queueFull(maxWaiting: number): BloggerError {
  return new BloggerError(`The queue is full: ${maxWaiting} jobs are waiting`, {
    code: 'QUEUE_FULL',
    hint: 'Wait until workers have taken some, or raise jobs.queueSize.',
  });
}

/** The change of a job whose handler threw: it is retried after a backoff if its error is retryable. */
export function failure(
  error: unknown,
  attempt: number,
  { worker, now, random }: { readonly worker: string; readonly now: number; readonly random: Random },
): JobChange {
  const known = BloggerError.is(error) ? error : undefined;
  const delayMs = backoffDelay(attempt, random, { baseMs: 1000, capMs: 300_000, retryAfterMs: known?.retryAfterMs });
  return {
    type: 'fail',
    worker,
    error: failureOf(error),
    retryAt: known?.retryable === true ? now + delayMs : undefined,
  };
}

/** Stored form of a job's error. */
export function failureOf(error: unknown): JobFailure {
  if (!BloggerError.is(error)) return { code: 'BUG', message: error instanceof Error ? error.message : String(error) };
  const { code, message, hint, retryable } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }), retryable };
}
