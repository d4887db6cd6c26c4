import type { Clock, KeyValueStore, ReadOptions, WriteOptions } from '../../core/ports.ts';
import { type Breaker, createBreaker } from '../../util/async/breaker.ts';
import { systemClock } from '../../util/clock.ts';
import type { Db } from '../sqlite/db.ts';
import { decodeValue, encodeValue } from './encode.ts';
import { MemoryStore } from './memory-store.ts';
import { type SharedStore, SharedTier } from './shared-tier.ts';
import { SqliteStore } from './sqlite-store.ts';
import { Tier, type TierStats } from './tier.ts';
import { waitInFile, waitInMemory } from './waiting.ts';

/** Notification about the shared store: unavailable or back (`all`), or readable but refusing writes, or accepting them again (`writes`). */
export interface SharedState {
  readonly state: 'open' | 'closed';
  readonly of: 'all' | 'writes';
  readonly cause?: unknown;
}

export interface CacheOptions {
  /** Memory limit in bytes. @default 1048576 */
  readonly memoryBytes?: number;
  /** The state file's connection (see `openStateFile`); absent: memory only. Not owned; the caller closes it. */
  readonly db?: Db;
  /** A store shared by several machines (see `openSharedStore`); the file is the fallback. Not owned; the caller closes it. */
  readonly shared?: SharedStore;
  /** Circuit breaker of the shared store; absent: the cache creates its own. A breaker passed in notifies its creator. */
  readonly health?: Breaker;
  /** Called once per change of the shared store's availability. */
  readonly onState?: (state: SharedState) => void;
  /** File limit in bytes. @default 536870912 */
  readonly maxBytes?: number;
  readonly clock?: Clock;
  /** Called when a tier fails; the cache itself never throws. */
  readonly onError?: (tier: string, error: unknown) => void;
}

export interface CacheStats {
  /** Reads answered by any tier with a fresh value. */
  readonly hits: number;
  /** Reads answered with an expired value, for callers that accept one. */
  readonly staleHits: number;
  readonly misses: number;
  /** Share of reads that were hits. */
  readonly hitRate: number;
  readonly tiers: readonly TierStats[];
}

export interface MakeOptions extends WriteOptions {
  /** Called when `make` failed and the expired value is returned. */
  readonly onStale?: (error: unknown) => void;
}

/**
 * Cache for JSON values (with `Uint8Array` inside) by string key. Reads memory first, then the shared store if there is one, then the
 * state file. A value found in a lower tier is copied to the tiers above; a failing tier counts as a miss.
 * @example
 * const cache = new Cache({ memoryBytes: 1_000_000 });
 * await cache.set('greeting', { text: 'hello' }, { ttlMs: 60_000 });
 * console.log(await cache.get('greeting'), (await cache.stats()).hitRate);
 */
export class Cache implements KeyValueStore {
  readonly #tiers: readonly Tier[];
  /** Tiers in reading order, and the file behind a shared store. */
  readonly #all: readonly Tier[];
  readonly #shared: SharedTier | undefined;
  readonly #reading = new Map<string, Promise<Found | undefined>>();
  readonly #making = new Map<string, Promise<unknown>>();
  readonly #clock: Clock;
  #hits = 0;
  #staleHits = 0;
  #misses = 0;

