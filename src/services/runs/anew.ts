import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** Why existing answers are requested again: all (`--force`), or only unusable ones (`--retry-failed`). */
export type AnewReason = 'force' | 'retry';

/** Longer than any vendor keeps a batch. An older interrupted run is not resumed. */
const TAKE_UP_MS = 3 * 86_400_000;

/**
 * The salt for requesting answers again. A run that was interrupted, or left a batch at the vendor, keeps its salt: the next
 * run reuses it and finds the answers that are already paid for.
 */
export function beginAnew(
  db: Database.Database,
  reason: AnewReason,
  { now, newName }: { readonly now: number; readonly newName: string },
): string {
  db.exec(TABLE);
  return inTransaction(db, () => {
    const row = db.prepare('SELECT name FROM anew WHERE reason = ? AND begun_at > ?').get(reason, now - TAKE_UP_MS) as
      | { name: string }
      | undefined;
    if (row !== undefined) return row.name;
    db.prepare('INSERT OR REPLACE INTO anew (reason, name, begun_at) VALUES (?, ?, ?)').run(reason, newName, now);
    return newName;
  });
}

/** All forced requests are done; reset, so that the next `--force` requests new answers. */
export function endAnew(db: Database.Database): void {
  db.exec(TABLE);
  db.prepare('DELETE FROM anew').run();
}

const TABLE =
  'CREATE TABLE IF NOT EXISTS anew (reason TEXT PRIMARY KEY, name TEXT NOT NULL, begun_at INTEGER NOT NULL)';
