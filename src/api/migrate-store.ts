import type { Settings } from '../config/schema.ts';
import { BloggerError } from '../core/errors.ts';
import { type MigrateOutcome, storeKindOf } from '../wiring/machines/shared-stores.ts';

/**
 * Migrates the tables of the shared store to the version of this program; undefined if the store has no tables. It is a no-op if they are
 * up to date. Throws `CONFIG_INVALID` without an address or for a database of a newer version, `STORE_UNREACHABLE` if nothing responds.
 */
export async function migrateStore({ redisUrl }: Pick<Settings, 'redisUrl'>): Promise<MigrateOutcome | undefined> {
  if (redisUrl === undefined) {
    throw new BloggerError('There is no database to prepare, because no address is set', {
      code: 'CONFIG_INVALID',
      hint: 'Set REDIS_URL to postgres://user:password@host/database.',
    });
  }
  return await storeKindOf(redisUrl).migrate?.(redisUrl);
}
