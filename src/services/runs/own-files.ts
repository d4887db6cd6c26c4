import { relative } from 'node:path';
import type { OwnFile, OwnFiles } from '../../core/post-records.ts';
import type { Db } from '../sqlite/db.ts';

/** Files written by a project, keyed by path relative to its folder, so that a moved project still knows them. */
export function openOwnFileTable(db: Db, cwd: string): OwnFiles {
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
