/** Odd answers of vendors, routers, gateways and local servers, after reports by their users: what each means for money, for the run, and for the reader. */

import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnthropicModel } from '../../../src/services/models/anthropic/anthropic.ts';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import { createGeminiModel } from '../../../src/services/models/gemini/gemini.ts';
import { createOpenAiModel } from '../../../src/services/models/openai/openai.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief, POST } from '../../helpers/make-brief.ts';
import { chat, chunk, clock, NOW, openOutcomes, type Row, said, sse, TEXT, usage } from '../../helpers/odd-outcomes.ts';
import { startTinyServer } from '../../helpers/odd-server.ts';

let odd: Awaited<ReturnType<typeof openOutcomes>>;
const outcomeOf: typeof odd.outcomeOf = (vendor, answer) => odd.outcomeOf(vendor, answer);
beforeAll(async () => {
  odd = await openOutcomes();
});
afterAll(() => odd.close());

const ERRORS_AT_200: readonly Row[] = [
  [
    'OpenRouter: an error before any text',
    'openai',
    { body: said('Internal Server Error', { code: 500 }) },
    { money: 'free', next: 'again' },
  ],
  [
    'OpenRouter: the vendor behind it broke off, half of a text in the choice',
    'openai',
    {
      body: {
        choices: [
          {
            error: { code: 502, message: 'Network connection lost.' },
            finish_reason: 'error',
            message: { content: TEXT.slice(0, 60) },
          },
        ],
      },
    },
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'a stream that begins with its error',
    'openai',
    sse(said('Overloaded', { type: 'overloaded_error' })),
    { money: 'free', next: 'again' },
  ],
  [
    'a stream whose error follows a part of the text',
    'openai',
    sse(chunk({ content: TEXT.slice(0, 60) }), said('Overloaded', { type: 'overloaded_error' })),
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'LM Studio: a stream of an error with its message twice',
    'openai',
    sse({ error: { message: 'Compute error.' }, message: 'Compute error.' }),
    { money: 'free', next: 'again' },
  ],
  [
    'Anthropic: an error object at 200',
    'anthropic',
    { body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } },
    { money: 'free', next: 'again' },
  ],
  [
    'Anthropic: a stream that nobody asked for, with an error in it',
    'anthropic',
    sse(
      { type: 'message_start', message: { model: 'c', usage: { input_tokens: 900, output_tokens: 1 } } },
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    ),
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'Gemini behind a gateway: an error object at 200',
    'gemini',
    { body: { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } } },
    { money: 'free', next: 'again' },
  ],
  ['an empty body', 'openai', { body: '' }, { money: 'unknown', next: 'page fails' }],
  ['an empty object', 'openai', { body: {} }, { money: 'unknown', next: 'page fails' }],
  [
    'null',
    'openai',
    { headers: { 'content-type': 'application/json' }, body: 'null' },
    { money: 'unknown', next: 'page fails' },
  ],
  ['an empty list', 'openai', { body: [] }, { money: 'unknown', next: 'page fails' }],
  ['an empty body of Anthropic', 'anthropic', { body: '' }, { money: 'unknown', next: 'page fails' }],
  ['an empty object of Anthropic', 'anthropic', { body: {} }, { money: 'unknown', next: 'page fails' }],
  ['an empty object of Gemini', 'gemini', { body: {} }, { money: 'unknown', next: 'page fails' }],
  [
    'no choice and no usage',
    'openai',
    { body: { id: 'x', model: 'm', choices: null, usage: null } },
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'LiteLLM: no choice, but usage',
    'openai',
    { body: { model: 'm', choices: [], usage } },
    { money: 'paid', next: 'repair' },
  ],
  [
    'an answer with an empty error beside it',
    'openai',
    { body: chat({ content: TEXT }, { error: { message: '', code: 0 } }) },
    { money: 'paid', next: 'post' },
  ],
  [
    'an answer without usage, with an empty error beside it',
    'openai',
    { body: chat({ content: TEXT }, { usage: undefined, error: {} }) },
    { money: 'unknown', next: 'post' },
  ],
  [
    'a body that claims to be compressed',
    'openai',
    { headers: { 'content-encoding': 'gzip' }, body: chat({ content: TEXT }) },
    { money: 'unknown', next: 'page fails' },
  ],
  ['an answer that is cut', 'openai', { body: TEXT, cut: true }, { money: 'unknown', next: 'page fails' }],
];