  constructor({
    shared,
    health,
    onState = () => {},
    memoryBytes = 1_048_576,
    db,
    maxBytes = 536_870_912,
    clock = systemClock,
    onError = () => {},
  }: CacheOptions = {}) {
    this.#clock = clock;
    const common = (name: string) => ({ name, clock, onError: (error: unknown) => onError(name, error) });
    const memory = new Tier({ ...common('memory'), store: new MemoryStore({ maxBytes: memoryBytes }) });
    const file =
      db === undefined ? undefined : new Tier({ ...common('file'), store: new SqliteStore({ db, maxBytes, clock }) });
    if (shared !== undefined) {
      this.#shared = new SharedTier({
        ...common(shared.opts.dialect),
        store: shared,
        health:
          health ??
          createBreaker({
            clock,
            probe: () => shared.ping(),
            onChange: (state, cause) => onState({ state, of: 'all', cause }),
          }),
        // Without a file, memory is the fallback: it holds what was written during an outage.
        fallback: file ?? memory,
        waiting: db === undefined ? waitInMemory() : waitInFile(db),
        onWrites: (state, cause) => onState({ state, of: 'writes', cause }),
      });
    }
    const lower = this.#shared ?? file;
    this.#tiers = lower === undefined ? [memory] : [memory, lower];
    this.#all = [...new Set([...this.#tiers, ...(file === undefined ? [] : [file])])];
  }

  /** Concurrent reads of one key share one promise. */
  async get(key: string, { stale = false }: ReadOptions = {}): Promise<unknown> {
    return (await this.#find(key, stale))?.value;
  }

  #find(key: string, stale: boolean): Promise<Found | undefined> {
    const flight = `${stale ? 'any' : 'fresh'} ${key}`;
    const reading = this.#reading.get(flight) ?? this.#read(key, stale).finally(() => this.#reading.delete(flight));
    this.#reading.set(flight, reading);
    return reading;
  }

  async #read(key: string, stale: boolean): Promise<Found | undefined> {
    for (const [index, tier] of this.#tiers.entries()) {
      const kept = await tier.get(key);
      const stored = kept?.value instanceof Uint8Array ? await decodeValue(kept.value) : undefined;
      if (kept === undefined || !isStored(stored)) continue;
      const now = this.#clock.now();
      const expired = stored.expires !== undefined && stored.expires <= now;
      if (expired) kept.tier.countExpired(stale);
      if (expired && !stale) continue;
      const leftMs = stored.expires === undefined ? undefined : stored.expires + (stored.staleMs ?? 0) - now;
      if (leftMs !== undefined && leftMs <= 0) continue;
      for (const upper of this.#tiers.slice(0, index)) await upper.set(key, kept.value, leftMs);
      if (expired) this.#staleHits += 1;
      else this.#hits += 1;
      return { value: stored.value, expired };
    }
    this.#misses += 1;
    return undefined;
  }

  async set(key: string, value: unknown, { ttlMs, staleMs = 0 }: WriteOptions = {}): Promise<void> {
    const stored: Stored =
      ttlMs === undefined
        ? { value }
        : { value, expires: this.#clock.now() + ttlMs, ...(staleMs > 0 ? { staleMs } : {}) };
    const encoded = await encodeValue(stored); // once for all tiers
    await Promise.all(
      this.#tiers.map((tier) => tier.set(key, encoded, ttlMs === undefined ? undefined : ttlMs + staleMs)),
    );
  }

  async delete(key: string): Promise<boolean> {
    const deleted = await Promise.all(this.#tiers.map((tier) => tier.delete(key)));
    return deleted.includes(true);
  }

  /** True when `get` would return a value. */
  async has(key: string): Promise<boolean> {
    return (await this.#find(key, false)) !== undefined;
  }

  /** Values in the order of the keys; undefined for a miss. */
  getMany(keys: readonly string[]): Promise<unknown[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  /**
   * Returns the value of the key, or calls `make` and stores the result. Concurrent callers share one call of `make`. With `staleMs`, an
   * expired value is returned when `make` fails, and `onStale` is called.
   */
  getOrSet(key: string, make: () => Promise<unknown>, options: MakeOptions = {}): Promise<unknown> {
    const making = this.#making.get(key) ?? this.#make(key, make, options).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  async #make(
    key: string,
    make: () => Promise<unknown>,
    { onStale = () => {}, ...options }: MakeOptions,
  ): Promise<unknown> {
    const known = await this.#find(key, options.staleMs !== undefined);
    if (known !== undefined && !known.expired) return known.value;
    try {
      const value = await make();
      await this.set(key, value, options);
      return value;
    } catch (error) {
      if (known === undefined) throw error;
      onStale(error);
      return known.value;
    }
  }

  async *iterate(prefix = ''): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    const lowest = this.#tiers.at(-1);
    if (lowest === undefined) return;
    const now = this.#clock.now();
    for await (const [key, kept] of lowest.iterate()) {
      const stored = key.startsWith(prefix) && kept instanceof Uint8Array ? await decodeValue(kept) : undefined;
      if (isStored(stored) && !(stored.expires !== undefined && stored.expires <= now)) yield [key, stored.value];
    }
  }

  /** A namespace inside this cache with its own keys. */
  namespace(name: string): KeyValueStore {
    const lead = `${name}:`;
    return {
      get: (key, options) => this.get(lead + key, options),
      set: (key, value, options) => this.set(lead + key, value, options),
      delete: (key) => this.delete(lead + key),
      iterate: (prefix = '') => withoutLead(this.iterate(lead + prefix), lead),
    };
  }

  async clear(): Promise<void> {
    await Promise.all(this.#all.map((tier) => tier.clear()));
  }

  /** Removes entries that are expired or over the limits; returns their number. */
  async prune(): Promise<number> {
    const pruned = await Promise.all(this.#all.map((tier) => tier.prune()));
    return pruned.reduce((sum, count) => sum + count, 0);
  }

  /** Resolves when writes made during an outage have been pushed to the shared store. */
  async settled(): Promise<void> {
    await this.#shared?.settled();
  }

  async stats(): Promise<CacheStats> {
    const reads = this.#hits + this.#staleHits + this.#misses;
    return {
      hits: this.#hits,
      staleHits: this.#staleHits,
      misses: this.#misses,
      hitRate: reads === 0 ? 0 : this.#hits / reads,
      tiers: await Promise.all(this.#all.map((tier) => tier.stats())),
    };
  }
}

interface Found {
  readonly value: unknown;
  readonly expired: boolean;
}

/** Stored form: a wrapper, so that `null` is a valid value and every tier knows the expiry. */
interface Stored {
  readonly value: unknown;
  /** Milliseconds since the epoch. */
  readonly expires?: number;
  /** Milliseconds to keep the value after expiry, for readers that accept stale values. */
  readonly staleMs?: number;
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
