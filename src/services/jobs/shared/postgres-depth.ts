/** Depth of a queue in PostgreSQL, in one statement over the indexes of each state. */

import type { QueueDepth } from '../../../core/figures/queue-depth.ts';
import type { PatientPool } from '../../postgres/patient-pool.ts';

interface Row {
  readonly waiting: number;
  readonly delayed: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  readonly oldest_waiting: number | null;
  readonly oldest_failed: number | null;
  readonly workers: number;
}

const inState = (state: string) => `(SELECT count(*) FROM job WHERE queue = $1 AND state = '${state}')::int`;

/** The oldest of each priority is the first of its part of the index; a name of a connection is cut after 63 bytes. */
const DEPTH = `SELECT
  ${inState('waiting')} AS waiting, ${inState('delayed')} AS delayed, ${inState('active')} AS running,
  ${inState('completed')} AS done, ${inState('failed')} AS failed,
  (SELECT min(first.added_at_ms) FROM generate_series(1, 3) AS urgency, LATERAL (
     SELECT added_at_ms FROM job WHERE queue = $1 AND state = 'waiting' AND priority = urgency ORDER BY seq LIMIT 1) AS first
  )::float8 AS oldest_waiting,
  (SELECT min(finished_at_ms) FROM job WHERE queue = $1 AND state = 'failed')::float8 AS oldest_failed,
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
     AND (application_name = left($1, 63) OR starts_with(application_name, left($1 || ':w:', 63))))::int AS workers`;

export async function readPostgresDepth(
  pool: Pick<PatientPool, 'query'>,
  { table, queue }: { readonly table: string; readonly queue: string },
): Promise<QueueDepth> {
  const { rows } = await pool.query(DEPTH, [table]);
  const { waiting, delayed, running, done, failed, ...row } = rows[0] as Row;
  return {
    queue,
    byState: { waiting, delayed, running, done, failed },
    ...(row.oldest_waiting === null ? {} : { oldestWaitingAt: row.oldest_waiting }),
    ...(row.oldest_failed === null ? {} : { oldestFailedAt: row.oldest_failed }),
    workers: row.workers,
  };
}
