/** What is known of watched sources over runs: when each was read, what it had, and which of its items still wait for their post. */

import type Database from 'libsql';
import type { RunEvent } from '../../core/events.ts';
import type { Clock } from '../../core/ports.ts';
import type { Entry, ItemFacts } from '../../core/types.ts';
import { inTransaction } from '../sqlite/in-transaction.ts';

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
}

interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

interface StoredItem {
  readonly keys: readonly string[];
  readonly entry: Entry;
  readonly facts: ItemFacts;
}

type Outcome =
  | {
      readonly kind: 'read';
      readonly validators: Validators;
      readonly intervalMs?: number;
      readonly taken: readonly StoredItem[];
      readonly passed: readonly string[];
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'not due' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly retryAfterMs?: number };

interface Look {
  readonly url: string;
  readonly kind: string;
  readonly title?: string;
  readonly outcome: Outcome;
}

export interface SourceTable {
  find(url: string):
    | {
        readonly wasRead: boolean;
        readonly validators: Validators;
        readonly dueAt: number;
        readonly pending: readonly StoredItem[];
      }
    | undefined;
  knows(source: string, keys: readonly string[]): boolean;
  /** Each source in one transaction: what a look saw and what it took are never apart. */
  record(looks: readonly Look[]): void;
  /** Follows the items of a run to their end. */
  note(event: RunEvent): void;
  list(): readonly SourceRow[];
  /** The next look is the first one again; false where the source is not known. */
  forget(url: string): boolean;
}

const DAY_MS = 86_400_000;
/** A schedule is never exact: a feed that asks for an hour is due a little earlier. */
const EARLY = 0.9;
/** Runs in which an item may fail before it is given up. */
const MAX_ATTEMPTS = 3;

export function openSourceTable(db: Database.Database, clock: Pick<Clock, 'now'>): SourceTable {
  db.exec(SCHEMA);
  const waiting = new Set<string>();

  function find(url: string): ReturnType<SourceTable['find']> {
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
      pending: items.map(({ payload }) => JSON.parse(payload) as StoredItem), // written by `record` only
    };
  }

  function record({ url, kind, title, outcome }: Look): void {
    const now = clock.now();
    db.prepare('INSERT OR IGNORE INTO watched_sources (url, kind, looked_at, due_at) VALUES (?, ?, ?, 0)').run(
      url,
      kind,
      now,
    );
    if (outcome.kind === 'not due') return;
    if (outcome.kind === 'failed') {
      const dueAt = outcome.retryAfterMs === undefined ? 0 : now + Math.min(outcome.retryAfterMs, DAY_MS);
      db.prepare(
        'UPDATE watched_sources SET looked_at = ?, due_at = ?, failures = failures + 1, last_new = 0, error_code = ?, error_message = ? WHERE url = ?',
      ).run(now, dueAt, outcome.code, outcome.message, url);
      return;
    }
    if (outcome.kind === 'unchanged') {
      db.prepare(
        'UPDATE watched_sources SET looked_at = ?, due_at = ? + interval_ms, last_new = 0, failures = 0, error_code = NULL, error_message = NULL WHERE url = ?',
      ).run(now, now, url);
      return;
    }
    recordItems(url, outcome, now);
    const intervalMs = Math.min(outcome.intervalMs ?? 0, DAY_MS) * EARLY;
    db.prepare(
      `UPDATE watched_sources SET kind = ?, title = ?, etag = ?, last_modified = ?, looked_at = ?, read_at = ?, interval_ms = ?, due_at = ?,
        last_new = ?, failures = 0, error_code = NULL, error_message = NULL WHERE url = ?`,
    ).run(
      kind,
      title ?? null,
      outcome.validators.etag ?? null,
      outcome.validators.lastModified ?? null,
      now,
      now,
      intervalMs,
      now + intervalMs,
      outcome.taken.length,
      url,
    );
  }

  function recordItems(source: string, { taken, passed }: Extract<Outcome, { kind: 'read' }>, now: number): void {
    const addKey = db.prepare('INSERT OR IGNORE INTO watched_keys (key, source) VALUES (?, ?)');
    const addItem = db.prepare(
      "INSERT OR IGNORE INTO watched_items (source, id, url, payload, state, attempts, taken_at) VALUES (?, ?, ?, ?, 'taken', 0, ?)",
    );
    for (const key of passed) addKey.run(key, source);
    for (const item of taken) {
      for (const key of item.keys) addKey.run(key, source);
      addItem.run(source, item.keys[0] ?? item.entry.url, item.entry.url, JSON.stringify(item), now);
    }
  }

  return {
    find,
    knows: (source, keys) =>
      keys.some((key) => {
        const sql = key.startsWith('u:')
          ? 'SELECT 1 FROM watched_keys WHERE key = ?'
          : 'SELECT 1 FROM watched_keys WHERE key = ? AND source = ?';
        return db.prepare(sql).get(...(key.startsWith('u:') ? [key] : [key, source])) !== undefined;
      }),
    record(looks) {
      for (const look of looks) inTransaction(db, () => record(look));
      const rows = db.prepare("SELECT url FROM watched_items WHERE state = 'taken'").all() as { url: string }[];
      for (const { url } of rows) waiting.add(url);
    },
    note(event) {
      if (waiting.size === 0) return;
      if (event.type === 'post:saved' || event.type === 'post:unchanged')
        for (const url of event.urls) if (waiting.delete(url)) finish(db, url);
      if (event.type === 'entry:skip' && waiting.delete(event.failure.url)) finish(db, event.failure.url);
      if (event.type === 'entry:fail' && waiting.has(event.failure.url)) countFailure(db, event.failure.url);
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

/** The text of a finished item is not kept. */
function finish(db: Database.Database, url: string): void {
  db.prepare("UPDATE watched_items SET state = 'done', payload = '' WHERE url = ? AND state = 'taken'").run(url);
}

function countFailure(db: Database.Database, url: string): void {
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
    error: row.error_code === null ? undefined : { code: row.error_code, message: row.error_message ?? '' },
  };
}

const LIST = `SELECT s.*,
  (SELECT count(*) FROM watched_keys k WHERE k.source = s.url AND substr(k.key, 1, 2) IN ('u:', 'm:', 'a:')) AS seen,
  (SELECT count(*) FROM watched_items i WHERE i.source = s.url AND i.state = 'taken') AS pending
  FROM watched_sources s ORDER BY s.url`;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS watched_sources (
    url TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, etag TEXT, last_modified TEXT,
    looked_at INTEGER NOT NULL, read_at INTEGER, interval_ms INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
    last_new INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, error_code TEXT, error_message TEXT
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS watched_keys (key TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (key, source)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS watched_items (
    source TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL, taken_at INTEGER NOT NULL, PRIMARY KEY (source, id)
  );
  CREATE INDEX IF NOT EXISTS watched_items_by_url ON watched_items (url);
`;
