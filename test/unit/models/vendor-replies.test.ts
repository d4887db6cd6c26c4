/** Answers as the vendors and servers behind Chat Completions send them. */

import { expect, test } from 'vitest';
import { learnFromRefusal, quirksOf } from '../../../src/services/models/openai/openai-body.ts';
import { errorInReply, readOpenAiReply } from '../../../src/services/models/openai/openai-reply.ts';
import { readBody } from '../../../src/services/models/openai/read-body.ts';

const POST = '{"title":"T"}';
const read = (body: unknown) => {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  return readOpenAiReply(readBody(raw), { raw, model: 'asked', tier: 'standard' });
};
const usage = { prompt_tokens: 900, completion_tokens: 200, total_tokens: 1100 };
const chat = (message: object, more: object = {}, finish: unknown = 'stop') => ({
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
  usage,
  ...more,
});

test.each([
  ['OpenRouter', chat({ content: POST, refusal: null, reasoning: null }, { provider: 'X' })],
  [
    'Mistral, thoughts and text as parts',
    chat({
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
        { type: 'text', text: POST },
      ],
    }),
  ],
  ['vLLM, no content and a reasoning parser', chat({ content: null, reasoning_content: POST })],
  ['DeepSeek, empty lines sent to keep the connection open', `\n\n\n${JSON.stringify(chat({ content: POST }))}`],
  [
    'OpenRouter, comments before a stream',
    `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\ndata: ${JSON.stringify({ model: 'm', choices: [{ delta: { content: POST }, finish_reason: 'stop' }], usage })}\n\ndata: [DONE]\n\n`,
  ],
  [
    'Groq, timings beside the usage',
    chat({ content: POST }, { usage: { ...usage, queue_time: 0.01, prompt_time: 0.002 }, x_groq: { id: 'r' } }),
  ],
  [
    'Ollama by its own path',
    {
      model: 'm',
      message: { role: 'assistant', content: POST },
      done_reason: 'stop',
      done: true,
      prompt_eval_count: 900,
      eval_count: 200,
    },
  ],
  [
    'the Responses API',
    {
      model: 'm',
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ type: 'output_text', text: POST }] },
      ],
      usage: { input_tokens: 900, output_tokens: 200, total_tokens: 1100 },
    },
  ],
  ['Cloudflare', { result: { response: POST, usage }, success: true, errors: [], messages: [] }],
  ['Cloudflare, as JSON', { result: { response: { title: 'T' }, usage }, success: true, errors: [] }],
  ['a gateway that wraps the answer', { code: 0, data: chat({ content: POST }) }],
  ['an old completion', { model: 'm', choices: [{ text: POST, finish_reason: 'stop' }], usage }],
  [
    'Anthropic behind a gateway',
    {
      type: 'message',
      model: 'm',
      content: [{ type: 'text', text: POST }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 900, output_tokens: 200 },
    },
  ],
] as const)('%s is read, with its usage', (_vendor, body) => {
  expect(read(body)).toMatchObject({ text: POST, finishReason: 'stop', usage: { input: 900, output: 200 } });
});

test.each([
  ['OpenRouter', { ...usage, cost: 0.00042, cost_details: { upstream_inference_cost: null } }, 0.00042],
  [
    'OpenRouter, a key of the user at the vendor',
    { ...usage, cost: 0.00002, is_byok: true, cost_details: { upstream_inference_cost: 0.0004 } },
    0.00042,
  ],
  ['OpenRouter, a free model', { ...usage, cost: 0 }, 0],
  [
    'Perplexity',
    {
      ...usage,
      cost: { input_tokens_cost: 0.0001, output_tokens_cost: 0.0002, request_cost: 0.005, total_cost: 0.0053 },
    },
    0.0053,
  ],
  ['xAI', { ...usage, cost_in_usd_ticks: 4_200_000 }, 0.00042],
  ['a server that names none', usage, undefined],
  ['a cost that is no number', { ...usage, cost: 'n/a' }, undefined],
  ['a negative cost', { ...usage, cost: -1 }, undefined],
] as const)('what was billed is what %s says', (_vendor, told, usd) => {
  const { billedUsd } = read(chat({ content: POST }, { usage: told }));

  if (usd === undefined) expect(billedUsd).toBeUndefined();
  else expect(billedUsd).toBeCloseTo(usd, 10);
});

