import type { Db } from './db.ts';

/**
 * Runs `work` in one transaction that takes the write lock at its start. libsql's own helper rolls back a second time after SQLite has
 * already done so (disk full), and that error hides the cause.
 */
export function inTransaction<T>(db: Db, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
