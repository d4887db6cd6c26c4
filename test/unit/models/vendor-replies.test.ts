/** Answers as the vendors and servers behind Chat Completions send them. */

import { expect, test } from 'vitest';
import type { Prompt } from '../../../src/core/ports.ts';
import { anthropicQuirks, learnFromAnthropic } from '../../../src/services/models/anthropic/anthropic-body.ts';
import { learnLimits, type OutputLimits } from '../../../src/services/models/client/output/limits.ts';
import { buildGeminiRequest, GEMINI_QUIRKS, learnFromGemini } from '../../../src/services/models/gemini/gemini-body.ts';
import { buildOpenAiBody, learnFromRefusal, quirksOf } from '../../../src/services/models/openai/openai-body.ts';
import { readBody } from '../../../src/services/models/reply/read-body.ts';
import { errorInReply, readReply } from '../../../src/services/models/reply/read-reply.ts';

const POST = '{"title":"T"}';
const read = (body: unknown) => {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  return readReply(readBody(raw), { raw, model: 'asked', tier: 'standard' });
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
  ['MiniMax', { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 500],
  ['MiniMax, no choice', { choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }, 500],
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
  [
    'Bedrock',
    undefined,
    'ValidationException: The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
    4096,
  ],
  ['Bedrock in short', undefined, 'The maximum tokens you requested exceeds the model limit of 32768', 32_768],
  [
    'Volcengine',
    'max_tokens',
    'The parameter max_tokens specified in the request is not valid: integer above maximum value, expected a value <= 32768, but got 384000 instead. Request id: 0217724325966514087c9e55f8b322b8',
    32_768,
  ],
  [
    'a gateway that puts the reason into the field',
    'max_tokens is too large: 384000. This model supports at most 131072 completion tokens, whereas you provided 384000.',
    'Param Incorrect',
    131_072,
  ],
  ['a server with separators', undefined, 'max_tokens: at most 32,768 output tokens, got 384,000', 32_768],
  ['a server with a short range', undefined, 'max_tokens must be in [1,512]', 512],
  ['a gateway in Java', undefined, 'maxTokens must be less than or equal to 8192', 8192],
  [
    'Text Generation Inference',
    undefined,
    'Input validation error: `max_new_tokens` must be <= 1024. Given: 384000',
    1024,
  ],
  ['a server that speaks of generation', undefined, 'The number of tokens to generate must not be above 2048', 2048],
  ['Zhipu', undefined, 'max_tokens 参数非法。取值范围应为 [1, 98304]', 98_304],
] as const)('the largest output of a model is learnt from %s', (_vendor, param, message, most) => {
  const asked = { maxOutputTokens: 384_000, inputTokens: 500 } as Prompt;

  expect(learnLimits(`${param ?? ''} ${message}`, asked, {})).toEqual({ mostOutput: most });
});

test.each([
  [
    "This model's maximum context length is 4096 tokens. However, you requested 6616 tokens (568 in the messages, 6048 in the completion).",
  ],
  ['max_tokens must be at least 1, got -186.'],
  ['Requests with max_tokens > 4096 must have stream=true'],
  ['The service is limited to 3 requests'],
])('no largest output is learnt from: %s', (message) => {
  const learnt = learnLimits(message, { maxOutputTokens: 6048, inputTokens: 500 } as Prompt, {} as OutputLimits);

  expect(learnt?.mostOutput).toBeUndefined();
});

const choice = (index: number, content: string | null) => ({
  index,
  message: { role: 'assistant', content },
  finish_reason: 'stop',
});

test.each([
  ['out of order', [choice(1, 'no'), choice(0, POST)]],
  ['without an index', [{ message: { content: POST }, finish_reason: 'stop' }, choice(1, 'no')]],
  ['the first one empty', [choice(0, ''), choice(1, POST)]],
  ['the first one null', [choice(0, null), choice(1, POST)]],
])('of several choices the first with text is read: %s', (_name, choices) => {
  expect(read({ choices, usage })).toMatchObject({ text: POST, finishReason: 'stop' });
});

test.each([': OPENROUTER PROCESSING\n\n', ': ping\n: ping\r\n\r\n', ':\n\n\n', '\n\n: keep-alive\n'])(
  'comments of a stream before a plain answer are skipped: %j',
  (comments) => {
    expect(read(comments + JSON.stringify(chat({ content: POST })))).toMatchObject({ text: POST });
    expect(read(`${comments}data: ${JSON.stringify(chat({ content: POST }))}\n\ndata: [DONE]\n`)).toMatchObject({
      text: POST,
    });
  },
);

test('comments alone are no answer', () => {
  expect(readBody(': OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n')).toBeUndefined();
});

const PROMPT: Prompt = {
  inputTokens: 20,
  system: 'Write well.',
  user: 'About ferries.',
  schema: { type: 'object', properties: { title: { type: 'string' } } },
  schemaName: 'post',
  maxOutputTokens: 500,
};

test.each([
  'System role not supported',
  'TemplateError: System role not supported',
  'Conversation roles must alternate user/assistant/user/assistant/...',
  'Only user and assistant roles are supported!',
  "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
  'Developer instruction is not enabled for models/gemma-3-27b-it',
  'Unexpected role: system',
  'System messages are not supported by this model',
])('a model without a role for instructions gets them from the user: %s', (message) => {
  const learnt = learnFromRefusal(message, undefined, quirksOf('gemma', { compatible: true }));

  expect(learnt).toBeDefined();
  const { messages } = buildOpenAiBody(
    'gemma',
    { prompt: PROMPT, tier: 'standard' },
    learnt ?? quirksOf('gemma', { compatible: true }),
  );
  expect(messages).toEqual([{ role: 'user', content: 'Write well.\n\nAbout ferries.' }]);
  expect(learnFromRefusal(message, undefined, learnt ?? quirksOf('gemma', { compatible: true }))).toBeUndefined();
});

test.each([
  'The system is not able to answer',
  'system overloaded',
  'messages: expected a list',
  'Unexpected field: systems',
])('other refusals leave the instructions where they are: %s', (message) => {
  expect(learnFromRefusal(message, undefined, quirksOf('m', { compatible: true }))).toBeUndefined();
});

test("Gemma behind Google's own API takes neither instructions nor a schema apart from its message", () => {
  const one = learnFromGemini('Developer instruction is not enabled for models/gemma-3-27b-it', GEMINI_QUIRKS);
  const two = learnFromGemini('JSON mode is not enabled for models/gemma-3-27b-it', one ?? GEMINI_QUIRKS);
  const body = JSON.stringify(buildGeminiRequest('gemma-3-27b-it', PROMPT, undefined, two));

  expect(body).not.toMatch(/systemInstruction|responseSchema|responseMimeType/);
  expect(body).toMatch(/Write well\..*JSON Schema.*About ferries\./);
});

test.each([
  'The specified schema produces a constraint that has too many states for serving.',
  "* GenerateContentRequest.generation_config.response_schema.properties['x']: should be non-empty",
  'A schema in GenerationConfig in the request exceeds the maximum allowed nesting depth.',
])('Gemini is asked without a schema after: %s', (message) => {
  expect(learnFromGemini(message, GEMINI_QUIRKS)).toMatchObject({ schema: false, thinking: true });
});

test.each([
  'Schema is too complex. Reduce the number of optional parameters.',
  'Grammar compilation timed out.',
  'output_config.format: this model does not support structured outputs',
])('Anthropic is asked without a schema after: %s', (message) => {
  expect(learnFromAnthropic(message, anthropicQuirks('low'))).toMatchObject({ outputFormat: false, effort: 'low' });
});
