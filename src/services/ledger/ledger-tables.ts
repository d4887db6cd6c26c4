import type Database from 'libsql';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { createLedgerSums } from './ledger-sums.ts';

/** Creates the ledger's tables; a file of 0.1.0, whose calls know no work, is brought up to date. */
export function createLedgerTables(db: Database.Database): void {
  db.exec(CALLS);
  if (!hasWorks(db)) inTransaction(db, () => db.exec(ADD_WORKS));
  db.exec(HOLDS);
  createLedgerSums(db);
}

function hasWorks(db: Database.Database): boolean {
  const columns = db.prepare('PRAGMA table_info(ledger_calls)').all() as readonly { readonly name: string }[];
  return columns.some(({ name }) => name === 'work_id');
}

/**
 * `lost_usd` is what earlier tries of the same call may have cost when their outcome never became known: it stays spent.
 * `run_id` is the run that settled the call, `work_id` the work whose cap it falls under.
 */
const CALLS = `
CREATE TABLE IF NOT EXISTS ledger_calls (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
  work_id TEXT NOT NULL DEFAULT '',
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  tier TEXT NOT NULL,
  state TEXT NOT NULL,
  reserved_usd REAL,
  cost_usd REAL,
  lost_usd REAL NOT NULL DEFAULT 0,
  usage TEXT,
  reply TEXT,
  at INTEGER NOT NULL,
  pid INTEGER
);
CREATE INDEX IF NOT EXISTS ledger_calls_run ON ledger_calls (run_id, state);
`;

/** Money kept back for calls of a post that are to come, over runs: a post in a vendor's batch keeps the money for its repair. */
const HOLDS = `
CREATE TABLE IF NOT EXISTS ledger_holds (holder TEXT PRIMARY KEY, work_id TEXT NOT NULL, usd REAL NOT NULL) WITHOUT ROWID;
`;

const ADD_WORKS = `
DROP TRIGGER IF EXISTS ledger_calls_added;
DROP TRIGGER IF EXISTS ledger_calls_changed;
DROP TRIGGER IF EXISTS ledger_calls_gone;
DROP TABLE IF EXISTS ledger_sums;
ALTER TABLE ledger_calls ADD COLUMN work_id TEXT NOT NULL DEFAULT '';
UPDATE ledger_calls SET work_id = run_id;
`;
