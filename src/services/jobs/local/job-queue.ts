import { setMaxListeners } from 'node:events';
import { isAbortError } from '../../../core/errors.ts';
import type { QueueDepth } from '../../../core/figures/queue-depth.ts';
import type {
  Clock,
  JobCounts,
  JobFilter,
  JobHandler,
  JobLease,
  JobMoment,
  JobRecord,
  NewJob,
  Random,
  WorkOptions,
  WorkQueue,
} from '../../../core/ports.ts';
import { systemClock } from '../../../util/clock.ts';
import { systemRandom } from '../../../util/random.ts';
import type { Db } from '../../sqlite/db.ts';
import { cancelledError, failure, queueFull } from '../job-errors.ts';
import { isFinished, type JobChange, nextState } from '../job-state.ts';
import { createWorkerId, isGone } from '../worker-id.ts';
import { JobTable } from './job-table.ts';
import { Leases } from './leases.ts';

export interface JobQueueOptions {
  /** Connection to the state file (see `openStateFile`). Not owned; the caller closes it. */
  readonly db: Db;
  /** A worker without a heartbeat for this long loses its job. @default 30000 */
  readonly leaseMs?: number;
  /** Maximum waiting jobs; more throw `QUEUE_FULL`. @default no limit */
  readonly maxWaiting?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

const POLL_MS = 250;

/**
 * Durable jobs in the state file: PENDING, RUNNING, SUCCESS, FAILED, CANCELLED. Several processes may work on one file. A worker holds a
 * job by a lease; when it dies, another worker takes the job.
 * @example
 * using state = openStateFile('.blogger');
 * await using queue = new JobQueue({ db: state.db });
 * queue.register('double', async ({ job }) => (job.payload as number) * 2);
 * await queue.add({ id: 'a', kind: 'double', runId: 'run-1', priority: 'high', payload: 21, maxAttempts: 3 });
 * await queue.work({ workers: 2, untilEmpty: true });
 * console.log(queue.get('a')?.result); // 42
 */
export class JobQueue implements WorkQueue {
  readonly #table: JobTable;
  readonly #leaseMs: number;
  readonly #maxWaiting: number;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #worker = createWorkerId();
  readonly #handlers = new Map<string, JobHandler>();
  readonly #leases: Leases;
  readonly #closed = new AbortController();

