import type Database from 'libsql';
import { BloggerError } from '../../core/errors.ts';
import type { CallRecord, Clock, Ledger, ModelReply, PaidCall, Reservation } from '../../core/ports.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { type CallRow, toCallRecord, toPaidCall } from './call-row.ts';
import { createHeldAnswers } from './held-answers.ts';
import { type Holds, openHolds } from './holds.ts';
import { sumsOf, workKey } from './ledger-sums.ts';
import { createLedgerTables } from './ledger-tables.ts';

export interface LedgerOptions {
  /** The state file's connection; the caller closes it. */
  readonly db: Database.Database;
  readonly runId: string;
  /** The work on a list that the cap belongs to: all its runs share it. @default the run alone */
  readonly workId?: string;
  /** US dollars that the work may spend; absent: no cap. */
  readonly capUsd?: number | undefined;
  readonly clock: Clock;
  /** Makes room on a full disk for answers that are on their way. @default there is none */
  readonly makeRoom?: () => boolean;
  /** Called when the disk does not take an answer: the run has to end. */
  readonly onFull?: (error: unknown) => void;
  /** Called after every change of what is spent or reserved. */
  readonly onChange?: (spent: ReturnType<Ledger['spent']>) => void;
}

/**
 * The ledger of paid calls in the state file. An answer is in the file before it is parsed, and the money of a call is set aside
 * before the call leaves; both in one transaction each, so that neither a `kill -9` nor a second process can pay twice or pass the cap.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { db, runId, workId = runId, capUsd, clock, onChange, makeRoom = () => false, onFull = () => {} } = options;
  createLedgerTables(db);
  const rows = prepareRows(db, { runId, workId });
  const held = createHeldAnswers({
    write: (id, reply, costUsd) => rows.settle(id, reply, costUsd, clock.now()),
    makeRoom,
    onFull,
  });
  const ofRun = sumsOf(db, runId);
  const ofWork = sumsOf(db, workKey(workId));
  const holds = openHolds(db, workId);
  /** Calls of this process that are not over, with what they drew from a hold. */
  const live = new Map<string, readonly Draw[]>();
  let waiters: (() => void)[] = [];

  function spent(): ReturnType<Ledger['spent']> {
    const run = ofRun();
    const work = ofWork();
    return {
      spentUsd: run.spent,
      reservedUsd: run.reserved,
      unknownCalls: run.unknown,
      workUsd: work.spent + work.reserved,
      heldUsd: holds.total,
      inFlight: live.size,
      holders: holds.size,
      capUsd,
    };
  }

  function changed(): void {
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
    onChange?.(spent());
  }

  /** Throws where the work has no room for `usd` beside everything that is spent, reserved and held for others. */
  function admit(usd: number | undefined, ownHold: number): void {
    if (capUsd === undefined) return;
    const { spent: spentUsd, reserved } = ofWork();
    refuseBeyondCap(usd, { spentUsd, reservedUsd: reserved + holds.total - ownHold }, capUsd);
  }

  function end(id: string): void {
    // A call that was free is made again with the same money.
    for (const { holder, usd } of live.get(id) ?? []) holds.set(holder, holds.of(holder) + usd);
    live.delete(id);
  }

  return {
    find: (id) => held.complete(rows.find(id), id),
    reserve(reservation) {
      const { id, holders = [], worstUsd } = reservation;
      const drawn = drawsFrom(holds, holders, worstUsd ?? 0);
      inTransaction(db, () => {
        admit(
          worstUsd,
          holders.reduce((sum, holder) => sum + holds.of(holder), 0),
        );
        rows.reserve(reservation, clock.now());
        for (const { holder, usd } of drawn) holds.set(holder, holds.of(holder) - usd);
      });
      live.set(id, drawn);
      changed();
    },
    settle(id, reply, costUsd) {
      held.settle(id, reply, costUsd);
      live.delete(id);
      changed();
    },
    release(id, outcome) {
      held.attempt(() => rows.end(id, outcome === 'free' ? 'released' : 'unknown', clock.now()));
      if (outcome === 'free') held.attempt(() => end(id));
      live.delete(id);
      changed();
    },
    held: held.flush,
    callsOf: rows.callsOf,
    record(calls) {
      const fresh = inTransaction(db, () => calls.filter((call) => rows.record(call)));
      if (fresh.length > 0) changed();
      return fresh;
    },
    leave(id) {
      live.delete(id);
    },
    hold(holder, usd) {
      inTransaction(db, () => {
        admit(usd, holds.of(holder));
        holds.set(holder, capUsd === undefined ? 0 : (usd ?? 0));
      });
      changed();
    },
    heldFor: (holder) => holds.of(holder),
    dropHold(holder) {
      if (holds.of(holder) === 0 && waiters.length === 0) return;
      held.attempt(() => holds.set(holder, 0));
      changed();
    },
    changed(signal) {
      return new Promise((resolve, reject) => {
        const fail = () => reject(signal.reason as Error);
        if (signal.aborted) return fail();
        signal.addEventListener('abort', fail, { once: true });
        waiters.push(() => {
          signal.removeEventListener('abort', fail);
          resolve();
        });
      });
    },
    spent,
  };
}

interface Draw {
  readonly holder: string;
  readonly usd: number;
}

