/** Converts between BullMQ's jobs and ours. */

import type { Job, JobState } from 'bullmq';
import { BloggerError, ERROR_CODES, type ErrorCode } from '../../../core/errors.ts';
import type { JobFailure, JobMoment, JobRecord } from '../../../core/ports.ts';
import { type JobStatus, PRIORITIES, type Priority } from '../../../core/types.ts';
import { failureOf } from '../job-errors.ts';

/** Increment if workers of the last release cannot process jobs of this one: a worker skips jobs of a higher version and processes lower ones. */
export const PAYLOAD_VERSION = 1;

export interface JobData {
  readonly kind: string;
  /** Absent in jobs of releases without versions, which counts as 1. */
  readonly version?: number;
  readonly runId: string;
  readonly priority: Priority;
  /** Packed by `QueueBackend.pack`. */
  readonly payload: unknown;
  readonly maxAttempts: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export const STATES = ['waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'] as const;

/** In BullMQ, 1 runs before 2. */
export function urgencyOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** `isFlagged`: cancellation was requested. */
export function toRecord(job: Job<JobData>, state: JobState | 'unknown', isFlagged: boolean): JobRecord {
  const { kind, runId, priority, payload, maxAttempts, addedAt } = job.data;
  const error = job.failedReason === undefined ? undefined : parseFailure(job.failedReason);
  const status = statusOf(state, isFlagged, error?.code);
  const updatedAt = job.finishedOn ?? job.processedOn ?? addedAt;
  return {
    id: job.id ?? '',
    kind,
    runId,
    status,
    priority,
    payload: unpack(payload),
    ...(job.processedBy === undefined ? {} : { worker: job.processedBy }),
    ...(status === 'SUCCESS' ? { result: unpack(job.returnvalue) } : {}),
    ...(error === undefined || status === 'SUCCESS' ? {} : { error }),
    attempts: job.attemptsStarted,
    maxAttempts,
    progress: isProgress(job.progress) ? job.progress : { percent: 0, message: '' },
    createdAt: addedAt,
    updatedAt,
    runAt: addedAt + job.delay,
    cancelRequested: isFlagged && status === 'RUNNING',
  };
}

/** Unpacks a value of `QueueBackend.pack`; unpacked values are returned unchanged. */
export function unpack(value: unknown): unknown {
  const isPacked = typeof value === 'object' && value !== null && 'packed' in value && typeof value.packed === 'string';
  return isPacked ? JSON.parse(value.packed as string) : value;
}

/** States of the last attempt, oldest first; BullMQ keeps no earlier ones. */
export function toHistory(job: Job<JobData>, { status, attempts, error }: JobRecord): JobMoment[] {
  const worker = job.processedBy === undefined ? {} : { worker: job.processedBy };
  return [
    { at: job.data.addedAt, status: 'PENDING', attempts: 0 },
    ...(job.processedOn === undefined
      ? []
      : [{ at: job.processedOn, status: 'RUNNING' as const, attempts, ...worker }]),
    ...(job.finishedOn === undefined
      ? []
      : [{ at: job.finishedOn, status, attempts, ...(error === undefined ? {} : { error }) }]),
  ];
}

function statusOf(state: JobState | 'unknown', isFlagged: boolean, code: string | undefined): JobStatus {
  if (state === 'completed') return 'SUCCESS';
  if (state === 'failed') return code === 'JOB_CANCELLED' ? 'CANCELLED' : 'FAILED';
  if (state === 'active') return 'RUNNING';
  return isFlagged ? 'CANCELLED' : 'PENDING';
}

function isProgress(value: unknown): value is JobRecord['progress'] {
  return typeof value === 'object' && value !== null && 'percent' in value && 'message' in value;
}

/** BullMQ keeps the error of a job as text. */
export function writeFailure(error: unknown): string {
  return JSON.stringify(failureOf(error));
}

function parseFailure(text: string): JobFailure {
  try {
    const failure = JSON.parse(text) as JobFailure; // written by `writeFailure`, or BullMQ's own text
    if (typeof failure.code === 'string' && typeof failure.message === 'string') return failure;
  } catch {
    // BullMQ's own text, reported below
  }
  return {
    code: 'STORE_UNREACHABLE',
    message: `The workers abandoned the job: ${text}`,
    hint: 'Run the same command again.',
    retryable: true,
  };
}

/** Restores the error that a worker threw. */
export function readFailure(failure: JobFailure | undefined): BloggerError {
  const { code, message, hint, retryable } = failure ?? {
    code: 'BUG',
    message: 'A job failed without a reason',
    hint: undefined,
    retryable: undefined,
  };
  return new BloggerError(message, {
    code: isErrorCode(code) ? code : 'BUG',
    ...(hint === undefined ? {} : { hint }),
    ...(retryable === undefined ? {} : { retryable }),
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_CODES;
}
