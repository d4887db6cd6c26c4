/** How long a limit lasts, what a plan grants, and what money is short of, where only the words of a refusal say it. */

import { expect, test } from 'vitest';
import { billOf } from '../../../src/core/bill.ts';
import { HttpRefusal } from '../../../src/services/models/client/transport.ts';
import { providerError } from '../../../src/services/models/refusal/provider-errors.ts';
import { readRefusal } from '../../../src/services/models/refusal/read-refusal.ts';

/** A Saturday, 10:00 in Seoul and 22:00 of Friday in São Paulo. */
const NOW = Date.UTC(2026, 10, 28, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const refuse = (status: number, message: string, more: object = {}) => {
  const body = JSON.stringify({ error: { message, ...more } });
  return providerError(readRefusal(new HttpRefusal(status, new Headers(), body), NOW), {
    provider: 'openai',
    model: 'm',
    keyName: 'OPENAI_API_KEY',
    says429ForCredit: true,
    secrets: [],
  });
};

test.each([
  ['You have exhausted your capacity on this model. Your quota will reset after 27h41m36s.', 99_696_000],
  ['Your quota will reset in 3 days.', 72 * HOUR],
  ['Weekly quota used up, resets in 2d 4h', 52 * HOUR],
  ['Quota exceeded. It resets in 1 day 2 hours', 26 * HOUR],
  ['Usage limit reached for 5 hours. Your limit will be renewed in 4 hours 12 minutes', 252 * MINUTE],
  ['Too many tokens; available again in 45 minutes', 45 * MINUTE],
  ['The quota is refreshed after 90 min', 90 * MINUTE],
  ['Retry in 36 hrs', 36 * HOUR],
  ['Please wait 2 days before trying again', 48 * HOUR],
  ["You've hit your session limit · resets 4pm (UTC)", 15 * HOUR],
  ['Weekly limit reached · resets 10:30am (Asia/Seoul)', 30 * MINUTE],
  ['Weekly limit reached · resets 9am (Asia/Seoul)', 23 * HOUR],
  ['5-hour limit reached ∙ resets 23:15 (America/Sao_Paulo)', 75 * MINUTE],
  ['Limit reached, resets at 12am UTC', 23 * HOUR],
  ["You're out of extra usage · resets Dec 2 at 4pm (America/Sao_Paulo)", 114 * HOUR],
] as const)('%s pauses the run until then', (message, waitMs) => {
  expect(refuse(429, message)).toMatchObject({ code: 'PROVIDER_PAUSED', retryAfterMs: waitMs });
});

test.each([
  ['Please try again in 20s', 20_000],
  ['Rate limit reached, resets in 5 seconds', 5000],
  ['limit resets after 250ms', 250],
] as const)('%s is a wait within the run', (message, waitMs) => {
  expect(refuse(429, message)).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryable: true, retryAfterMs: waitMs });
});

test.each([
  ['Too many requests. Resets are not counted: limit 4'],
  ['The connection was reset after 3 days of work'],
  ['resets 4 (UTC)'],
  ['resets 25:70 (UTC)'],
  ['resets 4pm (Nowhere/Land)'],
] as const)('%s names no time', (message) => {
  expect(refuse(429, message).retryAfterMs).toBeUndefined();
});

const TODAY = {
  '@type': 'QuotaFailure',
  violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' }],
};
const IN_20_S = { '@type': 'RetryInfo', retryDelay: '20s' };

test.each([
  [
    '* Quota exceeded for metric: free_tier_requests, limit: 0, model: gemini-pro. Please retry in 20.04s.',
    [TODAY, IN_20_S],
  ],
  ['* Quota exceeded for metric: free_tier_input_token_count, limit: 0\nPlease retry in 45h.', []],
  ["Gemini 2.5 Pro Preview doesn't have a free quota tier. Please use another model instead.", [IN_20_S]],
  ['This model has no free tier', []],
  ['The model x is not available in the free tier', []],
  ['m is not included in your free plan', [IN_20_S]],
  ['Free tier is not supported for this model', []],
] as const)('%s: no wait helps', (message, details) => {
  const error = refuse(429, message, { code: 429, status: 'RESOURCE_EXHAUSTED', details });

  expect(error).toMatchObject({ code: 'PROVIDER_QUOTA', retryable: false });
  expect(error.hint).toContain('grants none');
});

test.each([
  'Free tier limit reached, you have no more requests in this minute',
  'You have sent too many requests for the free tier. Please retry in 20s',
])('%s is a limit of the minute', (message) => {
  expect(refuse(429, message)).toMatchObject({ retryable: true });
});

test.each([
  'Prompt tokens limit exceeded: 230799 > 91442. To increase, create a key with a higher monthly limit',
  'This request requires more credits, or fewer max_tokens. You requested up to 16384 tokens, but can only afford 39.',
  'Input tokens exceed the balance of your prepaid plan',
  'The request is too large for your remaining credit',
])('402 %s is about money, whatever it says of lengths', (message) => {
  const error = refuse(402, message);

  expect(error.code).toBe('PROVIDER_QUOTA');
  expect(billOf(error)).toBe('free');
});
