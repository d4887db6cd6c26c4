/** What refusals teach of a server, after reports by users of several servers, live and in the rows of batches. */

import { expect, test } from 'vitest';
import type { BatchLanguageModel, BatchRow, LanguageModel } from '../../../src/core/ports.ts';
import { createAnthropicModel } from '../../../src/services/models/anthropic/anthropic.ts';
import { createAnthropicBatchModel } from '../../../src/services/models/anthropic/anthropic-batch.ts';
import { estimateTokens } from '../../../src/services/models/client/count-tokens.ts';
import { createGeminiBatchModel } from '../../../src/services/models/gemini/gemini-batch.ts';
import { createOpenAiModel } from '../../../src/services/models/openai/openai.ts';
import { createOpenAiBatchModel } from '../../../src/services/models/openai/openai-batch.ts';
import { buildPrompt } from '../../../src/stages/write/prompt/build-prompt.ts';
import { makeBrief, POST } from '../../helpers/make-brief.ts';
import { startTinyServer } from '../../helpers/odd-server.ts';

const brief = makeBrief();
const prompt = buildPrompt(brief, { templateText: 'Form', reasoningTokens: 0, estimateTokens });
const signal = new AbortController().signal;
const request = { id: 'a', brief, tier: 'standard', prompt } as const;
const TEXT = JSON.stringify(POST);
const usage = { prompt_tokens: 900, completion_tokens: 200 };

type Body = Readonly<Record<string, unknown>>;
const chat = (body: Body) =>
  body['stream'] === true
    ? `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: TEXT }, finish_reason: 'stop' }], usage })}\n\ndata: [DONE]\n\n`
    : { model: 'm', choices: [{ message: { content: TEXT }, finish_reason: 'stop' }], usage };
const message = () => ({
  model: 'm',
  content: [{ type: 'text', text: TEXT }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 900, output_tokens: 200 },
});
const openAi = (url: string) => createOpenAiModel({ model: 'm', apiKey: 'k', baseUrl: `${url}/v1` });
const anthropic = (url: string) => createAnthropicModel({ model: 'm', apiKey: 'k', baseUrl: url });

interface LiveCase {
  readonly model: (url: string) => LanguageModel;
  readonly refuses: (body: Body) => boolean;
  readonly status?: number;
  readonly error: unknown;
  readonly answer: (body: Body) => unknown;
}

const refusesSchema = ({ response_format }: Body) => response_format !== undefined;
const LIVE: readonly (readonly [string, LiveCase])[] = [
  ...[
    'Requests with max_tokens > 4096 must have stream=true',
    'Stream must be set to true',
    'This takes longer than 10 minutes. Please set `stream` to true.',
  ].map(
    (reason) =>
      [
        reason,
        {
          model: openAi,
          refuses: ({ stream }: Body) => stream !== true,
          error: { error: { message: reason } },
          answer: chat,
        },
      ] as const,
  ),
  [
    'a stream without its counts',
    {
      model: openAi,
      refuses: ({ stream, stream_options }) => stream !== true || stream_options !== undefined,
      error: {
        error: {
          message: "The model only supports streaming. Extra inputs are not permitted, field: 'stream_options'",
        },
      },
      answer: chat,
    },
  ],
  [
    'a check of the request that is called a fault of the server',
    {
      model: openAi,
      refuses: ({ response_format }) => (response_format as Body | undefined)?.['type'] === 'json_schema',
      status: 500,
      error: { error: { message: "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]" } },
      answer: chat,
    },
  ],
  [
    'a grammar that cannot be built',
    {
      model: openAi,
      refuses: refusesSchema,
      status: 500,
      error: { error: { code: 500, message: 'Failed to initialize samplers: std::exception', type: 'server_error' } },
      answer: chat,
    },
  ],
  [
    'a format that could not be kept',
    {
      model: openAi,
      refuses: refusesSchema,
      error: { success: false, errors: [{ message: "AiError: JSON Mode couldn't be met", code: 5024 }] },
      answer: chat,
    },
  ],
  [
    'a gateway that does not know the tier',
    {
      model: anthropic,
      refuses: ({ service_tier }) => service_tier !== undefined,
      error: {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'service_tier: Extra inputs are not permitted' },
      },
      answer: message,
    },
  ],
  [
    'a gateway that knows no marks of the cache',
    {
      model: anthropic,
      refuses: ({ system }) => JSON.stringify(system).includes('cache_control'),
      error: { type: 'error', error: { message: 'system.0.cache_control: Extra inputs are not permitted' } },
      answer: message,
    },
  ],
];

