import type Database from 'libsql';
import type { Clock, KeyValueStore } from '../../core/ports.ts';
import { systemClock } from '../../util/clock.ts';
import type { RedisClient } from '../redis/open-redis.ts';
import type { BreakerState } from './breaker.ts';
import { decodeValue, encodeValue } from './encode.ts';
import { MemoryStore } from './memory-store.ts';
import { RedisStore } from './redis-store.ts';
import { SharedTier } from './shared-tier.ts';
import { SqliteStore } from './sqlite-store.ts';
import { Tier, type TierStats, type TierStore } from './tier.ts';

export interface CacheOptions {
  /** Bytes kept in memory. @default 16777216 */
  readonly memoryBytes?: number;
  /** The state file's connection (see `openStateFile`); absent: memory only. Whoever opened it closes it. */
  readonly db?: Database.Database;
  /** A Redis that many machines share (see `openRedis`); the file serves while it does not. Whoever opened it closes it. */
  readonly redis?: RedisClient;
  /** In front of every key in Redis. @default 'blogger:' */
  readonly prefix?: string;
  /** Told once when the shared store stops and starts to serve. */
  readonly onState?: (state: BreakerState) => void;
  /** Bytes kept in the file. @default 536870912 */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** Told of a tier that failed; the cache itself never throws. */
  readonly onError?: (tier: string, error: unknown) => void;
}

export interface CacheStats {
  /** Reads that any tier answered. */
  readonly hits: number;
  readonly misses: number;
  readonly hitRate: number;
  readonly tiers: readonly TierStats[];
}

/**
 * Any JSON value (with `Uint8Array` inside) under a string key: memory first, then the state file. What a lower tier finds is put into the
 * ones above; a tier that fails is a miss.
 * @example
 * const cache = new Cache({ memoryBytes: 1_000_000 });
 * await cache.set('greeting', { text: 'hello' }, { ttlMs: 60_000 });
 * console.log(await cache.get('greeting'), (await cache.stats()).hitRate);
 */
export class Cache implements KeyValueStore {
  readonly #tiers: readonly Tier[];
  /** Behind the shared store, for its figures. */
  #file: Tier | undefined;
  readonly #reading = new Map<string, Promise<unknown>>();
  readonly #clock: Clock;
  #hits = 0;
  #misses = 0;

  constructor({
    redis,
    prefix = 'blogger:',
    onState = () => {},
    memoryBytes = 16_777_216,
    db,
    maxBytes = 536_870_912,
    clock = systemClock,
    onError = () => {},
  }: CacheOptions = {}) {
    this.#clock = clock;
    const tier = (name: string, store: TierStore) => new Tier(name, store, clock, (error) => onError(name, error));
    const memory = tier('memory', new MemoryStore({ maxBytes: memoryBytes }));
    const file = db === undefined ? undefined : tier('file', new SqliteStore({ db, maxBytes, clock }));
    if (redis === undefined) this.#tiers = file === undefined ? [memory] : [memory, file];
    else {
      // Without a file the memory serves: what is written meanwhile is in it.
      const store = new RedisStore({ client: redis, prefix });
      this.#tiers = [memory, new SharedTier({ name: 'redis', store, fallback: file ?? memory, clock, onState, onError: (error) => onError('redis', error) })];
      this.#file = file;
    }
  }

  /** Equal reads in flight share one answer. */
  async get(key: string): Promise<unknown> {
    const reading = this.#reading.get(key);
    if (reading !== undefined) return reading;
    const read = this.#read(key).finally(() => this.#reading.delete(key));
    this.#reading.set(key, read);
    return read;
  }

