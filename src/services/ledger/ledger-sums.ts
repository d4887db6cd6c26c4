/** What each run has spent and set aside, kept beside its calls by the database itself: asked for at every call, a sum over all calls would cost more with each. */

import type Database from 'libsql';

export interface LedgerSums {
  /** US dollars. */
  readonly spent: number;
  readonly reserved: number;
  /** Calls whose cost could not be told. */
  readonly unknown: number;
}

/** Makes the sums, from the calls that are there when the file is older than they are. Changes of calls and sums are one transaction. */
export function createLedgerSums(db: Database.Database): void {
  db.exec(SUMS);
}

export function sumsOf(db: Database.Database, runId: string): () => LedgerSums {
  const sums = db.prepare(
    `SELECT spent / ${UNITS} AS spent, reserved / ${UNITS} AS reserved, unknown FROM ledger_sums WHERE run_id = ?`,
  );
  return () => (sums.get(runId) as LedgerSums | undefined) ?? { spent: 0, reserved: 0, unknown: 0 };
}

/** Sums are whole numbers of a millionth of a millionth of a dollar: of floats a hair would stay when all is taken away again. */
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

const ADD_NEW = `INSERT INTO ledger_sums (run_id, spent, reserved, unknown) VALUES (NEW.run_id, ${partsOf('NEW').join(', ')})
  ON CONFLICT (run_id) DO UPDATE SET spent = spent + excluded.spent, reserved = reserved + excluded.reserved, unknown = unknown + excluded.unknown;`;
const [oldSpent, oldReserved, oldUnknown] = partsOf('OLD');
const TAKE_OLD = `UPDATE ledger_sums SET spent = spent - ${oldSpent}, reserved = reserved - ${oldReserved}, unknown = unknown - ${oldUnknown} WHERE run_id = OLD.run_id;`;

const SUMS = `
CREATE TABLE IF NOT EXISTS ledger_sums (run_id TEXT PRIMARY KEY, spent INTEGER NOT NULL, reserved INTEGER NOT NULL, unknown INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO ledger_sums SELECT run_id, ${partsOf('ledger_calls')
  .map((part) => `sum(${part})`)
  .join(', ')} FROM ledger_calls WHERE NOT EXISTS (SELECT 1 FROM ledger_sums) GROUP BY run_id;
CREATE TRIGGER IF NOT EXISTS ledger_calls_added AFTER INSERT ON ledger_calls BEGIN ${ADD_NEW} END;
CREATE TRIGGER IF NOT EXISTS ledger_calls_changed AFTER UPDATE ON ledger_calls BEGIN ${TAKE_OLD} ${ADD_NEW} END;
CREATE TRIGGER IF NOT EXISTS ledger_calls_gone AFTER DELETE ON ledger_calls BEGIN ${TAKE_OLD} END;
`;