test.each(LIVE)('live: %s', async (_what, { model, refuses, status = 400, error, answer }) => {
  let refused = 0;
  const server = await startTinyServer((_method, _url, text) => {
    const body = JSON.parse(text) as Body;
    if (!refuses(body)) return answer(body);
    refused += 1;
    return { refuse: { status, body: error } };
  });
  const asked = model(server.url);

  const replies = [await asked.answer(request, signal), await asked.answer(request, signal)];
  await server.close();

  expect(replies.map(({ text }) => text)).toEqual([TEXT, TEXT]);
  expect(refused).toBeLessThanOrEqual(2);
});

const asked = prompt.maxOutputTokens;
const tooLarge = (body: string) => ({ message: body, type: 'invalid_request_error', param: 'max_tokens' });
const ROWS: readonly (readonly [string, (url: string) => BatchLanguageModel, (limit: number) => unknown, RegExp])[] = [
  [
    'OpenAI',
    (url) => createOpenAiBatchModel({ model: 'm', apiKey: 'k', baseUrl: `${url}/v1` }),
    (limit) => ({
      custom_id: 'a',
      response: {
        status_code: 400,
        body: {
          error: tooLarge(
            `max_tokens is too large: ${limit}. This model supports at most 600 completion tokens, whereas you provided ${limit}.`,
          ),
        },
      },
    }),
    /"max_tokens":(\d+)/,
  ],
  [
    'Anthropic',
    (url) => createAnthropicBatchModel({ model: 'm', apiKey: 'k', baseUrl: url }),
    (limit) => ({
      custom_id: 'a',
      result: {
        type: 'errored',
        error: {
          type: 'error',
          error: tooLarge(`max_tokens: ${limit} > 600, which is the maximum allowed number of output tokens for m`),
        },
      },
    }),
    /"max_tokens":(\d+)/,
  ],
  [
    'Gemini',
    (url) => createGeminiBatchModel({ model: 'm', apiKey: 'k', baseUrl: url }),
    (limit) => ({
      key: 'a',
      error: {
        code: 3,
        message: `Unable to submit request because it has a maxOutputTokens value of ${limit} but the supported range is from 1 (inclusive) to 601 (exclusive).`,
      },
    }),
    /"maxOutputTokens":(\d+)/,
  ],
];

test.each(ROWS)('%s: rows of a batch teach the largest output', async (vendor, modelAt, rowOf, sentLimit) => {
  const limits: number[] = [];
  const batch = {
    id: 'batch-1',
    name: 'batches/1',
    done: true,
    metadata: { state: 'BATCH_STATE_SUCCEEDED', output: { responsesFile: 'files/1' } },
    status: 'completed',
    processing_status: 'ended',
    created_at: 1,
    output_file_id: 'out',
    request_counts: {},
  };
  const server = await startTinyServer((method, url, body) => {
    const limit = sentLimit.exec(body)?.[1];
    if (limit !== undefined) limits.push(Number(limit));
    if (url === '/v1/files' && method === 'POST') return { id: 'file-1' };
    return /content$|:download|results$/.test(url) ? JSON.stringify(rowOf(asked)) : batch;
  });
  const model = modelAt(server.url);
  const found: BatchRow[] = [];
  for await (const row of model.collect('batch-1', signal, () => prompt)) found.push(row);
  // Google's upload of a file takes more than this server can do.
  if (vendor !== 'Gemini') await model.submit('s', [{ ...request, tier: 'batch' }], signal).catch(() => {}); // its lines are what counts
  await server.close();

  expect(found).toMatchObject([{ kind: 'error', retryable: true }]);
  expect(limits).toEqual(vendor === 'Gemini' ? [] : [600]);
});
