/** Shared limits, budgets and workers in PostgreSQL: each operation is one SQL function of the migrations. */

import type { Pool } from 'pg';
import type { SharedControl } from '../../core/ports/shared-control.ts';
import { isRefusal } from './answers.ts';

/** `prefix` is prepended to every key. The pool is not owned. */
export function createPostgresControl(pool: Pick<Pool, 'query'>, prefix: string): SharedControl {
  /** Calls a function and returns the value of its only column. */
  async function call(name: string, ...values: readonly (string | number | null)[]): Promise<unknown> {
    const places = values.map((_, index) => `$${index + 1}`).join(', ');
    const { rows } = await pool.query<{ value: unknown }>(`SELECT blogger.${name}(${places}) AS value`, [...values]);
    return rows[0]?.value;
  }
  return {
    store: 'PostgreSQL',
    gate: {
      take: async (key, perMinute, amount) => Number(await call('take', prefix + key, perMinute, amount)),
      lower: async (key, perMinute, remaining) => void (await call('lower', prefix + key, perMinute, remaining)),
      hold: async (key, ms) => void (await call('hold', prefix + key, ms)),
      heldMs: async (key) => Number(await call('held_ms', prefix + key)),
    },
    places: {
      enter: async (host, { id, places, leaseMs }) => Number(await call('enter', prefix + host, id, places, leaseMs)),
      leave: async (host, id, restMs) => void (await call('leave', prefix + host, id, restMs)),
      hold: async (host, ms) => void (await call('hold', `hold:${prefix}${host}`, ms)),
    },
    budget: {
      async reserve({ runId, callId, worstUsd, capUsd, leaseMs, keepMs }) {
        const { rows } = await pool.query<{ answer: string; taken: number }>(
          'SELECT answer, taken FROM blogger.reserve($1, $2, $3, $4, $5, $6)',
          [prefix + runId, callId, worstUsd, capUsd, leaseMs, keepMs],
        );
        const { answer, taken } = rows[0] ?? { answer: 'wait', taken: 0 };
        if (answer === 'yes') return 'reserved';
        return answer === 'wait' ? 'wait' : { takenUsd: taken };
      },
      async settle(runId, callId, costUsd, keepMs) {
        await call('settle', prefix + runId, callId, costUsd ?? null, keepMs);
      },
    },
    roster: {
      async report(id, state, keepMs) {
        await pool.query(
          `INSERT INTO blogger.worker VALUES ($1, $2, $3, blogger.now_ms() + $4)
           ON CONFLICT (id) DO UPDATE SET state = excluded.state, until = excluded.until`,
          [id, prefix, state, keepMs],
        );
      },
      async all() {
        const { rows } = await pool.query<{ state: string }>(
          'SELECT state FROM blogger.worker WHERE prefix = $1 AND until > blogger.now_ms() ORDER BY id',
          [prefix],
        );
        return rows.map(({ state }) => state);
      },
      leave: async (id) => void (await pool.query('DELETE FROM blogger.worker WHERE id = $1', [id])),
    },
    isRefusal,
  };
}
