import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LanguageModel, ModelRequest } from '../../src/core/ports.ts';
import type { ProviderName } from '../../src/core/providers.ts';
import { createAnthropicModel } from '../../src/services/models/anthropic/anthropic.ts';
import { estimateTokens } from '../../src/services/models/client/count-tokens.ts';
import { createExtractiveModel } from '../../src/services/models/extractive/extractive.ts';
import { createGeminiModel } from '../../src/services/models/gemini/gemini.ts';
import { createGeminiBatchModel } from '../../src/services/models/gemini/gemini-batch.ts';
import { createOpenAiModel } from '../../src/services/models/openai/openai.ts';
import { createOpenAiBatchModel } from '../../src/services/models/openai/openai-batch.ts';
import { PROVIDERS } from '../../src/services/models/providers.ts';
import { parseReply } from '../../src/stages/write/answer/parse-reply.ts';
import { buildPrompt } from '../../src/stages/write/prompt/build-prompt.ts';
import { TEMPLATES } from '../../src/stages/write/prompt/templates.ts';
import { makeArticleOf, makeBrief } from '../helpers/make-brief.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const never = new AbortController().signal;
const TEXT =
  'The harbour of Port Selby opened on 4 May 1902 with twelve berths for herring boats. The new tidal turbine delivers 340 kilowatts, as engineer Ann Lee reports. “We are glad that it turns at all,” she said in March 2025. The town pays 1.2 million euros over nine years for it. Fishermen asked for a wider channel, and the council agreed to 40 metres.';

function request(members: Partial<ModelRequest> = {}): ModelRequest {
  const brief = makeBrief({ articles: [makeArticleOf(TEXT)] });
  return {
    id: 'call-1',
    brief,
    tier: 'standard',
    prompt: buildPrompt(brief, { templateText: TEMPLATES.article, reasoningTokens: 0, estimateTokens }),
    ...members,
  };
}

let server: VendorServer;
beforeAll(async () => {
  server = await startVendorServer();
});
beforeEach(() => server.clearFaults());
afterAll(() => server.close());

const models: [string, () => LanguageModel][] = [
  [
    'openai',
    () => createOpenAiModel({ model: 'gpt-6-luna', apiKey: 'sk-test-0123456789', baseUrl: server.openaiBaseUrl }),
  ],
  [
    'gemini',
    () =>
      createGeminiModel({
        model: 'gemini-2.5-flash-lite',
        apiKey: 'AIza-test-0123456789',
        baseUrl: server.geminiBaseUrl,
      }),
  ],
  [
    'anthropic',
    () =>
      createAnthropicModel({
        model: 'claude-haiku-4-5',
        apiKey: 'sk-ant-test-0123456789',
        baseUrl: server.anthropicBaseUrl,
      }),
  ],
];

test.each([...models, ['extractive', () => createExtractiveModel()] as [string, () => LanguageModel]])(
  '%s answers a prompt with a post and its usage',
  async (provider, create) => {
    const model = create();
    const reply = await model.answer(request(), never);

    expect(model.provider).toBe(provider);
    expect(reply.finishReason).toBe('stop');
    expect(parseReply(reply).body).toContain('340 kilowatts');
    expect(reply.usage?.input).toBeGreaterThanOrEqual(0);
    expect(JSON.parse(reply.raw)).toBeTypeOf('object');
  },
);

