import type { Prompt } from '../../core/ports.ts';
import type { Brief, Tier } from '../../core/types.ts';
import type { Prices } from './calls/charged-model.ts';
import type { PostCost } from './calls/purse.ts';
import { longPostParts } from './long-post.ts';

/** The faults that a repair names, and the frame around them, in tokens. */
const PROBLEM_TOKENS = 1000;
/** Bytes of a usual answer for each token of its limit; a repair whose answer has more draws on the money that is free. */
const BYTES_PER_TOKEN = 4;

export interface PostCostOptions {
  readonly prices: Prices;
  readonly tier: Tier;
  /** True where this part's answer is in the ledger. */
  readonly isPaid: (part: string | undefined) => boolean;
  readonly isLong: boolean;
}

/** The most that a post can still cost: its draft, part by part where it is long, and the one repair. */
export function postCost(brief: Brief, prompt: Prompt, { prices, tier, isPaid, isLong }: PostCostOptions): PostCost {
  const parts = isLong
    ? longPostParts(brief, prompt).map(({ part, ...one }) => ({ ...one, isPaid: isPaid(part) }))
    : [{ prompt, moreInputTokens: 0, isPaid: isPaid(undefined) }];
  const draftUsd = sum(
    parts
      .filter((part) => !part.isPaid)
      .map(({ prompt: one, moreInputTokens }) => prices.worstUsd({ prompt: one, tier }, moreInputTokens)),
  );
  const repairUsd = prices.worstUsd({ prompt, tier }, prompt.maxOutputTokens * BYTES_PER_TOKEN + PROBLEM_TOKENS);
  return { draftUsd, wholeUsd: sum([draftUsd, repairUsd]) };
}

/** Undefined where one of them is: an unknown price is no price. */
function sum(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.reduce<number | undefined>(
    (total, usd) => (total === undefined || usd === undefined ? undefined : total + usd),
    0,
  );
}
