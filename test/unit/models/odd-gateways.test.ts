/** What gateways, routers and local servers say of a call in other places and words than vendors do, after reports by their users. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import { PROVIDERS } from '../../../src/services/models/providers.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief } from '../../helpers/make-brief.ts';
import { chat, chunk, NOW, openOutcomes, type Row, said, sse, TEXT, usage } from '../../helpers/odd-outcomes.ts';
import { startTinyServer } from '../../helpers/odd-server.ts';

let odd: Awaited<ReturnType<typeof openOutcomes>>;
beforeAll(async () => {
  odd = await openOutcomes();
});
afterAll(() => odd.close());

const counted = (told: unknown) => ({ body: chat({ content: TEXT }, { usage: told }) });
const ZEROS = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
const PAID = { money: 'paid', next: 'post', usage: { input: 900, cachedInput: 0, output: 200 } } as const;
const message = (begun: object, ended: object) =>
  sse(
    { type: 'message_start', message: { model: 'm', usage: begun } },
    { type: 'content_block_delta', delta: { type: 'text_delta', text: TEXT } },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: ended },
    { type: 'message_stop' },
  );
const END = chunk({}, { finish_reason: 'stop' });

const COUNTS: readonly Row[] = [
  [
    'zeros under one name, counts under another',
    'openai',
    counted({ ...ZEROS, input_tokens: 900, output_tokens: 200 }),
    PAID,
  ],
  [
    'a zero output beside the real one',
    'openai',
    counted({ prompt_tokens: 900, completion_tokens: 0, output_tokens: 200 }),
    PAID,
  ],
  ['in camel case', 'openai', counted({ promptTokens: 900, completionTokens: 200, totalTokens: 1100 }), PAID],
  [
    "Google's in snake case, beside the answer",
    'openai',
    {
      body: chat(
        { content: TEXT },
        { usage: undefined, usage_metadata: { prompt_token_count: 900, candidates_token_count: 200 } },
      ),
    },
    PAID,
  ],
  [
    'cached in the names of an SDK',
    'openai',
    counted({ inputTokens: 900, outputTokens: 200, inputTokensDetails: { cachedTokens: 100 } }),
    { ...PAID, usage: { input: 900, cachedInput: 100, output: 200 } },
  ],
  [
    'whole at first, zeros at the end of a stream',
    'openai',
    sse(chunk({ content: TEXT }), END, { usage }, { usage: ZEROS }, '[DONE]'),
    PAID,
  ],
  [
    'zeros with every part of a stream but the last',
    'openai',
    sse({ ...chunk({ content: TEXT }), usage: ZEROS }, { ...END, usage }, '[DONE]'),
    PAID,
  ],
  [
    "Anthropic's, repeated as zeros",
    'anthropic',
    message({ input_tokens: 900, output_tokens: 1 }, { input_tokens: 0, output_tokens: 200 }),
    PAID,
  ],
  [
    "Anthropic's, zeros until the end",
    'anthropic',
    message({ input_tokens: 0, output_tokens: 0 }, { input_tokens: 900, output_tokens: 200 }),
    PAID,
  ],
];

const PLACES: readonly Row[] = [
  [
    'as parts with a text of their own',
    'openai',
    { body: chat({ content: [{ type: 'text', text: { value: TEXT } }] }) },
    PAID,
  ],
  [
    'parsed, beside an absent content',
    'openai',
    { body: chat({ content: null, parsed: JSON.parse(TEXT) as unknown }) },
    PAID,
  ],
  [
    'as parts of the arguments of a tool',
    'openai',
    sse(
      chunk({ tool_calls: [{ index: 0, function: { name: 'post', arguments: TEXT.slice(0, 40) } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: TEXT.slice(40) } }] }),
      chunk({}, { finish_reason: 'tool_calls' }),
      { usage },
      '[DONE]',
    ),
    PAID,
  ],
  [
    'in the lines of Ollama',
    'openai',
    {
      body: [
        { model: 'm', message: { content: TEXT.slice(0, 40) }, done: false },
        { model: 'm', message: { content: TEXT.slice(40) }, done: false },
        {
          model: 'm',
          message: { content: '' },
          done: true,
          done_reason: 'stop',
          prompt_eval_count: 900,
          eval_count: 200,
        },
      ]
        .map((line) => JSON.stringify(line))
        .join('\n'),
    },
    PAID,
  ],
  [
    'in the last event of Responses',
    'openai',
    sse(
      { type: 'response.created', response: { id: 'r' } },
      { type: 'response.output_text.delta', delta: TEXT },
      {
        type: 'response.completed',
        response: {
          model: 'm',
          status: 'completed',
          output: [{ type: 'message', content: [{ type: 'output_text', text: TEXT }] }],
          usage: { input_tokens: 900, output_tokens: 200, total_tokens: 1100 },
        },
      },
    ),
    PAID,
  ],
];

/** The whole limit of the prompt is used, and the text has no end. */
const LIMIT = { prompt_tokens: 900, completion_tokens: 100_000, total_tokens: 100_900 };
const CUT = TEXT.slice(0, 80);
const ENDS: readonly Row[] = [
  [
    'stop, at the limit and without an end',
    'openai',
    { body: chat({ content: CUT }, { usage: LIMIT }) },
    { next: 'more room' },
  ],
  [
    'none, at the limit and without an end',
    'openai',
    { body: chat({ content: CUT }, { usage: LIMIT }, null) },
    { next: 'more room' },
  ],
  ['stop, at the limit and whole', 'openai', { body: chat({ content: TEXT }, { usage: LIMIT }) }, { next: 'post' }],
  [
    'stop, whole in a fence',
    'openai',
    { body: chat({ content: `\`\`\`json\n${TEXT}\n\`\`\`` }, { usage: LIMIT }) },
    { next: 'post' },
  ],
  ['stop, far from the limit', 'openai', { body: chat({ content: CUT }) }, { next: 'repair' }],
  ['ERROR_LIMIT (Cohere)', 'openai', { body: chat({ content: CUT }, {}, 'ERROR_LIMIT') }, { next: 'more room' }],
  ['time_limit (watsonx)', 'openai', { body: chat({ content: CUT }, {}, 'time_limit') }, { next: 'more room' }],
];

