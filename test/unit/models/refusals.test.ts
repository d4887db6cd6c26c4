import { expect, test } from 'vitest';
import { billOf } from '../../../src/core/bill.ts';
import { HttpRefusal } from '../../../src/services/models/client/transport.ts';
import { connectionError, providerError } from '../../../src/services/models/refusal/provider-errors.ts';
import { readRefusal } from '../../../src/services/models/refusal/read-refusal.ts';
import type { ProviderErrorContext } from '../../../src/services/models/refusal/refusal-case.ts';
import { durationMs } from '../../../src/services/models/refusal/said-wait.ts';

const NOW = Date.UTC(2026, 10, 28);
const CONTEXT: ProviderErrorContext = {
  provider: 'openai',
  model: 'm',
  keyName: 'OPENAI_API_KEY',
  says429ForCredit: true,
  address: 'http://localhost:11434',
  secrets: [],
};
const refuse = (
  status: number,
  body: unknown,
  { headers = {}, ...context }: Partial<ProviderErrorContext> & { headers?: Record<string, string> } = {},
) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const wire = readRefusal(new HttpRefusal(status, new Headers(headers), text), NOW);
  return providerError(wire, { ...CONTEXT, ...context });
};

test.each([
  ['OpenAI', { error: { message: 'No such thing', type: 'x', param: 'y', code: 'z' } }, 'No such thing'],
  [
    'vLLM, flat',
    { object: 'error', message: 'maximum length is 2048', type: 'BadRequestError', code: 400 },
    'maximum length is 2048',
  ],
  [
    'FastAPI',
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'max_tokens'], msg: 'Extra inputs are not permitted' }] },
    'max_tokens: Extra inputs are not permitted',
  ],
  ['FastAPI, plain', { detail: 'Model not loaded' }, 'Model not loaded'],
  [
    'Anthropic',
    { type: 'error', error: { type: 'invalid_request_error', message: 'max_tokens: too large' }, request_id: 'r' },
    'max_tokens: too large',
  ],
  [
    'Google',
    { error: { code: 400, message: 'Invalid JSON payload', status: 'INVALID_ARGUMENT' } },
    'Invalid JSON payload',
  ],
  [
    'Google, in a list',
    [{ error: { code: 400, message: 'Unknown name', status: 'INVALID_ARGUMENT' } }],
    'Unknown name',
  ],
  [
    'a router',
    {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: '{"error":{"message":"at most 2048"}}', provider_name: 'ExampleAI' },
      },
    },
    'Provider returned error: ExampleAI: at most 2048',
  ],
  [
    'a router, plain',
    {
      error: {
        message: 'Provider returned error',
        code: 400,
        metadata: { raw: 'upstream is busy', provider_name: 'X' },
      },
    },
    'Provider returned error: X: upstream is busy',
  ],
  [
    'Azure',
    { error: { code: 'BadRequest', message: 'Bad', innererror: { message: 'the deployment is gone' } } },
    'Bad: the deployment is gone',
  ],
  ['Ollama', { error: 'model "x" not found, try pulling it first' }, 'model "x" not found, try pulling it first'],
  ['JSON in a text', { error: '{"message":"inner reason"}' }, 'inner reason'],
  ['a list of errors', { errors: [{ message: 'one thing' }] }, 'one thing'],
  [
    'RFC 9457',
    { type: 'about:blank', title: 'Bad input', detail: 'length must be below 10' },
    'length must be below 10',
  ],
  ['plain text', 'unknown field "seed"', 'unknown field "seed"'],
  ['a page', '<html><head><title>400 Bad Request</title></head></html>', '400 Bad Request'],
  ['words of no known shape', { fehler: 'Eingabe zu lang' }, 'Eingabe zu lang'],
] as const)('the reason reaches the reader: %s', (_what, body, reason) => {
  expect(refuse(400, body).message).toContain(reason);
});

