import type { Clock, Ledger } from '../../core/ports.ts';
import { type Changes, createChanges } from '../../util/async/changes.ts';
import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { type CallTable, openCallTable } from './calls/call-table.ts';
import { type CallsInFlight, createCallsInFlight } from './calls/calls-in-flight.ts';
import { createHeldAnswers, type HeldAnswers } from './calls/held-answers.ts';
import { type Admit, createCap } from './cap.ts';
import { type Holds, openHolds } from './holds.ts';
import { type LedgerSums, sumsOf, workKey } from './ledger-sums.ts';

export interface LedgerOptions {
  /** The state file's connection; the caller closes it. */
  readonly db: Db;
  readonly runId: string;
  /** The work that the cap belongs to; all runs of it share the cap. @default only this run */
  readonly workId?: string;
  /** US dollars that the work may spend; absent: no cap. */
  readonly capUsd?: number | undefined;
  readonly clock: Clock;
  /** Frees space on a full disk for pending answers. @default none */
  readonly makeRoom?: () => boolean;
  /** Called when an answer cannot be written to disk, so the run must end. */
  readonly onFull?: (error: unknown) => void;
  /** Called after every change of spent or reserved money. */
  readonly onChange?: (spent: ReturnType<Ledger['spent']>) => void;
}

/**
 * The ledger of paid calls in the state file. An answer is stored before it is parsed, and the money of a call is reserved
 * before the call is sent, each in one transaction, so that neither a `kill -9` nor a second process can pay twice or exceed the cap.
 */
export function openLedger(options: LedgerOptions): Ledger {
  const { db, runId, workId = runId, capUsd, clock, onChange, makeRoom = () => false, onFull = () => {} } = options;
  const rows = openCallTable(db, { runId, workId });
  const held = createHeldAnswers({
    write: (id, reply, costUsd) => rows.settle(id, reply, costUsd, clock.now()),
    makeRoom,
    onFull,
  });
  const sums = { run: sumsOf(db, runId), work: sumsOf(db, workKey(workId)) };
  const holds = openHolds(db, workId);
  const inFlight = createCallsInFlight(holds);
  const changes = createChanges();
  const spent = () => spentOf({ sums, holds, inFlight, capUsd });
  const changed = () => {
    changes.announce();
    onChange?.(spent());
  };
  const admit = createCap({ capUsd, holds, sums: sums.work });
  const parts: LedgerParts = { db, clock, rows, held, holds, inFlight, admit, changed };
  return { ...callsIn(parts), ...budgetsIn(parts, changes, capUsd), changed: changes.next, spent };
}

interface LedgerParts {
  readonly db: Db;
  readonly clock: Clock;
  readonly rows: CallTable;
  readonly held: HeldAnswers;
  readonly holds: Holds;
  readonly inFlight: CallsInFlight;
  readonly admit: Admit;
  /** Called after every change of spent, reserved or held money. */
  readonly changed: () => void;
}

type CallsPart = 'find' | 'reserve' | 'settle' | 'release' | 'held' | 'callsOf' | 'record' | 'leave';

/** Paid calls, from the reservation to the stored answer. */
function callsIn({ db, clock, rows, held, holds, inFlight, admit, changed }: LedgerParts): Pick<Ledger, CallsPart> {
  return {
    find: (id) => held.complete(rows.find(id), id),
    reserve(reservation) {
      const { id, holders = [], worstUsd } = reservation;
      const draws = inFlight.drawsFor(reservation);
      inTransaction(db, () => {
        admit(
          worstUsd,
          holders.reduce((sum, holder) => sum + holds.of(holder), 0),
        );
        rows.reserve(reservation, clock.now());
        for (const { holder, usd } of draws) holds.set(holder, holds.of(holder) - usd);
      });
      inFlight.begin(id, draws);
      changed();
    },
    settle(id, reply, costUsd) {
      held.settle(id, reply, costUsd);
      inFlight.end(id);
      changed();
    },
    release(id, outcome) {
      held.attempt(() => rows.end(id, outcome === 'free' ? 'released' : 'unknown', clock.now()));
      if (outcome === 'free') held.attempt(() => inFlight.refund(id));
      inFlight.end(id);
      changed();
    },
    held: held.flush,
    callsOf: rows.callsOf,
    record(calls) {
      const fresh = inTransaction(db, () => calls.filter((call) => rows.record(call)));
      if (fresh.length > 0) changed();
      return fresh;
    },
    leave: inFlight.end,
  };
}

/** Money held for later calls of a post. */
function budgetsIn(
  { db, held, holds, admit, changed }: LedgerParts,
  changes: Pick<Changes, 'isAwaited'>,
  capUsd: number | undefined,
): Pick<Ledger, 'hold' | 'heldFor' | 'dropHold'> {
  return {
    hold(holder, usd) {
      inTransaction(db, () => {
        admit(usd, holds.of(holder));
        holds.set(holder, capUsd === undefined ? 0 : (usd ?? 0));
      });
      changed();
    },
    heldFor: holds.of,
    dropHold(holder) {
      if (holds.of(holder) === 0 && !changes.isAwaited) return;
      held.attempt(() => holds.set(holder, 0));
      changed();
    },
  };
}

interface Figures {
  readonly sums: Readonly<Record<'run' | 'work', () => LedgerSums>>;
  readonly holds: Pick<Holds, 'total' | 'size'>;
  readonly inFlight: Pick<CallsInFlight, 'size'>;
  readonly capUsd: number | undefined;
}

function spentOf({ sums, holds, inFlight, capUsd }: Figures): ReturnType<Ledger['spent']> {
  const run = sums.run();
  const work = sums.work();
  return {
    spentUsd: run.spent,
    reservedUsd: run.reserved,
    unknownCalls: run.unknown,
    workUsd: work.spent + work.reserved,
    heldUsd: holds.total,
    inFlight: inFlight.size,
    holders: holds.size,
    capUsd,
  };
}
