import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** Why answers that are there are asked for once more: all of them (`--force`), or those that could not be used (`--retry-failed`). */
export type AnewReason = 'force' | 'retry';

/** Longer than any vendor keeps a batch. A run that broke off earlier is begun afresh. */
const TAKE_UP_MS = 3 * 86_400_000;

/**
 * The name under which answers are asked for anew. A run that broke off, or left a batch at the vendor, did not end what it began: the next
 * one goes on under the same name and finds what was paid for.
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

/** Everything that was asked for anew is home: the next time means new answers again. */
export function endAnew(db: Database.Database): void {
  db.exec(TABLE);
  db.prepare('DELETE FROM anew').run();
}

const TABLE =
  'CREATE TABLE IF NOT EXISTS anew (reason TEXT PRIMARY KEY, name TEXT NOT NULL, begun_at INTEGER NOT NULL)';
