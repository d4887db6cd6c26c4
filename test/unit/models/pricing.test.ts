import { expect, test } from 'vitest';
import { costUsd, loadPrices, priceOf, worstCaseUsd } from '../../../src/services/models/pricing.ts';

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
  expect(costUsd({ input: 0, cachedInput: 0, output: 0 }, undefined, 'standard')).toBe(0);
  expect(await priceOf({ provider: 'openai', model: 'a-model-of-my-own' }, NOW)).toBeUndefined();
  expect(await priceOf({ provider: 'extractive', model: 'digest-1' }, NOW)).toEqual({
    input: 0,
    cachedInput: 0,
    output: 0,
  });
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
  expect(
    await priceOf({ provider: 'openai', model: 'a-model-of-my-own', overrides: { input: 2, output: 8 } }, NOW),
  ).toEqual({
    input: 2,
    cachedInput: 2,
    output: 8,
  });
});

test('the worst case is never below what any usage within it costs', () => {
  const worst = worstCaseUsd(price, { inputTokens: 1000, maxOutputTokens: 500 }, 'standard') ?? 0;
  expect(worst).toBeGreaterThanOrEqual(costUsd(price, { input: 1000, cachedInput: 0, output: 500 }, 'standard') ?? 0);
});

const long = { input: 2, cachedInput: 0.5, cacheWrite: 3, output: 8, from: 1000 };
const tiered = { ...price, cacheWrite: 2, longContext: long };
const tokens = (input: number, cachedInput = 0, cacheWriteInput = 0, output = 0) => ({
  input,
  cachedInput,
  cacheWriteInput,
  output,
});

test.each([
  ['plain input', price, tokens(1_000_000), 1],
  ['output', price, tokens(0, 0, 0, 1_000_000), 4],
  ['what is written to the cache, at its own rate', tiered, tokens(1000, 0, 1000), 0.002],
  ['or as input where it has none', price, tokens(1000, 0, 1000), 0.001],
  ['each token once', tiered, tokens(1000, 300, 200), (500 + 30 + 400) / 1e6],
  ['never less than nothing', price, tokens(10, 100, 100), (10 + 100) / 1e6],
  ['the whole call dearer beyond the limit of the context', tiered, tokens(1001, 1, 0, 10), (2000 + 0.5 + 80) / 1e6],
  ['not yet at it', tiered, tokens(1000, 0, 0, 10), (1000 + 40) / 1e6],
])('cost: %s', (_what, rates, usage, usd) => {
  expect(costUsd(rates, usage, 'standard')).toBeCloseTo(usd, 12);
});

test.each([
  ['input and output', price, 1000, 500, 'standard', (1000 + 2000) / 1e6],
  ['half of it', price, 1000, 500, 'batch', (1000 + 2000) / 2e6],
  ['all of it where flex may be served as standard', price, 1000, 500, 'flex', (1000 + 2000) / 1e6],
  ['every token written to the cache', tiered, 1000, 0, 'standard', 2000 / 1e6],
  ['the long context', tiered, 1001, 10, 'standard', (3003 + 80) / 1e6],
] as const)('worst case: %s', (_what, rates, inputTokens, maxOutputTokens, tier, usd) => {
  expect(worstCaseUsd(rates, { inputTokens, maxOutputTokens }, tier)).toBeCloseTo(usd, 12);
});

test('the worst case of an unknown price is unknown', () => {
  expect(worstCaseUsd(undefined, { inputTokens: 1, maxOutputTokens: 1 }, 'standard')).toBeUndefined();
});

const GEMINI_PRO = { input: 1.25, cachedInput: 0.125, output: 10 };

test.each([
  ['of a vendor', { provider: 'openai', model: 'gpt-4o-mini' }, { input: 0.15, cachedInput: 0.075, output: 0.6 }],
  [
    'of Gemini, dearer beyond a limit',
    { provider: 'gemini', model: 'gemini-2.5-pro' },
    { ...GEMINI_PRO, longContext: { input: 2.5, cachedInput: 0.25, output: 15, from: 200_000 } },
  ],
  [
    'of a vendor behind another address, cache writes included',
    { provider: 'openai', model: 'claude-sonnet-4-5', baseUrl: 'https://api.anthropic.com/v1' },
    {
      input: 3,
      cachedInput: 0.3,
      cacheWrite: 3.75,
      output: 15,
      longContext: { input: 6, cachedInput: 0.6, cacheWrite: 7.5, output: 22.5, from: 200_000 },
    },
  ],
  ['of a model that is not listed', { provider: 'openai', model: 'claude-sonnet-4-5-of-mine' }, undefined],
  ['of a model without output', { provider: 'openai', model: 'text-embedding-3-small' }, undefined],
  [
    'of a name that another vendor has',
    { provider: 'openai', model: 'x', baseUrl: 'http://localhost:1/v1' },
    undefined,
  ],
  [
    'with one rate from the settings, flat',
    { provider: 'gemini', model: 'gemini-2.5-pro', overrides: { output: 3 } },
    { ...GEMINI_PRO, output: 3 },
  ],
  [
    'with a cheaper input, which the cache cannot exceed',
    { provider: 'gemini', model: 'gemini-2.5-pro', overrides: { input: 0.01 } },
    { ...GEMINI_PRO, input: 0.01, cachedInput: 0.01 },
  ],
  [
    'with a cached rate from the settings',
    { provider: 'openai', model: 'gpt-4o-mini', overrides: { cachedInput: 0.01 } },
    { input: 0.15, cachedInput: 0.01, output: 0.6 },
  ],
  [
    'with no override set',
    { provider: 'openai', model: 'gpt-4o-mini', overrides: { input: undefined, output: undefined } },
    { input: 0.15, cachedInput: 0.075, output: 0.6 },
  ],
  [
    'with all of it from the settings',
    { provider: 'openai', model: 'mine', overrides: { input: 2, cachedInput: 1, output: 8 } },
    { input: 2, cachedInput: 1, output: 8 },
  ],
] as const)('the price %s', async (_what, options, expected) => {
  expect(await priceOf(options, Date.UTC(2026, 0, 1))).toEqual(expected);
});

test('one load of the list answers for every model and date', async () => {
  const list = await loadPrices();
  expect(list({ provider: 'openai', model: 'gpt-6-luna' }, NOW)).toMatchObject({ input: 0.1, output: 0.5 });
  expect(list({ provider: 'anthropic', model: 'claude-haiku-4-5' }, NOW)).toMatchObject({ input: 1, output: 5 });
  expect(list({ provider: 'openrouter', model: 'openai/gpt-4o-mini' }, NOW)).toMatchObject({ input: 0.15 });
  expect(list({ provider: 'ollama', model: 'gpt-4o-mini', baseUrl: 'http://localhost:11434/v1' }, NOW)).toMatchObject({
    input: 0,
    output: 0,
  });
  expect(list({ provider: 'azure', model: 'my-deployment' }, NOW)).toBeUndefined();
});