const refused = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers });
const hooks = (before: boolean) =>
  refused(446, {
    ...said('The guardrail checks defined in the config failed.', { type: 'hooks_failed' }),
    hook_results: {
      before_request_hooks: [{ verdict: before }],
      after_request_hooks: before ? [{ verdict: false }] : [],
    },
  });
const ungenerated = (failed_generation: string) =>
  refused(
    400,
    said('Failed to generate JSON. Please adjust your prompt.', { code: 'json_validate_failed', failed_generation }),
  );
const RAN = { money: 'unknown', next: 'page fails' } as const;
const AGAIN = { money: 'free', next: 'again' } as const;

const RUNS: readonly Row[] = [
  ['Portkey: a guardrail after the answer', 'openai', hooks(true), RAN],
  ['Portkey: a guardrail before the call', 'openai', hooks(false), { money: 'free', next: 'page fails' }],
  [
    'Cloudflare: the response is blocked',
    'openai',
    refused(424, {
      success: false,
      error: [{ code: 2017, message: 'Response blocked due to security configurations' }],
    }),
    RAN,
  ],
  [
    'Cloudflare: the prompt is blocked',
    'openai',
    refused(424, { success: false, error: [{ code: 2016, message: 'Prompt blocked due to security configurations' }] }),
    { money: 'free', next: 'page fails' },
  ],
  [
    'a gateway that names the completion',
    'openai',
    refused(400, said('The model completion was flagged by the output scanner')),
    RAN,
  ],
  [
    'Azure: the prompt is the cause',
    'openai',
    refused(
      400,
      said("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
        code: 'content_filter',
      }),
    ),
    { money: 'free', next: 'page fails' },
  ],
  [
    'Text Generation Inference: a fault during the work',
    'openai',
    refused(424, {
      error: 'Request failed during generation: Server error: CUDA out of memory',
      error_type: 'generation',
    }),
    RAN,
  ],
  ['Groq: no JSON and no text', 'openai', ungenerated(''), { money: 'unknown', next: 'repair' }],
  [
    'Groq: no room for the answer',
    'openai',
    ungenerated('max completion tokens reached before generating a valid document'),
    { money: 'unknown', next: 'more room' },
  ],
  [
    'SGLang: its router waited too long',
    'openai',
    refused(502, said('Upstream request timed out', { type: 'Bad Gateway', code: 'upstream_timeout' })),
    RAN,
  ],
  ['OpenRouter: idle for too long', 'openai', refused(502, said('Upstream idle timeout exceeded', { code: 502 })), RAN],
  [
    'LiteLLM: a read timed out',
    'openai',
    refused(500, said('litellm.APIConnectionError: OpenAIException - Read timed out.', { code: '500' })),
    RAN,
  ],
  [
    'New API: a deadline',
    'openai',
    refused(
      500,
      said('do request failed: Post "https://api.x/v1": context deadline exceeded', { code: 'do_request_failed' }),
    ),
    RAN,
  ],
  [
    'a gateway whose connection was reset',
    'openai',
    refused(502, said('upstream error: read tcp 10.0.0.1: connection reset by peer')),
    RAN,
  ],
  ['a gateway of Node', 'openai', refused(500, said('request to https://api.x failed, reason: socket hang up')), RAN],
  ['a gateway of Python', 'openai', refused(500, said('Server disconnected without sending a response.')), RAN],
  ['a timeout at 200', 'openai', { body: said('Request timed out', { code: 500 }) }, RAN],
  ['a timeout at 200 as a text', 'openai', { body: { error: 'upstream timed out' } }, RAN],
  [
    'a gateway that could not connect',
    'openai',
    refused(502, said('dial tcp 10.0.0.1:443: connect: connection refused')),
    AGAIN,
  ],
  ['a gateway that waited for a connection', 'openai', refused(502, said('upstream connect timeout')), AGAIN],
  [
    'a fault of the server itself',
    'openai',
    refused(500, said('The server had an error while processing your request.', { type: 'server_error' })),
    AGAIN,
  ],
  [
    'LM Studio: the model crashed',
    'openai',
    refused(400, { error: 'The model has crashed without additional information. (Exit code: 1)' }),
    AGAIN,
  ],
  [
    'Ollama: the runner ended',
    'openai',
    refused(500, said('llama runner process has terminated: exit status 2')),
    AGAIN,
  ],
  [
    'Groq: a tier without capacity',
    'openai',
    refused(498, said('Flex tier capacity exceeded', { code: 'capacity_exceeded' })),
    AGAIN,
  ],
  [
    'DashScope: what the model wrote is refused',
    'openai',
    refused(400, said('Output data may contain inappropriate content.', { code: 'data_inspection_failed' })),
    RAN,
  ],
  [
    'DashScope: what it was given is refused',
    'openai',
    refused(400, said('Input data may contain inappropriate content.', { code: 'data_inspection_failed' })),
    { money: 'free', next: 'page fails' },
  ],
  ['Baidu: a limit at 200', 'openai', { body: { error_code: 336501, error_msg: 'Rpm limit reached' } }, AGAIN],
  [
    'Azure: too many files',
    'openai',
    refused(400, said('The quota for files without expiry is reached. The maximum is 500.', { code: 'quotaExceeded' })),
    { money: 'free', next: 'run ends' },
  ],
  [
    'a format of answers that is refused',
    'openai',
    refused(400, said('response_format of this type was rejected; max_output_tokens is rejected as well')),
    { money: 'free', next: 'page fails' },
  ],
  ['too early', 'openai', refused(425, said('Too early')), AGAIN],
  ['locked while it is deployed', 'openai', refused(423, said('The deployment is being updated')), AGAIN],
  [
    'a limit at 200 by a code of its own',
    'openai',
    { body: { statusCode: 429, message: 'Rate limit exceeded, retry in 3 seconds' } },
    { ...AGAIN, waitMs: 3000 },
  ],
];

