import { EventEmitter } from 'node:events';
import type { KeyvStoreAdapter } from 'keyv';
import type { Clock } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';
import type { Db, Statement } from '../sqlite/db.ts';
import { packValue, unpackValue } from './encode.ts';
import type { SizedStore, StoreSize } from './sized-store.ts';

export interface SqliteStoreOptions {
  /** The state file's connection. Not owned; the caller closes it. */
  readonly db: Db;
  /** Limit of all values in bytes; the least recently used are evicted first. @default no limit */
  readonly maxBytes?: number;
  readonly clock?: Clock;
}

/** Resolution of last-used times: precise enough for LRU without a write for every read. */
const USE_MS = 86_400_000;

/** Keyv store in the state file: one table, shared by all processes of this machine, crash-safe. */
export class SqliteStore extends EventEmitter implements KeyvStoreAdapter, SizedStore {
  readonly opts = { dialect: 'sqlite', url: 'sqlite:' };
  namespace?: string;
  readonly #db: Db;
  readonly #maxBytes: number;
  readonly #clock: Clock;
  readonly #get: Statement;
  readonly #use: Statement;
  readonly #set: Statement;
  #written = 0;
  #evictions = 0;

  constructor({ db, maxBytes = Number.POSITIVE_INFINITY, clock = systemClock }: SqliteStoreOptions) {
    super();
    this.#db = db;
    this.#maxBytes = maxBytes;
    this.#clock = clock;
    this.#get = db.prepare('SELECT used_at, value FROM cache_values WHERE key = ?');
    this.#use = db.prepare('UPDATE cache_values SET used_at = ? WHERE key = ?');
    this.#set = db.prepare(`INSERT INTO cache_values (key, bytes, expires, at, used_at, value) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (key) DO UPDATE SET bytes = excluded.bytes, expires = excluded.expires, at = excluded.at, used_at = excluded.used_at, value = excluded.value`);
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = this.#get.get(key) as { used_at: number; value: ArrayBuffer } | undefined;
    if (row === undefined) return undefined;
    const now = this.#clock.now();
    if (now - row.used_at > USE_MS) this.#use.run(now, key);
    return unpackValue(new Uint8Array(row.value)) as Value; // the writer knows the type
  }

  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    const bytes = packValue(value);
    const now = this.#clock.now();
    this.#set.run(key, bytes.byteLength, ttl === undefined ? null : now + ttl, now, now, bytes);
    this.#written += bytes.byteLength;
    // The limit is checked from time to time, not at every write.
    if (this.#written > this.#maxBytes / 20) {
      this.#written = 0;
      await this.prune(now);
    }
    return true;
  }

  async delete(key: string): Promise<boolean> {
    return this.#db.prepare('DELETE FROM cache_values WHERE key = ?').run(key).changes > 0;
  }

  async has(key: string): Promise<boolean> {
    return (
      this.#db
        .prepare('SELECT 1 AS found FROM cache_values WHERE key = ? AND (expires IS NULL OR expires > ?)')
        .get(key, this.#clock.now()) !== undefined
    );
  }

  async clear(): Promise<void> {
    const { from, to } = rangeOf(this.namespace);
    this.#db.prepare('DELETE FROM cache_values WHERE key >= ? AND key < ?').run(from, to);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    const { from, to } = rangeOf(namespace);
    let after = from;
    for (;;) {
      const rows = this.#db
        .prepare('SELECT key, value FROM cache_values WHERE key >= ? AND key < ? ORDER BY key LIMIT 100')
        .all(after, to) as {
        key: string;
        value: ArrayBuffer;
      }[];
      for (const { key, value } of rows) yield [key, unpackValue(new Uint8Array(value)) as Awaited<Value>];
      const last = rows.at(-1);
      if (last === undefined || rows.length < 100) return;
      after = `${last.key}\u0000`;
    }
  }

  async size(): Promise<StoreSize> {
    const { entries, bytes, oldest, newest } = this.#db
      .prepare(
        'SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes, min(at) AS oldest, max(at) AS newest FROM cache_values',
      )
      .get() as { entries: number; bytes: number; oldest: number | null; newest: number | null }; // the table below
    return {
      entries,
      bytes,
      evictions: this.#evictions,
      ...(oldest === null || newest === null ? {} : { oldestAt: oldest, newestAt: newest }),
    };
  }

  async prune(now: number): Promise<number> {
    const expired = this.#db
      .prepare('DELETE FROM cache_values WHERE expires IS NOT NULL AND expires <= ?')
      .run(now).changes;
    const evicted = Number.isFinite(this.#maxBytes) ? this.#evict() : 0;
    this.#evictions += evicted;
    return expired + evicted;
  }

  /** Evicts the least recently used down to nine tenths of the limit, so that the next write does not evict again. */
  #evict(): number {
    const { bytes } = this.#db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM cache_values').get() as {
      bytes: number;
    };
    if (bytes <= this.#maxBytes) return 0;
    return this.#db
      .prepare(`DELETE FROM cache_values WHERE key IN (
        SELECT key FROM (SELECT key, sum(bytes) OVER (ORDER BY used_at DESC, key) AS kept FROM cache_values) WHERE kept > ?)`)
      .run(this.#maxBytes * 0.9).changes;
  }
}

function rangeOf(namespace: string | undefined): { from: string; to: string } {
  return namespace === undefined ? { from: '', to: '\u{10ffff}' } : { from: `${namespace}:`, to: `${namespace};` };
}