describe.each(models)('%s', (_name, create) => {
  test.each([
    ['rate-limit', 'PROVIDER_RATE_LIMITED', true],
    ['overloaded', 'PROVIDER_OVERLOADED', true],
    ['html-5xx', 'PROVIDER_UNKNOWN_OUTCOME', false],
    ['quota', 'PROVIDER_QUOTA', false],
    ['auth', 'PROVIDER_AUTH', false],
    ['reset-before', 'PROVIDER_UNKNOWN_OUTCOME', false],
    ['reset-after', 'PROVIDER_UNKNOWN_OUTCOME', false],
    ['reset-mid', 'PROVIDER_UNKNOWN_OUTCOME', false],
  ] as const)('%s is %s', async (kind, code, retryable) => {
    server.fault({ kind });
    await expect(create().answer(request(), never)).rejects.toMatchObject({ code, retryable });
  });

  test('never retries by itself, whatever the SDK would like', async () => {
    const before = server.log.calls.length;
    server.fault({ kind: 'overloaded', times: 5 });
    await expect(create().answer(request(), never)).rejects.toThrow();

    expect(server.log.calls.length - before).toBe(1);
  });

  test.each([
    ['truncate', 'length'],
    ['safety', 'safety'],
    ['broken-json', 'stop'],
  ] as const)('%s is an answer that ended by %s, paid and kept', async (kind, finishReason) => {
    server.fault({ kind });
    const reply = await create().answer(request(), never);

    // Anthropic has one word for both.
    const reasons = kind === 'safety' ? ['safety', 'refusal'] : [finishReason];
    expect(reasons).toContain(reply.finishReason);
    expect(() => parseReply(reply)).toThrow(
      expect.objectContaining({ code: expect.stringMatching(/^REPLY_/) as string }),
    );
  });

  test('says what tier was served', async () => {
    const model = create();
    const reply = await model.answer(request({ tier: 'flex' }), never);
    expect(reply.tier).toBe(
      PROVIDERS[model.provider as ProviderName].tiers.some((tier) => tier === 'flex') ? 'flex' : 'standard',
    );
  });

  test('gives a call up when its signal fires', async () => {
    server.fault({ kind: 'hang' });
    const stop = new AbortController();
    const answer = create().answer(request(), stop.signal);
    setTimeout(() => stop.abort(new DOMException('stop', 'AbortError')), 50);

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('keeps the key out of its errors', async () => {
    server.fault({
      kind: 'status',
      status: 400,
      body: {
        error: { message: 'bad key sk-test-0123456789 AIza-test-0123456789', code: 400, status: 'INVALID_ARGUMENT' },
      },
    });
    const failure = await create()
      .answer(request(), never)
      .catch((error: Error) => error);

    expect(String((failure as Error).message)).not.toMatch(/0123456789/);
  });
});

test.each([
  [
    'openai',
    (url: VendorServer) =>
      createOpenAiBatchModel({ model: 'gpt-6-luna', apiKey: 'sk-test-0123456789', baseUrl: url.openaiBaseUrl }),
  ],
  [
    'gemini',
    (url: VendorServer) =>
      createGeminiBatchModel({
        model: 'gemini-2.5-flash-lite',
        apiKey: 'AIza-test-0123456789',
        baseUrl: url.geminiBaseUrl,
      }),
  ],
] as const)('%s keeps the key out of what it says of a batch that failed', async (_vendor, create) => {
  await using failing = await startVendorServer();
  failing.batches.script({ end: 'failed', rows: 0, message: 'not with sk-test-0123456789 or AIza-test-0123456789' });
  const model = create(failing);
  const { id } = await model.submit('shard-1', [request()], never);
  const { error } = await model.poll(id, never);

  expect(error?.message).toContain('not with [key]');
  expect(error?.message).not.toMatch(/0123456789/);
});

test.each([
  ['credit is used up', { error: { message: 'Insufficient credits', code: 402 } }, 'PROVIDER_QUOTA'],
  ['too many requests', { error: { message: 'Rate limited', code: 429 } }, 'PROVIDER_RATE_LIMITED'],
  [
    'an upstream that fails, inside a choice',
    { choices: [{ index: 0, message: { content: '' }, error: { code: 502, message: 'Provider returned error' } }] },
    'PROVIDER_OVERLOADED',
  ],
  ['a plain text', { error: 'model is loading' }, 'PROVIDER_OVERLOADED'],
] as const)('an error at HTTP 200 with a code in figures is taken as what it says: %s', async (_what, body, code) => {
  await using local = await startVendorServer({ compatible: {}, faults: [{ kind: 'status', status: 200, body }] });
  const model = createOpenAiModel({ model: 'qwen3', baseUrl: local.openaiBaseUrl });

  await expect(model.answer(request(), never)).rejects.toMatchObject({ code });
});

test('a compatible server is asked with max_tokens and is not waited for headers that it never sends', async () => {
  await using local = await startVendorServer({ compatible: { refuses: ['max_completion_tokens'] } });
  let reports = 0;
  const model = createOpenAiModel({ model: 'qwen3', baseUrl: local.openaiBaseUrl, onLimits: () => (reports += 1) });
  await model.answer(request(), never);

  expect(reports).toBe(0);
  expect(local.log.of('live').map(({ status }) => status)).toEqual([200]); // at the first try
});

test('a compatible server without strict schemas, usage or known fields still gives a post', async () => {
  await using local = await startVendorServer({
    compatible: { noUsage: true, fenced: true, refuses: ['reasoning_effort', 'max_completion_tokens'] },
  });
  const model = createOpenAiModel({ model: 'qwen3', baseUrl: local.openaiBaseUrl });
  const reply = await model.answer(request(), never);

  expect(parseReply(reply).title).not.toBe('');
  expect(reply.usage).toBeUndefined();
});
