import type { PoolClient } from 'pg';
import { SCHEMA } from './postgres-backend.ts';

/** Migrates BullMQ's tables to the bundled version and returns it. */
export async function migrateJobs(client: PoolClient): Promise<number> {
  const { runMigrations } = await import('bullmq');
  return await runMigrations(client, SCHEMA);
}
