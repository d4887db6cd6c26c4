import type { Db } from '../db.ts';

/** Source texts of posts when written, and current ones; compressed, because only `review diff` reads them. */
export function createSourceTexts(db: Db): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS source_texts (source_key TEXT NOT NULL, moment TEXT NOT NULL, texts BLOB NOT NULL, PRIMARY KEY (source_key, moment))',
  );
}
