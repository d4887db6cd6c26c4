import type { PostRecord, PostRecords } from '../../core/post-records.ts';
import type { Db } from '../sqlite/db.ts';

/** Saved posts of a project, one per source set and format. */
export function openPostTable(db: Db): PostRecords {
  const one = (sql: string, ...values: unknown[]): PostRecord | undefined => {
    const row = db.prepare(sql).get(...values) as { record: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.record) as PostRecord); // written by `save` only
  };
  return {
    byKey: (key) => one('SELECT record FROM posts WHERE key = ?', key),
    bySourceKey: (sourceKey) => one('SELECT record FROM posts WHERE source_key = ?', sourceKey),
    isSlugTaken: (slug, sourceKey) =>
      db.prepare('SELECT 1 AS taken FROM posts WHERE slug = ? AND source_key <> ?').get(slug, sourceKey) !== undefined,
    save(record) {
      db.prepare(
        'INSERT INTO posts (source_key, key, slug, record) VALUES (?, ?, ?, ?) ON CONFLICT (source_key) DO UPDATE SET key = excluded.key, slug = excluded.slug, record = excluded.record',
      ).run(
        record.sourceKey,
        record.post.key,
        slugIn(record.translation?.lang, record.post.slug),
        JSON.stringify(record),
      );
    },
    list: () =>
      (db.prepare('SELECT record FROM posts ORDER BY rowid').all() as { record: string }[]).map(
        ({ record }) => JSON.parse(record) as PostRecord,
      ),
  };
}

/** Each language has a folder of its own, in which a slug is free again. */
function slugIn(lang: string | undefined, slug: string): string {
  return lang === undefined ? slug : `${lang}/${slug}`;
}
