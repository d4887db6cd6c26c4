import type { Db } from '../sqlite/db.ts';

/** Stores across runs which of several near-duplicates a post was written from. */
export interface StoredCopies {
  primaryOf(contentHash: string): string | undefined;
  remember(contentHash: string, primaryHash: string): void;
}

export function openCopyIndex(db: Db): StoredCopies {
  return {
    primaryOf(contentHash) {
      const row = db.prepare('SELECT primary_hash FROM copies WHERE content_hash = ?').get(contentHash) as
        | { primary_hash: string }
        | undefined;
      return row?.primary_hash;
    },
    remember(contentHash, primaryHash) {
      db.prepare('INSERT OR REPLACE INTO copies (content_hash, primary_hash) VALUES (?, ?)').run(
        contentHash,
        primaryHash,
      );
    },
  };
}
