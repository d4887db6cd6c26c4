/** Which runs share a money cap: all that work on one list until it is through, whatever process they are. */

import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';

export interface Work {
  readonly id: string;
  /** The cap that its last `generate` was given; a `collect` keeps to it without naming it. */
  readonly capUsd: number | undefined;
}

export interface BeginWork {
  readonly runId: string;
  /** Identity of the list, such as a hash of its names. Absent for `collect`, which takes up the newest work. */
  readonly list?: string;
  /** The failed entries of the last run are tried again: its cap goes on even where that run was through. */
  readonly isRetry: boolean;
  readonly capUsd: number | undefined;
  readonly now: number;
}

/** A work that nobody went on with for so long is over. */
const ABANDONED_MS = 30 * 86_400_000;

/**
 * The work that this run goes on with, or a new one. A list's work goes on until a run of it is through: a run that was killed,
 * stopped, or ended by its cap leaves its work open, so that starting it again spends no second cap.
 */
export function beginWork(db: Database.Database, { runId, list, isRetry, capUsd, now }: BeginWork): Work {
  db.exec(TABLES);
  return inTransaction(db, () => {
    const known = db
      .prepare(
        `SELECT id, cap_usd FROM works WHERE (?1 IS NULL OR list = ?1) AND (state <> 'ended' OR ?2) AND touched_at > ?3
          ORDER BY state <> 'ended' DESC, touched_at DESC LIMIT 1`,
      )
      .get([list ?? null, Number(isRetry || list === undefined), now - ABANDONED_MS]) as
      | { readonly id: string; readonly cap_usd: number | null }
      | undefined;
    const work: Work = {
      id: known?.id ?? runId,
      capUsd: list === undefined ? (capUsd ?? known?.cap_usd ?? undefined) : capUsd,
    };
    db.prepare(
      `INSERT INTO works (id, list, cap_usd, state, touched_at) VALUES (?1, ?2, ?3, 'open', ?4)
        ON CONFLICT (id) DO UPDATE SET cap_usd = ?3, state = CASE WHEN ?5 THEN state ELSE 'open' END, touched_at = ?4`,
    ).run([work.id, list ?? '', work.capUsd ?? null, now, Number(list === undefined)]);
    return work;
  });
}

/**
 * A run of the list is through: the next one begins a new work, with a cap of its own. With posts in a vendor's batch the `collect` that
 * brings in the last of them ends the work; a `collect` after a run that was stopped does not.
 */
export function endWork(
  db: Database.Database,
  id: string,
  { pending, isCollect }: { readonly pending: number; readonly isCollect: boolean },
): void {
  const state = pending > 0 ? 'pending' : 'ended';
  db.prepare("UPDATE works SET state = ?1 WHERE id = ?2 AND (state = 'pending' OR NOT ?3)").run([
    state,
    id,
    Number(isCollect),
  ]);
}

const TABLES = `
CREATE TABLE IF NOT EXISTS works (id TEXT PRIMARY KEY, list TEXT NOT NULL, cap_usd REAL, state TEXT NOT NULL, touched_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS works_list ON works (list, touched_at);
`;
