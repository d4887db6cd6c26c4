import { BloggerError } from '../../core/errors.ts';
import type { Db } from './db.ts';
import { inTransaction } from './in-transaction.ts';
import { MIGRATIONS } from './migrations/migrations.ts';

/**
 * Migrates a database to the newest version in one transaction. `user_version` is the number of applied migrations.
 * Throws `STATE_NEWER` for a database that a newer version of this program has migrated.
 */
export function migrate(db: Db, path: string): void {
  if (isCurrent(db, path)) return;
  inTransaction(db, () => {
    if (isCurrent(db, path)) return; // another process was first
    for (const apply of MIGRATIONS.slice(versionOf(db))) apply(db);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

function isCurrent(db: Db, path: string): boolean {
  const version = versionOf(db);
  if (version > MIGRATIONS.length) throw newer(path, version);
  return version === MIGRATIONS.length;
}

function versionOf(db: Db): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

function newer(path: string, version: number): BloggerError {
  const message = `The state file ${path} has version ${version}, but this version of blogger knows versions up to ${MIGRATIONS.length}`;
  return new BloggerError(message, {
    code: 'STATE_NEWER',
    hint: 'Update blogger, or name another state folder with --state.',
  });
}
