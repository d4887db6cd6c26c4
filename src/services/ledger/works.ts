/** Decides which runs share a spending cap: all runs of one list until it is completed. */

import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

export interface Work {
  readonly id: string;
  /** The cap of its last `generate`; a later `collect` uses it too. */
  readonly capUsd: number | undefined;
}

export interface BeginWork {
  readonly runId: string;
  /** Identity of the list, such as a hash of its names. Absent for `collect`, which continues the newest work. */
  readonly list?: string;
  /** Retries the failed entries of the last run under the same cap, even if that run was completed. */
  readonly isRetry: boolean;
  readonly capUsd: number | undefined;
  readonly now: number;
}

/** A work without a run for this long counts as ended. */
const ABANDONED_MS = 30 * 86_400_000;

/**
 * The work that this run continues, or a new one. A list's work lasts until a run completes it: a run that was killed,
 * stopped, or ended by its cap leaves its work open, so that starting it again does not spend a second cap.
 */
export function beginWork(db: Db, { runId, list, isRetry, capUsd, now }: BeginWork): Work {
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
 * Marks the list as completed: the next run starts a new work with its own cap. With posts in a vendor's batch, the `collect` that
 * saves the last of them ends the work; a `collect` after a stopped run does not.
 */
export function endWork(
  db: Db,
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
