import type Database from 'libsql';

/** Remembers across runs which posts were made from the same sources. */
export interface StoredSourceKeys {
  of(base: string): { readonly variant: string; readonly key: string }[];
  remember(base: string, known: { readonly variant: string; readonly key: string }, replaced?: string): void;
}

/** A post that was saved before variants were recorded has this one, which no list can produce. */
const UNRECORDED = '?';

export function openSourceKeys(db: Database.Database, isSaved: (sourceKey: string) => boolean): StoredSourceKeys {
  db.exec(
    'CREATE TABLE IF NOT EXISTS source_keys (base TEXT NOT NULL, variant TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (base, variant)) WITHOUT ROWID',
  );
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
