/** Durable jobs on Redis, through BullMQ: the same contract as `JobQueue`, for many machines. */

import { setMaxListeners } from 'node:events';
import type { Job, Queue, QueueEvents, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { Clock, JobHandler, JobRecord, NewJob, Random, WorkOptions, WorkQueue } from '../../core/ports.ts';
import type { JobStatus } from '../../core/types.ts';
import { backoffDelay } from '../../util/backoff.ts';
import { systemClock } from '../../util/clock.ts';
import { systemRandom } from '../../util/random.ts';
import { openQueueConnection } from '../redis/open-queue-connection.ts';
import { type JobData, readFailure, STATES, toRecord, urgencyOf, writeFailure } from './bull-job.ts';
import { cancelledError, queueFull } from './job-errors.ts';
import { isFinished } from './job-state.ts';
import type { JobFilter } from './job-table.ts';

export interface RedisJobQueueOptions {
  /** `redis://` or `rediss://`, one server. */
  readonly redisUrl: string;
  /** Name of the queue; all who use it share its jobs. */
  readonly name: string;
  /** Before every key in Redis. @default 'blogger:queue' */
  readonly prefix?: string;
  /** A worker that says nothing for this long loses its jobs. @default 30000 */
  readonly leaseMs?: number;
  /** Jobs that may wait; more is `QUEUE_FULL`. @default no bound */
  readonly maxWaiting?: number;
  /** Finished jobs that Redis keeps. @default 10000 */
  readonly keep?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** BullMQ keeps finished jobs for ever unless told otherwise. */
const KEEP_SECONDS = 7 * 86_400;
/** BullMQ keeps 10,000 events, each with the result of its job; whoever misses one looks again by himself. */
const MOST_EVENTS = 200;
const LOOK_AGAIN_MS = 2000;
const CANCEL_POLL_MS = 300;
const RETURN_MS = 1000;
const MOST_TAKEOVERS = 10;
const CLOSE_MS = 25_000;

/** Opens a queue; throws `CONFIG_INVALID` for an address that is none of one server, `STORE_UNREACHABLE` when nothing answers. */
export async function openRedisJobQueue(options: RedisJobQueueOptions): Promise<RedisJobQueue> {
  const { redisUrl, name, prefix = 'blogger:queue', keep = 10_000 } = options;
  const bull = await import('bullmq'); // loaded on use: most people have no Redis
  const connection = await openQueueConnection(redisUrl, { blocking: false });
  const listening = await openQueueConnection(redisUrl, { blocking: true });
  const retention = { age: KEEP_SECONDS, count: keep };
  const queue = new bull.Queue<JobData>(name, {
    connection,
    prefix,
    defaultJobOptions: { removeOnComplete: retention, removeOnFail: retention },
    streams: { events: { maxLen: MOST_EVENTS } },
  });
  const events = new bull.QueueEvents(name, { connection: listening, prefix });
  return new RedisJobQueue({ ...options, prefix }, { bull, connection, listening, queue, events });
}

interface Opened {
  readonly bull: typeof import('bullmq');
  readonly connection: Redis;
  readonly listening: Redis;
  readonly queue: Queue<JobData>;
  readonly events: QueueEvents;
}

export class RedisJobQueue implements WorkQueue {
  readonly #options: RedisJobQueueOptions & { readonly prefix: string };
  readonly #opened: Opened;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #handlers = new Map<string, JobHandler>();
  /** Jobs in this queue's hands. */
  readonly #held = new Map<string, AbortController>();
  /** Ids whose cancelling was asked for, as this worker heard last; asking for each job would cost it a journey to Redis. */
  #flags: ReadonlySet<string> = new Set();
  readonly #wakers = new Map<string, () => void>();
  readonly #closed = new AbortController();
  readonly #works = new Set<Promise<void>>();

  /** Use `openRedisJobQueue`. */
  constructor(options: RedisJobQueueOptions & { readonly prefix: string }, opened: Opened) {
    this.#options = options;
    this.#opened = opened;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? systemRandom;
    const { queue, events } = opened;
    queue.on('error', () => {}); // noticed by the calls that fail
    events.on('error', () => {});
    const wake = ({ jobId }: { readonly jobId: string }) => this.#wakers.get(jobId)?.();
    events.on('completed', wake);
    events.on('failed', wake);
  }

  register(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  /** Adds a job, or finds the one of this id: adding twice has one effect. A finished one takes the new payload along when it is put back. Throws `QUEUE_FULL`. */
  async add(job: NewJob): Promise<JobRecord> {
    const data: JobData = {
      kind: job.kind,
      runId: job.runId,
      priority: job.priority,
      payload: job.payload,
      maxAttempts: job.maxAttempts,
      addedAt: this.#clock.now(),
    };
    const known = await this.#find(job.id);
    if (known !== undefined) {
      if (isFinished(known.record.status)) await known.job.updateData({ ...data, addedAt: known.job.data.addedAt });
      return known.record;
    }
    const { maxWaiting } = this.#options;
    if (maxWaiting !== undefined && (await this.#countWaiting()) >= maxWaiting) throw queueFull(maxWaiting);
    return toRecord(await this.#insert(job.id, data), 'waiting', false);
  }

  async get(id: string): Promise<JobRecord | undefined> {
    return (await this.#find(id))?.record;
  }

  /** The job once it is finished, whoever does it. Rejects with the signal's reason. */
  async finished(id: string, signal: AbortSignal): Promise<JobRecord | undefined> {
    for (;;) {
      signal.throwIfAborted();
      const woken = new AbortController();
      this.#wakers.set(id, () => woken.abort());
      try {
        const record = await this.get(id);
        if (record === undefined || isFinished(record.status)) return record;
        // Events may be missed while a connection is away; the state is looked at again now and then.
        await this.#clock.sleep(LOOK_AGAIN_MS, AbortSignal.any([signal, woken.signal])).catch(() => {}); // the loop's head sees an abort
      } finally {
        this.#wakers.delete(id);
      }
    }
  }

  /** The newest first. */
  async list({ runId, status, kind, idStart = '', limit = 1000 }: JobFilter = {}): Promise<JobRecord[]> {
    const flags = new Set(await this.#opened.connection.smembers(this.#cancelKey));
    const inState = async (state: (typeof STATES)[number]) =>
      (await this.#opened.queue.getJobs([state], 0, -1)).flatMap((job) => (job?.id === undefined ? [] : toRecord(job, state, flags.has(job.id))));
    const records = (await Promise.all(STATES.map(inState))).flat();
    return records
      .filter(
        (job) => (runId ?? job.runId) === job.runId && (status ?? job.status) === job.status && (kind ?? job.kind) === job.kind && job.id.startsWith(idStart),
      )
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, limit);
  }

  async counts(): Promise<Readonly<Partial<Record<JobStatus, number>>>> {
    const counts: Partial<Record<JobStatus, number>> = {};
    for (const { status } of await this.list({ limit: Number.POSITIVE_INFINITY })) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** Ends a waiting job at once, a running one as soon as its worker hears of it; false when it was finished or unknown. */
  async cancel(id: string): Promise<boolean> {
    const known = await this.#find(id);
    if (known === undefined || isFinished(known.record.status)) return false;
    await this.#opened.connection.sadd(this.#cancelKey, id);
    await this.#opened.connection.expire(this.#cancelKey, KEEP_SECONDS);
    this.#held.get(id)?.abort(cancelledError());
    return true;
  }

  /** Puts a finished job back; false when it is unknown or not finished. */
  async retry(id: string): Promise<boolean> {
    const known = await this.#find(id);
    if (known === undefined || !isFinished(known.record.status)) return false;
    const { job } = known;
    await this.#opened.connection.srem(this.#cancelKey, id);
    if (job.finishedOn === undefined) return true; // it was cancelled while it waited, and waits still
    await job.remove().catch(() => {}); // somebody else put it back already
    await this.#insert(id, { ...job.data, addedAt: this.#clock.now() });
    return true;
  }

  /** Forgets a finished job; one that waits or runs stays. */
  async forget(id: string): Promise<void> {
    const known = await this.#find(id);
    if (known !== undefined && isFinished(known.record.status)) await known.job.remove().catch(() => {}); // somebody put it back meanwhile
  }

  /** Does jobs of the registered kinds until the signal fires, the queue closes, or nothing waits (`untilEmpty`); what is in hand then goes back. */
  async work({ workers = 1, stopping, signal, untilEmpty = false }: WorkOptions = {}): Promise<void> {
    const giveBack = anyOf(this.#closed.signal, signal);
    const stop = anyOf(giveBack, stopping);
    setMaxListeners(0, giveBack, stop); // every job in hand listens
    const work = this.#workUntil(stop, giveBack, workers, untilEmpty);
    this.#works.add(work);
    await work.finally(() => this.#works.delete(work));
  }

  async #workUntil(stop: AbortSignal, giveBack: AbortSignal, concurrency: number, untilEmpty: boolean): Promise<void> {
    const { redisUrl, name, prefix, leaseMs = 30_000 } = this.#options;
    const { bull } = this.#opened;
    const connection = await openQueueConnection(redisUrl, { blocking: true });
    const worker: Worker<JobData> = new bull.Worker<JobData>(name, (job, token) => this.#do(job, token, giveBack, worker), {
      connection,
      prefix,
      concurrency,
      lockDuration: leaseMs,
      stalledInterval: Math.min(leaseMs, 30_000),
      maxStalledCount: MOST_TAKEOVERS,
      settings: { backoffStrategy: (attempt) => backoffDelay(attempt, this.#random, { baseMs: 1000, capMs: 300_000 }) },
    });
    worker.on('error', () => {}); // Redis is away: the worker goes on by itself once it is back
    const done = new AbortController();
    // One listener for all jobs: a combined signal for each costs more than a short job.
    const letGo = () => {
      for (const abort of this.#held.values()) abort.abort(giveBack.reason);
    };
    giveBack.addEventListener('abort', letGo, { signal: done.signal });
    const watching = this.#watchCancels(done.signal);
    try {
      while (!stop.aborted) {
        await this.#clock.sleep(RETURN_MS / 4, stop).catch(() => {}); // the loop's head sees the stop
        if (untilEmpty && !stop.aborted && (await this.#isEmpty())) break;
      }
    } finally {
      const closing = worker.close(); // once what is in hand is done or given back
      await Promise.race([closing, whenAborted(giveBack).then(() => within(CLOSE_MS, this.#clock, closing))]);
      done.abort();
      await watching;
      connection.disconnect();
    }
  }

  async #do(job: Job<JobData>, token: string | undefined, giveBack: AbortSignal, worker: Worker): Promise<unknown> {
    const { DelayedError, UnrecoverableError, WaitingError } = this.#opened.bull;
    const id = job.id ?? '';
    const handler = this.#handlers.get(job.data.kind);
    if (handler === undefined) {
      await job.moveToDelayed(this.#clock.now() + RETURN_MS, token);
      void this.#rest(worker, giveBack); // it never throws
      throw new DelayedError();
    }
    const abort = new AbortController();
    this.#held.set(id, abort);
    if (giveBack.aborted) abort.abort(giveBack.reason);
    try {
      if (this.#flags.has(id) && (await this.#isFlagged(id))) throw cancelledError();
      const record = toRecord(job, 'active', false);
      const progress = (percent: number, message: string) => void job.updateProgress({ percent, message }).catch(() => {}); // only shown
      const result = await handler({ job: record, progress, signal: abort.signal });
      return result ?? null;
    } catch (error) {
      if (giveBack.aborted && isAbortError(error) && abort.signal.reason === giveBack.reason) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      const reason: unknown = abort.signal.aborted ? abort.signal.reason : error;
      const text = writeFailure(reason);
      throw BloggerError.is(reason) && reason.retryable ? new Error(text) : new UnrecoverableError(text);
    } finally {
      this.#held.delete(id);
      if (abort.signal.aborted || this.#flags.has(id)) await this.#opened.connection.srem(this.#cancelKey, id).catch(() => {}); // it would expire
    }
  }

  /** Whoever was handed a job that he cannot do stands back, so that it is not handed to him again. */
  async #rest(worker: Worker, giveBack: AbortSignal): Promise<void> {
    await worker.pause(true).catch(() => {}); // Redis is away: the next round shows it
    await this.#clock.sleep(2 * RETURN_MS, giveBack).catch(() => {}); // the work ends
    await worker.resume().catch(() => {}); // it was closed meanwhile
  }

  /** Hears of cancelling from any machine. */
  async #watchCancels(done: AbortSignal): Promise<void> {
    while (!done.aborted) {
      await this.#clock.sleep(CANCEL_POLL_MS, done).catch(() => {}); // the loop's head sees the end
      if (done.aborted) return;
      this.#flags = new Set(await this.#opened.connection.smembers(this.#cancelKey).catch(() => [])); // Redis is away: asked again
      for (const id of this.#flags) this.#held.get(id)?.abort(cancelledError());
    }
  }

  /** Gives back what is in hand and closes the connections, within 25 seconds. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new DOMException('The job queue was closed', 'AbortError'));
    const { queue, events, connection, listening } = this.#opened;
    await within(CLOSE_MS, this.#clock, Promise.allSettled([...this.#works]));
    await within(CLOSE_MS, this.#clock, Promise.allSettled([events.close(), queue.close()]));
    connection.disconnect();
    listening.disconnect();
  }

  get #cancelKey(): string {
    return `${this.#options.prefix}:${this.#options.name}:blogger-cancelled`;
  }

  /** The state is read first: a job that ends in between looks as if it still ran, and never as if it had ended without its result. */
  async #find(id: string): Promise<{ readonly job: Job<JobData>; readonly record: JobRecord } | undefined> {
    const { queue } = this.#opened;
    const [state, isFlagged] = await Promise.all([queue.getJobState(id), this.#isFlagged(id)]);
    const job = await queue.getJob(id);
    return job === undefined || job === null ? undefined : { job, record: toRecord(job, state, isFlagged) };
  }

  async #insert(id: string, data: JobData): Promise<Job<JobData>> {
    const attempts = Math.max(1, data.maxAttempts);
    return await this.#opened.queue.add(data.kind, data, { jobId: id, priority: urgencyOf(data.priority), attempts, backoff: { type: 'custom' } });
  }

  async #isFlagged(id: string): Promise<boolean> {
    return (await this.#opened.connection.sismember(this.#cancelKey, id)) === 1;
  }

  async #countWaiting(): Promise<number> {
    return await this.#opened.queue.getJobCountByTypes('waiting', 'prioritized', 'delayed');
  }

  async #isEmpty(): Promise<boolean> {
    return (await this.#opened.queue.getJobCountByTypes('waiting', 'prioritized', 'delayed', 'active')) === 0;
  }
}

/** What a worker threw, as the side that asked for the job sees it. */
export function failureOf({ error, status }: JobRecord): BloggerError {
  return status === 'CANCELLED' ? cancelledError() : readFailure(error);
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

async function within(ms: number, clock: Clock, done: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  await Promise.race([done.catch(() => {}), clock.sleep(ms, patience.signal).catch(() => {})]);
  patience.abort();
}
