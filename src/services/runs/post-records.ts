import type Database from 'libsql';
import type { Post } from '../../core/types.ts';

/** Record of a saved post, kept across runs. */
export interface StoredPost {
  readonly post: Post;
  readonly sourceKey: string;
  readonly layout?: string;
  readonly form: string;
  readonly date: string;
  readonly categories?: readonly string[];
  readonly links?: readonly string[];
  readonly offered?: string;
}

export interface PostTable {
  byKey(key: string): StoredPost | undefined;
  bySourceKey(sourceKey: string): StoredPost | undefined;
  isSlugTaken(slug: string, sourceKey: string): boolean;
  save(record: StoredPost): void;
  list(): StoredPost[];
}

/** Saved posts of a project, one per source set and format. */
export function openPostTable(db: Database.Database): PostTable {
  db.exec(TABLE);
  const one = (sql: string, ...values: unknown[]): StoredPost | undefined => {
    const row = db.prepare(sql).get(...values) as { record: string } | undefined;
    return row === undefined ? undefined : (JSON.parse(row.record) as StoredPost); // written by `save` only
  };
  return {
    byKey: (key) => one('SELECT record FROM posts WHERE key = ?', key),
    bySourceKey: (sourceKey) => one('SELECT record FROM posts WHERE source_key = ?', sourceKey),
    isSlugTaken: (slug, sourceKey) =>
      db.prepare('SELECT 1 AS taken FROM posts WHERE slug = ? AND source_key <> ?').get(slug, sourceKey) !== undefined,
    save(record) {
      db.prepare(
        'INSERT INTO posts (source_key, key, slug, record) VALUES (?, ?, ?, ?) ON CONFLICT (source_key) DO UPDATE SET key = excluded.key, slug = excluded.slug, record = excluded.record',
      ).run(record.sourceKey, record.post.key, record.post.slug, JSON.stringify(record));
    },
    list: () =>
      (db.prepare('SELECT record FROM posts ORDER BY rowid').all() as { record: string }[]).map(
        ({ record }) => JSON.parse(record) as StoredPost,
      ),
  };
}

const TABLE = `
CREATE TABLE IF NOT EXISTS posts (source_key TEXT PRIMARY KEY, key TEXT NOT NULL, slug TEXT NOT NULL, record TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS posts_key ON posts (key);
CREATE INDEX IF NOT EXISTS posts_slug ON posts (slug);
`;