const REFUSALS: readonly Row[] = [
  [
    'a compressed 429',
    'openai',
    { status: 429, headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"error":{"message":"slow down"}}') },
    { money: 'free', next: 'again', says: 'slow down' },
  ],
  [
    'a 429 whose body claims to be compressed',
    'openai',
    { status: 429, headers: { 'content-encoding': 'gzip' }, body: said('slow down') },
    { money: 'free', next: 'again' },
  ],
  [
    'a 401 that breaks off',
    'openai',
    { status: 401, body: '{"error":', cut: true },
    { money: 'free', next: 'run ends' },
  ],
  [
    'One API: the user has no quota',
    'openai',
    {
      status: 403,
      body: said('user quota is not enough (request id: 2025)', {
        type: 'one_api_error',
        code: 'insufficient_user_quota',
      }),
    },
    { money: 'free', next: 'run ends', says: 'credit' },
  ],
  [
    'New API: the token has no quota',
    'openai',
    {
      status: 403,
      body: said('该令牌额度已用尽 !token.UnlimitedQuota && token.RemainQuota = -12 (request id: 2025)', {
        type: 'new_api_error',
      }),
    },
    { money: 'free', next: 'run ends', says: 'credit' },
  ],
  [
    'New API: no channel for the model',
    'openai',
    {
      status: 503,
      body: said('No available channel for model gpt-6-luna under group default (distributor)', {
        type: 'new_api_error',
        code: 'model_not_found',
      }),
    },
    { money: 'free', next: 'run ends', says: '--model' },
  ],
  [
    'New API: the group is saturated',
    'openai',
    { status: 429, body: said('当前分组上游负载已饱和，请稍后再试 (request id: 2025)', { type: 'new_api_error' }) },
    { money: 'free', next: 'again' },
  ],
  [
    'GLM: too many at once',
    'openai',
    { status: 429, body: said('您当前使用该API的并发数过高，请降低并发，或联系客服增加限额', { code: '1302' }) },
    { money: 'free', next: 'again' },
  ],
  [
    'GLM: five hours are used up',
    'openai',
    { status: 429, body: said('已达到 5 小时的使用上限。您的限额将在 2026-02-05 17:03:53 重置。', { code: '1308' }) },
    { money: 'free', next: 'run ends', waitMs: 18_233_000 },
  ],
  [
    'Anthropic: the limit of the workspace, as a 400',
    'anthropic',
    {
      status: 400,
      body: {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message:
            'You have reached your specified API usage limits. You will regain access on 2026-03-01 at 00:00 UTC.',
        },
      },
    },
    { money: 'free', next: 'run ends', says: 'again in' },
  ],
  [
    'DashScope: a limit of tokens a minute that is called a quota',
    'openai',
    {
      status: 429,
      body: said('Allocated quota exceeded, please increase your quota limit.', {
        type: 'limit_burst_rate',
        code: 'Throttling.AllocationQuota',
      }),
    },
    { money: 'free', next: 'again' },
  ],
  [
    'Moonshot: suspended',
    'openai',
    {
      status: 429,
      body: said(
        'Your account org-1 <ak-1> is suspended due to insufficient balance, please recharge your account or check your plan and billing details',
        { type: 'exceeded_current_quota_error' },
      ),
    },
    { money: 'free', next: 'run ends' },
  ],
  [
    'Moonshot: overloaded',
    'openai',
    {
      status: 429,
      body: said('The engine is currently overloaded, please try again later', { type: 'engine_overloaded_error' }),
    },
    { money: 'free', next: 'again' },
  ],
  [
    'OpenAI: slow down',
    'openai',
    {
      status: 503,
      body: said('Slow down. Please reduce your request rate to its original level.', {
        type: 'server_error',
        code: 'server_is_overloaded',
      }),
    },
    { money: 'free', next: 'again' },
  ],
  [
    'Hugging Face: credits',
    'openai',
    { status: 402, body: { error: 'You have exceeded your monthly included credits for Inference Providers.' } },
    { money: 'free', next: 'run ends' },
  ],
  [
    'Hugging Face: loading',
    'openai',
    { status: 503, body: { error: 'Model x is currently loading', estimated_time: 20.5 } },
    { money: 'free', next: 'again', waitMs: 20_500 },
  ],
  [
    'Cloudflare: a guardrail',
    'openai',
    {
      status: 400,
      body: { success: false, error: [{ code: 2016, message: 'Prompt blocked due to security configurations' }] },
    },
    { money: 'free', next: 'page fails', says: 'Remove the page' },
  ],
  [
    'Databricks: a guardrail',
    'openai',
    { status: 400, body: { error_code: 'BAD_REQUEST', message: "Request blocked by input guardrail 'pii'" } },
    { money: 'free', next: 'page fails', says: 'Remove the page' },
  ],
  [
    'a gateway: a guardrail as a problem document',
    'openai',
    {
      status: 422,
      body: { title: 'Chat blocked by guardrail policy', detail: 'The input was blocked', phase: 'input' },
    },
    { money: 'free', next: 'page fails', says: 'Remove the page' },
  ],
  [
    'Gemini: a free tier that has none of it',
    'gemini',
    {
      status: 429,
      body: said(
        'You exceeded your current quota. * Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: gemini-3-pro\nPlease retry in 45.578569677s.',
        { code: 429, status: 'RESOURCE_EXHAUSTED' },
      ),
    },
    { money: 'free', next: 'run ends' },
  ],
  [
    'Gemini: minutes and days are used up',
    'gemini',
    {
      status: 429,
      body: said('You exceeded your current quota', {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
            violations: [
              { quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' },
              { quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' },
            ],
          },
        ],
      }),
    },
    { money: 'free', next: 'run ends' },
  ],
  [
    'Gemini behind a router: its body as a text in the message',
    'openai',
    {
      status: 429,
      body: said(
        JSON.stringify(
          said('You exceeded your current quota', {
            code: 429,
            status: 'RESOURCE_EXHAUSTED',
            details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
          }),
        ),
        { code: 429 },
      ),
    },
    { money: 'free', next: 'again', waitMs: 34_000 },
  ],
  [
    'Bedrock: tokens a day',
    'openai',
    { status: 429, body: { message: 'Too many tokens per day, please wait before trying again.' } },
    { money: 'free', next: 'run ends' },
  ],
  [
    'OpenRouter: free models a day, reset in the body',
    'openai',
    {
      status: 429,
      body: said(
        'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
        {
          code: 429,
          metadata: {
            headers: {
              'X-RateLimit-Limit': '50',
              'X-RateLimit-Remaining': '0',
              'X-RateLimit-Reset': `${NOW + 50_000_000}`,
            },
          },
        },
      ),
    },
    { money: 'free', next: 'run ends', waitMs: 50_000_000 },
  ],
  [
    'OpenRouter: free models a minute, reset in the body',
    'openai',
    {
      status: 429,
      body: said('Rate limit exceeded: free-models-per-min.', {
        code: 429,
        metadata: { headers: { 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': `${NOW + 42_000}` } },
      }),
    },
    { money: 'free', next: 'again', waitMs: 42_000 },
  ],
  [
    'a daily limit in Korean',
    'openai',
    { status: 429, body: said('일일 사용 한도를 초과했습니다.') },
    { money: 'free', next: 'run ends' },
  ],
  [
    'a daily limit in Japanese',
    'openai',
    { status: 429, body: said('1日あたりの利用上限に達しました。') },
    { money: 'free', next: 'run ends' },
  ],
  [
    'a daily limit in Spanish',
    'openai',
    { status: 429, body: said('Ha alcanzado su límite diario de solicitudes.') },
    { money: 'free', next: 'run ends' },
  ],
  [
    'a limit a minute in Korean',
    'openai',
    { status: 429, body: said('분당 요청 한도를 초과했습니다. 잠시 후 다시 시도해 주세요.') },
    { money: 'free', next: 'again' },
  ],
  [
    'no credit in Korean',
    'openai',
    { status: 403, body: said('크레딧이 부족합니다.') },
    { money: 'free', next: 'run ends' },
  ],
];

const MORE_REFUSALS: readonly Row[] = [
  [
    'Azure: another operation than the deployment has',
    'openai',
    {
      status: 400,
      body: said(
        'The chatCompletion operation does not work with the specified model, x. Please choose different model and try again.',
        { code: 'OperationNotSupported' },
      ),
    },
    { money: 'free', next: 'run ends', says: '--model' },
  ],
  [
    'Copilot: a model that the plan does not hold',
    'openai',
    {
      status: 400,
      body: said('The requested model is not supported.', { code: 'model_not_supported', param: 'model' }),
    },
    { money: 'free', next: 'run ends', says: '--model' },
  ],
  [
    'Gemini: a key that leaked',
    'gemini',
    {
      status: 403,
      body: said('Your API key was reported as leaked. Please use another API key.', {
        code: 403,
        status: 'PERMISSION_DENIED',
      }),
    },
    { money: 'free', next: 'run ends', says: 'GEMINI_API_KEY' },
  ],
  [
    'OpenAI: an account that is not active, as a 429',
    'openai',
    {
      status: 429,
      body: said('Your account is not active, please check your billing details on our website.', {
        type: 'billing_not_active',
        code: 'billing_not_active',
      }),
    },
    { money: 'free', next: 'run ends' },
  ],
  [
    'Azure: high demand',
    'openai',
    {
      status: 429,
      body: said('The system is currently experiencing high demand and cannot process your request.', {
        code: 'too_many_requests',
      }),
    },
    { money: 'free', next: 'again' },
  ],
  [
    'DeepSeek: busy',
    'openai',
    { status: 503, body: said('Server is too busy, please try again later') },
    { money: 'free', next: 'again' },
  ],
  [
    'Cloudflare: 1015',
    'openai',
    {
      status: 429,
      headers: { 'content-type': 'text/html' },
      body: '<html><title>You are being rate limited</title>error code: 1015</html>',
    },
    { money: 'free', next: 'again' },
  ],
  [
    'vLLM: an error as a part of a stream',
    'openai',
    sse({ object: 'error', message: 'Rate limit reached', type: 'RateLimitError', code: 429 }, '[DONE]'),
    { money: 'free', next: 'again', says: 'Rate limit reached' },
  ],
  [
    'SGLang: an error object at 200',
    'openai',
    { body: { object: 'error', message: 'The server is overloaded', type: 'ServiceUnavailableError', code: 503 } },
    { money: 'free', next: 'again' },
  ],
  [
    'Cohere: a toxic answer',
    'openai',
    { body: chat({ content: TEXT.slice(0, 30) }, {}, 'ERROR_TOXIC') },
    { money: 'paid', next: 'page fails' },
  ],
  [
    'Ollama: no such model',
    'openai',
    { status: 404, body: said('model "llama9" not found, try pulling it first', { type: 'api_error' }) },
    { money: 'free', next: 'run ends', says: '--model' },
  ],
  [
    'Perplexity: a page for a wrong key',
    'openai',
    {
      status: 401,
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>401 Authorization Required</title></head></html>',
    },
    { money: 'free', next: 'run ends' },
  ],
  [
    'OpenRouter: timed out',
    'openai',
    { status: 408, body: said('Request timed out', { code: 408 }) },
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'a parameter that is not taken, which is no word on the model',
    'openai',
    {
      status: 400,
      body: said("Unsupported value: 'temperature' does not support 0.2 with this model.", {
        type: 'invalid_request_error',
        param: 'temperature',
        code: 'unsupported_value',
      }),
    },
    { money: 'free', next: 'page fails' },
  ],
  [
    'Anthropic: a page for a bad gateway',
    'anthropic',
    { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><title>502 Bad Gateway</title></html>' },
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'an answer in parts of which one is a refusal (Responses)',
    'openai',
    {
      body: {
        model: 'm',
        status: 'completed',
        output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'I cannot write this.' }] }],
        usage: { input_tokens: 900, output_tokens: 9 },
      },
    },
    { money: 'paid', next: 'page fails', says: 'I cannot write this' },
  ],
];

