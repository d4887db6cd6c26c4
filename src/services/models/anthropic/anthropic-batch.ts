import type Anthropic from '@anthropic-ai/sdk';
import type { BatchLanguageModel, BatchRow, VendorBatch } from '../../../core/ports.ts';
import { at, jsonLines, textAt } from '../client/json.ts';
import { providerError } from '../client/provider-errors.ts';
import { readErrorBody } from '../client/read-refusal.ts';
import type { ModelOptions } from '../provider.ts';
import { anthropicQuirks, buildAnthropicBody } from './anthropic-body.ts';
import { createAnthropicClient } from './anthropic-client.ts';
import { readAnthropicReply } from './anthropic-reply.ts';

const CALL_TIMEOUT_MS = 300_000;
/** Batches that are looked through for one whose making was not heard of. */
const MOST_LISTED = 100;

/**
 * Anthropic's Message Batches: half price within 24 hours. A batch carries no name of ours, so that a lost one is known by its rows:
 * `list` gives the id of a row where the batch has ended.
 */
export function createAnthropicBatchModel(options: ModelOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createAnthropicClient(options);
  const quirks = anthropicQuirks(reasoning);
  const call = <T>(signal: AbortSignal, run: (sdk: Anthropic, signal: AbortSignal) => Promise<T>) =>
    client.call(run, { signal, timeoutMs: CALL_TIMEOUT_MS });

  const resultsOf = (batchId: string, signal: AbortSignal) =>
    call(signal, async (sdk, inner) => {
      const path = `/v1/messages/batches/${encodeURIComponent(batchId)}/results`;
      const response = await sdk.get(path, { signal: inner, headers: { accept: 'application/binary' } }).asResponse();
      return response.text();
    });

  function readRow(line: unknown): BatchRow {
    const id = requestId(textAt(line, 'custom_id') ?? '');
    const result = at(line, 'result');
    const message = at(result, 'message');
    if (textAt(result, 'type') === 'succeeded')
      return {
        id,
        kind: 'answer',
        reply: readAnthropicReply(message, { raw: JSON.stringify(message), model, tier: 'batch' }),
      };
    if (textAt(result, 'type') !== 'errored')
      return {
        id,
        kind: 'error',
        code: 'BATCH_PENDING',
        message: `the row ${textAt(result, 'type') ?? 'has no answer'}`,
        retryable: true,
      };
    const failure = at(result, 'error', 'error') ?? at(result, 'error');
    const isFault = textAt(failure, 'type') === 'invalid_request_error';
    const error = providerError(readErrorBody(failure, isFault ? 400 : 500), client.context);
    return { id, kind: 'error', code: error.code, message: error.message, retryable: error.retryable };
  }

  return {
    provider: 'anthropic',
    model,
    submit: (shardId, requests, signal) =>
      call(signal, async (sdk, inner) => {
        const rows = requests.map((request) => ({
          custom_id: rowId(request.id),
          params: buildAnthropicBody(model, request, quirks) as unknown as Anthropic.MessageCreateParamsNonStreaming,
        }));
        const batch = await sdk.messages.batches.create({ requests: rows }, { signal: inner });
        if (textAt(batch, 'id') === undefined) throw new Error('the answer to a new batch does not name it');
        return { ...toBatch(batch), shardId };
      }),
    poll: (batchId, signal) =>
      call(signal, async (sdk, inner) => toBatch(await sdk.messages.batches.retrieve(batchId, {}, { signal: inner }))),
    async *collect(batchId, signal) {
      for (const line of jsonLines(await resultsOf(batchId, signal))) yield readRow(line);
    },
    cancel: (batchId, signal) =>
      call(signal, async (sdk, inner) => toBatch(await sdk.messages.batches.cancel(batchId, {}, { signal: inner }))),
    async *list(signal) {
      const batches = await call(signal, async (sdk, inner) => {
        const found: Anthropic.Messages.MessageBatch[] = [];
        for await (const batch of sdk.messages.batches.list({ limit: MOST_LISTED }, { signal: inner })) {
          found.push(batch);
          if (found.length >= MOST_LISTED) break;
        }
        return found;
      });
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
