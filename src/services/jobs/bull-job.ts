/** A job as BullMQ keeps it, in our words. */

import type { Job, JobState } from 'bullmq';
import { BloggerError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import type { JobFailure, JobRecord } from '../../core/ports.ts';
import { type JobStatus, PRIORITIES, type Priority } from '../../core/types.ts';
import type { JobMoment } from './job-table.ts';

/** Raised when workers of the last release cannot do a job of this one; they leave what is above theirs, and read what is below. */
export const PAYLOAD_VERSION = 1;

export interface JobData {
  readonly kind: string;
  /** Absent in jobs of releases before there were versions: 1. */
  readonly version?: number;
  readonly runId: string;
  readonly priority: Priority;
  /** As `QueueBackend.pack` made it. */
  readonly payload: unknown;
  readonly maxAttempts: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export const STATES = ['waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'] as const;

/** BullMQ does 1 before 2. */
export function urgencyOf(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** `isFlagged`: its cancelling was asked for. */
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

/** The value that `QueueBackend.pack` packed, or that was stored as it is. */
export function unpack(value: unknown): unknown {
  const isPacked = typeof value === 'object' && value !== null && 'packed' in value && typeof value.packed === 'string';
  return isPacked ? JSON.parse(value.packed as string) : value;
}

/** What became of it, oldest first, as far as BullMQ keeps it: the last attempt. */
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

/** Errors cross machines as text. */
export function writeFailure(error: unknown): string {
  if (BloggerError.is(error)) {
    const { code, message, hint, retryable } = error;
    return JSON.stringify({ code, message, hint, retryable });
  }
  return JSON.stringify({ code: 'BUG', message: error instanceof Error ? error.message : String(error) });
}

function parseFailure(text: string): JobFailure {
  try {
    const failure = JSON.parse(text) as JobFailure; // `writeFailure` wrote it, or it is in BullMQ's own words
    if (typeof failure.code === 'string' && typeof failure.message === 'string') return failure;
  } catch {
    // told below
  }
  return {
    code: 'STORE_UNREACHABLE',
    message: `The workers gave the job up: ${text}`,
    hint: 'Run the same command again.',
    retryable: true,
  };
}

/** The error that a worker threw. */
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
