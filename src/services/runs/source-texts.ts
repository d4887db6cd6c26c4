import { deflateSync, inflateSync } from 'node:zlib';
import type { SourceText, SourceTexts } from '../../core/post-records.ts';
import type { Db } from '../sqlite/db.ts';

/** Longer texts are truncated, because a person reads the difference. */
const MAX_TEXT = 200_000;

/** Keeps the texts of so many posts, those that were written or offered last. */
export function pruneSourceTexts(db: Db, keep: number): void {
  db.prepare(
    'DELETE FROM source_texts WHERE source_key NOT IN (SELECT source_key FROM source_texts GROUP BY source_key ORDER BY max(rowid) DESC LIMIT ?)',
  ).run(keep);
}

export function openSourceTexts(db: Db): SourceTexts {
  return {
    keep(sourceKey, moment, texts) {
      const cut = texts.map(({ url, text }) => ({ url, text: text.slice(0, MAX_TEXT) }));
      db.prepare('INSERT OR REPLACE INTO source_texts (source_key, moment, texts) VALUES (?, ?, ?)').run(
        sourceKey,
        moment,
        deflateSync(JSON.stringify(cut)),
      );
      if (moment === 'written')
        db.prepare("DELETE FROM source_texts WHERE source_key = ? AND moment = 'offered'").run(sourceKey);
    },
    find(sourceKey, moment) {
      const row = db
        .prepare('SELECT texts FROM source_texts WHERE source_key = ? AND moment = ?')
        .get(sourceKey, moment) as { texts: Uint8Array } | undefined;
      if (row === undefined) return undefined;
      return JSON.parse(inflateSync(row.texts).toString()) as readonly SourceText[]; // written by `keep` only
    },
  };
}
