import type Anthropic from '@anthropic-ai/sdk';
import type { BatchLanguageModel, BatchRow, VendorBatch } from '../../../core/ports.ts';
import { at, jsonLines, textAt } from '../client/json.ts';
import { createLessons } from '../client/lessons.ts';
import type { ModelOptions } from '../provider.ts';
import { type BatchRowOptions, batchRow } from '../reply/batch-row.ts';
import { anthropicQuirks, buildAnthropicBody, learnFromAnthropic } from './anthropic-body.ts';
import { createAnthropicClient } from './anthropic-client.ts';

const CALL_TIMEOUT_MS = 300_000;
/** Batches that are looked through for one whose making was not heard of. */
const MAX_LISTED = 100;

/**
 * Anthropic's Message Batches: half price within 24 hours. A batch carries no name of ours, so that a lost one is known by its rows:
 * `list` gives the id of a row where the batch has ended.
 */
export function createAnthropicBatchModel(options: ModelOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createAnthropicClient(options);
  const lessons = createLessons(anthropicQuirks(reasoning), ({ reason }, asked) => learnFromAnthropic(reason, asked));
  const call = <T>(signal: AbortSignal, run: (sdk: Anthropic, signal: AbortSignal) => Promise<T>) =>
    client.call(run, { signal, timeoutMs: CALL_TIMEOUT_MS });

  const resultsOf = (batchId: string, signal: AbortSignal) =>
    call(signal, async (sdk, inner) => {
      const path = `/v1/messages/batches/${encodeURIComponent(batchId)}/results`;
      const response = await sdk.get(path, { signal: inner, headers: { accept: 'application/binary' } }).asResponse();
      return response.text();
    });

  return {
    provider: 'anthropic',
    model,
    submit: (shardId, requests, signal) =>
      call(signal, async (sdk, inner) => {
        const rows = requests.map((request) => ({
          custom_id: rowId(request.id),
          params: buildAnthropicBody(
            model,
            request,
            lessons.known,
          ) as unknown as Anthropic.MessageCreateParamsNonStreaming, // built as data, as for a single call
        }));
        const batch = await sdk.messages.batches.create({ requests: rows }, { signal: inner });
        if (textAt(batch, 'id') === undefined) throw new Error('the answer to a new batch does not name it');
        return { ...toBatch(batch), shardId };
      }),
    poll: (batchId, signal) =>
      call(signal, async (sdk, inner) => toBatch(await sdk.messages.batches.retrieve(batchId, {}, { signal: inner }))),
    async *collect(batchId, signal, promptOf = () => undefined) {
      const asked = lessons.known; // all rows were sent with the same
      for (const line of jsonLines(await resultsOf(batchId, signal))) {
        const id = requestId(textAt(line, 'custom_id') ?? '');
        const teaches = (error: unknown) => lessons.learn(error, asked, promptOf(id));
        yield readRow(id, line, { model, context: client.context, teaches });
      }
    },
    cancel: (batchId, signal) =>
      call(signal, async (sdk, inner) => toBatch(await sdk.messages.batches.cancel(batchId, {}, { signal: inner }))),
    async *list(signal) {
      const batches = await call(signal, (sdk, inner) =>
        firstOf(sdk.messages.batches.list({ limit: MAX_LISTED }, { signal: inner }), MAX_LISTED),
      );
      for (const batch of batches) yield { ...toBatch(batch), ...(await sampleOf(batch, signal)) };
    },
  };

  /** A row of a batch that has ended; a batch whose results are gone has none. */
  async function sampleOf(batch: Anthropic.Messages.MessageBatch, signal: AbortSignal): Promise<{ rowId?: string }> {
    if (batch.processing_status !== 'ended' || batch.results_url === null) return {};
    const [line] = jsonLines(await resultsOf(batch.id, signal));
    const id = textAt(line, 'custom_id');
    return id === undefined ? {} : { rowId: requestId(id) };
  }
}

async function firstOf<T>(items: AsyncIterable<T>, count: number): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) if (found.push(item) >= count) break;
  return found;
}

function readRow(id: string, line: unknown, options: BatchRowOptions): BatchRow {
  const result = at(line, 'result');
  const type = textAt(result, 'type') ?? 'has no answer';
  if (type === 'succeeded') return batchRow(id, { answer: at(result, 'message') }, options);
  if (type !== 'errored')
    return { id, kind: 'error', code: 'BATCH_PENDING', message: `the row ${type}`, retryable: true };
  const failure = at(result, 'error', 'error') ?? at(result, 'error');
  return batchRow(id, { failure, status: STATUSES.get(textAt(failure, 'type') ?? '') }, options);
}

/** What types of errors are in HTTP, which rows do not name. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** Ids of rows may hold letters, digits, `-` and `_` only; ids of requests have no `_`. */
function rowId(id: string): string {
  return id.replaceAll(':', '_');
}

function requestId(id: string): string {
  return id.replaceAll('_', ':');
}

function toBatch(batch: Anthropic.Messages.MessageBatch): VendorBatch {
  const { processing, succeeded, errored, canceled, expired } = batch.request_counts;
  return {
    id: batch.id,
    shardId: '',
    status: statusOf(batch),
    createdAt: Date.parse(batch.created_at) || 0,
    counts: {
      total: processing + succeeded + errored + canceled + expired,
      done: succeeded,
      failed: errored + canceled + expired,
    },
  };
}

/** `ended` says nothing of how; the counts do. */
function statusOf({
  processing_status,
  request_counts,
  cancel_initiated_at,
}: Anthropic.Messages.MessageBatch): VendorBatch['status'] {
  if (processing_status !== 'ended') return 'running';
  if (cancel_initiated_at !== null) return 'cancelled';
  return request_counts.expired > 0 ? 'expired' : 'completed';
}