const WAITS: readonly Row[] = [
  ...(
    [
      ['a date', { 'retry-after': 'Thu, 05 Feb 2026 12:01:00 GMT' }, 60_000],
      ['a date of RFC 850', { 'retry-after': 'Thursday, 05-Feb-26 12:01:00 GMT' }, 60_000],
      ['a fraction', { 'retry-after': '1.5' }, 1500],
      ['seconds with their unit', { 'retry-after': '30s' }, 30_000],
      ['nothing', { 'retry-after': '' }, undefined],
      ['a negative number', { 'retry-after': '-1' }, undefined],
      ['a word', { 'retry-after': 'soon' }, undefined],
      ['milliseconds', { 'retry-after-ms': '250' }, 250],
      ['no milliseconds', { 'retry-after-ms': '', 'retry-after': '2' }, 2000],
      [
        'OpenAI: the time to a full bucket',
        { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m30s' },
        90_000,
      ],
      ['seconds to the next window', { 'ratelimit-remaining': '0', 'ratelimit-reset': '42' }, 42_000],
      ['the IETF form', { ratelimit: '"default";r=0;t=42' }, 42_000],
      [
        'Anthropic: a time',
        { 'anthropic-ratelimit-requests-remaining': '0', 'anthropic-ratelimit-requests-reset': '2026-02-05T12:00:20Z' },
        20_000,
      ],
      [
        'another bucket is used up',
        {
          'x-ratelimit-remaining-requests': '12',
          'x-ratelimit-reset-requests': '1m30s',
          'x-ratelimit-remaining-tokens': '0',
          'x-ratelimit-reset-tokens': '6s',
        },
        6000,
      ],
      [
        'a bucket without a limit',
        { 'x-ratelimit-limit-tokens': '-1', 'x-ratelimit-remaining-tokens': '-1', 'x-ratelimit-reset-tokens': '0' },
        undefined,
      ],
    ] as const
  ).map(
    ([what, headers, waitMs]): Row => [
      `a 429 that waits for ${what}`,
      'openai',
      { status: 429, headers, body: said('Too many requests') },
      { money: 'free', next: 'again', waitMs },
    ],
  ),
];

const gemini = (candidate: object, more: object = {}) => ({
  candidates: [{ index: 0, ...candidate }],
  usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 200, totalTokenCount: 1100 },
  modelVersion: 'gemini-2.5-flash-lite',
  ...more,
});
const message = (content: readonly object[], stop_reason: string, more: object = {}) => ({
  type: 'message',
  model: 'claude-haiku-4-5',
  content,
  stop_reason,
  usage: { input_tokens: 900, output_tokens: 200 },
  ...more,
});
const text = (value: string) => ({ type: 'text', text: value });

