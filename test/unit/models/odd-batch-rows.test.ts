/** Odd rows and ends of batches, after reports by users of several vendors. */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { BatchRow } from '../../../src/core/ports.ts';
import { createAnthropicBatchModel } from '../../../src/services/models/anthropic/anthropic-batch.ts';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import {
  contentOfLine as geminiLine,
  idOfLine as idOfGemini,
  inlinedLines,
} from '../../../src/services/models/gemini/gemini-batch-wire.ts';
import { createOpenAiBatchModel } from '../../../src/services/models/openai/openai-batch.ts';
import { contentOfLine as openAiLine, toBatch } from '../../../src/services/models/openai/openai-batch-wire.ts';
import { batchRow } from '../../../src/services/models/reply/batch-row.ts';
import { answersDue } from '../../../src/stages/write/batches/follow/vendor-batch-ends.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief } from '../../helpers/make-brief.ts';
import { startTinyServer } from '../../helpers/odd-server.ts';

const context = { provider: 'openai', model: 'm', keyName: 'KEY', says429ForCredit: true, secrets: [] };
const usage = { prompt_tokens: 9, completion_tokens: 2 };
const answer = { model: 'm', choices: [{ message: { content: '{"a":1}' }, finish_reason: 'stop' }], usage };
const responded = (status_code: unknown, body: unknown) => ({
  custom_id: 'a',
  response: { status_code, body },
  error: null,
});

test.each([
  ['an answer', openAiLine(responded(200, answer)), 'answer'],
  ['an answer whose status is a text', openAiLine(responded('200', answer)), 'answer'],
  ['status 0 and an empty body', openAiLine(responded(0, {})), 'again'],
  [
    'no response, expired',
    openAiLine({
      response: null,
      error: {
        code: 'batch_expired',
        message: 'This request could not be executed before the completion window expired.',
      },
    }),
    'again',
  ],
  ['no response and no error', openAiLine({ response: null, error: null }), 'again'],
  [
    'status 500',
    openAiLine(responded(500, { error: { message: 'The server had an error', type: 'server_error' } })),
    'again',
  ],
  [
    'status 429',
    openAiLine(responded(429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } })),
    'again',
  ],
  [
    'status 400',
    openAiLine(responded(400, { error: { message: 'Unsupported value', type: 'invalid_request_error' } })),
    'refused',
  ],
  ['an error at status 200', openAiLine(responded(200, { error: { message: 'Internal error', code: 500 } })), 'again'],
  [
    'an answer that was paid for, with an error beside it',
    openAiLine(responded(200, { ...answer, error: { message: 'late' } })),
    'answer',
  ],
  [
    'an answer of Gemini',
    geminiLine({
      key: 'a',
      response: { candidates: [{ content: { parts: [{ text: '{}' }] }, finishReason: 'STOP' }] },
    }),
    'answer',
  ],
  [
    'a prompt that Gemini blocks',
    geminiLine({ key: 'a', response: { promptFeedback: { blockReason: 'OTHER' } } }),
    'answer',
  ],
  [
    'an internal error of Gemini',
    geminiLine({ key: 'a', error: { code: 13, message: 'Internal error', status: 'INTERNAL' } }),
    'again',
  ],
  ['a quota of Gemini', geminiLine({ key: 'a', error: { code: 8, message: 'Resource exhausted' } }), 'again'],
  [
    'an argument that Gemini refuses',
    geminiLine({ key: 'a', error: { code: 3, message: 'Invalid argument' } }),
    'refused',
  ],
  ['neither answer nor error of Gemini', geminiLine({ key: 'a' }), 'again'],
  [
    'an empty answer of Gemini beside its status',
    geminiLine({ key: 'a', response: {}, status: { code: 13, message: 'Internal error' } }),
    'again',
  ],
  [
    'an empty answer beside a status in words',
    geminiLine({
      key: 'a',
      response: {},
      status: 'Bad Request: {"error": {"code": 400, "message": "Request contains an invalid argument."}}',
    }),
    'again',
  ],
  ['an answer whose body is a text', openAiLine(responded(200, JSON.stringify(answer))), 'answer'],
])('a row with %s', (_what, line, expected) => {
  const row = batchRow('a', line, { model: 'm', context });

  expect(row.kind === 'answer' ? 'answer' : row.retryable ? 'again' : 'refused').toBe(expected);
});

