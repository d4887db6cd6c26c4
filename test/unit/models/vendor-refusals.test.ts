/** Refusals as the vendors and servers behind Chat Completions send them. */

import { expect, test } from 'vitest';
import { billOf } from '../../../src/core/bill.ts';
import { HttpRefusal } from '../../../src/services/models/client/transport.ts';
import { providerError } from '../../../src/services/models/refusal/provider-errors.ts';
import { readRefusal } from '../../../src/services/models/refusal/read-refusal.ts';

const CONTEXT = {
  provider: 'openai',
  model: 'm',
  keyName: 'OPENAI_API_KEY',
  says429ForCredit: true,
  address: 'https://models.example/v1',
  isOwnServer: true,
  secrets: [],
};

const refuse = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return providerError(readRefusal(new HttpRefusal(status, new Headers(headers), text), 0), CONTEXT);
};
const said = (message: string, more: object = {}) => ({ error: { message, ...more } });

test.each([
  [
    'LiteLLM',
    400,
    said('Budget has been exceeded! Current cost: 0.3759, Max budget: 0.35', { type: 'budget_exceeded', code: '400' }),
  ],
  [
    'LiteLLM',
    429,
    said('LiteLLM User: engineer-1, exceeded budget for model=claude-opus', { type: 'budget_exceeded', code: '429' }),
  ],
  [
    'LiteLLM',
    400,
    said('ExceededBudget: End User=a over budget. Spend=0.0008, Budget=0.0001', { type: 'auth_error', code: 400 }),
  ],
  ['DeepSeek', 402, said('Insufficient Balance', { type: 'unknown_error', code: 'invalid_request_error' })],
  [
    'OpenRouter',
    402,
    said(
      'This request requires more credits, or fewer max_tokens. You requested up to 8192 tokens, but can only afford 3000.',
      { code: 402 },
    ),
  ],
  ['OpenRouter', 403, said('Key limit exceeded (total limit). Manage it in the settings of your key', { code: 403 })],
  [
    'xAI',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'Your team has either used all available credits or reached its monthly spending limit.',
    },
  ],
  [
    'Moonshot',
    429,
    said('You exceeded your current token quota, please check your account balance', {
      type: 'exceeded_current_quota_error',
    }),
  ],
  ['Zhipu', 429, said('余额不足或无可用资源包,请充值。', { code: '1113' })],
  [
    'OpenAI',
    429,
    said('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
  ],
  [
    'Anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the Anthropic API.' },
    },
  ],
  [
    'Cerebras',
    429,
    {
      message: 'Tokens per day limit exceeded - too many tokens processed.',
      type: 'too_many_tokens_error',
      param: 'quota',
      code: 'token_quota_exceeded',
    },
  ],
  [
    'DashScope',
    400,
    said('Access denied, please make sure your account is in good standing.', { type: 'Arrearage', code: 'Arrearage' }),
  ],
  [
    'Fireworks',
    412,
    said(
      'Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices',
      { code: 'FAILED_PRECONDITION' },
    ),
  ],
] as const)('money is used up at %s (%i): the run stops, nothing is paid', (_vendor, status, body) => {
  const error = refuse(status, body);

  expect([error.code, error.retryable, billOf(error)]).toEqual(['PROVIDER_QUOTA', false, 'free']);
});

