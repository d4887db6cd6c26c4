import type { Clock } from '../../../core/ports.ts';
import { createBucket } from './bucket.ts';
import type { LimitReport } from './read-limits.ts';
import { createSentCalls } from './sent-calls.ts';

export interface RateGateOptions {
  /** Absent: learnt from the vendor's headers. */
  readonly requestsPerMinute?: number | undefined;
  readonly tokensPerMinute?: number | undefined;
  readonly clock: Clock;
}

export interface GatedCall {
  readonly id: string;
  readonly tokens: number;
}

/** Holds calls back so that a vendor's limits are met and not exceeded. Shared by all workers of a process. */
export interface RateGate extends AsyncDisposable {
  /** Makes the call once there is room for it and nobody asked to wait. */
  pass<T>(call: GatedCall, make: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** What the answer to a call says about the limits; resolves when it counts, and never rejects. */
  report(callId: string, report: LimitReport): Promise<void>;
  /** A 429: nobody leaves for so long. */
  pause(ms: number): void;
}

export function createRateGate({ requestsPerMinute, tokensPerMinute, clock }: RateGateOptions): RateGate {
  const requests = createBucket(requestsPerMinute);
  const tokens = createBucket(tokensPerMinute);
  const sentCalls = createSentCalls();
  const pause = createPause(clock);

  /** Takes from both, or from none. */
  async function takeBoth(
    amount: number,
    signal: AbortSignal,
  ): Promise<{ readonly request: number; readonly tokens: number }> {
    const request = await requests.take(1, signal);
    try {
      return { request, tokens: await tokens.take(amount, signal) };
    } catch (error) {
      requests.giveBack(request);
      throw error;
    }
  }

  return {
    async pass(call, make, signal) {
      await pause.over(signal);
      const taken = await takeBoth(call.tokens, signal);
      try {
        await pause.over(signal);
      } catch (error) {
        requests.giveBack(taken.request);
        tokens.giveBack(taken.tokens);
        throw error;
      }
      requests.left(taken.request);
      tokens.left(taken.tokens);
      const sent = { ...call, at: clock.monotonic() };
      sentCalls.sent(sent);
      try {
        return await make();
      } finally {
        sentCalls.answered(sent);
      }
    },
    async report(callId, report) {
      const uncounted = sentCalls.uncountedBy(callId);
      await Promise.all([
        report.requests === undefined ? undefined : requests.correct(report.requests, uncounted.requests),
        report.tokens === undefined ? undefined : tokens.correct(report.tokens, uncounted.tokens),
      ]);
    },
    pause: pause.extend,
    async [Symbol.asyncDispose]() {
      await Promise.all([requests.close(), tokens.close()]);
    },
  };
}

/** A time in which no call is sent; the latest end counts. */
function createPause(clock: Clock) {
  let until = 0;
  return {
    extend(ms: number): void {
      until = Math.max(until, clock.monotonic() + ms);
    },
    async over(signal: AbortSignal): Promise<void> {
      for (let left = until - clock.monotonic(); left > 0; left = until - clock.monotonic())
        await clock.sleep(left, signal);
    },
  };
}