test.each([
  [
    'no credit (Anthropic)',
    400,
    'Your credit balance is too low to access the API. Please go to Plans & Billing to upgrade or purchase credits.',
    'PROVIDER_QUOTA',
  ],
  ['no credit (402)', 402, 'Insufficient Balance', 'PROVIDER_QUOTA'],
  ['a key that was disabled', 401, 'The api key is disabled', 'PROVIDER_AUTH'],
  ['a model that is gone', 404, 'The model m has been decommissioned', 'PROVIDER_MODEL'],
  ['a flagged text', 400, 'The prompt triggered the content management policy, filtered', 'REPLY_REFUSED'],
  ['a prompt that is too long', 400, 'The prompt is too long: 9000 > 8192', 'PROVIDER_REQUEST'],
] as const)('a line that fails for %s says so and what to do', (_why, status, message, code) => {
  const row = batchRow('a', openAiLine(responded(status, { error: { message } })), { model: 'm', context });

  expect(row).toMatchObject({ kind: 'error', code, retryable: false, hint: expect.stringMatching(/\w/) });
});

test.each([408, 499, 504, 524])('a line that broke off with %d was not billed and is sent again', (status) => {
  const row = batchRow('a', openAiLine(responded(status, {})), { model: 'm', context });

  expect(row).toMatchObject({ kind: 'error', code: 'PROVIDER_OVERLOADED', retryable: true });
});

const rows = (answers: number, errors: number): BatchRow[] => [
  ...Array.from({ length: answers }, (_, index) => ({ id: `a${index}`, kind: 'answer' as const, reply: {} as never })),
  ...Array.from({ length: errors }, (_, index) => ({
    id: `e${index}`,
    kind: 'error' as const,
    code: 'PROVIDER_REQUEST' as const,
    message: '',
    retryable: true,
  })),
];

test.each([
  ['all are there', 'completed', { done: 10, failed: 0 }, rows(10, 0), 10],
  ['failures that the vendor counts as done', 'completed', { done: 10, failed: 0 }, rows(8, 2), 8],
  ['a file that lags behind', 'completed', { done: 10, failed: 0 }, rows(6, 0), 10],
  ['a file that lags behind, beside failures', 'completed', { done: 8, failed: 2 }, rows(3, 2), 8],
  ['no counts', 'completed', { done: 0, failed: 0 }, rows(8, 2), 8],
  ['expired with output', 'expired', { done: 4, failed: 6 }, rows(4, 6), 4],
  ['cancelled without counts', 'cancelled', { done: 0, failed: 0 }, [], 0],
  ['failed as a whole', 'failed', { done: 0, failed: 0 }, [], 0],
] as const)('answers that are due: %s', (_what, status, counts, found, due) => {
  expect(answersDue({ status, counts: { total: 10, ...counts } }, 10, found)).toBe(due);
});

test.each([
  ['COMPLETED', {}, 'completed', undefined],
  ['IN_PROGRESS', {}, 'running', undefined],
  ['done', { completed_at: 5 }, 'completed', undefined],
  ['archived', { expired_at: 5, completed_at: null }, 'expired', undefined],
  ['paused', {}, 'running', 'paused'],
  ['stopped', { cancelled_at: 5 }, 'cancelled', undefined],
])('a batch that is %s', (status, times, expected, word) => {
  const batch = toBatch({ id: 'b', status, created_at: 1, ...times } as never);

  expect([batch.status, batch.word]).toEqual([expected, word]);
});

test.each([
  ['as a list', { errors: { data: [{ code: 'x', message: 'no such model' }] } }],
  ['as a text', { errors: 'no such model' }],
  ['as an object', { errors: { message: 'no such model' } }],
  ['in another member', { errors: null, error: 'no such model' }],
])('why a batch failed, told %s', (_how, told) => {
  const batch = toBatch({ id: 'b', status: 'FAILED', created_at: '2026-01-01T00:00:00Z', ...told } as never);

  expect(batch).toMatchObject({ createdAt: Date.UTC(2026, 0, 1), error: { message: 'no such model' } });
});

