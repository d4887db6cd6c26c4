/** Money held for later calls. Stored in the file for later runs, and cached in memory for fast reads. */

import type { Db } from '../sqlite/db.ts';

export interface Holds {
  /** US dollars held for all posts. */
  readonly total: number;
  readonly size: number;
  of(holder: string): number;
  /** 0 removes the hold. */
  set(holder: string, usd: number): void;
}

/** Smaller amounts are rounding errors of floats. */
const ROUNDING_USD = 1e-12;

/** The holds of one work. */
export function openHolds(db: Db, workId: string): Holds {
  const rows = db.prepare('SELECT holder, usd FROM ledger_holds WHERE work_id = ?').all(workId) as readonly {
    readonly holder: string;
    readonly usd: number;
  }[];
  const held = new Map(rows.map(({ holder, usd }) => [holder, usd]));
  const put = db.prepare('INSERT OR REPLACE INTO ledger_holds (holder, work_id, usd) VALUES (?, ?, ?)');
  const drop = db.prepare('DELETE FROM ledger_holds WHERE holder = ?');
  let total = 0;
  const count = () => {
    total = 0;
    for (const usd of held.values()) total += usd;
  };
  count();
  return {
    get total() {
      return total;
    },
    get size() {
      return held.size;
    },
    of: (holder) => held.get(holder) ?? 0,
    set(holder, usd) {
      const before = held.get(holder) ?? 0;
      if (usd === before) return;
      if (usd > ROUNDING_USD) {
        put.run(holder, workId, usd);
        held.set(holder, usd);
      } else {
        drop.run(holder);
        held.delete(holder);
      }
      // Resets to 0 when nothing is held, so that no rounding error remains.
      if (held.size === 0) total = 0;
      else total += usd - before;
    },
  };
}