test.each([
  [400, { error: { message: 'x' } }, 'PROVIDER_REQUEST', 'free'],
  [401, { error: { message: 'x' } }, 'PROVIDER_AUTH', 'free'],
  [402, { error: { message: 'Insufficient credits' } }, 'PROVIDER_QUOTA', 'free'],
  [404, { error: { message: 'no such model' } }, 'PROVIDER_MODEL', 'free'],
  [408, '<html></html>', 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [413, '<html></html>', 'PROVIDER_REQUEST', 'free'],
  [422, { detail: 'x' }, 'PROVIDER_REQUEST', 'free'],
  [429, { error: { message: 'slow down' } }, 'PROVIDER_RATE_LIMITED', 'free'],
  [451, 'legal', 'PROVIDER_REQUEST', 'free'],
  [499, '', 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [500, { error: { message: 'server_error' } }, 'PROVIDER_OVERLOADED', 'free'],
  [500, '<html></html>', 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [502, '<html></html>', 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [502, { error: { message: 'Provider returned error', code: 502 } }, 'PROVIDER_OVERLOADED', 'free'],
  [503, '<html></html>', 'PROVIDER_OVERLOADED', 'free'],
  [504, { error: { message: 'DEADLINE_EXCEEDED' } }, 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [524, '<html></html>', 'PROVIDER_UNKNOWN_OUTCOME', 'unknown'],
  [529, { error: { type: 'overloaded_error', message: 'Overloaded' } }, 'PROVIDER_OVERLOADED', 'free'],
  [530, '<html></html>', 'PROVIDER_OVERLOADED', 'free'],
  [200, '<html><title>Open WebUI</title></html>', 'PROVIDER_ADDRESS', 'free'],
] as const)('status %i with %j is %s and %s', (status, body, code, bill) => {
  const error = refuse(status, body);
  expect([error.code, billOf(error)]).toEqual([code, bill]);
});

test.each([
  [
    'a moderation of a router',
    { error: { code: 403, message: 'requires moderation', metadata: { reasons: ['violence'], flagged_input: 'x' } } },
  ],
  [
    'a content policy',
    { error: { code: 'content_policy_violation', message: 'Your request was rejected by our safety system.' } },
  ],
  [
    'a content filter of Azure',
    {
      error: {
        code: 'content_filter',
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      },
    },
  ],
  ['a usage policy', { error: { message: 'This prompt may violate our usage policies' } }],
] as const)('%s refuses its page alone', (_what, body) => {
  for (const status of [400, 403])
    expect(refuse(status, body)).toMatchObject({ code: 'REPLY_REFUSED', exitCode: 3, retryable: false });
});

test.each([
  ['a firewall', '<html><title>Attention Required! | Cloudflare</title></html>', {}],
  ['a firewall in plain words', 'Request blocked', {}],
  ['a forbidden page after good answers', { error: { message: 'Forbidden' } }, { hasAnswered: true }],
] as const)('403 of %s is about its page', (_what, body, context) => {
  expect(refuse(403, body, context)).toMatchObject({ code: 'PROVIDER_REQUEST', exitCode: 3 });
});

test.each([
  [
    403,
    { error: { message: 'Country, region, or territory not supported', code: 'unsupported_country_region_territory' } },
  ],
  [
    400,
    { error: { code: 400, status: 'FAILED_PRECONDITION', message: 'User location is not supported for the API use.' } },
  ],
  [403, { error: { message: 'Your organization must be verified to use this model' } }],
  [403, { error: { message: 'Project does not have access to model' } }],
] as const)('what no page can pass stops the run: %i %j', (status, body) => {
  expect(refuse(status, body)).toMatchObject({ code: 'PROVIDER_AUTH', exitCode: 4 });
});

test.each([
  ['retry-after in seconds', { 'retry-after': '2419' }, { error: { message: 'slow' } }],
  ['retry-after as a date', { 'retry-after': new Date(NOW + 7_200_000).toUTCString() }, { error: { message: 'slow' } }],
  ['words', {}, { error: { message: 'Please try again in 40m19.2s.' } }],
  ["Google's RetryInfo", {}, { error: { message: 'slow', details: [{ retryDelay: '3600s' }] } }],
  [
    'the time of the next window',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 3_600_000) },
    { error: { message: 'slow' } },
  ],
] as const)('a long wait ends the run with the time: %s', (_what, headers, body) => {
  const error = refuse(429, body, { headers });
  expect(error).toMatchObject({ code: 'PROVIDER_PAUSED', exitCode: 75, retryable: false });
  expect(error.hint).toMatch(/in (?:\d+) (?:minutes|hours)/);
});

test.each([
  ['free-models-per-day', { error: { message: 'Rate limit exceeded: free-models-per-day', code: 429 } }],
  ['daily', { error: { message: 'You reached your daily limit' } }],
  ['RPD', { error: { message: 'Limit 200 RPD reached' } }],
  [
    "Google's quota id",
    { error: { message: 'x', details: [{ violations: [{ quotaId: 'GenerateRequestsPerDayPerProject' }] }] } },
  ],
  ['credit', { error: { message: 'x', code: 'insufficient_quota' } }],
] as const)('a used-up day or credit stops the run: %s', (_what, body) => {
  expect(refuse(429, body)).toMatchObject({ code: 'PROVIDER_QUOTA', retryable: false });
});

test.each([
  ['llama.cpp', { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, true],
  ['Hugging Face', { error: 'Model x is currently loading', estimated_time: 20 }, true],
  ['a container', 'Service is starting', true],
  ['an overloaded vendor', { error: { message: 'The model is overloaded. Please try again later.' } }, false],
] as const)('a server that starts is told from one that is busy: %s', (_what, body, starting) => {
  expect(refuse(503, body).details['starting'] === true).toBe(starting);
});

test('an address without its /v1 is named with what it wants', () => {
  const error = refuse(200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' });
  expect(error).toMatchObject({ code: 'PROVIDER_ADDRESS', message: expect.stringContaining('http://localhost:11434') });
  expect(error.hint).toContain('/v1');
});

test.each([
  ['34.4s', 34_400],
  ['40m19.2s', 2_419_200],
  ['1h2m', 3_720_000],
  ['250ms', 250],
  ['soon', undefined],
] as const)('%s is a duration of %s ms', (text, ms) => {
  expect(durationMs(text)).toBe(ms);
});

test.each([
  [407, 'PROVIDER_ADDRESS', 'HTTPS_PROXY'],
  [403, 'PROVIDER_OVERLOADED', 'proxy'],
  [503, 'PROVIDER_OVERLOADED', 'proxy'],
] as const)('a proxy that answers %d makes no tunnel, so that nothing was sent', (status, code, hint) => {
  const cause = new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`);
  const error = connectionError(new TypeError('fetch failed', { cause }), CONTEXT);

  expect([error.code, billOf(error)]).toEqual([code, 'free']);
  expect(error.hint).toContain(hint);
});
