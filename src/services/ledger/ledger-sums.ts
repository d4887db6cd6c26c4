/** Totals of each run and of each list's work, kept by triggers: they are read before every call, and summing all calls would get slower as the ledger grows. */

import type { Db } from '../sqlite/db.ts';

export interface LedgerSums {
  /** US dollars. */
  readonly spent: number;
  readonly reserved: number;
  /** Calls with an unknown cost. */
  readonly unknown: number;
}

/** Totals of a run, or of a list's work by `workKey`. */
export function sumsOf(db: Db, key: string): () => LedgerSums {
  const sums = db.prepare(
    `SELECT spent / ${UNITS} AS spent, reserved / ${UNITS} AS reserved, unknown FROM ledger_sums WHERE run_id = ?`,
  );
  return () => (sums.get(key) as LedgerSums | undefined) ?? { spent: 0, reserved: 0, unknown: 0 };
}

/** Key of a work's totals; differs from every run id, because those are UUIDs. */
export function workKey(workId: string): string {
  return `work/${workId}`;
}

/** Sums are whole numbers of 1e-12 dollars: floats would leave a rounding error when everything is subtracted. */
const UNITS = '1e12';
