/** Durable jobs of many machines through BullMQ, on Redis or PostgreSQL. */

import type { Job } from 'bullmq';
import type { BloggerError } from '../../../core/errors.ts';
import type { QueueDepth } from '../../../core/figures/queue-depth.ts';
import type {
  Clock,
  JobCounts,
  JobFilter,
  JobHandler,
  JobMoment,
  JobRecord,
  NewJob,
  Random,
  WorkOptions,
  WorkQueue,
} from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import { systemRandom } from '../../../util/random.ts';
import { cancelledError, queueFull } from '../job-errors.ts';
import { isFinished } from '../job-state.ts';
import { type JobData, PAYLOAD_VERSION, readFailure, STATES, toHistory, toRecord, urgencyOf } from './bull-job.ts';
import { BullWorker, CLOSE_MS, within } from './bull-worker.ts';
import { createJobEndings, type JobEndings } from './job-endings.ts';
import type { OpenBackend, QueueBackend } from './queue-backend.ts';

export interface SharedJobQueueOptions {
  /** The store of the queue: `openRedisBackend` or `openPostgresBackend`. */
  readonly backend: OpenBackend;
  /** Address of the store. */
  readonly url: string;
  /** Name of the queue; processes that use the same name share its jobs. */
  readonly name: string;
  /** Prefix of every name in the store. @default 'blogger:queue' */
  readonly prefix?: string;
  /** A worker without a heartbeat for this long loses its jobs. @default 30000 */
  readonly leaseMs?: number;
  /** Maximum waiting jobs; more throw `QUEUE_FULL`. @default no limit */
  readonly maxWaiting?: number;
  /** Number of finished jobs to keep. @default 10000 */
  readonly keep?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

const LOOK_AGAIN_MS = 2000;

/** Opens a queue. Throws `CONFIG_INVALID` for an address that cannot hold one, `STORE_UNREACHABLE` when the store does not respond. */
export async function openSharedJobQueue(options: SharedJobQueueOptions): Promise<SharedJobQueue> {
  const { backend, url, name, prefix = 'blogger:queue', keep = 10_000, clock = systemClock } = options;
  return new SharedJobQueue({ ...options, clock }, await backend({ url, name, prefix, keep, clock }));
}

export class SharedJobQueue implements WorkQueue {
  readonly #options: SharedJobQueueOptions;
  readonly #backend: QueueBackend;
  readonly #clock: Clock;
  readonly #worker: BullWorker;
  readonly #endings: JobEndings;

  /** Use `openSharedJobQueue`. */
  constructor(options: SharedJobQueueOptions & { readonly clock: Clock }, backend: QueueBackend) {
    this.#options = options;
    this.#backend = backend;
    this.#clock = options.clock;
    const { leaseMs = 30_000, clock, random = systemRandom } = options;
    this.#endings = createJobEndings(backend);
    this.#worker = new BullWorker({
      backend,
      leaseMs,
      clock,
      random,
      isEmpty: async () => (await this.#count('waiting', 'prioritized', 'delayed', 'active')) === 0,
    });
    backend.queue.on('error', () => {}); // noticed by the calls that fail
  }

  register(kind: string, handler: JobHandler): void {
    this.#worker.register(kind, handler);
  }