  async #read(key: string): Promise<unknown> {
    for (const [index, tier] of this.#tiers.entries()) {
      const kept = await tier.get(key);
      const stored = kept instanceof Uint8Array ? decodeValue(kept) : undefined;
      if (!isStored(stored)) continue;
      const ttlMs = stored.expires === undefined ? undefined : stored.expires - this.#clock.now();
      if (ttlMs !== undefined && ttlMs <= 0) continue;
      for (const upper of this.#tiers.slice(0, index)) await upper.set(key, kept, ttlMs);
      this.#hits += 1;
      return stored.value;
    }
    this.#misses += 1;
    return undefined;
  }

  async set(key: string, value: unknown, { ttlMs }: { readonly ttlMs?: number } = {}): Promise<void> {
    const stored: Stored = ttlMs === undefined ? { value } : { value, expires: this.#clock.now() + ttlMs };
    const encoded = encodeValue(stored); // once for all tiers
    await Promise.all(this.#tiers.map((tier) => tier.set(key, encoded, ttlMs)));
  }

  async delete(key: string): Promise<boolean> {
    const deleted = await Promise.all(this.#tiers.map((tier) => tier.delete(key)));
    return deleted.includes(true);
  }

  async has(key: string): Promise<boolean> {
    for (const tier of this.#tiers) if (await tier.has(key)) return true;
    return false;
  }

  /** In the order of the keys; undefined where there is none. */
  getMany(keys: readonly string[]): Promise<unknown[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  /** The value of the key, made by `make` and kept when there was none; callers at the same time wait for one making. */
  async getOrSet(key: string, make: () => Promise<unknown>, options: { readonly ttlMs?: number } = {}): Promise<unknown> {
    const known = await this.get(key);
    if (known !== undefined) return known;
    const making = this.#reading.get(`make ${key}`) ?? this.#make(key, make, options);
    return making;
  }

  #make(key: string, make: () => Promise<unknown>, options: { readonly ttlMs?: number }): Promise<unknown> {
    const making = (async () => {
      const value = await make();
      await this.set(key, value, options);
      return value;
    })().finally(() => this.#reading.delete(`make ${key}`));
    this.#reading.set(`make ${key}`, making);
    return making;
  }

  async *iterate(prefix = ''): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    const lowest = this.#tiers.at(-1);
    if (lowest === undefined) return;
    for await (const [key, kept] of lowest.iterate()) {
      const stored = key.startsWith(prefix) && kept instanceof Uint8Array ? decodeValue(kept) : undefined;
      if (isStored(stored)) yield [key, stored.value];
    }
  }

  /** A store of its own inside this cache: its keys meet no others. */
  namespace(name: string): KeyValueStore {
    const lead = `${name}:`;
    return {
      get: (key) => this.get(lead + key),
      set: (key, value, options) => this.set(lead + key, value, options),
      delete: (key) => this.delete(lead + key),
      iterate: (prefix = '') => withoutLead(this.iterate(lead + prefix), lead),
    };
  }

  async clear(): Promise<void> {
    await Promise.all(this.#tiers.map((tier) => tier.clear()));
  }

  /** Removes what is expired or beyond the bounds; answers how many entries went. */
  async prune(): Promise<number> {
    const pruned = await Promise.all([...this.#tiers, ...(this.#file === undefined ? [] : [this.#file])].map((tier) => tier.prune()));
    return pruned.reduce((sum, count) => sum + count, 0);
  }

  async stats(): Promise<CacheStats> {
    const reads = this.#hits + this.#misses;
    return {
      hits: this.#hits,
      misses: this.#misses,
      hitRate: reads === 0 ? 0 : this.#hits / reads,
      tiers: await Promise.all(this.#tiers.map((tier) => tier.stats())),
    };
  }
}

/** The value in its own wrapper, so that `null` is a value and every tier knows when it ends. */
interface Stored {
  readonly value: unknown;
  /** Milliseconds since the epoch. */
  readonly expires?: number;
}

function isStored(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && 'value' in value;
}

async function* withoutLead(
  entries: AsyncIterable<readonly [string, unknown]>,
  lead: string,
): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
  for await (const [key, value] of entries) yield [key.slice(lead.length), value];
}