test.each([
  [
    'Azure',
    said(
      'Requests to the ChatCompletions_Create Operation have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 7 seconds.',
      { code: '429' },
    ),
    7000,
  ],
  [
    'Groq',
    said(
      'Rate limit reached for model `m` in organization `o` on requests per minute (RPM): Limit 30, Used 30. Please try again in 2s.',
      { type: 'requests', code: 'rate_limit_exceeded' },
    ),
    2000,
  ],
  [
    'Moonshot',
    said('Your account request reached organization max RPM: 3, please try again after 1 seconds', {
      type: 'rate_limit_reached_error',
    }),
    1000,
  ],
  [
    'Mistral',
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'service_tier_capacity_exceeded',
      code: '3505',
    },
    undefined,
  ],
  ['Mistral', { message: 'Requests rate limit exceeded' }, undefined],
  ['Bedrock', { message: 'Too many tokens, please wait before trying again.' }, undefined],
  [
    'OpenRouter',
    said('Provider returned error', {
      code: 429,
      metadata: {
        raw: 'vendor/model:free is temporarily rate-limited upstream. Please retry shortly',
        provider_name: 'X',
      },
    }),
    undefined,
  ],
  [
    'Google by its compatible door',
    [
      said('Resource has been exhausted (e.g. check quota).', {
        code: 429,
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }],
      }),
    ],
    34_400,
  ],
  ['a gateway', said('Too many requests, wait 3 minutes'), 180_000],
  ['Azure', said('Rate limit is exceeded. Try again in 1 minute.'), 60_000],
  ['OpenAI', said('Rate limit reached. Please try again in 250 milliseconds.'), 250],
] as const)('%s limits for a while (429): %j', (_vendor, body, waitMs) => {
  const error = refuse(429, body);

  expect([error.code, error.retryable, billOf(error), error.retryAfterMs]).toEqual([
    'PROVIDER_RATE_LIMITED',
    true,
    'free',
    waitMs,
  ]);
});

