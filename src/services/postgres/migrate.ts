/** Migrates a database and checks its version. */

import type { ClientBase } from 'pg';
import { BloggerError } from '../../core/errors.ts';
import { isUnprepared } from './answers.ts';
import { LATEST, MIGRATIONS } from './migrations.ts';

type Queryable = Pick<ClientBase, 'query'>;

/** Migrates the schema `blogger` to the newest version in one transaction, which blocks other migrations. Returns the versions before and after. */
export async function migrate(client: Queryable): Promise<{ readonly before: number; readonly after: number }> {
  await client.query('BEGIN');
  try {
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('blogger:migrate', 0))");
    await client.query('CREATE SCHEMA IF NOT EXISTS blogger');
    await client.query(
      'CREATE TABLE IF NOT EXISTS blogger.migration (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
    const before = await versionOf(client);
    refuseNewer(before);
    for (const { version, sql } of MIGRATIONS) {
      if (version <= before) continue;
      await client.query(sql);
      await client.query('INSERT INTO blogger.migration (version) VALUES ($1)', [version]);
    }
    await client.query('COMMIT');
    return { before, after: LATEST };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // the connection is lost, and the transaction with it
    throw error;
  }
}

/** Throws `CONFIG_INVALID` for a database that was not migrated, or was migrated by a newer version. */
export async function checkMigrated(client: Queryable): Promise<void> {
  const version = await versionOf(client).catch((error: unknown) => {
    if (isUnprepared(error)) throw unprepared(error);
    throw error;
  });
  refuseNewer(version);
  if (version < LATEST) throw unprepared(undefined);
}

export function unprepared(cause: unknown): BloggerError {
  return new BloggerError('The PostgreSQL database lacks the tables and functions that several machines share', {
    code: 'CONFIG_INVALID',
    hint: 'Run `blogger db migrate` once, with the same REDIS_URL.',
    cause,
  });
}

async function versionOf(client: Queryable): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    'SELECT coalesce(max(version), 0)::int AS version FROM blogger.migration',
  );
  return rows[0]?.version ?? 0;
}

function refuseNewer(version: number): void {
  if (version <= LATEST) return;
  throw new BloggerError(
    `The PostgreSQL database was prepared by a newer version (schema ${version}; this one knows ${LATEST})`,
    { code: 'CONFIG_INVALID', hint: 'Install the newer version of blogger on this machine.' },
  );
}
