/** Totals of each run and of each list's work, kept by triggers: they are read before every call, and a sum over all calls would grow with the ledger. */

import type Database from 'libsql';

export interface LedgerSums {
  /** US dollars. */
  readonly spent: number;
  readonly reserved: number;
  /** Calls whose cost is not known. */
  readonly unknown: number;
}

/** Creates table and triggers; fills the totals from the calls when the table is new. */
export function createLedgerSums(db: Database.Database): void {
  db.exec(SUMS);
}

/** Totals of a run, or of a list's work by `workKey`. */
export function sumsOf(db: Database.Database, key: string): () => LedgerSums {
  const sums = db.prepare(
    `SELECT spent / ${UNITS} AS spent, reserved / ${UNITS} AS reserved, unknown FROM ledger_sums WHERE run_id = ?`,
  );
  return () => (sums.get(key) as LedgerSums | undefined) ?? { spent: 0, reserved: 0, unknown: 0 };
}

/** Key of a work's totals; run ids are UUIDs, so they never look like it. */
export function workKey(workId: string): string {
  return `work/${workId}`;
}

/** Sums are whole numbers of 1e-12 dollars: floats would leave a rounding error when everything is subtracted. */
const UNITS = '1e12';

/** What the row adds to each sum. */
function partsOf(row: 'OLD' | 'NEW' | 'ledger_calls'): readonly [spent: string, reserved: string, unknown: string] {
  const paid = `CASE ${row}.state WHEN 'settled' THEN coalesce(${row}.cost_usd, ${row}.reserved_usd, 0) WHEN 'unknown' THEN coalesce(${row}.reserved_usd, 0) ELSE 0 END`;
  const whole = (usd: string) => `CAST(round((${usd}) * ${UNITS}) AS INTEGER)`;
  return [
    whole(`${paid} + ${row}.lost_usd`),
    whole(`CASE ${row}.state WHEN 'reserved' THEN coalesce(${row}.reserved_usd, 0) ELSE 0 END`),
    `(${row}.state = 'unknown' OR (${row}.state = 'settled' AND ${row}.cost_usd IS NULL))`,
  ];
}

/** A call counts for its run and for its work. */
const KEYS = (row: 'OLD' | 'NEW') => [`${row}.run_id`, `'work/' || ${row}.work_id`] as const;

const ADD_NEW = KEYS('NEW')
  .map(
    (key) => `INSERT INTO ledger_sums (run_id, spent, reserved, unknown) VALUES (${key}, ${partsOf('NEW').join(', ')})
  ON CONFLICT (run_id) DO UPDATE SET spent = spent + excluded.spent, reserved = reserved + excluded.reserved, unknown = unknown + excluded.unknown;`,
  )
  .join('\n');
const [oldSpent, oldReserved, oldUnknown] = partsOf('OLD');
const TAKE_OLD = KEYS('OLD')
  .map(
    (key) =>
      `UPDATE ledger_sums SET spent = spent - ${oldSpent}, reserved = reserved - ${oldReserved}, unknown = unknown - ${oldUnknown} WHERE run_id = ${key};`,
  )
  .join('\n');
const ALL_OF = (key: string) =>
  `SELECT ${key} AS key, ${partsOf('ledger_calls')
    .map((part) => `sum(${part})`)
    .join(', ')} FROM ledger_calls GROUP BY key`;

const SUMS = `
CREATE TABLE IF NOT EXISTS ledger_sums (run_id TEXT PRIMARY KEY, spent INTEGER NOT NULL, reserved INTEGER NOT NULL, unknown INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO ledger_sums SELECT * FROM (${ALL_OF('run_id')} UNION ALL ${ALL_OF("'work/' || work_id")}) WHERE NOT EXISTS (SELECT 1 FROM ledger_sums);
CREATE TRIGGER IF NOT EXISTS ledger_calls_added AFTER INSERT ON ledger_calls BEGIN ${ADD_NEW} END;
CREATE TRIGGER IF NOT EXISTS ledger_calls_changed AFTER UPDATE ON ledger_calls BEGIN ${TAKE_OLD} ${ADD_NEW} END;
CREATE TRIGGER IF NOT EXISTS ledger_calls_gone AFTER DELETE ON ledger_calls BEGIN ${TAKE_OLD} END;
`;