const ENDS: readonly Row[] = [
  [
    'a refusal beside an absent content',
    'openai',
    { body: chat({ content: null, refusal: 'I cannot help with that.' }) },
    { money: 'paid', next: 'page fails', says: 'I cannot help' },
  ],
  [
    'the answer as arguments of a tool',
    'openai',
    {
      body: chat(
        { content: null, tool_calls: [{ id: 'c', type: 'function', function: { name: 'post', arguments: TEXT } }] },
        {},
        'tool_calls',
      ),
    },
    { money: 'paid', next: 'post' },
  ],
  [
    'the arguments as an object',
    'openai',
    { body: chat({ content: '', tool_calls: [{ function: { name: 'post', arguments: POST } }] }, {}, 'tool_calls') },
    { money: 'paid', next: 'post' },
  ],
  ['no finish reason', 'openai', { body: chat({ content: TEXT }, {}, null) }, { money: 'paid', next: 'post' }],
  ['an empty finish reason', 'openai', { body: chat({ content: TEXT }, {}, '') }, { money: 'paid', next: 'post' }],
  [
    'Azure: an output that is filtered',
    'openai',
    { body: chat({ content: TEXT.slice(0, 30) }, {}, 'content_filter') },
    { money: 'paid', next: 'page fails' },
  ],
  [
    'Azure: a filter that failed, and a whole answer',
    'openai',
    {
      body: {
        ...chat({ content: TEXT }),
        choices: [
          {
            message: { content: TEXT },
            finish_reason: 'stop',
            content_filter_results: {
              error: { code: 'content_filter_error', message: 'The contents are not filtered' },
            },
          },
        ],
      },
    },
    { money: 'paid', next: 'post' },
  ],
  [
    'Z.AI: the network of the server broke',
    'openai',
    { body: chat({ content: TEXT.slice(0, 60) }, {}, 'network_error') },
    { money: 'paid', next: 'repair' },
  ],
  [
    'OpenRouter: the native reason tells of a filter',
    'openai',
    {
      body: {
        model: 'm',
        usage,
        choices: [{ finish_reason: 'stop', native_finish_reason: 'PROHIBITED_CONTENT', message: { content: '' } }],
      },
    },
    { money: 'paid', next: 'page fails' },
  ],
  [
    'all tokens went into thoughts',
    'openai',
    { body: chat({ content: '', reasoning: 'hm' }, {}, 'length') },
    { money: 'paid', next: 'more room' },
  ],
  [
    'Gemini: the prompt is blocked',
    'gemini',
    {
      body: {
        promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
        usageMetadata: { promptTokenCount: 900, totalTokenCount: 900 },
      },
    },
    { money: 'paid', next: 'page fails', says: 'PROHIBITED_CONTENT' },
  ],
  [
    'Gemini: the prompt is blocked, no candidates',
    'gemini',
    { body: { candidates: [], promptFeedback: { blockReason: 'OTHER' } } },
    { money: 'unknown', next: 'page fails' },
  ],
  [
    'Gemini: recitation',
    'gemini',
    { body: gemini({ finishReason: 'RECITATION' }) },
    { money: 'paid', next: 'page fails', says: 'recitation' },
  ],
  [
    'Gemini: only thoughts',
    'gemini',
    {
      body: gemini(
        { finishReason: 'MAX_TOKENS' },
        { usageMetadata: { promptTokenCount: 900, thoughtsTokenCount: 60, totalTokenCount: 960 } },
      ),
    },
    { money: 'paid', next: 'more room', usage: { input: 900, cachedInput: 0, output: 60 } },
  ],
  [
    'Gemini: thoughts among the parts',
    'gemini',
    { body: gemini({ content: { parts: [{ text: 'hm', thought: true }, { text: TEXT }] }, finishReason: 'STOP' }) },
    { money: 'paid', next: 'post' },
  ],
  [
    'Gemini: another reason and no content',
    'gemini',
    { body: gemini({ finishReason: 'OTHER' }, { usageMetadata: { promptTokenCount: 171, totalTokenCount: 171 } }) },
    { money: 'paid', next: 'repair' },
  ],
  [
    'Gemini: an image filter',
    'gemini',
    { body: gemini({ finishReason: 'IMAGE_PROHIBITED_CONTENT' }) },
    { money: 'paid', next: 'page fails' },
  ],
  [
    'Gemini: a reason of tomorrow that names a filter',
    'gemini',
    { body: gemini({ finishReason: 'POLICY_SAFETY_BLOCK' }) },
    { money: 'paid', next: 'page fails' },
  ],
  [
    'Gemini: no finish reason, a whole answer',
    'gemini',
    { body: gemini({ content: { parts: [{ text: TEXT }] } }) },
    { money: 'paid', next: 'post' },
  ],
  [
    'Anthropic: a refusal',
    'anthropic',
    {
      body: message([], 'refusal', {
        stop_details: { type: 'refusal', category: 'cyber', explanation: 'The request was declined.' },
      }),
    },
    { money: 'paid', next: 'page fails', says: 'The request was declined' },
  ],
  [
    'Anthropic: a paused turn',
    'anthropic',
    { body: message([text(TEXT.slice(0, 60))], 'pause_turn') },
    { money: 'paid', next: 'more room' },
  ],
  [
    'Anthropic: the context is full',
    'anthropic',
    { body: message([text(TEXT.slice(0, 60))], 'model_context_window_exceeded') },
    { money: 'paid', next: 'more room' },
  ],
  [
    'Anthropic: thoughts only',
    'anthropic',
    { body: message([{ type: 'thinking', thinking: 'hm' }], 'max_tokens') },
    { money: 'paid', next: 'more room' },
  ],
  [
    'Anthropic: the answer as the input of a tool',
    'anthropic',
    { body: message([{ type: 'tool_use', id: 't', name: 'post', input: POST }], 'tool_use') },
    { money: 'paid', next: 'post' },
  ],
  [
    'Anthropic: overloaded',
    'anthropic',
    { status: 529, body: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } } },
    { money: 'free', next: 'again' },
  ],
  [
    'Anthropic: a whole stream that nobody asked for',
    'anthropic',
    sse(
      { type: 'message_start', message: { model: 'c', usage: { input_tokens: 900, output_tokens: 1 } } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: TEXT.slice(0, 30) } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: TEXT.slice(30) } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 200 } },
      { type: 'message_stop' },
    ),
    { money: 'paid', next: 'post', usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
];

