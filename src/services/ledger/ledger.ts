import type Database from 'libsql';
import { BloggerError } from '../../core/errors.ts';
import type { CallRecord, Clock, Ledger, ModelReply } from '../../core/ports.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { type CallRow, toCallRecord } from './call-row.ts';
import { createLedgerSums, sumsOf } from './ledger-sums.ts';

export interface LedgerOptions {
  /** The state file's connection; whoever opened it closes it. */
  readonly db: Database.Database;
  readonly runId: string;
  /** US dollars that the run may spend; absent: no cap. */
  readonly capUsd?: number | undefined;
  readonly clock: Clock;
  /** Told after every change of what is spent or reserved. */
  readonly onChange?: (spent: ReturnType<Ledger['spent']>) => void;
}

/**
 * The ledger of paid calls in the state file. An answer is in the file before anybody parses it, and the money of a call is set aside
 * before it leaves; both in one transaction each, so that neither a `kill -9` nor a second process can pay twice or pass the cap.
 */
export function openLedger({ db, runId, capUsd, clock, onChange }: LedgerOptions): Ledger {
  db.exec(TABLE);
  createLedgerSums(db);
  const find = db.prepare('SELECT * FROM ledger_calls WHERE id = ?');
  const upsert = db.prepare(`INSERT INTO ledger_calls (id, run_id, provider, model, tier, state, reserved_usd, at, pid)
    VALUES (@id, @runId, @provider, @model, @tier, 'reserved', @worstUsd, @at, @pid)
    ON CONFLICT (id) DO UPDATE SET run_id = @runId, provider = @provider, model = @model, tier = @tier, state = 'reserved', reserved_usd = @worstUsd,
      lost_usd = lost_usd + CASE WHEN state IN ('reserved', 'unknown') THEN coalesce(reserved_usd, 0) ELSE 0 END, at = @at, pid = @pid`);
  const answer = db.prepare(
    "UPDATE ledger_calls SET state = 'settled', reply = @reply, usage = @usage, cost_usd = @costUsd, tier = @tier, model = @model, at = @at WHERE id = @id",
  );
  // What is settled is paid for, and what ended as unknown may be: neither is taken back.
  const end = db.prepare("UPDATE ledger_calls SET state = @state, at = @at WHERE id = @id AND state = 'reserved'");
  const sums = sumsOf(db, runId);

  function spent(): ReturnType<Ledger['spent']> {
    const { spent, reserved, unknown } = sums();
    return { spentUsd: spent, reservedUsd: reserved, unknownCalls: unknown, capUsd };
  }

  return {
    find(id): CallRecord | undefined {
      const row = find.get(id) as CallRow | undefined;
      return row === undefined ? undefined : toCallRecord(row);
    },
    reserve(reservation) {
      inTransaction(db, () => {
        if (capUsd !== undefined) refuseBeyondCap(reservation.worstUsd, spent(), capUsd);
        upsert.run({
          ...reservation,
          worstUsd: reservation.worstUsd ?? null,
          runId,
          at: clock.now(),
          pid: process.pid,
        });
      });
      onChange?.(spent());
    },
    settle(id, reply: ModelReply, costUsd) {
      answer.run({
        id,
        reply: JSON.stringify(reply),
        usage: reply.usage === undefined ? null : JSON.stringify(reply.usage),
        costUsd: costUsd ?? null,
        tier: reply.tier,
        model: reply.model,
        at: clock.now(),
      });
      onChange?.(spent());
    },
    release(id, outcome) {
      end.run({ id, state: outcome === 'free' ? 'released' : 'unknown', at: clock.now() });
      onChange?.(spent());
    },
    spent,
  };
}

function refuseBeyondCap(
  worstUsd: number | undefined,
  { spentUsd, reservedUsd }: ReturnType<Ledger['spent']>,
  capUsd: number,
): void {
  if (worstUsd === undefined) {
    throw new BloggerError('A money cap is set, but the price of the model is not known, so it cannot be kept', {
      code: 'PRICE_UNKNOWN',
      hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
    });
  }
  // Sums of many small floats are a hair off; a cap is not passed by a billionth of a dollar.
  // What costs nothing, such as a post's part of an answer that is paid for, is never beyond it.
  if (worstUsd === 0 || spentUsd + reservedUsd + worstUsd <= capUsd + 1e-9) return;
  throw new BloggerError(
    `The next call may cost ${usd(worstUsd)}; ${usd(spentUsd)} are spent and ${usd(reservedUsd)} reserved of the ${usd(capUsd)} that this run may spend`,
    {
      code: 'BUDGET_REACHED',
      hint: 'What is written is saved. Raise --max-cost and run the same command again to go on.',
    },
  );
}

function usd(value: number): string {
  return `$${value.toFixed(value < 0.1 ? 5 : 2)}`;
}

/**
 * `lost_usd` is what earlier tries of the same call may have cost when their outcome never became known: it stays spent.
 */
const TABLE = `
CREATE TABLE IF NOT EXISTS ledger_calls (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL,
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
