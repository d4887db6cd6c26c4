/** What a limit means for the run: a wait, the end of the day's quota, or an empty account. */

import { waitText } from '../../../util/text/plural.ts';
import type { WireError } from './read-refusal.ts';
import { type Case, termsOf, type Verdict } from './refusal-case.ts';
import {
  isAccountEmpty,
  isCreditGone,
  isMoneyGone,
  isNothingGranted,
  isOfTheDay,
  isOfTheMinute,
  isOfThePlan,
  isThrottle,
} from './refusal-words.ts';

/** A run does not wait longer than this for a vendor's limit; it ends and names the time. */
const LONGEST_WAIT_MS = 600_000;

export function isLongWait({ retryAfterMs = 0 }: WireError): boolean {
  return retryAfterMs > LONGEST_WAIT_MS;
}

export function judgeLimit({ wire, words, context }: Case): Verdict {
  const { retryAfterMs, quotaIds = [] } = wire;
  if (isNothingGranted(words))
    return { code: 'PROVIDER_QUOTA', hint: 'The plan grants none of this model: take another model, or another plan.' };
  if (retryAfterMs !== undefined && isLongWait(wire))
    return {
      code: 'PROVIDER_PAUSED',
      hint: `Run the same command again in ${waitText(retryAfterMs)}; what is done is saved.`,
    };
  if (quotaIds.some((id) => /PerDay/i.test(id)))
    return {
      code: 'PROVIDER_QUOTA',
      hint: "The day's quota is used up; it starts again at midnight Pacific time.",
    };
  if (retryAfterMs === undefined && isOfTheDay(words))
    return { code: 'PROVIDER_QUOTA', hint: "The day's quota is used up. Run again tomorrow, or raise the limit." };
  if (retryAfterMs === undefined && isOfThePlan(words))
    return {
      code: 'PROVIDER_QUOTA',
      hint: "The plan's quota is used up. Run again when it is renewed, or take a larger plan.",
    };
  // A gateway puts a wait on every 429; that of an empty account does not help.
  const isSaid = retryAfterMs === undefined && isMoneyGone(words) && !isOfTheMinute(words);
  const isGone = (isSaid || isAccountEmpty(termsOf(wire))) && !isThrottle(termsOf(wire));
  if ((context.says429ForCredit && isGone) || isCreditGone(words))
    return { code: 'PROVIDER_QUOTA', hint: 'Add credit or raise the budget at the provider, then run again.' };
  if (/resource unavailable/.test(words))
    return {
      code: 'PROVIDER_OVERLOADED',
      hint: 'The flex tier has no room now; it was not charged. --tier standard does not wait.',
    };
  return {
    code: 'PROVIDER_RATE_LIMITED',
    hint: 'Set limits.requestsPerMinute and limits.tokensPerMinute to what the provider grants.',
  };
}
