import type Database from 'libsql';

/**
 * Runs `work` as one transaction that holds the write lock from its start. libsql's own helper rolls back a second time where SQLite has
 * done so already (a full disk), and that error hides the cause.
 */
export function inTransaction<T>(db: Database.Database, work: () => T): T {
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
