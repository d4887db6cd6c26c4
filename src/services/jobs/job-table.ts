import type Database from 'libsql';
import type { JobFailure, JobRecord } from '../../core/ports.ts';
import { type JobStatus, PRIORITIES } from '../../core/types.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import type { JobState } from './job-state.ts';

/** Which jobs are meant. */
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

/** Rows in, records out; no rule of its own. */
export class JobTable {
  readonly #db: Database.Database;
  /** Preparing costs as much as running. */
  readonly #statements = new Map<string, Database.Statement>();

  constructor(db: Database.Database) {
    this.#db = db;
    db.exec(TABLE);
  }

  #statement(sql: string): Database.Statement {
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

  /** A finished job is asked for again: who asks and with what. */
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

  /** What became of the job, oldest first. */
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

  /** The waiting job that is next: most urgent first, then oldest. The order is the index's, so its cost does not grow with what waits. */
  nextWaiting(kinds: readonly string[], now: number): string | undefined {
    const sql = `SELECT id FROM jobs INDEXED BY jobs_next WHERE status = 'PENDING' AND run_at <= ? AND kind IN (${marks(kinds)}) ORDER BY priority, created_at, id LIMIT 1`;
    return (this.#statement(sql).get(now, ...kinds) as { readonly id: string } | undefined)?.id;
  }

  /** Jobs that somebody holds, or held until he died. */
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

  countByStatus(runId: string | undefined): Readonly<Partial<Record<JobStatus, number>>> {
    const rows = this.#statement(
      'SELECT status, count(*) AS count FROM jobs WHERE (?1 IS NULL OR run_id = ?1) GROUP BY status',
    ).all([runId ?? null]) as {
      status: JobStatus;
      count: number;
    }[];
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  // One parameter for all ids: a text for each number of them would be prepared and kept for good.

  /** Ids among these whose cancelling was asked for, or that this worker does not hold any more. */
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

  /** Removes a job that does not run. */
  drop(id: string): boolean {
    return this.#statement("DELETE FROM jobs WHERE id = ? AND status <> 'RUNNING'").run(id).changes > 0;
  }

  /** Forgets the oldest finished jobs beyond `keep`. */
  prune(keep: number): number {
    return this.#statement(
      "DELETE FROM jobs WHERE status IN ('SUCCESS', 'FAILED', 'CANCELLED') AND id NOT IN (SELECT id FROM jobs WHERE status IN ('SUCCESS', 'FAILED', 'CANCELLED') ORDER BY updated_at DESC LIMIT ?)",
    ).run(keep).changes;
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Rows are written by this class only, so their JSON is of the shape it was given. */
function toRecord(row: JobRow): JobRecord {
  return {
    id: row.id,
    kind: row.kind,
    runId: row.run_id,
    status: row.status,
    priority: PRIORITIES[row.priority] ?? 'medium',
    payload: JSON.parse(row.payload) as unknown,
    ...(row.result === null ? {} : { result: JSON.parse(row.result) as unknown }),
    ...(row.error === null ? {} : { error: JSON.parse(row.error) as { code: string; message: string } }),
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

const TABLE = `
CREATE TABLE IF NOT EXISTS jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  run_id TEXT NOT NULL,
  status TEXT NOT NULL,
  priority INTEGER NOT NULL,
  payload TEXT NOT NULL,
  result TEXT,
  error TEXT,
  attempts INTEGER NOT NULL,
  max_attempts INTEGER NOT NULL,
  percent REAL NOT NULL,
  message TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  run_at INTEGER NOT NULL,
  lease_until INTEGER,
  worker TEXT,
  cancel_requested INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS job_history (
  job_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  status TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  worker TEXT,
  error TEXT
);
CREATE INDEX IF NOT EXISTS job_history_of ON job_history (job_id);
CREATE TRIGGER IF NOT EXISTS job_added AFTER INSERT ON jobs BEGIN
  INSERT INTO job_history VALUES (new.id, new.updated_at, new.status, new.attempts, new.worker, new.error);
END;
CREATE TRIGGER IF NOT EXISTS job_moved AFTER UPDATE OF status ON jobs WHEN old.status <> new.status OR old.worker IS NOT new.worker BEGIN
  INSERT INTO job_history VALUES (new.id, new.updated_at, new.status, new.attempts, new.worker, new.error);
END;
CREATE TRIGGER IF NOT EXISTS job_forgotten AFTER DELETE ON jobs BEGIN
  DELETE FROM job_history WHERE job_id = old.id;
END;
CREATE INDEX IF NOT EXISTS jobs_next ON jobs (status, priority, created_at, id);
CREATE INDEX IF NOT EXISTS jobs_run ON jobs (run_id, status);
`;
