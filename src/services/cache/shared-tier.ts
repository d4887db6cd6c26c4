import type { Breaker, BreakerState } from '../../util/async/breaker.ts';
import { createBreaker } from '../../util/async/breaker.ts';
import { type Kept, Tier, type TierOptions, type TierStats, type TierStore } from './tier.ts';
import type { Waiting } from './waiting.ts';

/** A store shared by several machines. */
export interface SharedStore extends TierStore {
  /** Resolves when the store works. */
  ping(): Promise<unknown>;
  /** True for errors of a store that can be read but not written (full, read only). */
  refusesWrites(error: unknown): boolean;
}

export interface SharedTierOptions extends TierOptions<SharedStore> {
  /** Circuit breaker; may be shared with other clients of the same server. */
  readonly health: Breaker;
  /** Fallback while the shared store is unavailable. */
  readonly fallback: Tier;
  readonly waiting: Waiting;
  /** Called once when the store refuses writes and once when it accepts them again, while reads work. */
  readonly onWrites: (state: 'open' | 'closed', cause?: unknown) => void;
}

/**
 * Tier over a shared store that may crash, hang, fill up and recover. A failure opens the circuit breaker and the file takes over; writes
 * made during the outage are pushed when the store is back. A full store still answers reads.
 */
export class SharedTier extends Tier {
  readonly #store: SharedStore;
  readonly #fallback: Tier;
  readonly #waiting: Waiting;
  readonly #health: Breaker;
  readonly #writes: Breaker;
  readonly #now: () => number;
  readonly #monotonic: () => number;
  #pushing: Promise<void> | undefined;

  constructor({ health, fallback, waiting, onWrites, ...options }: SharedTierOptions) {
    super(options);
    this.#store = options.store;
    this.#fallback = fallback;
    this.#waiting = waiting;
    this.#health = health;
    this.#now = () => options.clock.now();
    this.#monotonic = () => options.clock.monotonic();
    this.#writes = createBreaker({ clock: options.clock, probe: () => this.#pushOne(), onChange: onWrites });
  }

  override async get(key: string): Promise<Kept | undefined> {
    if (!this.#health.allows()) return this.#fallback.get(key);
    const since = this.#monotonic();
    try {
      const kept = await this.#health.unlessLost(this.read(key));
      this.#answered();
      return kept ?? (await this.#fallback.get(key));
    } catch (error) {
      this.failed(error, since);
      return this.#fallback.get(key);
    }
  }

  override async set(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    if (this.#health.allows() && this.#writes.allows()) {
      this.#locally(() => this.#waiting.delete(key), undefined); // before sending: the pending write is older
      const since = this.#monotonic();
      try {
        await this.#health.unlessLost(this.write(key, value, ttlMs));
        this.#writes.succeeded();
        this.#answered();
        return;
      } catch (error) {
        this.failed(error, since);
      }
    }
    // Before, so that a kill in between cannot leave an older value in the shared store; after, because a push in between found nothing to push.
    this.#remember(key, ttlMs);
    await this.#fallback.set(key, value, ttlMs);
    this.#remember(key, ttlMs);
  }

  override async delete(key: string): Promise<boolean> {
    const errorsBefore = this.errors;
    const here = this.#health.allows() && (await super.delete(key));
    if (!here && (this.#health.state !== 'closed' || this.errors !== errorsBefore)) this.#remember(key, undefined);
    const left = await this.#fallback.delete(key);
    return here || left;
  }

  override async has(key: string): Promise<boolean> {
    return (this.#health.allows() && (await super.has(key))) || this.#fallback.has(key);
  }

  override async clear(): Promise<void> {
    this.#locally(() => this.#waiting.clear(), undefined);
    await Promise.all([this.#health.allows() ? super.clear() : undefined, this.#fallback.clear()]);
  }

  /** Keys with pending writes are read from the file. */
  override async *iterate(): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    const away = !this.#health.allows();
    if (!away) for await (const entry of super.iterate()) if (!this.#waiting.has(entry[0])) yield entry;
    for await (const entry of this.#fallback.iterate()) if (away || this.#waiting.has(entry[0])) yield entry;
  }

  override async stats(): Promise<TierStats> {
    const stats = this.#health.state === 'closed' ? await super.stats() : this.figures();
    return {
      ...stats,
      state: this.state,
      blockedMs: this.#health.blockedMs,
      waiting: this.#locally(() => this.#waiting.count(), 0),
    };
  }

  /** False while the store is unavailable or refuses writes. */
  get state(): BreakerState {
    return this.#health.state === 'closed' ? this.#writes.state : this.#health.state;
  }

  /** Resolves when no push is running. */
  async settled(): Promise<void> {
    if (this.#health.state === 'closed') this.#push();
    await this.#pushing;
  }

  protected override failed(error: unknown, since?: number): void {
    super.failed(error);
    if (this.#store.refusesWrites(error)) this.#writes.failed(error);
    else this.#health.failed(error, since);
  }

  #answered(): void {
    this.#health.succeeded();
    this.#push();
  }

  #remember(key: string, ttlMs: number | undefined): void {
    this.#locally(
      () => this.#waiting.add({ key, until: ttlMs === undefined ? undefined : this.#now() + ttlMs }),
      undefined,
    );
  }

  /** A failing file is counted; it does not affect the shared store's breaker. */
  #locally<T>(work: () => T, instead: T): T {
    try {
      return work();
    } catch (error) {
      super.failed(error);
      return instead;
    }
  }

  /** Pushes pending writes in the background. Failed ones stay pending. */
  #push(): void {
    if (this.#pushing !== undefined || !this.#waiting.any) return;
    this.#pushing = this.#pushAll().finally(() => {
      this.#pushing = undefined;
    });
  }

  async #pushAll(): Promise<void> {
    try {
      while (this.#health.state === 'closed' && this.#writes.allows() && (await this.#pushOne()));
    } catch (error) {
      this.failed(error); // in the background: no caller waited
    }
  }

  /** False when nothing is pending. Keys missing from the file were deleted or have expired, and are deleted in the shared store too. */
  async #pushOne(): Promise<boolean> {
    const next = this.#waiting.next();
    if (next === undefined) return false;
    const { key, until } = next;
    const ttlMs = until === undefined ? undefined : until - this.#now();
    const kept = ttlMs === undefined || ttlMs > 0 ? await this.#fallback.peek(key) : undefined;
    if (!this.#waiting.has(key)) return true; // written again in the meantime
    if (kept === undefined) await this.#store.delete(key);
    else await this.write(key, kept, ttlMs);
    this.#waiting.pushed(next);
    return true;
  }
}