const limit = (more: object, headers: Record<string, string> = {}) => refused(429, said('Rate limited', more), headers);
const QUOTA = 'You exceeded your current quota, please check your plan and billing details.';
const google = (text: string) => refused(429, { error: { code: 429, message: text, status: 'RESOURCE_EXHAUSTED' } });
const WAITS: readonly Row[] = [
  [
    'a time in seconds',
    'openai',
    limit({}, { 'retry-after': `${Math.round(NOW / 1000) + 30}` }),
    { ...AGAIN, waitMs: 30_000 },
  ],
  ['a time in milliseconds', 'openai', limit({}, { 'retry-after': `${NOW + 30_000}` }), { ...AGAIN, waitMs: 30_000 }],
  ['many decimals', 'openai', limit({}, { 'retry-after': '2.1280000000001' }), { ...AGAIN, waitMs: 2129 }],
  ['the header twice', 'openai', limit({}, { 'retry-after': '5, 5' }), { ...AGAIN, waitMs: 5000 }],
  ['another header', 'openai', limit({}, { 'x-ratelimit-reset-after': '6' }), { ...AGAIN, waitMs: 6000 }],
  [
    'a header of the minute (Cerebras)',
    'openai',
    refused(
      429,
      { message: 'Tokens per minute limit exceeded', type: 'too_many_tokens_error', code: 'token_quota_exceeded' },
      { 'x-ratelimit-remaining-tokens-minute': '0', 'x-ratelimit-reset-tokens-minute': '11.4' },
    ),
    { ...AGAIN, waitMs: 11_400 },
  ],
  [
    'a quota of the minute',
    'openai',
    refused(429, { message: 'Requests per minute limit exceeded', code: 'request_quota_exceeded' }),
    AGAIN,
  ],
  [
    'a quota of the day',
    'openai',
    refused(429, { message: 'Requests per day limit exceeded', code: 'request_quota_exceeded' }),
    { money: 'free', next: 'run ends' },
  ],
  [
    'a time of another zone',
    'openai',
    refused(429, said('The usage quota is exceeded. It will reset at 2026-02-05 20:05:00 +0800 CST.')),
    { ...AGAIN, waitMs: 300_000 },
  ],
  ['nothing that can be read', 'openai', limit({}, { 'retry-after': '-5' }), { ...AGAIN, waitMs: undefined }],
  ['a member of the error', 'openai', limit({ retry_after: 12 }), { ...AGAIN, waitMs: 12_000 }],
  [
    'a member in milliseconds',
    'openai',
    refused(429, { message: 'Rate limited', retry_after_ms: 1200 }),
    { ...AGAIN, waitMs: 1200 },
  ],
  ['a member in camel case', 'openai', limit({ retryAfter: '7' }), { ...AGAIN, waitMs: 7000 }],
  [
    'the metadata of a router',
    'openai',
    limit({ metadata: { raw: 'x', retry_after_seconds: 15 } }),
    { ...AGAIN, waitMs: 15_000 },
  ],
  [
    'an empty account, with a wait all the same',
    'openai',
    refused(429, said(QUOTA, { type: 'insufficient_quota' }), { 'retry-after': '20' }),
    { money: 'free', next: 'run ends' },
  ],
  [
    'an empty account, called too many requests',
    'openai',
    refused(429, said('Too many requests', { code: 'insufficient_quota' })),
    { money: 'free', next: 'run ends' },
  ],
  [
    "Google's credit that is used up",
    'gemini',
    google('Your prepayment credits are depleted. Please go to AI Studio to manage your project and billing.'),
    { money: 'free', next: 'run ends' },
  ],
  ["Google's words for every limit", 'gemini', google(QUOTA), AGAIN],
];

