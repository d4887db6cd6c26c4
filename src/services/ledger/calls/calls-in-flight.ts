/** Calls of this process that are not over, and the held budgets that pay for them. */

import type { Reservation } from '../../../core/ports.ts';
import type { Holds } from '../holds.ts';

export interface CallsInFlight {
  readonly size: number;
  /** The budgets that the call would draw from, one after the other; what is left of them stays for later calls. */
  drawsFor(call: Pick<Reservation, 'holders' | 'worstUsd'>): readonly Draw[];
  begin(id: string, draws: readonly Draw[]): void;
  /** Returns what the call drew: a free call is made again with the same money. */
  refund(id: string): void;
  end(id: string): void;
}

export interface Draw {
  readonly holder: string;
  readonly usd: number;
}

export function createCallsInFlight(holds: Holds): CallsInFlight {
  const calls = new Map<string, readonly Draw[]>();
  return {
    get size() {
      return calls.size;
    },
    drawsFor({ holders = [], worstUsd = 0 }) {
      let missing = worstUsd;
      return holders.flatMap((holder) => {
        const usd = Math.min(holds.of(holder), missing);
        missing -= usd;
        return usd > 0 ? [{ holder, usd }] : [];
      });
    },
    begin(id, draws) {
      calls.set(id, draws);
    },
    refund(id) {
      for (const { holder, usd } of calls.get(id) ?? []) holds.set(holder, holds.of(holder) + usd);
    },
    end(id) {
      calls.delete(id);
    },
  };
}
