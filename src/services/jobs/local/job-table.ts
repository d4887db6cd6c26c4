import type { JobCounts, JobFailure, JobFilter, JobMoment, JobRecord } from '../../../core/ports.ts';
import { type JobStatus, PRIORITIES } from '../../../core/types.ts';
import type { Db, Statement } from '../../sqlite/db.ts';
import { inTransaction } from '../../sqlite/in-transaction.ts';
import type { JobState } from '../job-state.ts';

type MomentRow = Pick<JobRow, 'status' | 'attempts' | 'worker' | 'error'> & { readonly at: number };

interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly run_id: string;
  readonly status: JobStatus;
  readonly priority: number;
  readonly payload: string;
  readonly result: string | null;
  readonly error: string | null;
  readonly attempts: number;
  readonly max_attempts: number;
  readonly percent: number;
  readonly message: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly run_at: number;
  readonly lease_until: number | null;
  readonly worker: string | null;
  readonly cancel_requested: number;
}

/** SQL access to jobs; contains no rules. */
export class JobTable {
  readonly #db: Db;
  /** Prepared statements are cached, because preparing costs as much as running. */
  readonly #statements = new Map<string, Statement>();

  constructor(db: Db) {
    this.#db = db;
  }

  #statement(sql: string): Statement {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  /** Runs `work` as one transaction that holds the write lock from its start. */
  atomically<T>(work: () => T): T {
    return inTransaction(this.#db, work);
  }

  get(id: string): JobRecord | undefined {
    const row = this.#statement('SELECT * FROM jobs WHERE id = ?').get(id) as JobRow | undefined;
    return row === undefined ? undefined : toRecord(row);
  }

  insert(job: JobRecord): void {
    this.#statement(`INSERT INTO jobs (id, kind, run_id, status, priority, payload, attempts, max_attempts, percent, message, created_at, updated_at, run_at, cancel_requested)
        VALUES (?, ?, ?, ?, ?, ?, 0, ?, 0, '', ?, ?, ?, 0)`).run(
      job.id,
      job.kind,
      job.runId,
      job.status,
      PRIORITIES.indexOf(job.priority),
      JSON.stringify(job.payload),
      job.maxAttempts,
      job.createdAt,
      job.updatedAt,
      job.runAt,
    );
  }

  /** Gives a finished job the run and the payload of the new request. */
  readdress(id: string, { runId, payload, maxAttempts }: Pick<JobRecord, 'runId' | 'payload' | 'maxAttempts'>): void {
    this.#statement('UPDATE jobs SET run_id = ?, payload = ?, max_attempts = ? WHERE id = ?').run(
      runId,
      JSON.stringify(payload),
      maxAttempts,
      id,
    );
  }

  setState(id: string, state: JobState, now: number, result?: unknown): void {
    this.#statement(
      `UPDATE jobs SET status = ?, attempts = ?, run_at = ?, lease_until = ?, worker = ?, cancel_requested = ?, error = ?, updated_at = ?, result = coalesce(?, result) WHERE id = ?`,
    ).run(
      state.status,
      state.attempts,
      state.runAt,
      state.leaseUntil ?? null,
      state.worker ?? null,
      Number(state.cancelRequested),
      state.error === undefined ? null : JSON.stringify(state.error),
      now,
      result === undefined ? null : JSON.stringify(result),
      id,
    );
  }

  /** Past states of the job, oldest first. */
  history(id: string): JobMoment[] {
    const rows = this.#statement(
      'SELECT at, status, attempts, worker, error FROM job_history WHERE job_id = ? ORDER BY rowid',
    ).all(id) as MomentRow[];
    return rows.map(({ at, status, attempts, worker, error }) => ({
      at,
      status,
      attempts,
      ...(worker === null ? {} : { worker }),
      ...(error === null ? {} : { error: JSON.parse(error) as JobFailure }),
    }));
  }

  setProgress(id: string, worker: string, percent: number, message: string, now: number): void {
    this.#statement(
      "UPDATE jobs SET percent = ?, message = ?, updated_at = ? WHERE id = ? AND worker = ? AND status = 'RUNNING'",
    ).run(percent, message, now, id, worker);
  }

  /** The next waiting job: most urgent first, then oldest. An index has this order, so the cost does not grow with the number of waiting jobs. */
  nextWaiting(kinds: readonly string[], now: number): string | undefined {
    const sql = `SELECT id FROM jobs INDEXED BY jobs_next WHERE status = 'PENDING' AND run_at <= ? AND kind IN (${marks(kinds)}) ORDER BY priority, created_at, id LIMIT 1`;
    return (this.#statement(sql).get(now, ...kinds) as { readonly id: string } | undefined)?.id;
  }

  /** Jobs with a lease, of live or dead workers. */
  running(kinds: readonly string[]): string[] {
    const rows = this.#statement(
      `SELECT id FROM jobs WHERE status = 'RUNNING' AND kind IN (${marks(kinds)}) ORDER BY priority, created_at, id`,
    ).all(...kinds);
    return (rows as { readonly id: string }[]).map(({ id }) => id);
  }

  isAnyOpen(): boolean {
    return (
      this.#statement("SELECT 1 AS there FROM jobs WHERE status IN ('PENDING', 'RUNNING') LIMIT 1").get() !== undefined
    );
  }

  countWaiting(): number {
    return (
      this.#statement("SELECT count(*) AS count FROM jobs WHERE status = 'PENDING'").get() as { readonly count: number }
    ).count;
  }

  /** Earliest time of the jobs in a state, in milliseconds since the epoch. */
  oldest(status: JobStatus, column: 'created_at' | 'updated_at'): number | undefined {
    const row = this.#statement(`SELECT min(${column}) AS at FROM jobs WHERE status = ?`).get(status);
    return (row as { readonly at: number | null } | undefined)?.at ?? undefined;
  }

  list({ runId, status, kind, idStart, limit = 1000 }: JobFilter): JobRecord[] {
    const rows = this.#statement(
      'SELECT * FROM jobs WHERE (?1 IS NULL OR run_id = ?1) AND (?2 IS NULL OR status = ?2) AND (?3 IS NULL OR kind = ?3) AND (?5 IS NULL OR substr(id, 1, length(?5)) = ?5) ORDER BY created_at DESC, id LIMIT ?4',
    ).all([runId ?? null, status ?? null, kind ?? null, limit, idStart ?? null]) as JobRow[];
    return rows.map(toRecord);
  }

  countByStatus(runId: string | undefined): JobCounts {
    const rows = this.#statement(
      'SELECT status, count(*) AS count FROM jobs WHERE (?1 IS NULL OR run_id = ?1) GROUP BY status',
    ).all([runId ?? null]) as {
      status: JobStatus;
      count: number;
    }[];
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  // One JSON parameter for all ids: otherwise each number of ids would need its own prepared statement.

  /** Ids among these that are to be cancelled, or whose lease this worker has lost. */
  disturbed(ids: readonly string[], worker: string): { readonly id: string; readonly cancelled: boolean }[] {
    const rows = this.#statement(
      "SELECT id, cancel_requested FROM jobs WHERE id IN (SELECT value FROM json_each(?)) AND (cancel_requested = 1 OR worker IS NOT ? OR status <> 'RUNNING')",
    ).all(JSON.stringify(ids), worker) as { id: string; cancel_requested: number }[];
    return rows.map((row) => ({ id: row.id, cancelled: row.cancel_requested === 1 }));
  }

  renew(ids: readonly string[], worker: string, until: number): void {
    this.#statement(
      "UPDATE jobs SET lease_until = ? WHERE worker = ? AND status = 'RUNNING' AND id IN (SELECT value FROM json_each(?))",
    ).run(until, worker, JSON.stringify(ids));
  }

  /** Removes a job that is not running. */
  drop(id: string): boolean {
    return this.#statement("DELETE FROM jobs WHERE id = ? AND status <> 'RUNNING'").run(id).changes > 0;
  }

  /** Removes the oldest finished jobs beyond `keep`. */
  prune(keep: number): number {
    return this.#statement(
      "DELETE FROM jobs WHERE status IN ('SUCCESS', 'FAILED', 'CANCELLED') AND id NOT IN (SELECT id FROM jobs WHERE status IN ('SUCCESS', 'FAILED', 'CANCELLED') ORDER BY updated_at DESC LIMIT ?)",
    ).run(keep).changes;
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Only this class writes rows, so their JSON has the expected shape. */
function toRecord(row: JobRow): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    runId: row.run_id,
    status: row.status,
    priority: PRIORITIES[row.priority] ?? 'medium',
    payload: JSON.parse(row.payload) as unknown,
    ...(row.result === null ? {} : { result: JSON.parse(row.result) as unknown }),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as JobFailure }),
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    progress: { percent: row.percent, message: row.message },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    runAt: row.run_at,
    ...(row.lease_until === null ? {} : { leaseUntil: row.lease_until }),
    ...(row.worker === null ? {} : { worker: row.worker }),
    cancelRequested: row.cancel_requested === 1,
  };
}
