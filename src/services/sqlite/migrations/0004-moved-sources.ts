import type { Db } from '../db.ts';

/**
 * Where the address of a source has moved. A sitemap of an older version, whose pages are stored with their dates only, gets its first look
 * again: when all dates change, its pages could not be told from new ones.
 */
export function addMovedSources(db: Db): void {
  db.exec('ALTER TABLE watched_sources ADD COLUMN moved_to TEXT');
  db.exec(`UPDATE watched_sources SET read_at = NULL WHERE kind = 'sitemap'
    AND NOT EXISTS (SELECT 1 FROM watched_keys WHERE source = url AND key >= 'p:' AND key < 'p;')`);
}
