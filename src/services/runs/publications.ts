import type Database from 'libsql';
import type { Publication, Publications } from '../../core/publishing.ts';

/** The posts of a project at the places where they were published, one row for each post and place. */
export function openPublications(db: Database.Database): Publications {
  db.exec(
    'CREATE TABLE IF NOT EXISTS publications (target TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (target, key))',
  );
  const find = db.prepare('SELECT record FROM publications WHERE target = ? AND key = ?');
  const save = db.prepare(
    'INSERT INTO publications (target, key, record) VALUES (?, ?, ?) ON CONFLICT (target, key) DO UPDATE SET record = excluded.record',
  );
  return {
    find(target, key) {
      const row = find.get(target, key) as { record: string } | undefined;
      return row === undefined ? undefined : (JSON.parse(row.record) as Publication); // written below only
    },
    save: (publication) => void save.run(publication.target, publication.key, JSON.stringify(publication)),
  };
}
