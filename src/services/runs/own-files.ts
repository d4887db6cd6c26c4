import { relative } from 'node:path';
import type Database from 'libsql';

/** Hashes of files that blogger wrote, kept across runs. */
export interface OwnFileRow {
  readonly sourceKey: string;
  readonly hashes: readonly string[];
}

export interface OwnFileTable {
  find(path: string): OwnFileRow | undefined;
  claim(path: string, file: OwnFileRow): void;
}

/** Files written by a project, keyed by path relative to its folder, so that a moved project still knows them. */
export function openOwnFileTable(db: Database.Database, cwd: string): OwnFileTable {
  db.exec('CREATE TABLE IF NOT EXISTS own_files (path TEXT PRIMARY KEY, file TEXT NOT NULL)');
  const find = db.prepare('SELECT file FROM own_files WHERE path = ?');
  const claim = db.prepare(
    'INSERT INTO own_files (path, file) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET file = excluded.file',
  );
  return {
    find(path) {
      const row = find.get(relative(cwd, path)) as { file: string } | undefined;
      return row === undefined ? undefined : (JSON.parse(row.file) as OwnFileRow); // written below only
    },
    claim(path, file) {
      claim.run(relative(cwd, path), JSON.stringify(file));
    },
  };
}
