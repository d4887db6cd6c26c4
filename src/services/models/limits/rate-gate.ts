import Bottleneck from 'bottleneck';
import type { Clock } from '../../../core/ports.ts';
import { unlessAborted } from '../../../util/unless-aborted.ts';
import type { LimitReport, LimitState } from './read-limits.ts';

export interface RateGateOptions {
  /** Absent: learnt from the vendor's headers. */
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
}

/** Holds calls back so that a vendor's limits are met and not exceeded. Shared by all workers of a process. */
export interface RateGate extends AsyncDisposable {
  /** Runs `call` once there is room for a request of so many tokens and nobody asked to wait. */
  pass<T>(tokens: number, call: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** What the headers of an answer say: the vendor's own count is the true one. */
  report(report: LimitReport): void;
  /** A 429: nobody leaves for so long. */
  pause(ms: number): void;
}

/** Room left for other users of the same key, and for clocks that differ. */
const SHARE = 0.97;
/** Calls that left so recently may not be in the vendor's count yet. */
const UNCOUNTED_MS = 150;
const STEP_MS = 250;
const STEPS_A_MINUTE = 60_000 / STEP_MS;

export function createRateGate({ requestsPerMinute, tokensPerMinute, clock }: RateGateOptions): RateGate {
  const requests = createBucket(requestsPerMinute);
  const tokens = createBucket(tokensPerMinute);
  const recent: { readonly at: number; readonly tokens: number }[] = [];
  let pausedUntil = 0;

  async function waitForPause(signal: AbortSignal): Promise<void> {
    for (let left = pausedUntil - clock.now(); left > 0; left = pausedUntil - clock.now()) await clock.sleep(left, signal);
  }

  return {
    async pass(count, call, signal) {
      await requests.take(1, signal);
      await tokens.take(count, signal);
      await waitForPause(signal);
      recent.push({ at: clock.now(), tokens: count });
      return call();
    },
    report(report) {
      const since = clock.now() - UNCOUNTED_MS;
      while ((recent[0]?.at ?? since) < since) recent.shift();
      if (report.requests !== undefined) requests.correct(report.requests, recent.length);
      if (report.tokens !== undefined)
        tokens.correct(
          report.tokens,
          recent.reduce((sum, call) => sum + call.tokens, 0),
        );
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([requests.close(), tokens.close()]);
    },
  };
}

interface Bucket {
  take(amount: number, signal: AbortSignal): Promise<void>;
  correct(state: LimitState, uncounted: number): void;
  close(): Promise<void>;
}

/** A bucket that holds a minute's worth and refills all the time, as the vendors' do. Without a limit everything passes until one is learnt. */
function createBucket(perMinute: number | undefined): Bucket {
  const isFixed = perMinute !== undefined;
  let limit = perMinute;
  const limiter = new Bottleneck(limit === undefined ? {} : settingsOf(limit, limit * SHARE));
  return {
    async take(amount, signal) {
      // More than a bucket holds never fits; the vendor says so better than we could.
      const weight = limit === undefined ? 0 : Math.min(amount, limit * SHARE);
      await unlessAborted(
        limiter.schedule({ weight }, async () => {}),
        signal,
      );
    },
    correct({ limit: said, remaining }, uncounted) {
      if (!isFixed && said !== limit) {
        limit = said;
        limiter.updateSettings(settingsOf(said, Math.min(remaining - uncounted, said * SHARE)));
        return;
      }
      const scale = limit === undefined ? 1 : limit / said; // a fixed limit may be a part of the vendor's
      void adjust(limiter, Math.min(remaining * scale, (limit ?? said) * SHARE) - uncounted); // a correction that fails leaves our own count
    },
    close: () => limiter.disconnect(false),
  };
}

async function adjust(limiter: Bottleneck, level: number): Promise<void> {
  const current = await limiter.currentReservoir();
  if (current !== null) await limiter.incrementReservoir(level - current);
}

function settingsOf(perMinute: number, level: number): Bottleneck.ConstructorOptions {
  return {
    reservoir: level,
    reservoirIncreaseInterval: STEP_MS,
    reservoirIncreaseAmount: (perMinute * SHARE) / STEPS_A_MINUTE,
    reservoirIncreaseMaximum: perMinute * SHARE,
  };
}
