import { relative } from 'node:path';
import type Database from 'libsql';
import type { OwnFile, OwnFiles } from '../../core/post-records.ts';

/** Files written by a project, keyed by path relative to its folder, so that a moved project still knows them. */
export function openOwnFileTable(db: Database.Database, cwd: string): OwnFiles {
  db.exec('CREATE TABLE IF NOT EXISTS own_files (path TEXT PRIMARY KEY, file TEXT NOT NULL)');
  const find = db.prepare('SELECT file FROM own_files WHERE path = ?');
  const claim = db.prepare(
    'INSERT INTO own_files (path, file) VALUES (?, ?) ON CONFLICT (path) DO UPDATE SET file = excluded.file',
  );
  return {
    find(path) {
      const row = find.get(relative(cwd, path)) as { file: string } | undefined;
      return row === undefined ? undefined : (JSON.parse(row.file) as OwnFile); // written below only
    },
    claim(path, file) {
      claim.run(relative(cwd, path), JSON.stringify(file));
    },
  };
}
