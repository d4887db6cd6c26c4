import type { RunEvent } from '../../src/core/events.ts';
import type { Clock, Emit, Logger, Random } from '../../src/core/ports.ts';

/** A clock that stands still until told: `advance(ms)` wakes sleepers in the order of their time. */
export class FakeClock implements Clock {
  #now: number;
  #setBackMs = 0;
  #sleepers: { at: number; wake: () => void }[] = [];

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now - this.#setBackMs;
  }

  monotonic(): number {
    return this.#now;
  }

  /** Sets the wall clock back, as a person or a time server does. */
  setBack(ms: number): void {
    this.#setBackMs += ms;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const leave = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason);
      };
      const sleeper = {
        at: this.#now + ms,
        wake() {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  async advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    for (;;) {
      await settle();
      const due = this.#sleepers.filter((sleeper) => sleeper.at <= target).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== due);
      this.#now = Math.max(this.#now, due.at);
      due.wake();
    }
    this.#now = target;
    await settle();
  }
}

/** Lets every promise that can go on go on, for so many turns of the event loop. */
export async function settle(turns = 1): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Chance from a fixed row of numbers, repeated. */
export function fakeRandom(values: readonly number[] = [0.5]): Random {
  let index = 0;
  const next = () => {
    const value = values[index % values.length] ?? 0.5;
    index += 1;
    return value;
  };
  return { next, uuid: () => `00000000-0000-4000-8000-${String(index++).padStart(12, '0')}` };
}

/** Gathers what a stage says. */
export function collectEvents(): {
  readonly emit: Emit;
  readonly events: RunEvent[];
  of<T extends RunEvent['type']>(type: T): Extract<RunEvent, { type: T }>[];
} {
  const events: RunEvent[] = [];
  return {
    events,
    emit: (body) => events.push({ ...body, at: '2026-01-01T00:00:00.000Z' } as RunEvent),
    of: (type) => events.filter((event): event is Extract<RunEvent, { type: typeof type }> => event.type === type),
  };
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLogger };
