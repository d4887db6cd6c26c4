import { setTimeout as sleep } from 'node:timers/promises';
import { BloggerError } from '../../../core/errors.ts';
import type { BatchLanguageModel, BatchRow, VendorBatch, VendorBatchStatus } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { batchFailure } from '../client/batch-failure.ts';
import { at, countAt, isObject, jsonLines, textAt } from '../client/json.ts';
import { providerError } from '../client/provider-errors.ts';
import { readErrorBody } from '../client/read-refusal.ts';
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
  QUEUED: 'pending',
  RUNNING: 'running',
  UPDATING: 'running',
  PAUSED: 'running',
  CANCELLING: 'running',
  SUCCEEDED: 'completed',
  PARTIALLY_SUCCEEDED: 'completed',
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
      const file = await client.call(
        (sdk, abortSignal) =>
          sdk.files.upload({
            file: new Blob([`${lines.join('\n')}\n`], { type: 'application/jsonl' }),
            config: { mimeType: 'application/jsonl', displayName: shardId, abortSignal },
          }),
        within(signal),
      );
      const batch = await whenReady(
        () =>
          client.call(
            (sdk, abortSignal) =>
              sdk.batches.create({ model, src: file.name ?? '', config: { displayName: shardId, abortSignal } }),
            within(signal),
          ),
        signal,
      );
      if (batch.name === undefined || batch.name === '')
        throw new BloggerError('The answer to a new batch does not name it', {
          code: 'PROVIDER_UNKNOWN_OUTCOME',
          hint: 'The batch is looked for in the list of batches.',
        });
      // From the answer itself: a look at the batch may fail, and then a batch that exists would count as never made.
      return {
        id: batch.name,
        shardId,
        status: 'running',
        createdAt: Date.parse(batch.createTime ?? '') || 0,
        counts: { total: requests.length, done: 0, failed: 0 },
      };
    },
    poll: async (batchId, signal) => toBatch(await readOperation(batchId, signal)),
    async *collect(batchId, signal) {
      const operation = await readOperation(batchId, signal);
      const file = responsesFile(operation);
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

/** An uploaded file is processed for some seconds before a batch can be made of it; the refusal until then made nothing. */
const FILE_WAITS_MS = [500, 1000, 2000, 4000, 8000, 15_000, 30_000] as const;

async function whenReady<T>(create: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (const waitMs of FILE_WAITS_MS) {
    try {
      return await create();
    } catch (error) {
      if (!BloggerError.is(error) || error.details['vendorCode'] !== 'FAILED_PRECONDITION') throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
  return create();
}

function toBatch(operation: unknown): VendorBatch {
  const metadata = at(operation, 'metadata');
  const stats = at(metadata, 'batchStats');
  const word = (textAt(metadata, 'state') ?? '').replace(/^(?:BATCH|JOB)_STATE_/, '');
  const message = textAt(operation, 'error', 'message');
  const status = statusOf(word, operation);
  return {
    id: textAt(operation, 'name') ?? '',
    shardId: textAt(metadata, 'displayName') ?? '',
    status: status ?? 'running',
    ...(status === undefined && word !== '' ? { word } : {}),
    createdAt: Date.parse(textAt(metadata, 'createTime') ?? '') || 0,
    counts: {
      total: countAt(stats, 'requestCount') ?? 0,
      done: handsOver(status, operation) ? (countAt(stats, 'successfulRequestCount') ?? 0) : 0,
      failed: countAt(stats, 'failedRequestCount') ?? 0,
    },
    ...(message === undefined
      ? {}
      : {
          error: batchFailure(
            countAt(operation, 'error', 'code') === RESOURCE_EXHAUSTED ? 'RESOURCE_EXHAUSTED' : '',
            redactSecrets(message),
          ),
        }),
  };
}

/** A batch that was cancelled or expired gives none of its answers, unless it names a file of them. */
function handsOver(status: VendorBatchStatus | undefined, operation: unknown): boolean {
  return (status !== 'cancelled' && status !== 'expired') || responsesFile(operation) !== undefined;
}

function responsesFile(operation: unknown): string | undefined {
  return textAt(operation, 'metadata', 'output', 'responsesFile') ?? textAt(operation, 'response', 'responsesFile');
}

/** Of google.rpc's codes. */
const RESOURCE_EXHAUSTED = 8;

/** `done` or an end time says that a batch is over, whatever word stands beside it. */
function statusOf(word: string, operation: unknown): VendorBatchStatus | undefined {
  const known = STATUSES[word];
  const isDone = at(operation, 'done') === true || textAt(operation, 'metadata', 'endTime') !== undefined;
  if (!isDone || (known !== undefined && known !== 'pending' && known !== 'running')) return known;
  return at(operation, 'error') === undefined ? 'completed' : 'failed';
}
