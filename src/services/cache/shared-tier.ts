import type { Breaker, BreakerState } from '../../util/breaker.ts';
import { createBreaker } from '../../util/breaker.ts';
import { type Kept, Tier, type TierOptions, type TierStats, type TierStore } from './tier.ts';
import type { Waiting } from './waiting.ts';

/** A store that many machines share. */
export interface SharedStore extends TierStore {
  /** Answers when it is well. */
  ping(): Promise<unknown>;
  /** True for an answer that says: I am here, but I take nothing (full, read only). */
  refusesWrites(error: unknown): boolean;
}

export interface SharedTierOptions extends TierOptions<SharedStore> {
  /** Fed by every error and every answer; may be shared with others who ask the same server. */
  readonly health: Breaker;
  /** What serves while the shared store does not. */
  readonly fallback: Tier;
  readonly waiting: Waiting;
  /** Told once when the store stops and once when it begins to take writes while it goes on answering reads. */
  readonly onWrites: (state: 'open' | 'closed', cause?: unknown) => void;
}

/**
 * A store shared by many machines that may die, freeze, fill up and come back: what fails opens a breaker, the file serves meanwhile, and
 * what was written meanwhile is pushed once the store answers again. A full store goes on answering reads.
 */
export class SharedTier extends Tier {
  readonly #store: SharedStore;
  readonly #fallback: Tier;
  readonly #waiting: Waiting;
  readonly #health: Breaker;
  readonly #writes: Breaker;
  readonly #now: () => number;
  #pushing: Promise<void> | undefined;

  constructor({ health, fallback, waiting, onWrites, ...options }: SharedTierOptions) {
    super(options);
    this.#store = options.store;
    this.#fallback = fallback;
    this.#waiting = waiting;
    this.#health = health;
    this.#now = () => options.clock.now();
    this.#writes = createBreaker({ clock: options.clock, probe: () => this.#pushOne(), onChange: onWrites });
  }

  override async get(key: string): Promise<Kept | undefined> {
    if (!this.#health.allows()) return this.#fallback.get(key);
    const since = this.#now();
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
      this.#locally(() => this.#waiting.delete(key), undefined); // before it is sent: what waits is older
      const since = this.#now();
      try {
        await this.#health.unlessLost(this.write(key, value, ttlMs));
        this.#writes.succeeded();
        this.#answered();
        return;
      } catch (error) {
        this.failed(error, since);
      }
    }
    // Before, so that a kill in between leaves no older value in the shared store for good; after, because a push in between found nothing yet.
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

  /** What waits to be pushed comes from the file. */
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
      heldUpMs: this.#health.heldUpMs,
      waiting: this.#locally(() => this.#waiting.count(), 0),
    };
  }

  /** Whether it serves: not while it is away or takes nothing. */
  get state(): BreakerState {
    return this.#health.state === 'closed' ? this.#writes.state : this.#health.state;
  }

  /** Resolves when nothing is being pushed any more. */
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

  /** A file that fails is counted, and says nothing of the shared store. */
  #locally<T>(work: () => T, instead: T): T {
    try {
      return work();
    } catch (error) {
      super.failed(error);
      return instead;
    }
  }

  /** Pushes what waits, beside the work. What fails in it waits on. */
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
      this.failed(error); // beside the work: nobody waited for it
    }
  }

  /** False when nothing waits. What is gone from the file was deleted or has ended, and goes here too. */
  async #pushOne(): Promise<boolean> {
    const next = this.#waiting.next();
    if (next === undefined) return false;
    const { key, until } = next;
    const ttlMs = until === undefined ? undefined : until - this.#now();
    const kept = ttlMs === undefined || ttlMs > 0 ? await this.#fallback.peek(key) : undefined;
    if (!this.#waiting.has(key)) return true; // written anew meanwhile
    if (kept === undefined) await this.#store.delete(key);
    else await this.write(key, kept, ttlMs);
    this.#waiting.pushed(next);
    return true;
  }
}
