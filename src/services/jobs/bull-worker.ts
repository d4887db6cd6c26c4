/** The serving half of a shared queue: takes jobs from BullMQ, does them, gives back what it may not finish. */

import { setMaxListeners } from 'node:events';
import type { Job } from 'bullmq';
import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { Clock, JobHandler, Random, WorkOptions } from '../../core/ports.ts';
import { backoffDelay } from '../../util/async/backoff.ts';
import { type JobData, PAYLOAD_VERSION, toRecord, writeFailure } from './bull-job.ts';
import { cancelledError } from './job-errors.ts';
import type { BullTaker, Opened, QueueBackend } from './queue-backend.ts';
import { createWorkerId } from './worker-id.ts';

export interface BullWorkerOptions {
  readonly backend: QueueBackend;
  /** A worker that says nothing for this long loses its jobs. */
  readonly leaseMs: number;
  /** Nothing waits and nothing runs. */
  readonly isEmpty: () => Promise<boolean>;
  readonly clock: Clock;
  readonly random: Random;
}

export interface BullWorker {
  register(kind: string, handler: JobHandler): void;
  /** Does jobs of the registered kinds until the signal fires, it closes, or nothing waits (`untilEmpty`). */
  work(options: WorkOptions): Promise<void>;
  /** Cancels a job that is in hand here, without a journey to the store. */
  cancelHere(id: string): void;
  /** Gives back what is in hand; resolves when all of `work` has ended. */
  close(): Promise<void>;
}

const CANCEL_POLL_MS = 300;
const RETURN_MS = 1000;
/** A job whose workers died so often is taken to be the cause. */
const MOST_TAKEOVERS = 3;
export const CLOSE_MS = 25_000;

export function createBullWorker({ backend, leaseMs, isEmpty, clock, random }: BullWorkerOptions): BullWorker {
  const { bull, cancels } = backend;
  const handlers = new Map<string, JobHandler>();
  const held = new Map<string, AbortController>();
  /** As heard last; asking for each job would cost it a journey to Redis. */
  let flags: ReadonlySet<string> = new Set();
  const closed = new AbortController();
  const works = new Set<Promise<void>>();

  async function workUntil(
    stop: AbortSignal,
    giveBack: AbortSignal,
    concurrency: number,
    untilEmpty: boolean,
  ): Promise<void> {
    const { it: worker, disconnect }: Opened<BullTaker> = await backend.openWorker(
      (job, token) => perform(job, token, giveBack, worker),
      {
        name: createWorkerId(),
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: Math.min(leaseMs, 30_000),
        maxStalledCount: MOST_TAKEOVERS,
        settings: { backoffStrategy: (attempt) => backoffDelay(attempt, random, { baseMs: 1000, capMs: 300_000 }) },
      },
    );
    worker.on('error', () => {}); // the store is away: the worker goes on by itself once it is back
    const done = new AbortController();
    // One listener for all jobs: a combined signal for each costs more than a short job.
    const letGo = () => {
      for (const abort of held.values()) abort.abort(giveBack.reason);
    };
    giveBack.addEventListener('abort', letGo, { signal: done.signal });
    const watching = watchCancels(done.signal);
    try {
      while (!stop.aborted) {
        await clock.sleep(RETURN_MS / 4, stop).catch(() => {}); // the loop's head sees the stop
        if (untilEmpty && !stop.aborted && (await isEmpty())) break;
      }
    } finally {
      const closing = worker.close(); // once what is in hand is done or given back
      await Promise.race([closing, whenAborted(giveBack).then(() => within(CLOSE_MS, clock, closing))]);
      done.abort();
      await watching;
      disconnect();
    }
  }

  async function perform(
    job: Job<JobData>,
    token: string | undefined,
    giveBack: AbortSignal,
    worker: BullTaker,
  ): Promise<unknown> {
    const id = job.id ?? '';
    const { kind, version = 1 } = job.data;
    const handler = version > PAYLOAD_VERSION ? undefined : handlers.get(kind);
    if (handler === undefined) {
      // Longer each time, so that it does not stand before the jobs that this worker can do.
      const delayMs = RETURN_MS * 2 ** Math.min(job.attemptsStarted, 6);
      await job.moveToDelayed(clock.now() + delayMs, token);
      void rest(worker, giveBack); // it never throws
      throw new bull.DelayedError();
    }
    const abort = new AbortController();
    held.set(id, abort);
    if (giveBack.aborted) abort.abort(giveBack.reason);
    try {
      if (flags.has(id) && (await cancels.has(id))) throw cancelledError();
      const progress = (percent: number, message: string) =>
        void job.updateProgress({ percent, message }).catch(() => {}); // only shown
      const result = await handler({ job: toRecord(job, 'active', false), progress, signal: abort.signal });
      return backend.pack(result ?? null);
    } catch (error) {
      if (giveBack.aborted && isAbortError(error) && abort.signal.reason === giveBack.reason) {
        await job.moveToWait(token);
        throw new bull.WaitingError();
      }
      const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
      const text = writeFailure(reason);
      throw BloggerError.is(reason) && reason.retryable ? new Error(text) : new bull.UnrecoverableError(text);
    } finally {
      held.delete(id);
      if (abort.signal.aborted || flags.has(id)) await cancels.remove(id).catch(() => {}); // it would expire
    }
  }

  /** Whoever was handed a job that he cannot do stands back, so that it is not handed to him again. */
  async function rest(worker: BullTaker, giveBack: AbortSignal): Promise<void> {
    await worker.pause(true).catch(() => {}); // the store is away: the next round shows it
    await clock.sleep(2 * RETURN_MS, giveBack).catch(() => {}); // the work ends
    await worker.resume().catch(() => {}); // it was closed meanwhile
  }

  async function watchCancels(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await clock.sleep(CANCEL_POLL_MS, done).catch(() => {}); // the loop's head sees the end
      if (done.aborted) return;
      flags = new Set(await cancels.all().catch(() => [])); // the store is away: asked again
      for (const id of flags) held.get(id)?.abort(cancelledError());
    }
  }

  return {
    register: (kind, handler) => void handlers.set(kind, handler),
    async work({ workers = 1, stopping, signal, untilEmpty = false }) {
      const giveBack = anyOf(closed.signal, signal);
      const stop = anyOf(giveBack, stopping);
      setMaxListeners(0, giveBack, stop); // every job in hand listens
      const work = workUntil(stop, giveBack, workers, untilEmpty);
      works.add(work);
      await work.finally(() => works.delete(work));
    },
    cancelHere: (id) => held.get(id)?.abort(cancelledError()),
    async close() {
      closed.abort(new DOMException('The job queue was closed', 'AbortError'));
      await Promise.allSettled([...works]);
    },
  };
}

/** Waits for `done`, and no longer than `ms`. */
export async function within(ms: number, clock: Clock, done: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([done.catch(() => {}), clock.sleep(ms, patience.signal).catch(() => {})]);
  patience.abort();
}

function anyOf(first: AbortSignal, second: AbortSignal | undefined): AbortSignal {
  return second === undefined ? first : AbortSignal.any([first, second]);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
