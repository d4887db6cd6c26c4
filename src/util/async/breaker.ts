/** Circuit breaker. While open, calls fail fast; a background probe closes it again. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../../core/ports.ts';
import { createBlockedTime } from './blocked-time.ts';
import { unlessAborted } from './unless-aborted.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. @default 3 */
  readonly failures?: number;
  /** Milliseconds between two probes. @default 2000 */
  readonly restMs?: number;
  readonly clock: Clock;
  /** Health probe: resolves when the service works again. Must settle by itself. */
  readonly probe: () => Promise<unknown>;
  /** Called once when the breaker opens and once when it closes; not for each failed probe. */
  readonly onChange?: (state: 'open' | 'closed', cause?: unknown) => void;
}

export interface Breaker {
  readonly state: BreakerState;
  /** Milliseconds in which at least one caller waited for a call that failed. */
  readonly blockedMs: number;
  /** True when a call may go through. While open it returns false at once; after the cool-down it also starts a probe. */
  allows(): boolean;
  /** Settles as `call` does; pending calls reject when the breaker opens. */
  unlessLost<T>(call: Promise<T>): Promise<T>;
  succeeded(): void;
  /** `since`: when its caller began to wait, in milliseconds since the epoch; absent if no caller waited. */
  failed(cause?: unknown, since?: number): void;
}

export function createBreaker({
  failures = 3,
  restMs = 2000,
  clock,
  probe,
  onChange = () => {},
}: BreakerOptions): Breaker {
  let state: BreakerState = 'closed';
  let inARow = 0;
  let restsUntil = 0;
  let lost = openLoss();
  const blocked = createBlockedTime();

  async function tryAgain(): Promise<void> {
    state = 'half-open';
    try {
      await probe();
      state = 'closed';
      inARow = 0;
      lost = openLoss();
      onChange('closed');
    } catch {
      state = 'open';
      restsUntil = clock.monotonic() + restMs;
    }
  }

  return {
    get state() {
      return state;
    },
    get blockedMs() {
      return blocked.ms;
    },
    allows() {
      if (state === 'open' && clock.monotonic() >= restsUntil) void tryAgain(); // the caller already gets this error
      return state === 'closed';
    },
    unlessLost(call) {
      call.catch(() => {}); // may reject after the breaker has opened
      return unlessAborted(call, lost.signal);
    },
    // Ignored while open: answers to earlier calls say nothing about the current state, so the probe decides.
    succeeded() {
      if (state === 'closed') inARow = 0;
    },
    failed(cause, since) {
      if (since !== undefined) blocked.add(since, clock.monotonic());
      inARow += 1;
      if (state !== 'closed' || inARow < failures) return;
      state = 'open';
      restsUntil = clock.monotonic() + restMs;
      lost.abort(new Error('It stopped responding during this call'));
      onChange('open', cause);
    },
  };
}

/** Rejects all pending calls. */
function openLoss(): AbortController {
  const loss = new AbortController();
  setMaxListeners(0, loss.signal);
  return loss;
}
