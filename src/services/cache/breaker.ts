/** Decides whether a store that failed is asked again. Pure but for the clock that is handed in. */

import type { Clock } from '../../core/ports.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. @default 3 */
  readonly failures?: number;
  /** Milliseconds until one call may try again. @default 2000 */
  readonly restMs?: number;
  readonly clock: Clock;
  /** Told once for each change. */
  readonly onChange: (state: BreakerState) => void;
}

export interface Breaker {
  readonly state: BreakerState;
  /** True when the call may go through; while half open only one may. */
  allows(): boolean;
  succeeded(): void;
  failed(): void;
}

export function createBreaker({ failures = 3, restMs = 2000, clock, onChange }: BreakerOptions): Breaker {
  let state: BreakerState = 'closed';
  let inARow = 0;
  let openUntil = 0;
  const become = (next: BreakerState) => {
    if (next === state) return;
    state = next;
    onChange(next);
  };
  return {
    get state() {
      return state;
    },
    allows() {
      if (state === 'closed') return true;
      if (clock.now() < openUntil) return false;
      // The next try only after another rest, should this one be silent.
      openUntil = clock.now() + restMs;
      become('half-open');
      return true;
    },
    succeeded() {
      inARow = 0;
      become('closed');
    },
    failed() {
      inARow += 1;
      if (state === 'closed' && inARow < failures) return;
      openUntil = clock.now() + restMs;
      become('open');
    },
  };
}
