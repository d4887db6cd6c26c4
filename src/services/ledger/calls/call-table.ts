/** SQL access to paid calls; contains no rules. */

import type { CallRecord, ModelReply, PaidCall, Reservation } from '../../../core/ports.ts';
import type { Db } from '../../sqlite/db.ts';
import { type CallRow, toCallRecord, toPaidCall } from './call-row.ts';

export interface CallTable {
  find(id: string): CallRecord | undefined;
  reserve(reservation: Reservation, at: number): void;
  settle(id: string, reply: ModelReply, costUsd: number | undefined, at: number): void;
  end(id: string, state: 'released' | 'unknown', at: number): void;
  callsOf(post: string): readonly PaidCall[];
  /** False if the call is already known. */
  record(call: PaidCall): boolean;
}

const PAID_AGAIN = 'again';

export function openCallTable(
  db: Db,
  { runId, workId }: { readonly runId: string; readonly workId: string },
): CallTable {
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
  // Settled calls are paid for, and unknown ones may be: neither is released.
  const end = db.prepare("UPDATE ledger_calls SET state = @state, at = @at WHERE id = @id AND state = 'reserved'");
  const ofPost = db.prepare(
    "SELECT * FROM ledger_calls WHERE (id = ?1 OR (id > ?1 || ':' AND id < ?1 || ';')) AND (state IN ('settled', 'unknown') OR lost_usd > 0)",
  );
  const insert =
    db.prepare(`INSERT OR IGNORE INTO ledger_calls (id, run_id, work_id, provider, model, tier, state, reserved_usd, cost_usd, usage, reply, at)
    VALUES (@id, @runId, @workId, @provider, @model, @tier, @state, @worstUsd, @costUsd, @usage, @reply, @at)`);
  const forget = db.prepare("DELETE FROM ledger_calls WHERE id = ? AND state = 'unknown' AND at < ?");
  return {
    callsOf: (post) => (ofPost.all(post) as CallRow[]).map(toPaidCall),
    record({ id, provider, model, tier, state, worstUsd, costUsd, usage, reply, at }) {
      const values = { provider, model, tier, state, worstUsd: worstUsd ?? null, costUsd: costUsd ?? null, at };
      const json = { usage: toJson(usage), reply: toJson(reply) };
      const add = (name: string) => insert.run({ id: name, ...values, ...json, runId, workId }).changes > 0;
      // The cost of a call that was unknown holds that of the attempts before.
      if (state === 'settled') forget.run(id, at);
      if (add(id)) return true;
      const known = find.get(id) as CallRow | undefined;
      // Another machine paid for the same call, as happens when the shared store was emptied.
      return known?.state === 'settled' && known.at !== at && state === 'settled' && add(`${id}:${PAID_AGAIN}-${at}`);
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

function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