const counted = (told: unknown) => ({ body: chat({ content: TEXT }, { usage: told }) });
const USAGES: readonly Row[] = [
  [
    'texts',
    'openai',
    counted({ prompt_tokens: '900', completion_tokens: '200' }),
    { money: 'paid', usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'zeros beside a text',
    'openai',
    counted({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }),
    { money: 'unknown', next: 'post' },
  ],
  [
    'zeros without a text',
    'openai',
    {
      body: chat(
        { content: '', reasoning_content: '' },
        { usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } },
      ),
    },
    { money: 'free', next: 'again' },
  ],
  [
    'zeros without a choice',
    'openai',
    { body: { choices: [], usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 } } },
    { money: 'free', next: 'again' },
  ],
  [
    'zeros without a candidate',
    'gemini',
    { body: { candidates: [], usageMetadata: { promptTokenCount: 0, candidatesTokenCount: 0, totalTokenCount: 0 } } },
    { money: 'free', next: 'again' },
  ],
  ['missing, without a text', 'openai', { body: chat({ content: '' }, { usage: null }) }, { money: 'unknown' }],
  [
    'of tools beside the prompt',
    'gemini',
    {
      body: gemini(
        { content: { parts: [{ text: TEXT }] }, finishReason: 'STOP' },
        {
          usageMetadata: {
            promptTokenCount: 900,
            toolUsePromptTokenCount: 100,
            candidatesTokenCount: 200,
            totalTokenCount: 1200,
          },
        },
      ),
    },
    { usage: { input: 1000, cachedInput: 0, output: 200 } },
  ],
  [
    'no prompt',
    'openai',
    counted({ prompt_tokens: 0, completion_tokens: 200, total_tokens: 200 }),
    { money: 'unknown', next: 'post' },
  ],
  [
    'no output',
    'openai',
    counted({ prompt_tokens: 900, completion_tokens: 0, total_tokens: 900 }),
    { money: 'unknown', next: 'post' },
  ],
  [
    'negative numbers',
    'openai',
    counted({ prompt_tokens: -1, completion_tokens: -1, total_tokens: -2 }),
    { money: 'unknown', next: 'post' },
  ],
  ['null', 'openai', counted(null), { money: 'unknown', next: 'post' }],
  ['a total alone', 'openai', counted({ total_tokens: 1100 }), { money: 'unknown', next: 'post' }],
  [
    'reasoning beside the output, without a total (xAI)',
    'openai',
    counted({ prompt_tokens: 900, completion_tokens: 200, completion_tokens_details: { reasoning_tokens: 317 } }),
    { usage: { input: 900, cachedInput: 0, output: 517 } },
  ],
  [
    'reasoning beside the output, with a total (xAI)',
    'openai',
    counted({
      prompt_tokens: 900,
      completion_tokens: 200,
      total_tokens: 1417,
      completion_tokens_details: { reasoning_tokens: 317 },
    }),
    { usage: { input: 900, cachedInput: 0, output: 517 } },
  ],
  [
    'reasoning inside the output',
    'openai',
    counted({
      prompt_tokens: 900,
      completion_tokens: 200,
      total_tokens: 1100,
      completion_tokens_details: { reasoning_tokens: 150 },
    }),
    { usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'reasoning only (Gemini by a gateway)',
    'openai',
    counted({
      prompt_tokens: 900,
      completion_tokens: 0,
      total_tokens: 960,
      completion_tokens_details: { reasoning_tokens: 60 },
    }),
    { usage: { input: 900, cachedInput: 0, output: 60 } },
  ],
  [
    'cached tokens at the top (Kimi)',
    'openai',
    counted({ ...usage, cached_tokens: 512 }),
    { usage: { input: 900, cachedInput: 512, output: 200 } },
  ],
  [
    'hits and misses (DeepSeek)',
    'openai',
    counted({ ...usage, prompt_cache_hit_tokens: 512, prompt_cache_miss_tokens: 388 }),
    { usage: { input: 900, cachedInput: 512, output: 200 } },
  ],
  [
    'more cached than read',
    'openai',
    counted({ ...usage, prompt_tokens_details: { cached_tokens: 5000 } }),
    { usage: { input: 900, cachedInput: 900, output: 200 } },
  ],
  [
    'the cache beside the input (Anthropic by a gateway)',
    'openai',
    {
      body: {
        ...message([text(TEXT)], 'end_turn'),
        usage: { input_tokens: 100, cache_read_input_tokens: 800, cache_creation_input_tokens: 0, output_tokens: 200 },
      },
    },
    { usage: { input: 900, cachedInput: 800, output: 200 } },
  ],
  [
    'in the last choice of a stream (Moonshot)',
    'openai',
    sse(chunk({ content: TEXT }), chunk({}, { finish_reason: 'stop', usage }), '[DONE]'),
    { money: 'paid', next: 'post', usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'in x_groq of a stream',
    'openai',
    sse(chunk({ content: TEXT }), { ...chunk({}, { finish_reason: 'stop' }), x_groq: { usage } }, '[DONE]'),
    { money: 'paid', next: 'post', usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'in the names of Bedrock',
    'openai',
    counted({ inputTokens: 900, outputTokens: 200, totalTokens: 1100, cacheReadInputTokens: 0 }),
    { usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'as billed units (Cohere)',
    'openai',
    counted({
      billed_units: { input_tokens: 900, output_tokens: 200 },
      tokens: { input_tokens: 950, output_tokens: 210 },
    }),
    { usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'of Gemini, passed on as it is',
    'openai',
    { body: gemini({ content: { parts: [{ text: TEXT }] }, finishReason: 'STOP' }) },
    { money: 'paid', next: 'post', usage: { input: 900, cachedInput: 0, output: 200 } },
  ],
  [
    'of Gemini, without the prompt that a proxy removed',
    'gemini',
    {
      body: gemini(
        { content: { parts: [{ text: TEXT }] }, finishReason: 'STOP' },
        { usageMetadata: { candidatesTokenCount: 200 } },
      ),
    },
    { money: 'unknown', next: 'post' },
  ],
  [
    'of Anthropic as null',
    'anthropic',
    { body: message([text(TEXT)], 'end_turn', { usage: null }) },
    { money: 'unknown', next: 'post' },
  ],
];

test.each([...ERRORS_AT_200, ...REFUSALS, ...MORE_REFUSALS, ...WAITS, ...ENDS])(
  '%s (%s)',
  async (_who, vendor, answer, expected) => {
    const { says, ...rest } = expected;
    const outcome = await outcomeOf(vendor, answer);

    expect(outcome).toMatchObject(rest);
    if ('waitMs' in expected) expect(outcome.waitMs).toBe(expected.waitMs);
    if (says !== undefined) expect(outcome.says).toContain(says);
  },
);

test.each(USAGES)('counts that are %s (%s)', async (_who, vendor, answer, expected) => {
  expect(await outcomeOf(vendor, answer)).toMatchObject(expected);
});

test.each([
  [
    'openai',
    'max_tokens is too large: 4096. This model supports at most 1024 completion tokens.',
    '"max_completion_tokens":1024',
  ],
  [
    'openai',
    "This model's maximum context length is 4300 tokens. However, you requested 4586 tokens (490 in the messages, 4096 in the completion).",
    '"max_completion_tokens":3795',
  ],
  [
    'anthropic',
    'input length and `max_tokens` exceed context limit: 490 + 4096 > 4300, decrease input length or `max_tokens` and try again',
    '"max_tokens":3795',
  ],
  [
    'anthropic',
    'max_tokens: 4096 > 1024, which is the maximum allowed number of output tokens for claude-haiku-4-5',
    '"max_tokens":1024',
  ],
  ['anthropic', 'This model does not support the effort parameter.', undefined],
  [
    'gemini',
    'Unable to submit request because it has a maxOutputTokens value of 4096 but the supported range is from 1 (inclusive) to 1025 (exclusive).',
    '"maxOutputTokens":1024',
  ],
  ['gemini', 'Thinking level is not supported for this model.', undefined],
  ['openai', 'max_completion_tokens: Extra inputs are not permitted', '"max_tokens":4096'],
  [
    'openai',
    "Unsupported parameter: 'max_completion_tokens' is not supported with this model.",
    '"max_tokens":4096',
    422,
  ],
  [
    'openai',
    `The request of this caller was not accepted by the server behind this gateway.${' It says why at length.'.repeat(20)} max_completion_tokens must be at most 1024`,
    '"max_completion_tokens":1024',
  ],
  ['openai', 'No endpoints found that can handle the requested parameters.', '"json_object"', 404],
  ['openai', 'No allowed providers support response_format json_schema for this model', '"json_object"', 404],
] as const)('%s leaves out what was refused: %s', async (vendor, message, sent, status: number = 400) => {
  const bodies: string[] = [];
  const good = { openai: chat({ content: TEXT }), anthropic: {}, gemini: {} }[vendor];
  const tiny = await startTinyServer((_method, _url, body) => {
    bodies.push(body);
    return bodies.length === 1 ? { refuse: { status, body: said(message) } } : good;
  });
  const options = { apiKey: 'k', model: 'm', baseUrl: vendor === 'openai' ? `${tiny.url}/v1` : tiny.url, clock };
  const model = {
    openai: () => createOpenAiModel({ ...options, model: 'gpt-6-luna' }),
    anthropic: () => createAnthropicModel({ ...options, reasoning: 'high' }),
    gemini: () => createGeminiModel({ ...options, model: 'gemini-3.1-flash-lite' }),
  }[vendor]();
  const brief = makeBrief();
  const prompt = {
    ...buildPrompt(brief, { templateText: 'F', reasoningTokens: 0, estimateTokens }),
    maxOutputTokens: 4096,
  };
  await model.answer({ id: 'call', brief, tier: 'standard', prompt }, new AbortController().signal).catch(() => {});
  await tiny.close();

  expect(bodies).toHaveLength(2);
  if (sent !== undefined) expect(bodies[1]).toContain(sent);
  else expect(/effort|thinking/i.test(bodies[1] ?? 'effort')).toBe(false);
});