  async add(job: NewJob): Promise<JobRecord> {
    const data: JobData = {
      kind: job.kind,
      runId: job.runId,
      priority: job.priority,
      version: PAYLOAD_VERSION,
      payload: this.#backend.pack(job.payload),
      maxAttempts: job.maxAttempts,
      addedAt: this.#clock.now(),
    };
    const known = await this.#find(job.id);
    if (known !== undefined) {
      if (isFinished(known.record.status)) await known.job.updateData({ ...data, addedAt: known.job.data.addedAt });
      return known.record;
    }
    const { maxWaiting } = this.#options;
    if (maxWaiting !== undefined && (await this.#count('waiting', 'prioritized', 'delayed')) >= maxWaiting)
      throw queueFull(maxWaiting);
    return toRecord(await this.#insert(job.id, data), 'waiting', false);
  }

  async history(id: string): Promise<JobMoment[]> {
    const known = await this.#find(id);
    return known === undefined ? [] : toHistory(known.job, known.record);
  }

  async get(id: string): Promise<JobRecord | undefined> {
    return (await this.#find(id))?.record;
  }

  /** Resolves with the job when it is finished; undefined when it does not exist. Rejects with the signal's reason. */
  async finished(id: string, signal: AbortSignal): Promise<JobRecord | undefined> {
    for (;;) {
      signal.throwIfAborted();
      using watch = await this.#endings.watch(id);
      const record = await this.get(id);
      if (record === undefined || isFinished(record.status)) return record;
      // Events may be lost while the connection is down, so poll as well.
      await this.#clock.sleep(LOOK_AGAIN_MS, AbortSignal.any([signal, watch.ended])).catch(() => {}); // the loop condition throws on abort
    }
  }

  /** For a lost job: true if a worker had started it. Reset by the call. */
  takeStart(id: string): boolean {
    return this.#endings.takeStart(id);
  }

  async list({ runId, status, kind, idStart = '', limit = 1000 }: JobFilter = {}): Promise<JobRecord[]> {
    const flags = new Set(await this.#backend.cancels.all());
    const inState = async (state: (typeof STATES)[number]) =>
      (await this.#backend.queue.getJobs([state], 0, -1)).flatMap((job) =>
        job?.id === undefined ? [] : toRecord(job, state, flags.has(job.id)),
      );
    const records = (await Promise.all(STATES.map(inState))).flat();
    return records
      .filter(
        (job) =>
          (runId ?? job.runId) === job.runId &&
          (status ?? job.status) === job.status &&
          (kind ?? job.kind) === job.kind &&
          job.id.startsWith(idStart),
      )
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, limit);
  }

  depth(): Promise<QueueDepth> {
    return this.#backend.depth();
  }

  async counts(runId?: string): Promise<JobCounts> {
    const counts: Record<string, number> = {};
    for (const { status } of await this.#all(runId === undefined ? {} : { runId }))
      counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  async cancel(id: string): Promise<boolean> {
    const known = await this.#find(id);
    if (known === undefined || isFinished(known.record.status)) return false;
    await this.#backend.cancels.add(id);
    this.#worker.cancelHere(id);
    return true;
  }

  async retry(id: string): Promise<boolean> {
    const known = await this.#find(id);
    if (known === undefined || !isFinished(known.record.status)) return false;
    const { job } = known;
    await this.#backend.cancels.remove(id);
    if (job.finishedOn === undefined) return true; // it was cancelled while it waited, and still waits
    await job.remove().catch(() => {}); // another process requeued it already
    await this.#insert(id, { ...job.data, addedAt: this.#clock.now() });
    return true;
  }

  /** Removes a finished job; keeps a waiting or running one. */
  async forget(id: string): Promise<void> {
    const known = await this.#find(id);
    if (known !== undefined && isFinished(known.record.status)) await known.job.remove().catch(() => {}); // another process requeued it in the meantime
  }

  async drop(id: string): Promise<boolean> {
    const known = await this.#find(id);
    if (known === undefined || known.record.status === 'RUNNING') return false;
    await this.#backend.cancels.remove(id);
    return await known.job.remove().then(
      () => true,
      () => false, // a worker took it in the meantime
    );
  }

  async prune(keep: number): Promise<number> {
    const finished = (await this.#all()).filter(({ status }) => isFinished(status));
    let removed = 0;
    for (const { id } of finished.sort((a, b) => b.updatedAt - a.updatedAt).slice(keep))
      removed += Number(await this.drop(id));
    return removed;
  }

  /** Processes jobs of the registered kinds until the signal fires, the queue closes, or no job is left (`untilEmpty`); releases running jobs. */
  work(options: WorkOptions = {}): Promise<void> {
    return this.#worker.work(options);
  }

  /** Releases running jobs and closes the connections, within 25 seconds. */
  async [Symbol.asyncDispose](): Promise<void> {
    await within(CLOSE_MS, this.#clock, this.#worker.close());
    await within(CLOSE_MS, this.#clock, Promise.allSettled([this.#endings.close(), this.#backend.queue.close()]));
    this.#backend.disconnect();
  }

  #all(filter: JobFilter = {}): Promise<JobRecord[]> {
    return this.list({ ...filter, limit: Number.POSITIVE_INFINITY });
  }

  /** Reads the state before the job: a job that ends in between appears as running, never as finished without its result. */
  async #find(id: string): Promise<{ readonly job: Job<JobData>; readonly record: JobRecord } | undefined> {
    const { queue, cancels } = this.#backend;
    const [state, isFlagged] = await Promise.all([queue.getJobState(id), cancels.has(id)]);
    const job = await queue.getJob(id);
    return job === undefined || job === null ? undefined : { job, record: toRecord(job, state, isFlagged) };
  }

  async #insert(id: string, data: JobData): Promise<Job<JobData>> {
    const attempts = Math.max(1, data.maxAttempts);
    return await this.#backend.queue.add(data.kind, data, {
      jobId: id,
      priority: urgencyOf(data.priority),
      attempts,
      backoff: { type: 'custom' },
    });
  }

  async #count(...states: (typeof STATES)[number][]): Promise<number> {
    return await this.#backend.queue.getJobCountByTypes(...states);
  }
}

/** The error of a failed job, for the process that requested it. */
export function jobError({ error, status }: JobRecord): BloggerError {
  return status === 'CANCELLED' ? cancelledError() : readFailure(error);
}
