import type { CallRecord, ModelReply, PaidCall } from '../../../core/ports.ts';
import type { Usage } from '../../../core/types.ts';

/** A row of `ledger_calls`. */
export interface CallRow {
  readonly id: string;
  readonly run_id: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: CallRecord['tier'];
  readonly state: CallRecord['state'];
  readonly reserved_usd: number | null;
  readonly cost_usd: number | null;
  readonly lost_usd: number;
  readonly usage: string | null;
  readonly reply: string | null;
  readonly at: number;
}

/** Only the ledger writes rows, so their JSON has the expected shape. */
export function toCallRecord(row: CallRow): CallRecord {
  return {
    id: row.id,
    runId: row.run_id,
    provider: row.provider,
    model: row.model,
    tier: row.tier,
    state: row.state,
    reservedUsd: row.reserved_usd ?? undefined,
    costUsd: row.cost_usd ?? undefined,
    usage: row.usage === null ? undefined : (JSON.parse(row.usage) as Usage),
    ...(row.reply === null ? {} : { reply: JSON.parse(row.reply) as ModelReply }),
    at: row.at,
  };
}

/** Maximum possible cost of a call, including attempts with an unknown outcome. */
export function toPaidCall(row: CallRow): PaidCall {
  const isSettled = row.state === 'settled' && row.cost_usd !== null;
  return {
    id: row.id,
    provider: row.provider,
    model: row.model,
    tier: row.tier,
    at: row.at,
    state: row.state === 'settled' ? 'settled' : 'unknown',
    ...(isSettled
      ? { costUsd: (row.cost_usd ?? 0) + row.lost_usd }
      : { worstUsd: (row.reserved_usd ?? 0) + row.lost_usd }),
    ...(row.usage === null ? {} : { usage: JSON.parse(row.usage) as Usage }),
    ...(row.reply === null ? {} : { reply: JSON.parse(row.reply) as ModelReply }),
  };
}
