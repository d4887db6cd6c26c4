import { expect, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import { estimateTokens } from '../../src/services/models/client/count-tokens.ts';
import { buildPrompt } from '../../src/stages/write/prompt/build-prompt.ts';
import { systemClock } from '../../src/util/clock.ts';
import { pricesOf } from '../../src/wiring/plan-writing.ts';
import { makeBrief, makeReply } from '../helpers/make-brief.ts';

const usage = { input: 100_000, cachedInput: 0, output: 100_000 };
const choice = { provider: 'openai', model: 'gpt-6-luna', apiKey: 'none' } as const;
const pricesWith = async (settings = {}) =>
  pricesOf(
    resolveSettings(Object.entries(settings).map(([key, value]) => ({ key, value, origin: 'test' }))).settings,
    choice,
    systemClock,
  );

test.each([
  ['the model that was asked for', 'gpt-6-luna', 'standard', 0.06],
  ['a model that is dearer', 'gpt-6-sol', 'standard', 1.2],
  ['a name of no list', 'a-name-of-its-own', 'standard', 0.06],
  ['half price', 'gpt-6-luna', 'flex', 0.03],
  ['the fast tier', 'gpt-6-luna', 'priority', 0.12],
] as const)('an answer is charged as what was served: %s', async (_what, model, tier, usd) => {
  const prices = await pricesWith();
  expect(prices.costUsd(makeReply({ model, tier, usage }))).toBeCloseTo(usd, 6);
});

test.each([
  ['a proxy that does not know the price', 'openai', 0, 0.06],
  ['the router that bills it', 'openrouter', 0, 0],
  ['a proxy that takes more', 'openai', 0.09, 0.09],
] as const)('a cost that is told by %s', async (_who, provider, billedUsd, usd) => {
  const { settings } = resolveSettings([]);
  const prices = await pricesOf(settings, { ...choice, provider }, systemClock);
  expect(prices.costUsd(makeReply({ model: 'gpt-6-luna', usage, billedUsd }))).toBeCloseTo(usd, 6);
});

test('a router that takes more than the list is expected to do so again', async () => {
  const prices = await pricesWith();
  const prompt = buildPrompt(makeBrief(), { templateText: 'Form', reasoningTokens: 0, estimateTokens });
  const before = prices.worstUsd({ prompt, tier: 'standard' }) ?? 0;
  prices.note?.({ prompt }, makeReply({ model: 'gpt-6-luna', usage, billedUsd: 0.12 }));
  const counted = prices.worstUsd({ prompt, tier: 'standard' }) ?? 0;

  expect(before).toBeGreaterThan(0);
  expect(counted / before).toBeCloseTo(2, 6);
});

test('a price in the settings overrides the price list for any model', async () => {
  const prices = await pricesWith({ 'price.input': 1, 'price.output': 2 });
  expect(prices.costUsd(makeReply({ model: 'gpt-6-sol', usage }))).toBeCloseTo(0.3, 6);
});
