import { expect, test } from 'vitest';
import { PROVIDER_NAMES } from '../../../src/core/providers.ts';
import { chooseProvider } from '../../../src/services/models/choose-provider.ts';
import { findProvider, PROVIDERS } from '../../../src/services/models/providers.ts';

test('every name has its descriptor', () => {
  for (const name of PROVIDER_NAMES) expect(PROVIDERS[name].name).toBe(name);
  expect(findProvider('toString')).toBeUndefined();
});

test.each([
  ['no key', {}, {}, 'extractive'],
  ['an empty key', {}, { OPENAI_API_KEY: ' ' }, 'extractive'],
  ['one key', {}, { GEMINI_API_KEY: 'g' }, 'gemini'],
  ['two keys', {}, { GEMINI_API_KEY: 'g', OPENAI_API_KEY: 's' }, 'openai'],
  ['a server of its own', { baseUrl: 'http://localhost:11434/v1' }, {}, 'openai'],
  ["the vendor's own address without a key", { baseUrl: 'https://api.openai.com/v1' }, {}, 'extractive'],
  ['a Gemini server of its own', { geminiBaseUrl: 'http://localhost:1/' }, {}, 'gemini'],
] as const)('auto with %s', (_what, settings, keys, provider) => {
  expect(chooseProvider({ provider: 'auto', ...settings }, keys).provider).toBe(provider);
});

test("GOOGLE_API_KEY wins, as in Google's SDK", () => {
  expect(chooseProvider({ provider: 'gemini' }, { GEMINI_API_KEY: 'a', GOOGLE_API_KEY: 'b' }).apiKey).toBe('b');
});

test.each(['"sk-1"', "'sk-1'", ' "sk-1" ', '" sk-1 "', 'sk-1\n'])('a key as Docker passes it on: %j', (key) => {
  expect(chooseProvider({ provider: 'openai' }, { OPENAI_API_KEY: key }).apiKey).toBe('sk-1');
});

test('a vendor without its key is refused with the name of the variable', () => {
  expect(() => chooseProvider({ provider: 'gemini' }, {})).toThrow(
    expect.objectContaining({ code: 'PROVIDER_KEY_MISSING', message: expect.stringContaining('GEMINI_API_KEY') }),
  );
});
