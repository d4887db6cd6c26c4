/** Durable jobs. */

import type { QueueDepth } from '../figures/queue-depth.ts';
import type { JobStatus, Priority } from '../types.ts';

export interface JobProgress {
  /** 0 to 100. */
  readonly percent: number;
  readonly message: string;
}

export interface JobFailure {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly retryable?: boolean;
}

export interface JobRecord {
  readonly id: string;
  readonly kind: string;
  readonly runId: string;
  readonly status: JobStatus;
  readonly priority: Priority;
  /** JSON. */
  readonly payload: unknown;
  /** JSON, once SUCCESS. */
  readonly result?: unknown;
  readonly error?: JobFailure;
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly progress: JobProgress;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly runAt: number;
  readonly leaseUntil?: number;
  readonly worker?: string;
  readonly cancelRequested: boolean;
}

/** A job leased by one worker. */
export interface JobLease {
  readonly job: JobRecord;
  /** Aborted when the job is cancelled, its lease is lost or its worker stops. */
  readonly signal: AbortSignal;
  progress(percent: number, message: string): void;
  succeed(result: unknown): Promise<void>;
  /** Sets FAILED, or PENDING again if the error is retryable and attempts are left. */
  fail(error: unknown): Promise<void>;
  /** Sets PENDING without counting the attempt, because the worker stops. */
  release(): Promise<void>;
}

/** Selects jobs. */
export interface JobFilter {
  readonly runId?: string;
  readonly status?: JobStatus;
  readonly kind?: string;
  /** The first characters of the id. */
  readonly idStart?: string;
  /** @default 1000 */
  readonly limit?: number;
}

/** One state of a job and since when. */
export interface JobMoment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly status: JobStatus;
  readonly attempts: number;
  readonly worker?: string;
  readonly error?: JobFailure;
}

export type JobCounts = Readonly<Partial<Record<JobStatus, number>>>;

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly runId: string;
  readonly priority: Priority;
  readonly payload: unknown;
  readonly maxAttempts: number;
}

/** Processes one job; its result is stored. Throws to fail; a retryable `BloggerError` is retried. */
export type JobHandler = (lease: Pick<JobLease, 'job' | 'progress' | 'signal'>) => Promise<unknown>;

export interface WorkOptions {
  /** Concurrent jobs. @default 1 */
  readonly workers?: number;
  /** Aborted to take no new jobs and finish the running ones. */
  readonly stopping?: AbortSignal;
  /** Aborted to stop at once and release running jobs. */
  readonly signal?: AbortSignal;
  /** End when the queue is empty instead of waiting for new jobs. @default false */
  readonly untilEmpty?: boolean;
}

type Eventual<T> = T | Promise<T>;

/** Durable jobs, readable and writable from any process. Adding an id twice has no further effect. */
export interface JobStore extends AsyncDisposable {
  /** Adds a job, or returns the existing one with this id. A finished job gets the new payload, for `retry`. Throws `QUEUE_FULL`. */
  add(job: NewJob): Promise<JobRecord>;
  get(id: string): Eventual<JobRecord | undefined>;
  /** Newest first. */
  list(filter?: JobFilter): Eventual<readonly JobRecord[]>;
  /** Past states of the job, oldest first; shared stores keep only the last attempt. */
  history(id: string): Eventual<readonly JobMoment[]>;
  /** Number of jobs in each status, of all runs or of one. */
  counts(runId?: string): Eventual<JobCounts>;
  /** Number of jobs in each state of the queue, and the age of the oldest; the cost does not depend on the number of jobs. */
  depth(): Eventual<QueueDepth>;
  /** Cancels a waiting job at once, a running one as soon as its worker is notified; false when it is finished or unknown. */
  cancel(id: string): Eventual<boolean>;
  /** Puts a finished job back; false when it is unknown or not finished. */
  retry(id: string): Eventual<boolean>;
  /** Removes a job that is not running; false when it runs or is unknown. */
  drop(id: string): Eventual<boolean>;
  /** Removes the oldest finished jobs beyond `keep`; returns how many. */
  prune(keep: number): Eventual<number>;
}

/** A job store with workers. The job of a dead worker goes to another worker. */
export interface WorkQueue extends JobStore {
  /** Registers the handler for a kind of job. */
  register(kind: string, handler: JobHandler): void;
  /** Processes jobs of the registered kinds, most urgent first, then oldest. */
  work(options?: WorkOptions): Promise<void>;
}
