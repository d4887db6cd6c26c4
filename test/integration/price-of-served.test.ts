import { expect, test } from 'vitest';
import { resolveSettings } from '../../src/config/resolve.ts';
import { systemClock } from '../../src/util/clock.ts';
import { pricesOf } from '../../src/wiring/plan-writing.ts';
import { makeReply } from '../helpers/make-brief.ts';

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

test('a price in the settings overrides the price list for any model', async () => {
  const prices = await pricesWith({ 'price.input': 1, 'price.output': 2 });
  expect(prices.costUsd(makeReply({ model: 'gpt-6-sol', usage }))).toBeCloseTo(0.3, 6);
});