test('a batch of Gemini that names no file has its rows in its description', () => {
  const list = [{ metadata: { key: 'a' }, response: { candidates: [] } }];
  const rows = inlinedLines({ response: { inlinedResponses: { inlinedResponses: list } } });

  expect(rows.map((row) => [idOfGemini(row), geminiLine(row)])).toEqual([['a', { answer: { candidates: [] } }]]);
  expect(inlinedLines({ response: {} })).toEqual([]);
});

test.each([
  ['no metadata', null, 'shard-7.jsonl', ['shard-7']],
  ['empty metadata', {}, 'shard-7.jsonl', ['shard-7']],
  ['metadata of ours', { app: 'blogger', shard: 'shard-7' }, 'gone', ['shard-7']],
  ['metadata of another program', { app: 'other' }, 'shard-7.jsonl', []],
  ['a file of another kind', null, 'rows.csv', []],
  ['a file that is gone', null, undefined, []],
] as const)('a batch that is listed with %s', async (_what, metadata, filename, shards) => {
  const server = await startTinyServer((_method, url) => {
    if (url.startsWith('/v1/batches'))
      return { data: [{ id: 'batch-1', status: 'in_progress', created_at: 1, input_file_id: 'file-1', metadata }] };
    return filename === undefined ? { refuse: { status: 404, body: {} } } : { id: 'file-1', filename };
  });
  const model = createOpenAiBatchModel({ model: 'm', apiKey: 'k', baseUrl: `${server.url}/v1` });
  const found: string[] = [];
  for await (const { shardId } of model.list(new AbortController().signal)) found.push(shardId);
  await server.close();

  expect(found).toEqual(shards);
});

test('a batch leaves out what the rows of the last one were refused for', async () => {
  const uploads: string[] = [];
  const refusal = {
    error: {
      message: "Unsupported parameter: 'reasoning_effort' is not supported with this model.",
      param: 'reasoning_effort',
    },
  };
  const server = await startTinyServer((method, url, body) => {
    if (url === '/v1/files' && method === 'POST') return { id: `file-${uploads.push(body)}` };
    if (url.endsWith('/content')) return JSON.stringify(responded(400, refusal));
    return { id: 'batch-1', status: 'completed', created_at: 1, output_file_id: 'out', metadata: { shard: 's' } };
  });
  const model = createOpenAiBatchModel({ model: 'gpt-6-luna', apiKey: 'k', baseUrl: `${server.url}/v1` });
  const brief = makeBrief();
  const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });
  const signal = new AbortController().signal;
  const submit = () => model.submit('s', [{ id: 'a', brief, tier: 'batch', prompt }], signal);

  await submit();
  const found: BatchRow[] = [];
  for await (const row of model.collect('batch-1', signal)) found.push(row);
  await submit();
  await server.close();

  expect(found).toMatchObject([{ kind: 'error', retryable: true }]);
  expect(uploads.map((body) => body.includes('reasoning_effort'))).toEqual([true, false]);
});

test.each([
  ['api_error', 'Internal server error', 'PROVIDER_OVERLOADED', true],
  ['overloaded_error', 'Overloaded', 'PROVIDER_OVERLOADED', true],
  ['timeout_error', 'Request timed out', 'PROVIDER_OVERLOADED', true],
  ['rate_limit_error', 'This request would exceed the rate limit', 'PROVIDER_RATE_LIMITED', true],
  ['billing_error', 'Your credit balance is too low', 'PROVIDER_QUOTA', false],
  ['authentication_error', 'invalid x-api-key', 'PROVIDER_AUTH', false],
  ['permission_error', 'Your API key does not have permission to use it.', 'PROVIDER_AUTH', false],
  ['not_found_error', 'model: m', 'PROVIDER_MODEL', false],
  ['request_too_large', 'Request exceeds the maximum allowed number of bytes.', 'PROVIDER_REQUEST', false],
])('Anthropic: a row that ended as %s', async (type, message, code, retryable) => {
  const line = { custom_id: 'a', result: { type: 'errored', error: { type: 'error', error: { type, message } } } };
  const server = await startTinyServer(() => JSON.stringify(line));
  const model = createAnthropicBatchModel({ model: 'm', apiKey: 'k', baseUrl: server.url });
  const found: BatchRow[] = [];
  for await (const row of model.collect('batch-1', new AbortController().signal)) found.push(row);
  await server.close();

  expect(found).toMatchObject([{ kind: 'error', code, retryable }]);
});