test.each([
  ['max_new_tokens', 'length'],
  ['token_limit_reached', 'length'],
  ['insufficient_system_resource', 'length'],
  ['MAX_TOKENS', 'length'],
  ['prohibited_content', 'safety'],
  ['guardrail_intervened', 'safety'],
  ['BLOCKLIST', 'safety'],
  ['content_filtered', 'safety'],
  ['sensitive', 'safety'],
  ['SPII', 'safety'],
  ['language', 'stop'],
  ['stop_str', 'stop'],
  ['ERROR', 'other'],
  ['abort', 'other'],
] as const)('an answer that ended by %s ended by %s', (word, reason) => {
  expect(read(chat({ content: POST }, {}, word)).finishReason).toBe(reason);
});

test.each([
  ['OpenRouter', { error: { message: 'Internal Server Error', code: 500 }, user_id: 'u' }, 500],
  [
    'OpenRouter, in the choice',
    {
      choices: [{ error: { code: 502, message: 'Upstream error' }, finish_reason: 'error', message: { content: '' } }],
    },
    502,
  ],
  [
    'SGLang',
    { object: 'error', message: 'The input is longer than the context length', type: 'BadRequestError', code: 400 },
    400,
  ],
  ['FastAPI behind a gateway', { detail: 'Model not loaded' }, 400],
  ['Cloudflare', { result: null, success: false, errors: [{ code: 5007, message: 'No such model' }] }, 400],
  ['MiniMax', { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 400],
  ['a gateway with a code of its own', { code: 50001, msg: 'quota used up', data: null }, 400],
] as const)('an error of %s at status 200 is an error, and nothing was paid', (_vendor, body, status) => {
  expect(errorInReply(body)).toMatchObject({ status, ownWords: true });
});

test('what a model wrote stays usable where the server refuses it as no JSON', () => {
  const body = {
    error: {
      message: 'Failed to generate JSON',
      type: 'invalid_request_error',
      code: 'json_validate_failed',
      failed_generation: `\`\`\`json\n${POST}\n\`\`\``,
    },
  };

  expect(read(body)).toMatchObject({ text: expect.stringContaining(POST), finishReason: 'stop', usage: undefined });
});

test.each([
  [
    'Groq',
    'max_completion_tokens',
    '`max_completion_tokens` must be less than or equal to `8192`, the maximum value for `max_completion_tokens` is less than the `context_window` for this model',
    8192,
  ],
  ['Groq', undefined, 'max_tokens for `m` must be less than or equal to 8000', 8000],
  ['DeepSeek', undefined, 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8192],
  ['Ollama', undefined, "max_tokens (384000) exceeds model's maximum output tokens (65536) for model x:0731", 65_536],
  [
    'OpenAI',
    'max_tokens',
    'max_tokens is too large: 384000. This model supports at most 4096 completion tokens, whereas you provided 384000.',
    4096,
  ],
  ['Fireworks', undefined, 'Requests with max_tokens > 4096 must have stream=true', 4096],
  ['a router', undefined, 'Provider returned error: ExampleAI: max_tokens must be at most 2048 for this model', 2048],
  [
    'Anthropic behind a gateway',
    undefined,
    'max_tokens: 384000 > 8192, which is the maximum allowed number of output tokens for x',
    8192,
  ],
  ['DashScope', undefined, 'Range of max_tokens should be [1, 8192]', 8192],
  [
    'Cohere',
    undefined,
    'too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model',
    4096,
  ],
] as const)('the largest output of a model is learnt from %s', (_vendor, param, message, most) => {
  const quirks = quirksOf('m', { compatible: true });

  expect(learnFromRefusal(message, param, quirks, 384_000)).toEqual({ ...quirks, mostOutput: most });
});

test.each([
  [
    "This model's maximum context length is 4096 tokens. However, you requested 6616 tokens (568 in the messages, 6048 in the completion).",
  ],
  ['max_tokens must be at least 1, got -186.'],
  ['The service is limited to 3 requests'],
])('no largest output is learnt from: %s', (message) => {
  expect(learnFromRefusal(message, undefined, quirksOf('m', { compatible: true }), 6048)).toBeUndefined();
});
