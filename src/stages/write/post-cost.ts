import type { Prompt } from '../../core/ports.ts';
import type { Brief, Tier } from '../../core/types.ts';
import type { PriceList, Prices } from './calls/charged-model.ts';
import type { PostCost } from './calls/post-budgets.ts';
import { LONG_POST_CHARS, longPostParts } from './long-post.ts';
import type { PromptOptions } from './prompt/build-prompt.ts';
import { buildLookPrompt, MAX_LOOKED_AT } from './prompt/look-prompt.ts';

/** The faults that a repair names, and the frame around them, in tokens. */
const PROBLEM_TOKENS = 1000;
/** Bytes of a usual answer for each token of its limit; a repair whose answer has more draws on the money that is free. */
const BYTES_PER_TOKEN = 4;

export interface PostCostOptions {
  readonly prices: Prices;
  readonly tier: Tier;
  /** True when this part's answer is in the ledger. */
  readonly isPaid: (part: string | undefined) => boolean;
  readonly isLong: boolean;
  /** The prompt of a second look without its statements, and how many looks the post may need. */
  readonly look?: { readonly prompt: Prompt; readonly calls: number };
}

/** What a post's second looks may cost, by the settings of the run. */
export function lookOf(brief: Brief, options: PromptOptions): Pick<PostCostOptions, 'look'> {
  const { looks: calls = 0 } = options;
  return calls === 0 ? {} : { look: { prompt: buildLookPrompt(brief, MAX_STATEMENTS, options), calls } };
}

/** As many statements as a post may have: each takes room in the answer. */
const MAX_STATEMENTS = Array.from({ length: MAX_LOOKED_AT }, (_, index) => ({ id: index + 1, text: '', line: 1 }));

/** Maximum remaining cost of a post: its draft (in parts if it is long) and one repair. */
export function postCost(
  brief: Brief,
  prompt: Prompt,
  { prices, tier, isPaid, isLong, look }: PostCostOptions,
): PostCost {
  const parts = isLong
    ? longPostParts(brief, prompt).map(({ part, ...one }) => ({ ...one, isPaid: isPaid(part) }))
    : [{ prompt, moreInputTokens: 0, isPaid: isPaid(undefined) }];
  const draftUsd = sum(
    parts
      .filter((part) => !part.isPaid)
      .map(({ prompt: one, moreInputTokens }) => prices.worstUsd({ prompt: one, tier }, moreInputTokens)),
  );
  const repairUsd = prices.worstUsd({ prompt, tier }, prompt.maxOutputTokens * BYTES_PER_TOKEN + PROBLEM_TOKENS);
  const looks =
    look === undefined
      ? []
      : Array.from({ length: look.calls }, () =>
          prices.worstUsd({ prompt: look.prompt, tier }, prompt.maxOutputTokens * BYTES_PER_TOKEN),
        );
  return { draftUsd, wholeUsd: sum([draftUsd, repairUsd, ...looks]) };
}

/** Estimated tokens and cost of a post. */
export interface PostEstimate {
  readonly inputTokens: number;
  readonly maxOutputTokens: number;
  /** US dollars; undefined where the price is unknown. */
  readonly likelyUsd: number | undefined;
  readonly worstUsd: number | undefined;
}

export interface EstimateOptions extends Pick<PostCostOptions, 'tier' | 'look'> {
  readonly prices: PriceList;
  /** Part of each answer's token limit that is reserved for reasoning. */
  readonly reasoningTokens: number;
}

/** Share of posts that are likely to need a repair. */
const LIKELY_REPAIRS = 0.3;
/** Tokens of the verdicts for each token of the post. */
const LIKELY_VERDICTS = 1.2;
/** Likely used share of the token limit, which is 1.5 times the target length. */
const LIKELY_OUTPUT = 0.6;

/** Likely and maximum cost of a post. Likely: usual answers and some repairs; maximum: all calls that it can make. */
export function estimatePost(brief: Brief, prompt: Prompt, options: EstimateOptions): PostEstimate {
  const { prices, tier, reasoningTokens } = options;
  const isLong = brief.length >= LONG_POST_CHARS;
  const { wholeUsd } = postCost(brief, prompt, {
    prices,
    tier,
    isLong,
    isPaid: () => false,
    ...(options.look === undefined ? {} : { look: options.look }),
  });
  const parts = isLong ? longPostParts(brief, prompt) : [{ prompt, moreInputTokens: 0 }];
  const output = ({ maxOutputTokens }: Prompt) => Math.ceil((maxOutputTokens - reasoningTokens) * LIKELY_OUTPUT);
  const input = parts.reduce((total, part) => total + part.prompt.inputTokens, 0);
  const written = parts.reduce((total, part) => total + output(part.prompt), 0);
  // A post is looked at again where it was repaired.
  const looks = options.look === undefined ? 0 : options.look.calls > 1 ? 1 + LIKELY_REPAIRS : 1;
  const likely = {
    input: Math.ceil(
      input +
        LIKELY_REPAIRS * (prompt.inputTokens + output(prompt)) +
        looks * ((options.look?.prompt.inputTokens ?? 0) + written),
    ),
    cachedInput: 0,
    output: Math.ceil(written + LIKELY_REPAIRS * output(prompt) + looks * LIKELY_VERDICTS * written),
  };
  return {
    inputTokens: likely.input,
    maxOutputTokens: parts.reduce((total, part) => total + part.prompt.maxOutputTokens, prompt.maxOutputTokens),
    likelyUsd: prices.tokensUsd(likely, tier),
    worstUsd: wholeUsd,
  };
}

/** The sum; undefined when any part is unknown. */
function sum(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.reduce<number | undefined>(
    (total, usd) => (total === undefined || usd === undefined ? undefined : total + usd),
    0,
  );
}