test('the key does not follow a redirect of a file to another host', async () => {
  const keys: (string | undefined)[] = [];
  const read = (request: IncomingMessage, response: ServerResponse, location?: string) => {
    keys.push(request.headers.authorization);
    if (location === undefined) response.end(JSON.stringify(responded(200, answer)));
    else response.writeHead(307, { location }).end();
  };
  const store = createServer((request, response) => read(request, response)).listen(0, '127.0.0.2');
  await once(store, 'listening');
  const { port } = store.address() as AddressInfo;
  const batch = { id: 'batch-1', status: 'completed', created_at: 1, output_file_id: 'out' };
  const vendor = createServer((request, response) =>
    request.url?.endsWith('/content') === true
      ? read(request, response, `http://127.0.0.2:${port}/signed?x=1`)
      : response.setHeader('content-type', 'application/json').end(JSON.stringify(batch)),
  ).listen(0, '127.0.0.1');
  await once(vendor, 'listening');
  const baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/v1`;
  const model = createOpenAiBatchModel({ model: 'm', apiKey: 'k', baseUrl });
  const found: BatchRow[] = [];
  for await (const row of model.collect('batch-1', new AbortController().signal)) found.push(row);
  for (const server of [store, vendor]) {
    server.closeAllConnections();
    server.close();
  }

  expect(found).toMatchObject([{ id: 'a', kind: 'answer' }]);
  expect(keys).toEqual(['Bearer k', undefined]);
});

test.each([
  ['by its field', { message: "Invalid file purpose 'batch'", param: 'purpose' }],
  ['by its reason', { message: 'Invalid value for purpose.' }],
])('a server that knows the files of batches by another purpose says so %s', async (_how, error) => {
  const purposes: string[] = [];
  const made = { id: 'batch-1', status: 'VALIDATING', created_at: '2026-11-30T19:00:00Z', metadata: { shard: 's' } };
  const server = await startTinyServer((_method, url, body) => {
    if (url !== '/v1/files') return { job: made, warning: '' };
    const purpose = /name="purpose"\s+([\w-]+)/.exec(body)?.[1] ?? '';
    purposes.push(purpose);
    return purpose === 'batch-api' ? { id: 'file-1' } : { refuse: { status: 400, body: { error } } };
  });
  const model = createOpenAiBatchModel({ model: 'm', apiKey: 'k', baseUrl: `${server.url}/v1` });
  const brief = makeBrief();
  const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });
  const batch = await model.submit('s', [{ id: 'a', brief, tier: 'batch', prompt }], new AbortController().signal);
  await server.close();

  expect(purposes).toEqual(['batch', 'batch-api']);
  expect(batch).toMatchObject({ id: 'batch-1', shardId: 's', status: 'pending' });
});

test.each([
  [{ code: 'model_not_found', line: 1, message: 'The provided model is not supported by the Batch API.' }, 'invalid'],
  [{ code: 'invalid_file', line: null, message: 'Cannot find file file-1, or there is no access to it.' }, 'other'],
  [{ code: 'token_limit_exceeded', line: null, message: 'Enqueued token limit reached' }, 'queue-full'],
])('a batch that failed for %o', (error, kind) => {
  const batch = { id: 'b', status: 'failed', created_at: 1, errors: { data: [error] } };

  expect(toBatch(batch as Parameters<typeof toBatch>[0]).error?.kind).toBe(kind);
});
