import type { BatchLanguageModel, BatchRow, VendorBatch, VendorBatchStatus } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { at, countAt, isObject, textAt } from '../json.ts';
import { jsonLines } from '../json-lines.ts';
import { providerError } from '../provider-errors.ts';
import { readErrorBody } from '../read-refusal.ts';
import { redactSecrets } from '../redact.ts';
import { buildGeminiRequest } from './gemini-body.ts';
import { createGeminiClient, type GeminiOptions } from './gemini-client.ts';
import { readGeminiReply } from './gemini-reply.ts';

export interface GeminiBatchOptions extends GeminiOptions {
  readonly reasoning?: ReasoningEffort | undefined;
}

const CALL_TIMEOUT_MS = 300_000;
const STATUSES: Readonly<Record<string, VendorBatchStatus>> = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'completed',
  FAILED: 'failed',
  EXPIRED: 'expired',
  CANCELLED: 'cancelled',
};

/** Gemini's batch mode by an uploaded file, half price. The shard's id is the batch's display name. Progress is read from the raw operation, which the SDK cuts short. */
export function createGeminiBatchModel(options: GeminiBatchOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createGeminiClient(options);
  const within = (signal: AbortSignal) => ({ signal, timeoutMs: CALL_TIMEOUT_MS });
  const readOperation = async (name: string, signal: AbortSignal): Promise<unknown> =>
    (await client.rest(`/v1beta/${name}`, {}, within(signal))).json();

  function readRow(line: unknown): BatchRow {
    const id = textAt(line, 'key') ?? '';
    const response = at(line, 'response');
    if (isObject(response))
      return {
        id,
        kind: 'answer',
        reply: readGeminiReply(response, { raw: JSON.stringify(response), model, tier: 'batch' }),
      };
    const { code, message, retryable } = providerError(readErrorBody(line, 500), client.context);
    return { id, kind: 'error', code, message, retryable };
  }

  return {
    provider: 'gemini',
    model,
    async submit(shardId, requests, signal) {
      const lines = requests.map((request) =>
        JSON.stringify({ key: request.id, request: buildGeminiRequest(model, request.prompt, reasoning) }),
      );
      return client.call(async (sdk, abortSignal) => {
        const file = await sdk.files.upload({
          file: new Blob([`${lines.join('\n')}\n`], { type: 'application/jsonl' }),
          config: { mimeType: 'application/jsonl', displayName: shardId, abortSignal },
        });
        const batch = await sdk.batches.create({
          model,
          src: file.name ?? '',
          config: { displayName: shardId, abortSignal },
        });
        if (batch.name === undefined || batch.name === '')
          throw new Error('the answer to a new batch does not name it');
        // From the answer itself: a look at the batch may fail, and then a batch that exists would count as never made.
        return {
          id: batch.name,
          shardId,
          status: 'running',
          createdAt: Date.parse(batch.createTime ?? '') || 0,
          counts: { total: requests.length, done: 0, failed: 0 },
        };
      }, within(signal));
    },
    poll: async (batchId, signal) => toBatch(await readOperation(batchId, signal)),
    async *collect(batchId, signal) {
      const operation = await readOperation(batchId, signal);
      const file =
        textAt(operation, 'metadata', 'output', 'responsesFile') ?? textAt(operation, 'response', 'responsesFile');
      if (file === undefined) return;
      const response = await client.rest(`/download/v1beta/${file}:download?alt=media`, {}, within(signal));
      for (const line of jsonLines(await response.text())) yield readRow(line);
    },
    async cancel(batchId, signal) {
      await client.call(
        (sdk, abortSignal) => sdk.batches.cancel({ name: batchId, config: { abortSignal } }),
        within(signal),
      );
      return toBatch(await readOperation(batchId, signal));
    },
    async *list(signal) {
      let page = '';
      for (let pages = 0; pages < 20; pages += 1) {
        const answer: unknown = await (
          await client.rest(
            `/v1beta/batches?pageSize=100${page === '' ? '' : `&pageToken=${encodeURIComponent(page)}`}`,
            {},
            within(signal),
          )
        ).json();
        const operations = at(answer, 'operations') ?? at(answer, 'batches');
        for (const operation of Array.isArray(operations) ? operations : []) yield toBatch(operation);
        page = textAt(answer, 'nextPageToken') ?? '';
        if (page === '') return;
      }
    },
  };
}

function toBatch(operation: unknown): VendorBatch {
  const metadata = at(operation, 'metadata');
  const stats = at(metadata, 'batchStats');
  const state = (textAt(metadata, 'state') ?? '').replace(/^(?:BATCH|JOB)_STATE_/, '');
  const message = textAt(operation, 'error', 'message');
  return {
    id: textAt(operation, 'name') ?? '',
    shardId: textAt(metadata, 'displayName') ?? '',
    status: STATUSES[state] ?? 'running',
    createdAt: Date.parse(textAt(metadata, 'createTime') ?? '') || 0,
    counts: {
      total: countAt(stats, 'requestCount') ?? 0,
      done: countAt(stats, 'successfulRequestCount') ?? 0,
      failed: countAt(stats, 'failedRequestCount') ?? 0,
    },
    ...(message === undefined
      ? {}
      : {
          error: {
            code: countAt(operation, 'error', 'code') === 8 ? 'token_limit_exceeded' : 'failed',
            message: redactSecrets(message),
          },
        }),
  };
}
