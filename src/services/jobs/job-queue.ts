import { setMaxListeners } from 'node:events';
import type Database from 'libsql';
import { BloggerError, isAbortError } from '../../core/errors.ts';
import type { QueueDepth } from '../../core/figures/queue-depth.ts';
import type {
  Clock,
  JobHandler,
  JobLease,
  JobRecord,
  NewJob,
  Random,
  WorkOptions,
  WorkQueue,
} from '../../core/ports.ts';
import type { JobStatus } from '../../core/types.ts';
import { backoffDelay } from '../../util/async/backoff.ts';
import { systemClock } from '../../util/clock.ts';
import { systemRandom } from '../../util/random.ts';
import { cancelledError, lostError, queueFull } from './job-errors.ts';
import { isFinished, type JobChange, nextState } from './job-state.ts';
import { type JobFilter, type JobMoment, JobTable } from './job-table.ts';
import { createWorkerId, isGone } from './worker-id.ts';

export interface JobQueueOptions {
  /** The state file's connection (see `openStateFile`); whoever opened it closes it. */
  readonly db: Database.Database;
  /** A worker that says nothing for this long loses its job. @default 30000 */
  readonly leaseMs?: number;
  /** Jobs that may wait; more is `QUEUE_FULL`. @default no bound */
  readonly maxWaiting?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

const POLL_MS = 250;
/** A cancelled job hears of it in well under a second. */
const LOOK_MS = 400;

/**
 * Durable jobs in the state file: PENDING, RUNNING, SUCCESS, FAILED, CANCELLED. Several processes may work on one file; a worker holds its
 * job by a lease, and a dead worker's job goes to the next one.
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
  /** Jobs in this queue's hands. */
  readonly #held = new Map<string, AbortController>();
  readonly #closed = new AbortController();
  #isKeeping = false;

  constructor({
    db,
    leaseMs = 30_000,
    maxWaiting = Number.POSITIVE_INFINITY,
    clock = systemClock,
    random = systemRandom,
  }: JobQueueOptions) {
    this.#table = new JobTable(db);
    this.#leaseMs = leaseMs;
    this.#maxWaiting = maxWaiting;
    this.#clock = clock;
    this.#random = random;
  }

  /** Adds a job, or finds the one of this id: adding twice has one effect. Throws `QUEUE_FULL`. */
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

  /** Takes the named job in hand; undefined when somebody else has it, it is not due, or it is finished. */
  async begin(id: string): Promise<JobLease | undefined> {
    const job = this.#table.atomically(() => this.#lease(id));
    return job === undefined ? undefined : this.#hold(job);
  }

  /** Names who does the jobs of a kind. */
  register(kind: string, handler: JobHandler): void {
    this.#handlers.set(kind, handler);
  }

  /** Does jobs of the registered kinds until the signal fires, the queue closes, or nothing waits (`untilEmpty`). */
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
      await this.#clock.sleep(POLL_MS, stop).catch(() => {}); // the loop's head sees the stop
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

  /** The states that a job went through, oldest first. */
  history(id: string): JobMoment[] {
    return this.#table.history(id);
  }

  list(filter: JobFilter = {}): JobRecord[] {
    return this.#table.list(filter);
  }

  counts(runId?: string): Readonly<Partial<Record<JobStatus, number>>> {
    return this.#table.countByStatus(runId);
  }

  /** Ends a waiting job at once, a running one as soon as its worker hears of it; false when it was finished or unknown. */
  cancel(id: string): boolean {
    const changed = this.#change(id, { type: 'cancel' });
    if (changed) this.#held.get(id)?.abort(cancelledError());
    return changed;
  }

  /** Puts a finished job back; false when it is unknown or not finished. */
  retry(id: string): boolean {
    return this.#change(id, { type: 'restart', now: this.#clock.now() });
  }

  /** What waits, runs and is done, with the age of the oldest. */
  depth(queue: string): QueueDepth {
    const counts = this.counts();
    const waiting = this.#table.oldest('PENDING', 'created_at');
    const failed = this.#table.oldest('FAILED', 'updated_at');
    return {
      queue,
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

  /** Removes a job that does not run; false when it runs or is unknown. */
  drop(id: string): boolean {
    return this.#table.drop(id);
  }

  /** Forgets the oldest finished jobs beyond `keep`; answers how many went. */
  prune(keep: number): number {
    return this.#table.prune(keep);
  }

  /** Gives back what is in hand. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort(new DOMException('The job queue was closed', 'AbortError'));
    try {
      for (const id of this.#held.keys()) this.#change(id, { type: 'release', worker: this.#worker });
    } catch {
      // The disk is full: leases run out by themselves, at once when this process has ended.
    }
    this.#held.clear();
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
    // After a sleep of the machine its own leases have run out too: what is in hand goes on, and its lease is renewed in a moment.
    if (this.#held.has(id)) return undefined;
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
    const abort = new AbortController();
    this.#held.set(job.id, abort);
    if (!this.#isKeeping) void this.#keepLeases(); // it ends by itself and never throws
    const end = (change: JobChange, result?: unknown) => {
      this.#held.delete(job.id);
      this.#change(job.id, change, result);
    };
    return {
      job,
      signal: abort.signal,
      progress: (percent, message) =>
        this.#table.setProgress(job.id, this.#worker, percent, message, this.#clock.now()),
      succeed: async (result) => end({ type: 'succeed', worker: this.#worker }, result ?? null),
      fail: async (error) => end(this.#failure(error, job.attempts)),
      release: async () => end({ type: 'release', worker: this.#worker }),
    };
  }

  #failure(error: unknown, attempt: number): JobChange {
    const known = BloggerError.is(error) ? error : undefined;
    const failure = { code: known?.code ?? 'BUG', message: error instanceof Error ? error.message : String(error) };
    const delayMs = backoffDelay(attempt, this.#random, {
      baseMs: 1000,
      capMs: 300_000,
      retryAfterMs: known?.retryAfterMs,
    });
    return {
      type: 'fail',
      worker: this.#worker,
      error: failure,
      retryAt: known?.retryable === true ? this.#clock.now() + delayMs : undefined,
    };
  }

  /** Renews what is held and hears of cancelling, three times in a lease's length. */
  async #keepLeases(): Promise<void> {
    this.#isKeeping = true;
    while (this.#held.size > 0 && !this.#closed.signal.aborted) {
      const pauseMs = Math.min(this.#leaseMs / 3, LOOK_MS);
      await this.#clock.sleep(pauseMs, this.#closed.signal).catch(() => {}); // the loop's head sees that the queue was closed
      const ids = [...this.#held.keys()];
      if (ids.length === 0 || this.#closed.signal.aborted) break;
      try {
        this.#table.renew(ids, this.#worker, this.#clock.now() + this.#leaseMs);
        for (const { id, cancelled } of this.#table.disturbed(ids, this.#worker))
          this.#held.get(id)?.abort(cancelled ? cancelledError() : lostError());
      } catch {
        // The file is busy or gone: leases run out by themselves, and the next round tries again.
      }
    }
    this.#isKeeping = false;
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
