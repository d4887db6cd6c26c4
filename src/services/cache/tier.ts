import { Keyv, type KeyvStoreAdapter } from 'keyv';
import type { Clock } from '../../core/ports.ts';
import { stopwatch } from '../../util/clock.ts';
import type { SizedStore } from './sized-store.ts';

export interface TierStats {
  readonly tier: string;
  readonly hits: number;
  /** Reads answered by an expired value that the reader revalidated, replaced, or used while the host was down. */
  readonly staleHits: number;
  readonly misses: number;
  /** Share of reads that were hits, 0 to 1; 0 before the first read. */
  readonly hitRate: number;
  readonly writes: number;
  readonly errors: number;
  readonly evictions: number;
  readonly entries: number;
  readonly bytes: number;
  /** When the oldest and the newest entry were written, in milliseconds since the epoch; absent if the store does not know. */
  readonly oldestAt?: number;
  readonly newestAt?: number;
  /** Duration of a read in milliseconds. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Shared store only: whether it is in use. */
  readonly state?: 'closed' | 'open' | 'half-open';
  /** Shared store only: milliseconds lost to timeouts, those of limits and budget included. */
  readonly blockedMs?: number;
  /** Entries with a pending write to the shared store. */
  readonly waiting?: number;
}

/** A Keyv store that can be measured, pruned and iterated. */
export type TierStore = Omit<KeyvStoreAdapter, 'iterator'> &
  SizedStore & { iterator(namespace?: string): AsyncIterable<readonly [key: string, value: unknown]> };

/** A stored value and the tier that had it. */
export interface Kept {
  readonly value: unknown;
  readonly tier: Tier;
}

export interface TierOptions<Store extends TierStore = TierStore> {
  readonly name: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

const NO_SIZE = { entries: 0, bytes: 0, evictions: 0 };
const TIMES_KEPT = 1000;

/** One level of the cache: a Keyv over a store, with statistics. A failing store is counted and treated as a miss. */
export class Tier {
  readonly name: string;
  readonly #keyv: Keyv;
  readonly #store: TierStore;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  #hits = 0;
  #staleHits = 0;
  #misses = 0;
  #writes = 0;
  #errors = 0;
  #timed = 0;
  readonly #times: number[] = [];

  constructor({ name, store, clock, onError }: TierOptions) {
    this.name = name;
    this.#store = store;
    this.#clock = clock;
    this.#onError = onError;
    // The stores encode values themselves; Keyv provides expiry, hooks and the contract.
    this.#keyv = new Keyv({ store, throwOnErrors: true, emitErrors: false, useKeyPrefix: false });
    this.#keyv.namespace = undefined;
    this.#keyv.serialize = undefined;
    this.#keyv.deserialize = undefined;
  }

  get(key: string): Promise<Kept | undefined> {
    return this.safely(() => this.read(key), undefined);
  }

  async set(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    await this.safely(() => this.write(key, value, ttlMs), undefined);
  }

  /** Reads a value without counting it. */
  async peek(key: string): Promise<unknown> {
    return (await this.safely(() => this.#keyv.get<unknown>(key), undefined)) ?? undefined;
  }

  delete(key: string): Promise<boolean> {
    return this.safely(() => this.#keyv.delete(key), false);
  }

  has(key: string): Promise<boolean> {
    return this.safely(() => this.#keyv.has(key), false);
  }

  async clear(): Promise<void> {
    await this.safely(() => this.#keyv.clear(), undefined);
  }

  /** Iterates over the store itself, because Keyv iterates only over stores whose names it knows. Ends when the store fails. */
  async *iterate(): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    const entries = this.#store.iterator()[Symbol.asyncIterator]();
    for (;;) {
      const next = await this.safely(() => entries.next(), { done: true, value: undefined } as const);
      if (next.done === true) return;
      const [key, kept] = next.value;
      const { value, expires } = (kept ?? {}) as { value?: unknown; expires?: number | null }; // Keyv's own wrapper
      if (value !== undefined && !(typeof expires === 'number' && expires <= this.#clock.now())) yield [key, value];
    }
  }

  prune(): Promise<number> {
    return this.safely(() => this.#store.prune(this.#clock.now()), 0);
  }

  /** Counts an expired value: a stale hit for a reader that accepts one, otherwise a miss. */
  countExpired(wanted: boolean): void {
    this.#hits -= 1;
    if (wanted) this.#staleHits += 1;
    else this.#misses += 1;
  }

  get errors(): number {
    return this.#errors;
  }

  async stats(): Promise<TierStats> {
    return { ...this.figures(), ...(await this.safely(() => this.#store.size(), NO_SIZE)) };
  }

  /** Counts only; the store is not read. */
  protected figures(): TierStats {
    const reads = this.#hits + this.#staleHits + this.#misses;
    const times = [...this.#times].sort((a, b) => a - b);
    return {
      tier: this.name,
      hits: this.#hits,
      staleHits: this.#staleHits,
      misses: this.#misses,
      hitRate: reads === 0 ? 0 : this.#hits / reads,
      writes: this.#writes,
      errors: this.#errors,
      ...NO_SIZE,
      p50Ms: times[Math.floor(times.length * 0.5)] ?? 0,
      p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    };
  }

  /** Throws what the store throws. */
  protected async read(key: string): Promise<Kept | undefined> {
    const elapsed = stopwatch();
    let value: unknown;
    try {
      value = await this.#keyv.get<unknown>(key);
    } finally {
      this.#times[this.#timed % TIMES_KEPT] = elapsed();
      this.#timed += 1;
      if (value === undefined || value === null) this.#misses += 1;
      else this.#hits += 1;
    }
    return value === undefined || value === null ? undefined : { value, tier: this };
  }

  /** Throws what the store throws. */
  protected async write(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    this.#writes += 1;
    await this.#keyv.set(key, value, ttlMs);
  }

  /** `_since`: when the caller began to wait, if it did. */
  protected failed(error: unknown, _since?: number): void {
    this.#errors += 1;
    this.#onError(error);
  }

  protected async safely<T>(work: () => Promise<T>, instead: T): Promise<T> {
    const since = this.#clock.monotonic();
    try {
      return await work();
    } catch (error) {
      this.failed(error, since);
      return instead;
    }
  }
}