test.each(COUNTS)('counts that are %s (%s)', async (_who, vendor, answer, expected) => {
  expect(await odd.outcomeOf(vendor, answer)).toMatchObject(expected);
});

test.each(PLACES)('an answer %s (%s)', async (_who, vendor, answer, expected) => {
  expect(await odd.outcomeOf(vendor, answer)).toMatchObject(expected);
});

test.each(ENDS)('a finish reason of %s (%s)', async (_who, vendor, answer, expected) => {
  expect(await odd.outcomeOf(vendor, answer)).toMatchObject(expected);
});

test.each(RUNS)('%s (%s)', async (_who, vendor, answer, expected) => {
  expect(await odd.outcomeOf(vendor, answer)).toMatchObject(expected);
});

test.each(WAITS)('a limit that asks to wait by %s (%s)', async (_who, vendor, answer, expected) => {
  const outcome = await odd.outcomeOf(vendor, answer);

  expect(outcome).toMatchObject(expected);
  if ('waitMs' in expected) expect(outcome.waitMs).toBe(expected.waitMs);
});

test.each([
  ['openai', '/v1/chat/completions', '/v1/chat/completions'],
  ['openai', '/v1/chat/completions/', '/v1/chat/completions'],
  ['openai', '/v1', '/v1/chat/completions'],
  ['anthropic', '', '/v1/messages'],
  ['anthropic', '/v1', '/v1/messages'],
  ['anthropic', '/proxy/v1/messages', '/proxy/v1/messages'],
  ['gemini', '/v1beta', '/v1beta/models/m:generateContent'],
  ['gemini', '/v1beta/models/', '/v1beta/models/m:generateContent'],
] as const)('%s at the base URL %j is asked at %s', async (vendor, path, expected) => {
  const asked: string[] = [];
  const server = await startTinyServer((_method, url) => {
    asked.push(url);
    return { refuse: { status: 500, body: said('down') } };
  });
  const options = { model: 'm', apiKey: 'k', baseUrl: `${server.url}${path}` };
  const brief = makeBrief();
  const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });
  const request = { id: 'call', brief, tier: 'standard', prompt } as const;
  await PROVIDERS[vendor]
    .create(options)
    .answer(request, new AbortController().signal)
    .catch(() => {});
  await server.close();

  expect(asked).toEqual([expected]);
});
