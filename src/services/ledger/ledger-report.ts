import type { Db } from '../sqlite/db.ts';

/** Costs by day, model and tier. */
export interface SpendingRow {
  /** UTC day, `2026-01-31`. */
  readonly day: string;
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly calls: number;
  readonly costUsd: number;
  /** Calls with an unknown cost; they count at their worst case. */
  readonly unknown: number;
  /** Calls of `unknown` that count as 0, because the price of their model is unknown too. */
  readonly unpriced: number;
}

export function readSpending(
  db: Db,
  { since = 0, runId }: { readonly since?: number; readonly runId?: string } = {},
): SpendingRow[] {
  const known = db.prepare("SELECT 1 AS there FROM sqlite_master WHERE name = 'ledger_calls'").get();
  if (known === undefined) return [];
  const rows = db
    .prepare(`SELECT date(at / 1000, 'unixepoch') AS day, provider, model, tier, count(*) AS calls,
        coalesce(sum(CASE WHEN state = 'settled' THEN coalesce(cost_usd, reserved_usd, 0) WHEN state = 'unknown' THEN coalesce(reserved_usd, 0) ELSE 0 END + lost_usd), 0) AS costUsd,
        sum(state = 'unknown' OR lost_usd > 0 OR (state = 'settled' AND cost_usd IS NULL)) AS unknown,
        sum(state IN ('settled', 'unknown') AND coalesce(CASE WHEN state = 'settled' THEN cost_usd END, reserved_usd) IS NULL) AS unpriced
      FROM ledger_calls WHERE (state IN ('settled', 'unknown') OR lost_usd > 0) AND at >= ?1 AND (?2 IS NULL OR run_id = ?2) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`)
    .all([since, runId ?? null]) as SpendingRow[];
  // The driver adds an extra member to every row.
  return rows.map(({ day, provider, model, tier, calls, costUsd, unknown, unpriced }) => ({
    day,
    provider,
    model,
    tier,
    calls,
    costUsd,
    unknown,
    unpriced,
  }));
}
