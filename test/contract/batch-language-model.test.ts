import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchLanguageModel, BatchRow, ModelRequest } from '../../src/core/ports.ts';
import { createAnthropicBatchModel } from '../../src/services/models/anthropic/anthropic-batch.ts';
import { estimateTokens } from '../../src/services/models/client/count-tokens.ts';
import { createGeminiBatchModel } from '../../src/services/models/gemini/gemini-batch.ts';
import { createOpenAiBatchModel } from '../../src/services/models/openai/openai-batch.ts';
import { parseReply } from '../../src/stages/write/answer/parse-reply.ts';
import { buildPrompt } from '../../src/stages/write/prompt/build-prompt.ts';
import { TEMPLATES } from '../../src/stages/write/prompt/templates.ts';
import { makeArticleOf, makeBrief } from '../helpers/make-brief.ts';
import { startVendorServer, type VendorServer } from '../helpers/vendor-server/start.js';

const never = new AbortController().signal;
const TEXT =
  'The harbour of Port Selby opened on 4 May 1902 with twelve berths for herring boats. Its new tidal turbine delivers 340 kilowatts, as engineer Ann Lee reports. “We are glad that it turns at all,” she said in March 2025. The town pays 1.2 million euros over nine years for it. Fishermen asked for a wider channel, and the council agreed to 40 metres.';

function requests(count: number): ModelRequest[] {
  const brief = makeBrief({ articles: [makeArticleOf(TEXT)] });
  const prompt = buildPrompt(brief, { templateText: TEMPLATES.article, reasoningTokens: 0, estimateTokens });
  return Array.from({ length: count }, (_, index) => ({ id: `call-${index}:part`, brief, tier: 'batch', prompt }));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

let server: VendorServer;
beforeEach(async () => {
  server = await startVendorServer();
});
afterEach(() => server.close());

const vendors: readonly (readonly [string, () => BatchLanguageModel])[] = [
  [
    'openai',
    () => createOpenAiBatchModel({ model: 'gpt-6-luna', apiKey: 'sk-test-0123456789', baseUrl: server.openaiBaseUrl }),
  ],
  [
    'gemini',
    () =>
      createGeminiBatchModel({
        model: 'gemini-2.5-flash-lite',
        apiKey: 'AIza-test-0123456789',
        baseUrl: server.geminiBaseUrl,
      }),
  ],
  [
    'anthropic',
    () =>
      createAnthropicBatchModel({
        model: 'claude-haiku-4-5',
        apiKey: 'sk-ant-test-0123456789',
        baseUrl: server.anthropicBaseUrl,
      }),
  ],
];

describe.each(vendors)('%s', (provider, create) => {
  const finish = async (model: BatchLanguageModel, id: string) => {
    for (let look = 0; look < 10; look += 1) {
      const batch = await model.poll(id, never);
      if (batch.status !== 'pending' && batch.status !== 'running') return batch;
    }
    throw new Error('the batch does not end');
  };

  test('answers each row once under its id, at the price of a batch', async () => {
    const model = create();
    const made = await model.submit('shard-1', requests(3), never);
    const batch = await finish(model, made.id);
    const rows = await all<BatchRow>(model.collect(made.id, never));

    expect([model.provider, made.shardId, batch.status, batch.counts.total]).toEqual([
      provider,
      'shard-1',
      'completed',
      3,
    ]);
    expect(rows.map(({ id }) => id).sort()).toEqual(['call-0:part', 'call-1:part', 'call-2:part']);
    for (const row of rows) {
      if (row.kind !== 'answer') throw new Error(row.message);
      expect(row.reply.tier).toBe('batch');
      expect(row.reply.usage?.output).toBeGreaterThan(0);
      expect(parseReply(row.reply).body).toContain('340 kilowatts');
    }
    expect(await all(model.collect(made.id, never))).toHaveLength(3); // repeatable and free
  });

  test('a row that failed says why, and its neighbours are answers', async () => {
    server.batches.script({ failRows: [1] });
    const model = create();
    const { id } = await model.submit('shard-2', requests(3), never);
    await finish(model, id);
    const rows = await all<BatchRow>(model.collect(id, never));

    expect(rows.filter(({ kind }) => kind === 'answer')).toHaveLength(2);
    expect(rows.find(({ kind }) => kind === 'error')).toMatchObject({ id: 'call-1:part', retryable: true });
  });

  test('a batch that is cancelled keeps what was answered', async () => {
    server.batches.script({ hold: true });
    const model = create();
    const { id } = await model.submit('shard-3', requests(2), never);
    await model.poll(id, never);
    await model.cancel(id, never);

    expect((await finish(model, id)).status).toBe('cancelled');
  });

  test('its batches are listed so that a lost one is found again', async () => {
    const model = create();
    const { id } = await model.submit('shard-4', requests(1), never);
    await finish(model, id);
    const found = (await all(model.list(never))).find((batch) => batch.id === id);

    expect(found?.shardId === 'shard-4' || found?.rowId === 'call-0:part').toBe(true);
  });

  test('a batch that the vendor does not know is named', async () => {
    await expect(create().poll(provider === 'gemini' ? 'batches/none' : 'none', never)).rejects.toMatchObject({
      code: 'PROVIDER_MODEL',
    });
  });
});
