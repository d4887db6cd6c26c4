/** Work that other machines do, through BullMQ on Redis: one side asks and waits, the other side serves. */

import type { Job, Queue, Worker } from 'bullmq';
import { BloggerError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import type { Priority } from '../../core/types.ts';
import { openQueueConnection, type QueueConnection } from '../redis/open-queue-connection.ts';

export interface RemoteQueueOptions {
  readonly redisUrl: string;
  /** Name of the queue; who serves it uses the same. */
  readonly name: string;
  /** Before every key in Redis. */
  readonly prefix: string;
  readonly clock: Clock;
}

export interface AskOptions {
  readonly priority: Priority;
  /** A result that is older than this (milliseconds since the epoch) is not taken; the work is done anew. @default any is taken */
  readonly notBefore?: number;
  readonly signal: AbortSignal;
}

/** Asks for work by its id. Whoever asks again for the same id, also after a crash, gets the same work and not a second one. */
export interface RemoteQueue extends AsyncDisposable {
  /** The result of the work, once somebody has done it. Throws what the worker threw. */
  ask(id: string, payload: unknown, options: AskOptions): Promise<unknown>;
}

export interface ServeOptions extends RemoteQueueOptions {
  /** Jobs in work at once. */
  readonly concurrency: number;
  /** A worker that is silent for so long loses its jobs to others. */
  readonly leaseMs: number;
  readonly work: (payload: unknown, signal: AbortSignal) => Promise<unknown>;
}

const PRIORITIES = { high: 1, medium: 2, low: 3 } as const satisfies Record<Priority, number>;
/** BullMQ keeps finished jobs for ever unless told otherwise. */
const KEEP = { age: 7 * 86_400, count: 50_000 } as const;
const LOOK_AGAIN_MS = 2000;
const MOST_TAKEOVERS = 10;
const CLOSE_MS = 25_000;

export async function openRemoteQueue({ redisUrl, name, prefix, clock }: RemoteQueueOptions): Promise<RemoteQueue> {
  const { Queue: BullQueue, QueueEvents } = await import('bullmq');
  const connection = await openQueueConnection(redisUrl, { blocking: false });
  const listening = await openQueueConnection(redisUrl, { blocking: true });
  const queue = new BullQueue(name, { connection, prefix, defaultJobOptions: { removeOnComplete: KEEP, removeOnFail: KEEP } });
  const events = new QueueEvents(name, { connection: listening, prefix });
  queue.on('error', () => {}); // noticed by the calls that fail
  events.on('error', () => {});
  const wakers = new Map<string, () => void>();
  const wake = ({ jobId }: { readonly jobId: string }) => wakers.get(jobId)?.();
  events.on('completed', wake);
  events.on('failed', wake);

  return {
    async ask(id, payload, { priority, notBefore = 0, signal }) {
      await addFresh(queue, id, payload, PRIORITIES[priority], notBefore);
      for (;;) {
        signal.throwIfAborted();
        const woken = new AbortController();
        wakers.set(id, () => woken.abort());
        try {
          const job = await queue.getJob(id);
          if (job?.finishedOn !== undefined && (job.finishedOn ?? 0) >= notBefore) return resultOf(job);
          // Events may be missed while a connection is away; the state is looked at again now and then.
          if (job === undefined) await addFresh(queue, id, payload, PRIORITIES[priority], notBefore);
          await clock.sleep(LOOK_AGAIN_MS, AbortSignal.any([signal, woken.signal])).catch(() => {});
        } finally {
          wakers.delete(id);
        }
      }
    },
    async [Symbol.asyncDispose]() {
      await within(CLOSE_MS, clock, Promise.allSettled([events.close(), queue.close()]));
      closeConnection(connection);
      closeConnection(listening);
    },
  };
}

/** Adds the job unless it waits, runs or is done already; a failed or outdated one is replaced. */
async function addFresh(queue: Queue, id: string, payload: unknown, priority: number, notBefore: number): Promise<void> {
  const known = await queue.getJob(id);
  const isOver = known?.finishedOn !== undefined && (known.failedReason !== undefined || known.finishedOn < notBefore);
  if (known !== undefined && isOver) await known.remove().catch(() => {}); // somebody else was faster
  await queue.add('work', payload, { jobId: id, priority });
}

function resultOf(job: Job): unknown {
  if (job.failedReason === undefined) return job.returnvalue as unknown;
  throw readError(job.failedReason);
}

/** Serves a queue until it is closed; closing waits for what is in work, for 25 seconds at most, and gives the rest back. */
export async function serveQueue({ redisUrl, name, prefix, concurrency, leaseMs, work, clock }: ServeOptions): Promise<AsyncDisposable> {
  const { Worker: BullWorker } = await import('bullmq');
  const connection = await openQueueConnection(redisUrl, { blocking: true });
  const giveUp = new AbortController();
  const worker: Worker = new BullWorker(
    name,
    async (job: Job) => {
      try {
        return await work(job.data, giveUp.signal);
      } catch (error) {
        throw new Error(writeError(error));
      }
    },
    { connection, prefix, concurrency, lockDuration: leaseMs, stalledInterval: leaseMs, maxStalledCount: MOST_TAKEOVERS },
  );
  worker.on('error', () => {}); // Redis is away: the worker goes on by itself once it is back
  return {
    async [Symbol.asyncDispose]() {
      const closing = worker.close();
      await within(CLOSE_MS, clock, closing);
      giveUp.abort(new DOMException('The time to finish is over', 'AbortError'));
      closeConnection(connection);
    },
  };
}

/** Errors cross machines as text. */
function writeError(error: unknown): string {
  if (BloggerError.is(error)) {
    const { code, message, hint, retryable } = error;
    return JSON.stringify({ code, message, hint, retryable });
  }
  return JSON.stringify({ code: 'BUG', message: error instanceof Error ? error.message : String(error) });
}

function readError(text: string): BloggerError {
  try {
    const { code, message, hint, retryable } = JSON.parse(text) as { code: string; message: string; hint?: string; retryable?: boolean };
    if (!isErrorCode(code)) throw new Error(code);
    return new BloggerError(message, { code, ...(hint === undefined ? {} : { hint }), ...(retryable === undefined ? {} : { retryable }) });
  } catch {
    // BullMQ's own words, such as that a job was taken over too often.
    return new BloggerError(`The workers gave the job up: ${text}`, { code: 'STORE_UNREACHABLE', hint: 'Run the same command again.', retryable: true });
  }
}

function isErrorCode(code: string): code is ErrorCode {
  return code in ERROR_CODES;
}

async function within(ms: number, clock: Clock, done: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([done.catch(() => {}), clock.sleep(ms, patience.signal).catch(() => {})]);
  patience.abort();
}

function closeConnection(connection: QueueConnection): void {
  connection.disconnect();
}
