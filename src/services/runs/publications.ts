import type { PictureRecord, Publication, Publications } from '../../core/publishing.ts';
import type { Db } from '../sqlite/db.ts';

/** Published posts and pictures of a project, one row per item and target. */
export function openPublications(db: Db): Publications {
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

function openRecords<Row>(db: Db, table: 'publications' | 'published_pictures') {
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
