import type { Clock } from '../../core/ports.ts';
import { type BreakerState, createBreaker } from './breaker.ts';
import { Tier, type TierStats, type TierStore } from './tier.ts';

export interface SharedTierOptions {
  readonly name: string;
  readonly store: TierStore;
  /** What serves while the shared store does not. */
  readonly fallback: Tier;
  readonly clock: Clock;
  readonly onState: (state: BreakerState) => void;
  readonly onError: (error: unknown) => void;
}

/** Keys remembered for writing back; beyond it the oldest are given up, they are made anew elsewhere. */
const MOST_REMEMBERED = 20_000;

/**
 * A store shared by many machines that may die, freeze and come back: what fails opens a breaker, the file serves meanwhile,
 * and what was written meanwhile is pushed back once the store answers again.
 */
export class SharedTier extends Tier {
  readonly #fallback: Tier;
  readonly #missed = new Map<string, number | undefined>();
  readonly #breaker: ReturnType<typeof createBreaker>;
  readonly #clock: Clock;

  constructor({ name, store, fallback, clock, onState, onError }: SharedTierOptions) {
    let breaker: ReturnType<typeof createBreaker> | undefined;
    super(name, store, clock, (error) => {
      breaker?.failed();
      onError(error);
    });
    breaker = createBreaker({
      clock,
      onChange: (state) => {
        onState(state);
        if (state === 'closed') void this.#writeBack(); // what fails in it is remembered again
      },
    });
    this.#breaker = breaker;
    this.#fallback = fallback;
    this.#clock = clock;
  }

  override async get(key: string): Promise<unknown> {
    if (!this.#breaker.allows()) return this.#fallback.get(key);
    const errorsBefore = this.errors;
    const value = await super.get(key);
    this.#heard(errorsBefore);
    return value ?? this.#fallback.get(key);
  }

  override async set(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    if (this.#breaker.allows()) {
      const errorsBefore = this.errors;
      await super.set(key, value, ttlMs);
      if (this.#heard(errorsBefore)) return;
    }
    this.#remember(key, ttlMs);
    await this.#fallback.set(key, value, ttlMs);
  }

  override async delete(key: string): Promise<boolean> {
    this.#missed.delete(key);
    const [here, there] = await Promise.all([this.#breaker.allows() ? super.delete(key) : false, this.#fallback.delete(key)]);
    return here || there;
  }

  override async has(key: string): Promise<boolean> {
    return (this.#breaker.allows() && (await super.has(key))) || this.#fallback.has(key);
  }

  override async clear(): Promise<void> {
    this.#missed.clear();
    await Promise.all([super.clear(), this.#fallback.clear()]);
  }

  override async *iterate(): AsyncGenerator<readonly [key: string, value: unknown], void, undefined> {
    if (this.#breaker.state === 'closed') yield* super.iterate();
    else yield* this.#fallback.iterate();
  }

  override async stats(): Promise<TierStats> {
    const stats = this.#breaker.state === 'closed' ? await super.stats() : this.figures();
    return { ...stats, state: this.#breaker.state, waiting: this.#missed.size };
  }

  /** True when the store answered, whatever it said. */
  #heard(errorsBefore: number): boolean {
    if (this.errors !== errorsBefore) return false;
    this.#breaker.succeeded();
    return true;
  }

  #remember(key: string, ttlMs: number | undefined): void {
    this.#missed.delete(key);
    this.#missed.set(key, ttlMs === undefined ? undefined : this.#clock.now() + ttlMs);
    if (this.#missed.size <= MOST_REMEMBERED) return;
    const [oldest] = this.#missed.keys();
    if (oldest !== undefined) this.#missed.delete(oldest);
  }

  async #writeBack(): Promise<void> {
    for (const [key, until] of [...this.#missed]) {
      if (this.#breaker.state !== 'closed') return;
      const value = await this.#fallback.get(key);
      const ttlMs = until === undefined ? undefined : until - this.#clock.now();
      if (value !== undefined && (ttlMs === undefined || ttlMs > 0)) {
        const errorsBefore = this.errors;
        await super.set(key, value, ttlMs);
        if (this.errors !== errorsBefore) return;
      }
      this.#missed.delete(key);
    }
  }
}
