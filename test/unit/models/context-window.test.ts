import { expect, test } from 'vitest';
import type { Prompt } from '../../../src/core/ports.ts';
import { roomIn, windowIn } from '../../../src/services/models/client/output/context-window.ts';

const prompt = (inputTokens: number) => ({ inputTokens, maxOutputTokens: 4_000 }) as Prompt;

test.each([
  [
    'vLLM',
    "This model's maximum context length is 4096 tokens. However, you requested 4500 tokens (500 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
  ],
  [
    'vLLM of 2025',
    "'max_tokens' or 'max_completion_tokens' is too large: 4000. This model's maximum context length is 4096 tokens and your request has 500 input tokens (4000 > 4096 - 500).",
  ],
  [
    'SGLang',
    "Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 4500 tokens: 500 tokens from the input messages and 4000 tokens for the completion.",
  ],
  [
    'text-generation-inference',
    'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 500 `inputs` tokens and 4000 `max_new_tokens`',
  ],
  [
    'OpenRouter',
    "This endpoint's maximum context length is 4096 tokens. However, you requested about 4500 tokens (500 of text input, 4000 in the output). Please reduce the length of either one.",
  ],
  [
    'Anthropic',
    'input length and `max_tokens` exceed context limit: 500 + 4000 > 4096, decrease input length or `max_tokens` and try again',
  ],
  ['with separators', 'The maximum context length is 4,096 tokens, you asked for 500 + 4000.'],
  ['DeepInfra', 'Requested tokens (4500) exceed context window of 4096: prompt 500, completion 4000'],
])('the context and what a prompt took of it is read from %s', (_server, message) => {
  const window = windowIn(message, prompt(400), 4_000);

  expect(window).toEqual({ tokens: 4096, perEstimated: 1.25 });
  // The same prompt fits now, and one of half its length has more room.
  expect(window === undefined ? 0 : roomIn(window, prompt(400)) + 500).toBeLessThanOrEqual(4096);
  expect(window === undefined ? 0 : roomIn(window, prompt(200))).toBe(4096 - 258);
});

test.each([
  [
    'the prompt alone is too long',
    'The maximum context length is 4096 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion).',
  ],
  [
    'next to nothing is left',
    'The maximum context length is 4096 tokens. However, you requested 8000 tokens (4000 in the messages, 4000 in the completion).',
  ],
  ['only the size is named', "This model's maximum context length is 4096 tokens"],
  ['it is about the output alone', 'max_tokens is too large: 4000. This model supports at most 2048 completion tokens'],
  ['another output is named', 'context length is 4096: 500 in the messages, 3000 in the completion'],
  ['the size is compared with the output alone', 'max_tokens: 4000 > 2048, the most output of claude-haiku-4-5'],
  [
    'the number beside it is an id',
    'prompt refused: integer above maximum value, expected <= 2048, but got 4000. Request 21',
  ],
  ['it is about a rate', 'Request too large on tokens per minute (TPM): Limit 6000, Requested 7036'],
  ['there are no numbers', 'input length exceeds the context length'],
])('nothing is read where %s', (_what, message) => {
  expect(windowIn(message, prompt(400), 4_000)).toBeUndefined();
});
