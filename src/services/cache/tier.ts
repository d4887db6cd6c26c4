import { Keyv, type KeyvStoreAdapter } from 'keyv';
import type { Clock } from '../../core/ports.ts';
import type { SizedStore } from './sized-store.ts';

export interface TierStats {
  readonly tier: string;
  readonly hits: number;
  readonly misses: number;
  /** 0 to 1; 0 before the first read. */
  readonly hitRate: number;
  readonly writes: number;
  readonly errors: number;
  readonly evictions: number;
  readonly entries: number;
  readonly bytes: number;
  /** Milliseconds of a read. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of a shared store: whether it is asked. */
  readonly state?: 'closed' | 'open' | 'half-open';
  /** Entries that wait to be pushed to the shared store. */
  readonly waiting?: number;
}

/** A store of Keyv's that can be measured, pruned and walked. */
export type TierStore = Omit<KeyvStoreAdapter, 'iterator'> &
  SizedStore & { iterator(namespace?: string): AsyncIterable<readonly [key: string, value: unknown]> };

const NO_SIZE = { entries: 0, bytes: 0, evictions: 0 };

/** One level of the cache: a Keyv over a store, with its figures. A store that fails is a miss and a count, never an error. */
export class Tier {
  readonly name: string;
  readonly #keyv: Keyv;
  readonly #store: TierStore;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  #hits = 0;
  #misses = 0;
  #writes = 0;
  #errors = 0;
  readonly #times: number[] = [];

  constructor(name: string, store: TierStore, clock: Clock, onError: (error: unknown) => void) {
    this.name = name;
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
    // The stores encode by themselves, bytes and all; Keyv brings lifetimes, hooks and the contract.
    this.#keyv = new Keyv({ store, throwOnErrors: true, emitErrors: false, useKeyPrefix: false });
    this.#keyv.namespace = undefined;
    this.#keyv.serialize = undefined;
    this.#keyv.deserialize = undefined;
  }

  async get(key: string): Promise<unknown> {
    const startedAt = this.#clock.now();
    const value = await this.#safely(() => this.#keyv.get<unknown>(key), undefined);
    this.#times[(this.#hits + this.#misses) % 1000] = this.#clock.now() - startedAt;
    if (value === undefined) this.#misses += 1;
    else this.#hits += 1;
    return value ?? undefined;
  }

  async set(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    this.#writes += 1;
    await this.#safely(() => this.#keyv.set(key, value, ttlMs), false);
  }

  delete(key: string): Promise<boolean> {
    return this.#safely(() => this.#keyv.delete(key), false);
  }

  has(key: string): Promise<boolean> {
    return this.#safely(() => this.#keyv.has(key), false);
  }

  async clear(): Promise<void> {
    await this.#safely(() => this.#keyv.clear(), undefined);
  }

  /** Straight from the store, since Keyv iterates only over stores whose names it knows. */
  async *iterate(): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    for await (const [key, kept] of this.#store.iterator()) {
      const { value, expires } = (kept ?? {}) as { value?: unknown; expires?: number }; // Keyv's own wrapper
      if (value !== undefined && !(expires !== undefined && expires !== null && expires <= this.#clock.now())) yield [key, value];
    }
  }

  prune(): Promise<number> {
    return this.#safely(() => this.#store.prune(this.#clock.now()), 0);
  }

  get errors(): number {
    return this.#errors;
  }

  async stats(): Promise<TierStats> {
    return { ...this.figures(), ...(await this.#safely(() => this.#store.size(), NO_SIZE)) };
  }

  /** Without asking the store. */
  protected figures(): TierStats {
    const reads = this.#hits + this.#misses;
    const times = [...this.#times].sort((a, b) => a - b);
    return {
      tier: this.name,
      hits: this.#hits,
      misses: this.#misses,
      hitRate: reads === 0 ? 0 : this.#hits / reads,
      writes: this.#writes,
      errors: this.#errors,
      ...NO_SIZE,
      p50Ms: times[Math.floor(times.length * 0.5)] ?? 0,
      p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    };
  }

  async #safely<T>(work: () => Promise<T>, instead: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#errors += 1;
      this.#onError(error);
      return instead;
    }
  }
}
