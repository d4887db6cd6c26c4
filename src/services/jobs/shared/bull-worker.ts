/** Worker of a shared queue: takes jobs from BullMQ, runs their handlers, and releases jobs that it cannot finish. */

import { setMaxListeners } from 'node:events';
import type { Job } from 'bullmq';
import { BloggerError, isAbortError } from '../../../core/errors.ts';
import type { Clock, JobHandler, Random, WorkOptions } from '../../../core/ports.ts';
import { backoffDelay } from '../../../util/async/backoff.ts';
import { cancelledError } from '../job-errors.ts';
import { createWorkerId } from '../worker-id.ts';
import { type JobData, PAYLOAD_VERSION, toRecord, writeFailure } from './bull-job.ts';
import type { BullTaker, Opened, QueueBackend } from './queue-backend.ts';

export interface BullWorkerOptions {
  readonly backend: QueueBackend;
  /** A worker without a heartbeat for this long loses its jobs. */
  readonly leaseMs: number;
  /** True if no job is waiting or running. */
  readonly isEmpty: () => Promise<boolean>;
  readonly clock: Clock;
  readonly random: Random;
}

const CANCEL_POLL_MS = 300;
const RETURN_MS = 1000;
/** Number of dead workers after which the job counts as the cause. */
const MAX_TAKEOVERS = 3;
export const CLOSE_MS = 25_000;

export class BullWorker {
  readonly #options: BullWorkerOptions;
  readonly #handlers = new Map<string, JobHandler>();
  /** Jobs that run in this process. */
  readonly #held = new Map<string, AbortController>();
  readonly #closed = new AbortController();
  readonly #works = new Set<Promise<void>>();
  /** Cancelled jobs, read from the store at intervals to save a round trip per job. */
  #cancelled: ReadonlySet<string> = new Set();

  constructor(options: BullWorkerOptions) {
    this.#options = options;
  }

  register(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  /** Processes jobs of the registered kinds until the signal fires, it closes, or no job is left (`untilEmpty`). */
  async work({ workers = 1, stopping, signal, untilEmpty = false }: WorkOptions): Promise<void> {
    const giveBack = anyOf(this.#closed.signal, signal);
    const stop = anyOf(giveBack, stopping);
    setMaxListeners(0, giveBack, stop); // every running job listens
    const work = this.#workUntil(stop, giveBack, workers, untilEmpty);
    this.#works.add(work);
    await work.finally(() => this.#works.delete(work));
  }

  /** Cancels a job of this process without a round trip to the store. */
  cancelHere(id: string): void {
    this.#held.get(id)?.abort(cancelledError());
  }

  /** Releases the running jobs; resolves when `work` has ended. */
  async close(): Promise<void> {
    this.#closed.abort(new DOMException('The job queue was closed', 'AbortError'));
    await Promise.allSettled([...this.#works]);
  }

  async #workUntil(stop: AbortSignal, giveBack: AbortSignal, concurrency: number, untilEmpty: boolean): Promise<void> {
    const { clock, isEmpty } = this.#options;
    const { it: worker, disconnect } = await this.#open(giveBack, concurrency);
    const done = new AbortController();
    // One listener for all jobs: a combined signal for each costs more than a short job.
    const release = () => {
      for (const abort of this.#held.values()) abort.abort(giveBack.reason);
    };
    giveBack.addEventListener('abort', release, { signal: done.signal });
    const watching = this.#watchCancels(done.signal);
    try {
      while (!stop.aborted) {
        await clock.sleep(RETURN_MS / 4, stop).catch(() => {}); // the loop condition ends it
        if (untilEmpty && !stop.aborted && (await isEmpty())) break;
      }
    } finally {
      const closing = worker.close(); // when the running jobs are done or released
      await Promise.race([closing, whenAborted(giveBack).then(() => within(CLOSE_MS, clock, closing))]);
      done.abort();
      await watching;
      disconnect();
    }
  }

  async #open(giveBack: AbortSignal, concurrency: number): Promise<Opened<BullTaker>> {
    const { backend, leaseMs, random } = this.#options;
    const opened: Opened<BullTaker> = await backend.openWorker(
      (job, token) => this.#perform(job, token, giveBack, opened.it),
      {
        name: createWorkerId(),
        concurrency,
        lockDuration: leaseMs,
        stalledInterval: Math.min(leaseMs, 30_000),
        maxStalledCount: MAX_TAKEOVERS,
        settings: { backoffStrategy: (attempt) => backoffDelay(attempt, random, { baseMs: 1000, capMs: 300_000 }) },
      },
    );
    opened.it.on('error', () => {}); // the store is unreachable: the worker continues when it is back
    return opened;
  }

  async #perform(
    job: Job<JobData>,
    token: string | undefined,
    giveBack: AbortSignal,
    worker: BullTaker,
  ): Promise<unknown> {
    const { backend } = this.#options;
    const { bull, cancels } = backend;
    const id = job.id ?? '';
    const { kind, version = 1 } = job.data;
    const handler = version > PAYLOAD_VERSION ? undefined : this.#handlers.get(kind);
    if (handler === undefined) return await this.#pass(job, token, giveBack, worker);
    const abort = new AbortController();
    this.#held.set(id, abort);
    if (giveBack.aborted) abort.abort(giveBack.reason);
    try {
      if (this.#cancelled.has(id) && (await cancels.has(id))) throw cancelledError();
      const progress = (percent: number, message: string) =>
        void job.updateProgress({ percent, message }).catch(() => {}); // for display only
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
      this.#held.delete(id);
      if (abort.signal.aborted || this.#cancelled.has(id)) await cancels.remove(id).catch(() => {}); // otherwise it expires
    }
  }

  /** Puts back a job that this worker has no handler for. */
  async #pass(job: Job<JobData>, token: string | undefined, giveBack: AbortSignal, worker: BullTaker): Promise<never> {
    const { backend, clock } = this.#options;
    // The delay grows each time, so that the job does not block jobs that this worker can process.
    const delayMs = RETURN_MS * 2 ** Math.min(job.attemptsStarted, 6);
    await job.moveToDelayed(clock.now() + delayMs, token);
    void this.#pause(worker, giveBack); // never rejects
    throw new backend.bull.DelayedError();
  }

  /** Takes no job for two seconds, so that another worker gets the one that was put back. */
  async #pause(worker: BullTaker, giveBack: AbortSignal): Promise<void> {
    await worker.pause(true).catch(() => {}); // the store is unreachable: the next round shows it
    await this.#options.clock.sleep(2 * RETURN_MS, giveBack).catch(() => {}); // the work ends
    await worker.resume().catch(() => {}); // it was closed in between
  }

  async #watchCancels(done: AbortSignal): Promise<void> {
    const { backend, clock } = this.#options;
    while (!done.aborted) {
      await clock.sleep(CANCEL_POLL_MS, done).catch(() => {}); // the loop condition ends it
      if (done.aborted) return;
      this.#cancelled = new Set(await backend.cancels.all().catch(() => [])); // the store is unreachable: read again in the next round
      for (const id of this.#cancelled) this.#held.get(id)?.abort(cancelledError());
    }
  }
}

/** Waits for `done`, for `ms` at most. */
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
