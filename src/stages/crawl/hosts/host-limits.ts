/** Per-host limits by Bottleneck, of this process alone. */

import Bottleneck from 'bottleneck';
import { LRUCache } from 'lru-cache';

export interface HostTurn {
  readonly park: <T>(wait: () => Promise<T>) => Promise<T>;
  readonly signal: AbortSignal;
}

export interface HostLimits extends AsyncDisposable {
  /** Runs `send` within the host's limits; `gapMs` is the minimum time between two starts. */
  schedule<T>(host: string, gapMs: number, send: () => Promise<T>, turn: HostTurn): Promise<T>;
  /** Shares a pause requested by the host with other processes. */
  hold(host: string, ms: number): void;
}

export interface HostLimitsOptions {
  readonly perHost: number;
}

/** Idle time after which a limiter is dropped; longer than any delay that it must remember. */
const IDLE_MS = 2 * 3_600_000;
const KEPT_GAPS = 20_000;

export function openHostLimits({ perHost }: HostLimitsOptions): HostLimits {
  const group = new Bottleneck.Group({ maxConcurrent: perHost, timeout: IDLE_MS });
  const gaps = new LRUCache<string, number>({ max: KEPT_GAPS, ttl: IDLE_MS, updateAgeOnGet: true }); // as long as the limiters that have them

  async function limiterOf(host: string, gapMs: number): Promise<Bottleneck> {
    const limiter = group.key(host);
    if ((gaps.get(host) ?? 0) !== gapMs) {
      gaps.set(host, gapMs);
      await Promise.resolve(limiter.updateSettings({ minTime: gapMs })); // typed as if it were synchronous, which it is not
    }
    return limiter;
  }

  return {
    async schedule(host, gapMs, send) {
      const limiter = await limiterOf(host, gapMs);
      return limiter.schedule(send);
    },
    hold() {},
    async [Symbol.asyncDispose]() {
      await group.disconnect(false);
    },
  };
}
