import { setMaxListeners } from 'node:events';
import type { PgPool } from 'bullmq';
import type { Pool } from 'pg';
import { BloggerError } from '../../../core/errors.ts';
import { shownAddress } from '../../../util/net/shown-address.ts';
import { checkMigrated, unprepared } from '../../postgres/migrate.ts';
import { openPool } from '../../postgres/open-pool.ts';
import { createPatientPool } from '../../postgres/patient-pool.ts';
import type { JobData } from './bull-job.ts';
import { readPostgresDepth } from './postgres-depth.ts';
import { type BackendOptions, KEEP_SECONDS, MAX_EVENTS, type OpenBackend } from './queue-backend.ts';

/** Schema of BullMQ's own migrations. */
export const SCHEMA = 'bullmq';
/** Per queue and process: one connection for LISTEN and three for statements. */
const CONNECTIONS = 4;
const ANSWER_MS = 10_000;
/** Same as for commands to an unreachable Redis. */
const PATIENCE_MS = 60_000;

/**
 * BullMQ on PostgreSQL: jobs are rows, taken with SKIP LOCKED; LISTEN and NOTIFY wake workers. It needs session connections, which
 * PgBouncer provides in session mode only.
 */
export const openPostgresBackend: OpenBackend = async (options) => {
  const { url, keep, clock } = options;
  const bull = await import('bullmq'); // loaded on use: most users have no shared queue
  const pool = await openPool(url, { timeoutMs: ANSWER_MS, max: CONNECTIONS, searchPath: SCHEMA });
  await check(pool, bull, url);
  const over = new AbortController();
  setMaxListeners(0, over.signal); // every statement that waits listens
  const patient = createPatientPool({ pool, clock, patienceMs: PATIENCE_MS, signal: over.signal });
  const connection = patient as PgPool; // BullMQ's type for the same methods
  const { Queue, Worker, QueueEvents } = bull.withBackend(bull.createPostgresBackend);
  const name = tableName(options);
  const retention = { age: KEEP_SECONDS, count: keep };
  const queue = new Queue<JobData>(name, {
    connection,
    defaultJobOptions: { removeOnComplete: retention, removeOnFail: retention },
    streams: { events: { maxLen: MAX_EVENTS } },
  });
  const lastEvent = async () => {
    const { rows } = await patient.query('SELECT coalesce(max(id), 0)::text AS id FROM event WHERE queue = $1', [name]);
    return String((rows[0] as { readonly id: string }).id);
  };
  const flags = (sql: string, id?: string) =>
    patient.query(sql, id === undefined ? [name] : [name, id]).then(({ rows }) => rows as { job: string }[]);
  return {
    store: 'PostgreSQL',
    bull,
    queue,
    async openWorker(process, more) {
      return { it: new Worker<JobData>(name, process, { ...more, connection }), disconnect() {} };
    },
    async openEvents() {
      return { it: new QueueEvents(name, { connection, lastEventId: await lastEvent() }), disconnect() {} };
    },
    cancels: {
      all: async () => (await flags('SELECT job FROM blogger.cancelled WHERE queue = $1')).map(({ job }) => job),
      has: async (id) =>
        (await flags('SELECT job FROM blogger.cancelled WHERE queue = $1 AND job = $2', id)).length > 0,
      add: (id) =>
        flags(
          `INSERT INTO blogger.cancelled VALUES ($1, $2, blogger.now_ms() + ${KEEP_SECONDS * 1000}) ON CONFLICT DO NOTHING`,
          id,
        ),
      remove: (id) => flags('DELETE FROM blogger.cancelled WHERE queue = $1 AND job = $2', id),
    },
    depth: () => readPostgresDepth(patient, { table: name, queue: options.name }),
    pack: (value) => ({ packed: JSON.stringify(value) }), // jsonb refuses \u0000 and half surrogate pairs, which pages of the web contain
    disconnect() {
      over.abort();
      void pool.end().catch(() => {}); // already ended
    },
  };
};

/** BullMQ allows no colon in a name, and its tables have no prefix. */
function tableName({ prefix, name }: BackendOptions): string {
  return `${prefix}:${name}`.replaceAll(':', '.');
}

async function check(pool: Pool, bull: typeof import('bullmq'), url: string): Promise<void> {
  try {
    await checkMigrated(pool);
    await bull.assertSchemaCompatibility(pool, SCHEMA);
  } catch (error) {
    await pool.end();
    if (BloggerError.is(error)) throw error;
    if (error instanceof bull.SchemaMigrationRequiredError) throw unprepared(error);
    throw new BloggerError(
      `The job queue needs PostgreSQL, but ${shownAddress(url)} does not respond: ${reason(error)}`,
      {
        code: 'STORE_UNREACHABLE',
        hint: 'Start PostgreSQL or check REDIS_URL; without --queue postgres this machine does all work.',
        cause: error,
      },
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'no connection';
}
