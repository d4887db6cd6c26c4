import type { PoolClient } from 'pg';
import { SCHEMA } from './postgres-backend.ts';

/** Brings BullMQ's tables to the version that this program brings along. Returns that version. */
export async function migrateJobs(client: PoolClient): Promise<number> {
  const { runMigrations } = await import('bullmq');
  return await runMigrations(client, SCHEMA);
}
