import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

/** Why existing answers are requested again: all (`--force`), or only unusable ones (`--retry-failed`). */
export type RetryReason = 'force' | 'retry';

/** Longer than any vendor keeps a batch. An older interrupted run is not resumed. */
const TAKE_UP_MS = 3 * 86_400_000;

/**
 * The salt for requesting answers again. A run that was interrupted, or left a batch at the vendor, keeps its salt: the next
 * run reuses it and finds the answers that are already paid for.
 */
export function openRetrySalt(
  db: Db,
  reason: RetryReason,
  { now, newName }: { readonly now: number; readonly newName: string },
): string {
  return inTransaction(db, () => {
    const row = db
      .prepare('SELECT name FROM retry_salts WHERE reason = ? AND begun_at > ?')
      .get(reason, now - TAKE_UP_MS) as { name: string } | undefined;
    if (row !== undefined) return row.name;
    db.prepare('INSERT OR REPLACE INTO retry_salts (reason, name, begun_at) VALUES (?, ?, ?)').run(
      reason,
      newName,
      now,
    );
    return newName;
  });
}

/** All forced requests are done; reset, so that the next `--force` requests new answers. */
export function clearRetrySalts(db: Db): void {
  db.prepare('DELETE FROM retry_salts').run();
}
