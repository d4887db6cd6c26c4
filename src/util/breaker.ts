/** Decides whether something that failed is asked again. While it is open nobody waits for it: a probe behind everybody's back finds out. */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../core/ports.ts';
import { createHeldUp } from './held-up.ts';
import { unlessAborted } from './unless-aborted.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. @default 3 */
  readonly failures?: number;
  /** Milliseconds between two probes. @default 2000 */
  readonly restMs?: number;
  readonly clock: Clock;
  /** Asks whether it is well again: resolves when it is. Must end by itself. */
  readonly probe: () => Promise<unknown>;
  /** Told once when it stops and once when it begins to serve; a probe that fails is no news. */
  readonly onChange?: (state: 'open' | 'closed', cause?: unknown) => void;
}

export interface Breaker {
  readonly state: BreakerState;
  /** Milliseconds in which at least one caller waited in vain. */
  readonly heldUpMs: number;
  /** True when the call may go through. While it is open the answer is no, at once; after a rest the question also starts a probe. */
  allows(): boolean;
  /** What `call` comes to; whoever waits when it opens waits no longer. */
  unlessLost<T>(call: Promise<T>): Promise<T>;
  succeeded(): void;
  /** `since`: when its caller began to wait, in milliseconds since the epoch; absent where nobody waited. */
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
  const heldUp = createHeldUp();

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
      restsUntil = clock.now() + restMs;
    }
  }

  return {
    get state() {
      return state;
    },
    get heldUpMs() {
      return heldUp.ms;
    },
    allows() {
      if (state === 'open' && clock.now() >= restsUntil) void tryAgain(); // what it throws it hears itself
      return state === 'closed';
    },
    unlessLost(call) {
      call.catch(() => {}); // it may fail after it was left
      return unlessAborted(call, lost.signal);
    },
    // Answers that were under way when it opened come late and say nothing of now: the probe decides.
    succeeded() {
      if (state === 'closed') inARow = 0;
    },
    failed(cause, since) {
      if (since !== undefined) heldUp.add(since, clock.now());
      inARow += 1;
      if (state !== 'closed' || inARow < failures) return;
      state = 'open';
      restsUntil = clock.now() + restMs;
      lost.abort(new Error('It stopped answering while this was waited for'));
      onChange('open', cause);
    },
  };
}

/** Everybody who waits listens to it. */
function openLoss(): AbortController {
  const loss = new AbortController();
  setMaxListeners(0, loss.signal);
  return loss;
}
