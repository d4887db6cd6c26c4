import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** A run in the shared queue: names of its jobs and budget. */
export interface QueueRun {
  /** Shared by all runs of this project. */
  readonly projectId: string;
  /** Milliseconds since the epoch; jobs that workers finished since then count as done. */
  readonly startedAt: number;
  /** True for an interrupted run that is resumed. */
  readonly goesOn: boolean;
}

/** An interrupted run older than this is not resumed: its pages are outdated. */
const TAKE_UP_MS = 24 * 3_600_000;

/** Resumes the interrupted run, or starts a new one. */
export function beginQueueRun(db: Db, now: number, newId: () => string): QueueRun {
  return inTransaction(db, (): QueueRun => {
    const row = db.prepare('SELECT project_id, started_at, open FROM queue_run').get() as
      | { project_id: string; started_at: number; open: number }
      | undefined;
    const goesOn = row !== undefined && row.open === 1 && now - row.started_at < TAKE_UP_MS;
    const run = { projectId: row?.project_id ?? newId(), startedAt: goesOn ? row.started_at : now, goesOn };
    db.prepare('INSERT OR REPLACE INTO queue_run (id, project_id, started_at, open) VALUES (1, ?, ?, 1)').run(
      run.projectId,
      run.startedAt,
    );
    return run;
  });
}

/** Marks the run as finished; the next run starts a new one. */
export function endQueueRun(db: Db): void {
  db.prepare('UPDATE queue_run SET open = 0').run();
}
