import type { Db } from '../db.ts';

/** Renames the table of retry salts. */
export function renameRetrySalts(db: Db): void {
  db.exec('ALTER TABLE anew RENAME TO retry_salts');
}
