import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { KeyvPostgres } from '@keyv/postgres';
import { packValue, unpackValue } from './encode.ts';
import type { SharedStore } from './shared-tier.ts';
import type { StoreSize } from './sized-store.ts';

export interface PostgresStoreOptions {
  /** Opens Keyv's adapter. Called again after a failure: the adapter creates its table once, so one opened during an outage stays broken. */
  readonly open: () => KeyvPostgres;
  /** Key prefix, so that several programs can share one table. */
  readonly prefix: string;
}

/** Longer keys (some URLs) do not fit into a B-tree index; they are truncated and made unique by a hash. */
const MAX_KEY_CHARS = 600;
const TABLE = 'public.blogger_cache';
export const POSTGRES_TABLE = { schema: 'public', table: 'blogger_cache', keySize: 1000, iterationLimit: 100 } as const;
/** Disk full, out of memory, read-only transaction, not permitted. */
const REFUSALS = new Set(['53100', '53200', '25006', '42501']);

/** Keyv store in a shared PostgreSQL, through `@keyv/postgres`. Values are text of the form `EXPIRY:BASE64`, so that SQL can find expired rows. */
export class PostgresStore extends EventEmitter implements SharedStore {
  readonly opts = { dialect: 'postgres', url: 'postgres:' };
  namespace?: string;
  readonly #open: () => KeyvPostgres;
  readonly #prefix: string;
  #adapter: KeyvPostgres | undefined;

  constructor({ open, prefix }: PostgresStoreOptions) {
    super();
    this.#open = open;
    this.#prefix = prefix;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const text = await this.#ask((adapter) => adapter.get(this.#keyOf(key)));
    return typeof text === 'string' ? (fromText(text) as Value) : undefined; // another schema: a miss
  }

  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    if (ttl !== undefined && ttl <= 0) return true;
    const text = packValue(value).toString('base64');
    // The expiry is computed with PostgreSQL's clock, because that clock also decides what is expired.
    const until = ttl === undefined ? '' : `(extract(epoch from now()) * 1000 + ${Math.ceil(ttl)})::bigint`;
    await this.#query(
      `INSERT INTO ${TABLE} (key, value) VALUES ($1, ${until === '' ? "''" : until} || ':' || $2::text) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      [this.#keyOf(key), text],
    );
    return true;
  }

  delete(key: string): Promise<boolean> {
    return this.#ask((adapter) => adapter.delete(this.#keyOf(key)));
  }

  has(key: string): Promise<boolean> {
    return this.#ask((adapter) => adapter.has(this.#keyOf(key)));
  }

  async clear(): Promise<void> {
    await this.#query(`DELETE FROM ${TABLE} WHERE starts_with(key, $1)`, [this.#lead(this.namespace)]);
  }

  async *iterator<Value>(namespace?: string): AsyncGenerator<[string, Awaited<Value> | undefined], void> {
    const lead = this.#lead(namespace);
    let after = '';
    for (;;) {
      const rows = await this.#query(
        `SELECT key, value FROM ${TABLE} WHERE starts_with(key, $1) AND key > $2 ORDER BY key LIMIT 100`,
        [lead, after],
      );
      for (const { key, value } of rows)
        yield [String(key).slice(this.#prefix.length), fromText(String(value)) as Awaited<Value>];
      const last = rows.at(-1);
      if (last === undefined || rows.length < 100) return;
      after = String(last['key']);
    }
  }

  ping(): Promise<unknown> {
    return this.#query(`SELECT 1 FROM ${TABLE} LIMIT 1`, []);
  }

  refusesWrites(error: unknown): boolean {
    return error instanceof Error && 'code' in error && REFUSALS.has(String(error.code));
  }

  async size(): Promise<StoreSize> {
    const [row] = await this.#query(
      `SELECT count(*) AS entries, coalesce(sum(octet_length(value)), 0) AS bytes FROM ${TABLE} WHERE starts_with(key, $1)`,
      [this.#prefix],
    );
    return { entries: Number(row?.['entries'] ?? 0), bytes: Number(row?.['bytes'] ?? 0), evictions: 0 };
  }

  /** PostgreSQL does not remove expired rows by itself. */
  async prune(): Promise<number> {
    const rows = await this.#query(
      `DELETE FROM ${TABLE} WHERE starts_with(key, $1) AND value ~ '^[0-9]+:' AND split_part(value, ':', 1)::bigint <= extract(epoch from now()) * 1000 RETURNING 1`,
      [this.#prefix],
    );
    return rows.length;
  }

  #query(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    return this.#ask((adapter) => adapter.query(sql, [...values]) as Promise<Record<string, unknown>[]>); // rows of the selected columns
  }

  async #ask<T>(work: (adapter: KeyvPostgres) => Promise<T>): Promise<T> {
    const adapter = this.#adapter ?? this.#open();
    this.#adapter = adapter;
    try {
      return await work(adapter);
    } catch (error) {
      if (this.#adapter === adapter) this.#adapter = undefined;
      throw error;
    }
  }

  #lead(namespace: string | undefined): string {
    return this.#prefix + (namespace === undefined ? '' : `${namespace}:`);
  }

  #keyOf(key: string): string {
    const full = this.#prefix + key;
    return full.length <= MAX_KEY_CHARS
      ? full
      : `${full.slice(0, MAX_KEY_CHARS)}#${createHash('sha256').update(full).digest('hex')}`;
  }
}

function fromText(text: string): unknown {
  return unpackValue(Buffer.from(text.slice(text.indexOf(':') + 1), 'base64'));
}