  constructor({
    db,
    leaseMs = 30_000,
    maxWaiting = Number.POSITIVE_INFINITY,
    clock = systemClock,
    random = systemRandom,
  }: JobQueueOptions) {
    this.#table = new JobTable(db);
    this.#leaseMs = leaseMs;
    this.#leases = new Leases({
      table: this.#table,
      worker: this.#worker,
      leaseMs,
      clock,
      closed: this.#closed.signal,
    });
    this.#maxWaiting = maxWaiting;
    this.#clock = clock;
    this.#random = random;
  }

  async add(job: NewJob): Promise<JobRecord> {
    return this.#table.atomically(() => {
      const known = this.#table.get(job.id);
      if (known !== undefined) {
        if (known.status !== 'RUNNING')
          this.#table.readdress(job.id, isFinished(known.status) ? job : { ...known, runId: job.runId });
        return known;
      }
      if (Number.isFinite(this.#maxWaiting) && this.#table.countWaiting() >= this.#maxWaiting)
        throw queueFull(this.#maxWaiting);
      const now = this.#clock.now();
      const record: JobRecord = {
        ...job,
        status: 'PENDING',
        attempts: 0,
        progress: { percent: 0, message: '' },
        createdAt: now,
        updatedAt: now,
        runAt: now,
        cancelRequested: false,
      };
      this.#table.insert(record);
      return record;
    });
  }

  /**
   * Leases the job with this id; undefined if another worker has it, it is not due, or it is finished. Only the local queue supports
   * this: BullMQ always returns the next job.
   */
  async begin(id: string): Promise<JobLease | undefined> {
    const job = this.#table.atomically(() => this.#lease(id));
    return job === undefined ? undefined : this.#hold(job);
  }

  register(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  /** Processes jobs of the registered kinds until the signal fires, the queue closes, or no job is left (`untilEmpty`). */
  async work({ workers = 1, stopping, signal, untilEmpty = false }: WorkOptions = {}): Promise<void> {
    const giveBack = AbortSignal.any([this.#closed.signal, ...(signal === undefined ? [] : [signal])]);
    const stop = AbortSignal.any([giveBack, ...(stopping === undefined ? [] : [stopping])]);
    setMaxListeners(0, stop, giveBack); // every worker listens
    await Promise.all(Array.from({ length: workers }, () => this.#workAlone(stop, giveBack, untilEmpty)));
  }

  async #workAlone(stop: AbortSignal, giveBack: AbortSignal, untilEmpty: boolean): Promise<void> {
    while (!stop.aborted) {
      const job = this.#takeNext();
      if (job !== undefined) {
        await this.#do(this.#hold(job), giveBack);
        continue;
      }
      if (untilEmpty && !this.#table.isAnyOpen()) return;
      await this.#clock.sleep(POLL_MS, stop).catch(() => {}); // the loop condition ends it
    }
  }

  async #do(lease: JobLease, giveBack: AbortSignal): Promise<void> {
    const handler = this.#handlers.get(lease.job.kind);
    if (handler === undefined) return lease.release();
    const signal = AbortSignal.any([lease.signal, giveBack]);
    try {
      await lease.succeed(
        await handler({ job: lease.job, progress: (percent, message) => lease.progress(percent, message), signal }),
      );
    } catch (error) {
      if (giveBack.aborted && isAbortError(error) && !lease.signal.aborted) await lease.release();
      else await lease.fail(lease.signal.aborted ? lease.signal.reason : error);
    }
  }

  get(id: string): JobRecord | undefined {
    return this.#table.get(id);
  }

  history(id: string): JobMoment[] {
    return this.#table.history(id);
  }

  list(filter: JobFilter = {}): JobRecord[] {
    return this.#table.list(filter);
  }

  counts(runId?: string): JobCounts {
    return this.#table.countByStatus(runId);
  }

  cancel(id: string): boolean {
    const changed = this.#change(id, { type: 'cancel' });
    if (changed) this.#leases.abort(id, cancelledError());
    return changed;
  }

  retry(id: string): boolean {
    return this.#change(id, { type: 'restart', now: this.#clock.now() });
  }

  depth(): QueueDepth {
    const counts = this.counts();
    const waiting = this.#table.oldest('PENDING', 'created_at');
    const failed = this.#table.oldest('FAILED', 'updated_at');
    return {
      queue: 'local',
      byState: {
        waiting: counts.PENDING ?? 0,
        running: counts.RUNNING ?? 0,
        done: counts.SUCCESS ?? 0,
        failed: counts.FAILED ?? 0,
        cancelled: counts.CANCELLED ?? 0,
      },
      ...(waiting === undefined ? {} : { oldestWaitingAt: waiting }),
      ...(failed === undefined ? {} : { oldestFailedAt: failed }),
    };
  }

  drop(id: string): boolean {
    return this.#table.drop(id);
  }

  prune(keep: number): number {
    return this.#table.prune(keep);
  }

  /** Releases running jobs. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new DOMException('The job queue was closed', 'AbortError'));
    try {
      for (const id of this.#leases.ids()) this.#change(id, { type: 'release', worker: this.#worker });
    } catch {
      // The disk is full: the leases expire, at once when this process has ended.
    }
    this.#leases.clear();
  }

  #takeNext(): JobRecord | undefined {
    const kinds = [...this.#handlers.keys()];
    if (kinds.length === 0) return undefined;
    return this.#table.atomically(() => {
      const waiting = this.#table.nextWaiting(kinds, this.#clock.now());
      const next = waiting === undefined ? undefined : this.#lease(waiting);
      if (next !== undefined) return next;
      for (const id of this.#table.running(kinds)) {
        const job = this.#lease(id);
        if (job !== undefined) return job;
      }
      return undefined;
    });
  }

  #lease(id: string): JobRecord | undefined {
    // After the machine slept, its own leases have expired too: its jobs continue, and their leases are renewed in a moment.
    if (this.#leases.has(id)) return undefined;
    const known = this.#table.get(id);
    if (known === undefined) return undefined;
    const now = this.#clock.now();
    const holderIsGone = known.worker !== undefined && isGone(known.worker);
    const state = nextState(known, {
      type: 'lease',
      worker: this.#worker,
      now,
      until: now + this.#leaseMs,
      holderIsGone,
    });
    if (state === undefined) return undefined;
    this.#table.setState(id, state, now);
    return { ...known, ...state, updatedAt: now };
  }

  #hold(job: JobRecord): JobLease {
    const signal = this.#leases.hold(job.id);
    const end = (change: JobChange, result?: unknown) => {
      this.#leases.drop(job.id);
      this.#change(job.id, change, result);
    };
    return {
      job,
      signal,
      progress: (percent, message) =>
        this.#table.setProgress(job.id, this.#worker, percent, message, this.#clock.now()),
      succeed: async (result) => end({ type: 'succeed', worker: this.#worker }, result ?? null),
      fail: async (error) =>
        end(failure(error, job.attempts, { worker: this.#worker, now: this.#clock.now(), random: this.#random })),
      release: async () => end({ type: 'release', worker: this.#worker }),
    };
  }

  #change(id: string, change: JobChange, result?: unknown): boolean {
    return this.#table.atomically(() => {
      const job = this.#table.get(id);
      const state = job === undefined ? undefined : nextState(job, change);
      if (state === undefined) return false;
      this.#table.setState(id, state, this.#clock.now(), result);
      return true;
    });
  }
}
