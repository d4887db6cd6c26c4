import type { Db } from '../sqlite/db.ts';

/** Stores across runs which posts were made from the same sources. */
export interface StoredSourceKeys {
  of(base: string): { readonly variant: string; readonly key: string }[];
  remember(base: string, known: { readonly variant: string; readonly key: string }, replaced?: string): void;
}

/** Variant of posts saved before variants were recorded; no list can produce it. */
const UNRECORDED = '?';

export function openSourceKeys(db: Db, isSaved: (sourceKey: string) => boolean): StoredSourceKeys {
  return {
    of(base) {
      const rows = db.prepare('SELECT variant, key FROM source_keys WHERE base = ? ORDER BY variant').all(base) as {
        variant: string;
        key: string;
      }[];
      return rows.length === 0 && isSaved(base) ? [{ variant: UNRECORDED, key: base }] : rows;
    },
    remember(base, { variant, key }, replaced) {
      if (replaced !== undefined)
        db.prepare('DELETE FROM source_keys WHERE base = ? AND variant = ?').run(base, replaced);
      db.prepare('INSERT OR REPLACE INTO source_keys (base, variant, key) VALUES (?, ?, ?)').run(base, variant, key);
    },
  };
}
