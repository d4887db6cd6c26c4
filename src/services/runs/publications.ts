import type Database from 'libsql';
import type { PictureRecord, Publication, Publications } from '../../core/publishing.ts';

/** The posts and pictures of a project at the places where they were published, one row for each of them and place. */
export function openPublications(db: Database.Database): Publications {
  const posts = openRecords<Publication>(db, 'publications');
  const pictures = openRecords<PictureRecord>(db, 'published_pictures');
  return {
    find: posts.find,
    save: (publication) => posts.save(publication.target, publication.key, publication),
    list: posts.list,
    findPicture: pictures.find,
    savePicture: (picture) => pictures.save(picture.target, picture.hash, picture),
  };
}

function openRecords<Row>(db: Database.Database, table: 'publications' | 'published_pictures') {
  db.exec(
    `CREATE TABLE IF NOT EXISTS ${table} (target TEXT NOT NULL, key TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (target, key))`,
  );
  const find = db.prepare(`SELECT record FROM ${table} WHERE target = ? AND key = ?`);
  const list = db.prepare(`SELECT record FROM ${table} WHERE target = ? ORDER BY rowid`);
  const save = db.prepare(
    `INSERT INTO ${table} (target, key, record) VALUES (?, ?, ?) ON CONFLICT (target, key) DO UPDATE SET record = excluded.record`,
  );
  const parse = ({ record }: { readonly record: string }) => JSON.parse(record) as Row; // written below only
  return {
    find(target: string, key: string): Row | undefined {
      const row = find.get(target, key) as { record: string } | undefined;
      return row === undefined ? undefined : parse(row);
    },
    list: (target: string) => (list.all(target) as { record: string }[]).map(parse),
    save: (target: string, key: string, record: Row) => void save.run(target, key, JSON.stringify(record)),
  };
}