test.each([
  [
    'Groq',
    413,
    said(
      'Request too large for model `m` on tokens per minute (TPM): Limit 6000, Requested 7036, please reduce your message size and try again.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
  ],
  [
    'vLLM',
    400,
    {
      object: 'error',
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 6616 tokens (568 in the messages, 6048 in the completion).",
      type: 'BadRequestError',
      code: 400,
    },
  ],
  [
    'llama.cpp',
    400,
    said('request (7000 tokens) exceeds the available context size (4096 tokens), try increasing it', {
      code: 400,
      type: 'exceed_context_size_error',
    }),
  ],
  [
    'LM Studio',
    400,
    {
      error:
        'Trying to keep the first 5113 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
    },
  ],
  [
    'Together',
    422,
    said(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 7000 `inputs` tokens and 2048 `max_new_tokens`',
      { type: 'invalid_request_error' },
    ),
  ],
  [
    'OpenRouter',
    400,
    said("This endpoint's maximum context length is 8192 tokens. However, you requested about 9000 tokens", {
      code: 400,
    }),
  ],
  [
    'LiteLLM',
    400,
    said('litellm.ContextWindowExceededError: prompt exceeds the context window of the model', { code: '400' }),
  ],
  [
    'Mistral',
    400,
    {
      object: 'error',
      message: 'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      type: 'invalid_request_error',
      code: '3051',
    },
  ],
  ['Ollama', 400, said('input length exceeds the context length', { type: 'invalid_request_error' })],
] as const)('a prompt too long for %s (%i) is about its page, and waiting does not help', (_vendor, status, body) => {
  const error = refuse(status, body);

  expect([error.code, error.retryable, billOf(error)]).toEqual(['PROVIDER_REQUEST', false, 'free']);
  expect(error.hint).toContain('larger context');
});

test.each([
  [
    'Azure',
    400,
    said("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", {
      param: 'prompt',
      code: 'content_filter',
      innererror: { code: 'ResponsibleAIPolicyViolation' },
    }),
  ],
  [
    'OpenRouter',
    403,
    said('Input was flagged', { code: 403, metadata: { reasons: ['violence'], flagged_input: 'x' } }),
  ],
  [
    'DashScope',
    400,
    said('Input data may contain inappropriate content.', {
      type: 'data_inspection_failed',
      code: 'data_inspection_failed',
    }),
  ],
  [
    'xAI',
    403,
    { code: 'invalid', error: 'Content violates usage guidelines. Team: t. Failed check: SAFETY_CHECK_TYPE_VIOLENCE' },
  ],
  ['DeepSeek', 400, said('Content Exists Risk', { type: 'invalid_request_error', code: 'invalid_request_error' })],
  ['Bedrock', 400, { message: 'The request was blocked by our content filters' }],
  ['Zhipu', 400, said('系统检测到输入或生成内容可能包含不安全或敏感内容', { code: '1301' })],
  [
    'OpenAI',
    400,
    said('Invalid prompt: your prompt was flagged as potentially violating our usage policy.', {
      code: 'invalid_prompt',
    }),
  ],
] as const)('a page that %s flags (%i) fails alone', (_vendor, status, body) => {
  expect([refuse(status, body).code, billOf(refuse(status, body))]).toEqual(['REPLY_REFUSED', 'free']);
});

test.each([
  [
    'Fireworks',
    404,
    said('Model not found, inaccessible, and/or not deployed', { code: 'NOT_FOUND' }),
    'PROVIDER_MODEL',
  ],
  [
    'vLLM',
    404,
    { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 },
    'PROVIDER_MODEL',
  ],
  [
    'Azure',
    404,
    said('The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' }),
    'PROVIDER_MODEL',
  ],
  ['OpenRouter', 404, said('No endpoints found matching your data policy', { code: 404 }), 'PROVIDER_MODEL'],
  ['OpenRouter', 400, said('vendor/modle is not a valid model ID', { code: 400 }), 'PROVIDER_MODEL'],
  [
    'DeepSeek',
    400,
    said('Model Not Exist', { type: 'invalid_request_error', code: 'invalid_request_error' }),
    'PROVIDER_MODEL',
  ],
  [
    'Mistral',
    400,
    { object: 'error', message: 'Invalid model: mistral-big', type: 'invalid_model', code: '1500' },
    'PROVIDER_MODEL',
  ],
  [
    'LiteLLM',
    400,
    said('litellm.BadRequestError: Invalid model name passed in model=x. Call `/v1/models` to view available models', {
      code: '400',
    }),
    'PROVIDER_MODEL',
  ],
  [
    'Groq',
    400,
    said('The model `x` has been decommissioned and is no longer supported.', { code: 'model_decommissioned' }),
    'PROVIDER_MODEL',
  ],
  [
    'LM Studio',
    400,
    said('Failed to load model "x". Error: insufficient memory', {
      type: 'invalid_request_error',
      param: 'model',
      code: 'model_not_found',
    }),
    'PROVIDER_MODEL',
  ],
  [
    'Azure',
    401,
    { statusCode: 401, message: 'Unauthorized. Access token is missing, invalid or expired.' },
    'PROVIDER_AUTH',
  ],
  ['Mistral', 401, { detail: 'Unauthorized' }, 'PROVIDER_AUTH'],
  [
    'Google by its compatible door',
    400,
    [said('API key not valid. Please pass a valid API key.', { code: 400, status: 'INVALID_ARGUMENT' })],
    'PROVIDER_AUTH',
  ],
  [
    'xAI',
    400,
    { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***cd.' },
    'PROVIDER_AUTH',
  ],
] as const)('%s (%i) stops the run: no other page can pass', (_vendor, status, body, code) => {
  expect([refuse(status, body).code, billOf(refuse(status, body))]).toEqual([code, 'free']);
});

test.each([
  [301, { location: 'https://models.example/v1/chat/completions' }],
  [302, { location: '/login' }],
  [303, {}],
] as const)(
  'a redirect (%i) names where it leads: the request would lose its body or give away the key',
  (status, headers) => {
    const error = refuse(status, '', headers);

    expect([error.code, billOf(error)]).toEqual(['PROVIDER_ADDRESS', 'free']);
    expect(error.message).toContain('location' in headers ? headers.location : 'redirect');
  },
);

test.each([
  ['https://models.example/api/v1/chat/completions', 'Set the base URL to https://models.example/api/v1.'],
  ['/api/v1/chat/completions/', 'Set the base URL to https://models.example/api/v1.'],
  [
    'https://models.example:8443/v1/chat/completions?x=1',
    'If this other host is yours too, set the base URL to https://models.example:8443/v1.',
  ],
  [
    'https://api.models.example/v1/chat/completions',
    'If this other host is yours too, set the base URL to https://api.models.example/v1.',
  ],
  [
    'https://user:pass@evil.example/v1/messages',
    'If this other host is yours too, set the base URL to https://evil.example.',
  ],
  ['http://models.example/v1/chat/completions', 'Check the base URL.'],
  ['https://models.example/v1/chat/completions', 'Check the base URL.'],
  ['/login', 'Check the base URL.'],
  ['https://', 'Check the base URL.'],
])('a redirect to %s says what to set', (location, hint) => {
  for (const status of [301, 307, 308]) expect(refuse(status, '', { location }).hint).toBe(hint);
});

test.each([
  [{ type: 'usage_limit_reached', message: 'The usage limit has been reached' }],
  [said("You've reached kimi monthly usage limit for this billing cycle.", { type: 'rate_limit_error' })],
  [said('Weekly limit reached for this plan.')],
  [said('You have hit your limit of requests per month')],
  [said('本月调用次数已达上限')],
  [said('이번 달 호출 한도를 초과했습니다')],
  [said('Ihr monatliches Kontingent ist erschöpft')],
  [said('Limite mensuelle atteinte')],
  [said('Месячный лимит исчерпан')],
])('a limit of the plan stops the run: %j', (body) => {
  expect(refuse(429, body)).toMatchObject({ code: 'PROVIDER_QUOTA', retryable: false });
});

test.each([
  [said('Rate limit reached for requests per minute'), {}],
  [said('Weekly usage limit: try again in 20s'), {}],
  [said('The usage limit of this minute is reached'), { 'retry-after': '3' }],
])('a limit that ends soon is waited for: %j', (body, headers) => {
  expect(refuse(429, body, headers)).toMatchObject({ code: 'PROVIDER_RATE_LIMITED', retryable: true });
});

test.each([
  'input length too long',
  'the input length exceeds the maximum context length',
  'Input prompt is too big compared to KV size. Please try increasing KV size.',
  "This model's maximum context length is 8192 tokens",
  'prompt too long; exceeded context length by 12 tokens',
])('a prompt that does not fit is not sent again, also where the status is 500: %s', (message) => {
  expect(refuse(500, said(message))).toMatchObject({ code: 'PROVIDER_REQUEST', retryable: false });
});

test.each(['request exceeded the time limit', 'internal error: message queue is too busy', 'context canceled'])(
  'other errors of status 500 are sent again: %s',
  (message) => {
    expect(refuse(500, said(message))).toMatchObject({ code: 'PROVIDER_OVERLOADED', retryable: true });
  },
);

test.each<readonly [number, unknown]>([
  [404, '404 page not found'],
  [404, { detail: 'Not Found' }],
  [404, said('Invalid URL (POST /chat/completions)')],
  [404, '<html><head><title>404 Not Found</title></head></html>'],
  [404, said('Not found')],
  [404, ''],
])('a path that the server does not have is an address to check: %i %j', (status, body) => {
  const error = providerError(
    readRefusal(new HttpRefusal(status, new Headers(), typeof body === 'string' ? body : JSON.stringify(body)), 0),
    { ...CONTEXT, address: 'http://127.0.0.1:8000' },
  );
  expect(error).toMatchObject({ code: 'PROVIDER_ADDRESS', hint: expect.stringContaining('/v1') });
});

test.each([
  'You have reached your specified API usage limits. You will regain access on 2027-01-01 at 00:00 UTC.',
  'Monthly limit exceeded for this key',
  'Usage limit reached',
])('a used-up limit stops the run also where its status is 400: %s', (message) => {
  expect(refuse(400, said(message))).toMatchObject({ code: 'PROVIDER_QUOTA', retryable: false });
});
