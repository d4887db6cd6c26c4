/** Watched sources across runs: when each was read, what it contained, and which of its items have no post yet. */

import type { RunEvent } from '../../core/events.ts';
import { pageIdentity } from '../../core/identity.ts';
import type { Clock, SourceLook, StoredItem, Validators } from '../../core/ports.ts';
import type { Db } from '../sqlite/db.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';
import { recordLook } from './record-look.ts';

export interface SourceRow {
  readonly url: string;
  readonly kind: string;
  readonly title: string | undefined;
  /** Milliseconds since the epoch. */
  readonly lookedAt: number;
  readonly dueAt: number;
  /** Items taken in the last look. */
  readonly lastNew: number;
  /** Items ever seen. */
  readonly seen: number;
  /** Items whose post is not there yet. */
  readonly pending: number;
  /** Looks that failed since the last good one. */
  readonly failures: number;
  readonly error: { readonly code: string; readonly message: string } | undefined;
  /** Where its address has moved permanently. */
  readonly movedTo: string | undefined;
}

export interface SourceTable {
  find(url: string):
    | {
        readonly wasRead: boolean;
        readonly validators: Validators;
        readonly dueAt: number;
        readonly pending: readonly StoredItem[];
        readonly movedTo: string | undefined;
        readonly lastError: string | undefined;
      }
    | undefined;
  knows(source: string, keys: readonly string[]): boolean;
  /** Each source in one transaction: what a look saw and what it took are never apart. */
  record(looks: readonly SourceLook[]): void;
  /** Follows the items of a run to their end. */
  note(event: RunEvent): void;
  list(): readonly SourceRow[];
  /** The next look is the first one again; false where the source is not known. */
  forget(url: string): boolean;
}

/** Runs in which an item may fail before it is given up. */
const MAX_ATTEMPTS = 3;

export function openSourceTable(db: Db, clock: Pick<Clock, 'now'>): SourceTable {
  /** Addresses of items whose post is not saved yet, by their page: feeds name one page by several. */
  const waiting = new Map<string, Set<string>>();
  const take = (url: string): readonly string[] => {
    const urls = waiting.get(pageIdentity(url)) ?? [];
    waiting.delete(pageIdentity(url));
    return [...urls];
  };
  const isKnown = keyReader(db);
  return {
    find: (url) => findSource(db, url),
    knows: (source, keys) => keys.some((key) => isKnown(source, key)),
    record(looks) {
      for (const look of looks) inTransaction(db, () => recordLook(db, look, clock.now()));
      const rows = db.prepare("SELECT url FROM watched_items WHERE state = 'taken'").all() as { url: string }[];
      for (const { url } of rows) {
        const page = pageIdentity(url);
        waiting.set(page, (waiting.get(page) ?? new Set()).add(url));
      }
    },
    note(event) {
      if (waiting.size === 0) return;
      if (event.type === 'post:saved' || event.type === 'post:unchanged')
        for (const url of event.urls.flatMap(take)) finish(db, url);
      if (event.type === 'entry:skip') for (const url of take(event.failure.url)) finish(db, url);
      if (event.type === 'entry:fail')
        for (const url of waiting.get(pageIdentity(event.failure.url)) ?? []) countFailure(db, url);
    },
    forget: (url) =>
      inTransaction(db, () => {
        db.prepare('DELETE FROM watched_keys WHERE source = ?').run(url);
        db.prepare('DELETE FROM watched_items WHERE source = ?').run(url);
        return db.prepare('DELETE FROM watched_sources WHERE url = ?').run(url).changes > 0;
      }),
    list: () => (db.prepare(LIST).all() as ListedSource[]).map(toRow),
  };
}

function findSource(db: Db, url: string): ReturnType<SourceTable['find']> {
  const row = db.prepare('SELECT * FROM watched_sources WHERE url = ?').get(url) as StoredSource | undefined;
  if (row === undefined) return undefined;
  const items = db
    .prepare("SELECT payload FROM watched_items WHERE source = ? AND state = 'taken' ORDER BY rowid")
    .all(url) as { payload: string }[];
  return {
    wasRead: row.read_at !== null,
    validators: {
      ...(row.etag === null ? {} : { etag: row.etag }),
      ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
    },
    dueAt: row.due_at,
    pending: items.map(({ payload }) => JSON.parse(payload) as StoredItem), // written by `recordLook` only
    movedTo: row.moved_to ?? undefined,
    lastError: row.error_message ?? undefined,
  };
}

/** An address (`u:`) is known whichever source it came from, other keys only within their source. */
function keyReader(db: Db): (source: string, key: string) => boolean {
  const anywhere = db.prepare('SELECT 1 FROM watched_keys WHERE key = ?');
  const within = db.prepare('SELECT 1 FROM watched_keys WHERE key = ? AND source = ?');
  return (source, key) => (key.startsWith('u:') ? anywhere.get(key) : within.get(key, source)) !== undefined;
}

/** The text of a finished item is not kept. */
function finish(db: Db, url: string): void {
  db.prepare("UPDATE watched_items SET state = 'done', payload = '' WHERE url = ? AND state = 'taken'").run(url);
}

function countFailure(db: Db, url: string): void {
  db.prepare(
    `UPDATE watched_items SET attempts = attempts + 1, state = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN 'failed' ELSE state END
      WHERE url = ? AND state = 'taken'`,
  ).run(url);
}

interface StoredSource {
  readonly url: string;
  readonly kind: string;
  readonly title: string | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly looked_at: number;
  readonly read_at: number | null;
  readonly due_at: number;
  readonly last_new: number;
  readonly failures: number;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly moved_to: string | null;
}

interface ListedSource extends StoredSource {
  readonly seen: number;
  readonly pending: number;
}

function toRow(row: ListedSource): SourceRow {
  return {
    url: row.url,
    kind: row.kind,
    title: row.title ?? undefined,
    lookedAt: row.looked_at,
    dueAt: row.due_at,
    lastNew: row.last_new,
    seen: row.seen,
    pending: row.pending,
    failures: row.failures,
    movedTo: row.moved_to ?? undefined,
    error: row.error_code === null ? undefined : { code: row.error_code, message: row.error_message ?? '' },
  };
}

const LIST = `SELECT s.*,
  (SELECT count(*) FROM watched_keys k WHERE k.source = s.url AND substr(k.key, 1, 2) IN ('u:', 'm:', 'a:')) AS seen,
  (SELECT count(*) FROM watched_items i WHERE i.source = s.url AND i.state = 'taken') AS pending
  FROM watched_sources s ORDER BY s.url`;