/** How a call is paid from the holds of its posts, one after the other; what is left of them stays for the calls after it. */
function drawsFrom(holds: Holds, holders: readonly string[], worstUsd: number): readonly Draw[] {
  let missing = worstUsd;
  return holders.flatMap((holder) => {
    const usd = Math.min(holds.of(holder), missing);
    missing -= usd;
    return usd > 0 ? [{ holder, usd }] : [];
  });
}

interface Rows {
  find(id: string): CallRecord | undefined;
  reserve(reservation: Reservation, at: number): void;
  settle(id: string, reply: ModelReply, costUsd: number | undefined, at: number): void;
  end(id: string, state: 'released' | 'unknown', at: number): void;
  callsOf(post: string): readonly PaidCall[];
  /** False where the call is known already. */
  record(call: PaidCall): boolean;
}

function prepareRows(
  db: Database.Database,
  { runId, workId }: { readonly runId: string; readonly workId: string },
): Rows {
  const find = db.prepare('SELECT * FROM ledger_calls WHERE id = ?');
  const upsert =
    db.prepare(`INSERT INTO ledger_calls (id, run_id, work_id, provider, model, tier, state, reserved_usd, at, pid)
    VALUES (@id, @runId, @workId, @provider, @model, @tier, 'reserved', @worstUsd, @at, @pid)
    ON CONFLICT (id) DO UPDATE SET run_id = @runId, work_id = @workId, provider = @provider, model = @model, tier = @tier, state = 'reserved', reserved_usd = @worstUsd,
      lost_usd = lost_usd + CASE WHEN state IN ('reserved', 'unknown') THEN coalesce(reserved_usd, 0) ELSE 0 END, at = @at, pid = @pid`);
  // A call counts for the run that settles it, and stays under the cap of its work.
  const answer = db.prepare(
    "UPDATE ledger_calls SET state = 'settled', reply = @reply, usage = @usage, cost_usd = @costUsd, tier = @tier, model = @model, at = @at, run_id = CASE @runId WHEN '' THEN run_id ELSE @runId END WHERE id = @id",
  );
  // What is settled is paid for, and what ended as unknown may be: neither is taken back.
  const end = db.prepare("UPDATE ledger_calls SET state = @state, at = @at WHERE id = @id AND state = 'reserved'");
  const ofPost = db.prepare(
    "SELECT * FROM ledger_calls WHERE (id = ?1 OR (id > ?1 || ':' AND id < ?1 || ';')) AND (state IN ('settled', 'unknown') OR lost_usd > 0)",
  );
  const insert =
    db.prepare(`INSERT OR IGNORE INTO ledger_calls (id, run_id, work_id, provider, model, tier, state, reserved_usd, cost_usd, usage, at)
    VALUES (@id, @runId, @workId, @provider, @model, @tier, @state, @worstUsd, @costUsd, @usage, @at)`);
  return {
    callsOf: (post) => (ofPost.all(post) as CallRow[]).map(toPaidCall),
    record({ id, provider, model, tier, state, worstUsd, costUsd, usage, at }) {
      const values = { id, provider, model, tier, state, worstUsd: worstUsd ?? null, costUsd: costUsd ?? null, at };
      const json = usage === undefined ? null : JSON.stringify(usage);
      return insert.run({ ...values, usage: json, runId, workId }).changes > 0;
    },
    find(id) {
      const row = find.get(id) as CallRow | undefined;
      return row === undefined ? undefined : toCallRecord(row);
    },
    reserve({ id, provider, model, tier, worstUsd }, at) {
      upsert.run({ id, provider, model, tier, worstUsd: worstUsd ?? null, runId, workId, at, pid: process.pid });
    },
    settle(id, reply, costUsd, at) {
      answer.run({
        id,
        reply: JSON.stringify(reply),
        usage: reply.usage === undefined ? null : JSON.stringify(reply.usage),
        costUsd: costUsd ?? null,
        tier: reply.tier,
        model: reply.model,
        runId,
        at,
      });
    },
    end(id, state, at) {
      end.run({ id, state, at });
    },
  };
}

function refuseBeyondCap(
  worstUsd: number | undefined,
  { spentUsd, reservedUsd }: { readonly spentUsd: number; readonly reservedUsd: number },
  capUsd: number,
): void {
  if (worstUsd === undefined) {
    throw new BloggerError('A money cap is set, but the price of the model is not known, so it cannot be kept', {
      code: 'PRICE_UNKNOWN',
      hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
    });
  }
  // Floats: the sum of many small amounts is off by a rounding error.
  // What costs nothing, such as a post's part of an answer that is paid for, is never beyond the cap.
  if (worstUsd === 0 || spentUsd + reservedUsd + worstUsd <= capUsd + 1e-9) return;
  throw new BloggerError(
    `The next post may cost ${usd(worstUsd)}; ${usd(spentUsd)} are spent and ${usd(reservedUsd)} reserved of the ${usd(capUsd)} that the work on this list may spend`,
    {
      code: 'BUDGET_REACHED',
      hint: 'What is written is saved. Raise --max-cost and run the same command again to go on.',
    },
  );
}

function usd(value: number): string {
  return `$${value.toFixed(value < 0.1 ? 5 : 2)}`;
}
