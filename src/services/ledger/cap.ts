/** The spending cap of the work on a list. */

import { BloggerError } from '../../core/errors.ts';
import type { Holds } from './holds.ts';
import type { LedgerSums } from './ledger-sums.ts';

export interface CapOptions {
  /** US dollars; undefined: no cap. */
  readonly capUsd: number | undefined;
  readonly holds: Pick<Holds, 'total'>;
  /** Totals of the work. */
  readonly sums: () => LedgerSums;
}

/**
 * Throws `BUDGET_REACHED` if spent, reserved and held money plus `usd` would exceed the cap;
 * `ownHoldUsd` is the part held for this call.
 */
export type Admit = (usd: number | undefined, ownHoldUsd: number) => void;

export function createCap({ capUsd, holds, sums }: CapOptions): Admit {
  return (usd, ownHoldUsd) => {
    if (capUsd === undefined) return;
    const { spent, reserved } = sums();
    refuseBeyondCap(usd, { spentUsd: spent, reservedUsd: reserved + holds.total - ownHoldUsd }, capUsd);
  };
}

function refuseBeyondCap(
  worstUsd: number | undefined,
  { spentUsd, reservedUsd }: { readonly spentUsd: number; readonly reservedUsd: number },
  capUsd: number,
): void {
  if (worstUsd === undefined) {
    throw new BloggerError(
      'A spending cap is set, but the price of the model is unknown, so the cap cannot be enforced',
      {
        code: 'PRICE_UNKNOWN',
        hint: 'Set price.input and price.output (US dollars for a million tokens), or leave maxCost out.',
      },
    );
  }
  // Floats: the sum of many small amounts is off by a rounding error.
  // A free call, such as a post's share of an answer that is already paid for, never exceeds the cap.
  if (worstUsd === 0 || spentUsd + reservedUsd + worstUsd <= capUsd + 1e-9) return;
  throw new BloggerError(
    `The next post may cost ${usd(worstUsd)}; ${usd(spentUsd)} are spent and ${usd(reservedUsd)} reserved of this list's cap of ${usd(capUsd)}`,
    {
      code: 'BUDGET_REACHED',
      hint: 'Finished posts are saved. Raise --max-cost and run the same command again to resume.',
    },
  );
}

function usd(value: number): string {
  return `$${value.toFixed(value < 0.1 ? 5 : 2)}`;
}
