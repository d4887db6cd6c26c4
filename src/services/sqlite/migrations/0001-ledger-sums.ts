/** Totals of each run (`run_id`) and of each list's work (`work/<work_id>`), kept by triggers; in whole numbers of 1e-12 dollars. */

type Row = 'OLD' | 'NEW' | 'ledger_calls';

/** Contribution of a call to the totals: spent, reserved, and whether its cost is unknown. */
function partsOf(row: Row): readonly [spent: string, reserved: string, unknown: string] {
  const paid = `CASE ${row}.state WHEN 'settled' THEN coalesce(${row}.cost_usd, ${row}.reserved_usd, 0) WHEN 'unknown' THEN coalesce(${row}.reserved_usd, 0) ELSE 0 END`;
  const whole = (usd: string) => `CAST(round((${usd}) * 1e12) AS INTEGER)`;
  return [
    whole(`${paid} + ${row}.lost_usd`),
    whole(`CASE ${row}.state WHEN 'reserved' THEN coalesce(${row}.reserved_usd, 0) ELSE 0 END`),
    `(${row}.state = 'unknown' OR (${row}.state = 'settled' AND ${row}.cost_usd IS NULL))`,
  ];
}

function keysOf(row: Row): readonly string[] {
  return [`${row}.run_id`, `'work/' || ${row}.work_id`];
}

function add(key: string): string {
  return `INSERT INTO ledger_sums (run_id, spent, reserved, unknown) VALUES (${key}, ${partsOf('NEW').join(', ')})
    ON CONFLICT (run_id) DO UPDATE SET spent = spent + excluded.spent, reserved = reserved + excluded.reserved, unknown = unknown + excluded.unknown;`;
}

function subtract(key: string): string {
  const [spent, reserved, unknown] = partsOf('OLD');
  return `UPDATE ledger_sums SET spent = spent - ${spent}, reserved = reserved - ${reserved}, unknown = unknown - ${unknown} WHERE run_id = ${key};`;
}

function totalsBy(key: string): string {
  const sums = partsOf('ledger_calls').map((part) => `sum(${part})`);
  return `SELECT ${key} AS key, ${sums.join(', ')} FROM ledger_calls GROUP BY key`;
}

const ADD_NEW = keysOf('NEW').map(add).join('\n  ');
const SUBTRACT_OLD = keysOf('OLD').map(subtract).join('\n  ');

/** Dropped before the columns change; the totals are summed again afterwards. */
export const DROP_LEDGER_SUMS = `
DROP TRIGGER IF EXISTS ledger_calls_added;
DROP TRIGGER IF EXISTS ledger_calls_changed;
DROP TRIGGER IF EXISTS ledger_calls_gone;
DROP TABLE IF EXISTS ledger_sums;
`;

export const LEDGER_SUMS = `
CREATE TABLE ledger_sums (run_id TEXT PRIMARY KEY, spent INTEGER NOT NULL, reserved INTEGER NOT NULL, unknown INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO ledger_sums ${keysOf('ledger_calls').map(totalsBy).join(' UNION ALL ')};
CREATE TRIGGER ledger_calls_added AFTER INSERT ON ledger_calls BEGIN
  ${ADD_NEW}
END;
CREATE TRIGGER ledger_calls_changed AFTER UPDATE ON ledger_calls BEGIN
  ${SUBTRACT_OLD}
  ${ADD_NEW}
END;
CREATE TRIGGER ledger_calls_gone AFTER DELETE ON ledger_calls BEGIN
  ${SUBTRACT_OLD}
END;
`;
