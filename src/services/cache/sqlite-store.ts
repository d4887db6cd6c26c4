import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import type Database from 'libsql';
import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';
import { packValue, unpackValue } from './encode.ts';
import type { SizedStore } from './sized-store.ts';

export interface SqliteStoreOptions {
  /** The state file's connection; whoever opened it closes it. */
  readonly db: Database.Database;
  /** Bytes of values that are kept; the least recently used go first. @default no bound */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** Keyv's store in the state file: one table, shared by all processes of this machine, safe against kills. */
export class SqliteStore extends EventEmitter implements KeyvStoreAdapter, SizedStore {
  readonly opts = { dialect: 'sqlite', url: 'sqlite:' };
  namespace?: string;
  readonly #db: Database.Database;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #get: Database.Statement;
  readonly #set: Database.Statement;
  #written = 0;
  #evictions = 0;

  constructor({ db, maxBytes = Number.POSITIVE_INFINITY, clock = systemClock }: SqliteStoreOptions) {
    super();
    this.#db = db;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    db.exec(TABLE);
    this.#get = db.prepare('SELECT value FROM cache_entries WHERE key = ?');
    this.#set = db.prepare(`INSERT INTO cache_entries (key, value, bytes, expires, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, bytes = excluded.bytes, expires = excluded.expires, at = excluded.at`);
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = this.#get.get(key) as { value: ArrayBuffer } | undefined;
    return row === undefined ? undefined : (unpackValue(new Uint8Array(row.value)) as Value); // whoever wrote it knows its type
  }

  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    const bytes = packValue(value);
    const now = this.#clock.now();
    this.#set.run(key, bytes, bytes.byteLength, ttl === undefined ? null : now + ttl, now);
    this.#written += bytes.byteLength;
    // The bound is looked at now and then, not at every write.
    if (this.#written > this.#maxBytes / 20) {
      this.#written = 0;
      await this.prune(now);
    }
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.#db.prepare('DELETE FROM cache_entries WHERE key = ?').run(key).changes > 0;
  }

  async has(key: string): Promise<boolean> {
    return (
      this.#db.prepare('SELECT 1 AS found FROM cache_entries WHERE key = ? AND (expires IS NULL OR expires > ?)').get(key, this.#clock.now()) !== undefined
    );
  }

  async clear(): Promise<void> {
    const { from, to } = rangeOf(this.namespace);
    this.#db.prepare('DELETE FROM cache_entries WHERE key >= ? AND key < ?').run(from, to);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    const { from, to } = rangeOf(namespace);
    let after = from;
    for (;;) {
      const rows = this.#db.prepare('SELECT key, value FROM cache_entries WHERE key >= ? AND key < ? ORDER BY key LIMIT 100').all(after, to) as {
        key: string;
        value: ArrayBuffer;
      }[];
      for (const { key, value } of rows) yield [key, unpackValue(new Uint8Array(value)) as Awaited<Value>];
      const last = rows.at(-1);
      if (last === undefined || rows.length < 100) return;
      after = `${last.key}\u0000`;
    }
  }

  async size(): Promise<{ entries: number; bytes: number; evictions: number }> {
    const row = this.#db.prepare('SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM cache_entries').get() as { entries: number; bytes: number };
    return { entries: row.entries, bytes: row.bytes, evictions: this.#evictions };
  }

  async prune(now: number): Promise<number> {
    const expired = this.#db.prepare('DELETE FROM cache_entries WHERE expires IS NOT NULL AND expires <= ?').run(now).changes;
    const evicted = Number.isFinite(this.#maxBytes) ? this.#evict() : 0;
    this.#evictions += evicted;
    return expired + evicted;
  }

  /** The oldest beyond nine tenths of the bound go, so that it is not met again at once. */
  #evict(): number {
    const { bytes } = this.#db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM cache_entries').get() as { bytes: number };
    if (bytes <= this.#maxBytes) return 0;
    return this.#db
      .prepare(`DELETE FROM cache_entries WHERE key IN (
        SELECT key FROM (SELECT key, sum(bytes) OVER (ORDER BY at DESC, key) AS kept FROM cache_entries) WHERE kept > ?)`)
      .run(this.#maxBytes * 0.9).changes;
  }
}

function rangeOf(namespace: string | undefined): { from: string; to: string } {
  return namespace === undefined ? { from: '', to: '\u{10ffff}' } : { from: `${namespace}:`, to: `${namespace};` };
}

const TABLE = `
CREATE TABLE IF NOT EXISTS cache_entries (
  key TEXT PRIMARY KEY,
  value BLOB NOT NULL,
  bytes INTEGER NOT NULL,
  expires INTEGER,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS cache_entries_expires ON cache_entries (expires) WHERE expires IS NOT NULL;
CREATE INDEX IF NOT EXISTS cache_entries_at ON cache_entries (at);
`;
