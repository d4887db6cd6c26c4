/** Store-specific part of a shared queue. Each store has one file that implements it. */

import type { Processor, Queue, QueueEvents, Worker, WorkerOptions } from 'bullmq';
import type { QueueDepth } from '../../../core/figures/queue-depth.ts';
import type { Clock } from '../../../core/ports.ts';
import type { JobData } from './bull-job.ts';

export interface BackendOptions {
  readonly url: string;
  /** Name of the queue; all who use it share its jobs. */
  readonly name: string;
  /** Prefix of every name in the store. */
  readonly prefix: string;
  /** Number of finished jobs to keep. */
  readonly keep: number;
  readonly clock: Clock;
}

/** IDs of jobs with a cancellation request, from any machine. */
export interface CancelFlags {
  all(): Promise<readonly string[]>;
  has(id: string): Promise<boolean>;
  add(id: string): Promise<unknown>;
  remove(id: string): Promise<unknown>;
}

/** A BullMQ object with its own connection. */
export interface Opened<T> {
  readonly it: T;
  disconnect(): void;
}

/** The parts of BullMQ's classes that are used here; their types differ by the store's connection. */
export type BullQueue = Pick<
  Queue<JobData>,
  'getJobState' | 'getJob' | 'getJobs' | 'getJobCountByTypes' | 'add' | 'close'
> &
  Listening;
export type BullTaker = Pick<Worker<JobData>, 'pause' | 'resume' | 'close'> & Listening;
export type BullEvents = Pick<QueueEvents, 'close'> & {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'active' | 'completed' | 'failed', listener: (end: { readonly jobId: string }) => void): unknown;
};
interface Listening {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface QueueBackend {
  /** Name of the store in messages. */
  readonly store: string;
  readonly bull: typeof import('bullmq');
  readonly queue: BullQueue;
  openWorker(
    process: Processor<JobData>,
    options: Omit<WorkerOptions, 'connection' | 'prefix'>,
  ): Promise<Opened<BullTaker>>;
  /** Receives events from now on. */
  openEvents(): Promise<Opened<BullEvents>>;
  readonly cancels: CancelFlags;
  depth(): Promise<QueueDepth>;
  /** Encodes a payload or result so that the store keeps it unchanged; `unpack` in `bull-job.ts` decodes it. */
  pack(value: unknown): unknown;
  disconnect(): void;
}

/** Throws `CONFIG_INVALID` for an address that cannot serve a queue, `STORE_UNREACHABLE` if nothing responds. */
export type OpenBackend = (options: BackendOptions) => Promise<QueueBackend>;

/** BullMQ keeps finished jobs for ever unless told otherwise. */
export const KEEP_SECONDS = 7 * 86_400;
/** BullMQ keeps 10,000 events by default, each with its job's result. Fewer suffice, because waiters that miss an event poll. */
export const MAX_EVENTS = 200;
