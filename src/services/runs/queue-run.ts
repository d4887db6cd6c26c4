import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** A run whose work is in the queue: what its jobs and its budget are called. */
export interface QueueRun {
  /** The same for all runs of this project. */
  readonly projectId: string;
  /** Milliseconds since the epoch; what workers did since then counts as done. */
  readonly startedAt: number;
}

/** A run that broke off so long ago is not taken up any more: its pages are old. */
const TAKE_UP_MS = 24 * 3_600_000;

/** The run that was broken off, to be gone on with, or a new one. */
export function beginQueueRun(db: Database.Database, now: number, newId: () => string): QueueRun {
  db.exec(TABLE);
  return inTransaction(db, (): QueueRun => {
    const row = db.prepare('SELECT project_id, started_at, open FROM queue_run').get() as
      | { project_id: string; started_at: number; open: number }
      | undefined;
    const goesOn = row !== undefined && row.open === 1 && now - row.started_at < TAKE_UP_MS;
    const run = { projectId: row?.project_id ?? newId(), startedAt: goesOn ? row.started_at : now };
    db.prepare('INSERT OR REPLACE INTO queue_run (id, project_id, started_at, open) VALUES (1, ?, ?, 1)').run(
      run.projectId,
      run.startedAt,
    );
    return run;
  });
}

/** Everything that was in the queue is home. */
export function endQueueRun(db: Database.Database): void {
  db.prepare('UPDATE queue_run SET open = 0').run();
}

const TABLE =
  'CREATE TABLE IF NOT EXISTS queue_run (id INTEGER PRIMARY KEY CHECK (id = 1), project_id TEXT NOT NULL, started_at INTEGER NOT NULL, open INTEGER NOT NULL)';
