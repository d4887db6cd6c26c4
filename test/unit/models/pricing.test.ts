import { expect, test } from 'vitest';
import { costUsd, priceOf, worstCaseUsd } from '../../../src/services/models/pricing.ts';

const NOW = Date.UTC(2026, 10, 20);
const price = { input: 1, cachedInput: 0.1, output: 4 };

test('cost by usage: cached tokens are cheaper, flex and batch half price', () => {
  const usage = { input: 1_000_000, cachedInput: 400_000, output: 500_000 };

  expect(costUsd(price, usage, 'standard')).toBeCloseTo(0.6 + 0.04 + 2, 10);
  expect(costUsd(price, usage, 'flex')).toBeCloseTo(1.32, 10);
  expect(costUsd(price, usage, 'batch')).toBeCloseTo(1.32, 10);
});

test('unknown is undefined, never free', async () => {
  expect(costUsd(undefined, { input: 1, cachedInput: 0, output: 1 }, 'standard')).toBeUndefined();
  expect(costUsd(price, undefined, 'standard')).toBeUndefined();
  expect(await priceOf({ provider: 'openai', model: 'a-model-of-my-own' }, NOW)).toBeUndefined();
  expect(await priceOf({ provider: 'extractive', model: 'digest-1' }, NOW)).toEqual({ input: 0, cachedInput: 0, output: 0 });
});

test('the defaults of both vendors are in the list', async () => {
  for (const [provider, model] of [
    ['openai', 'gpt-6-luna'],
    ['gemini', 'gemini-2.5-flash-lite'],
  ] as const) {
    const known = await priceOf({ provider, model }, NOW);
    expect(known?.output).toBeGreaterThan(known?.input ?? 0);
    expect(known?.cachedInput).toBeLessThan(known?.input ?? 0);
  }
});

test('settings win over the list', async () => {
  expect(await priceOf({ provider: 'openai', model: 'a-model-of-my-own', overrides: { input: 2, output: 8 } }, NOW)).toEqual({
    input: 2,
    cachedInput: 2,
    output: 8,
  });
});

test('the worst case is never below what any usage within it costs', () => {
  const worst = worstCaseUsd(price, { inputTokens: 1000, maxOutputTokens: 500 }, 'standard') ?? 0;
  expect(worst).toBeGreaterThanOrEqual(costUsd(price, { input: 1000, cachedInput: 0, output: 500 }, 'standard') ?? 0);
});
