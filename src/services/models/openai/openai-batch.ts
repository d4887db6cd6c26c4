import type OpenAI from 'openai';
import { BloggerError } from '../../../core/errors.ts';
import type {
  BatchLanguageModel,
  BatchRow,
  ModelRequest,
  VendorBatch,
  VendorBatchStatus,
} from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { batchFailure } from '../client/batch-failure.ts';
import { at, countAt, jsonLines, textAt } from '../client/json.ts';
import { providerError } from '../client/provider-errors.ts';
import { readErrorBody } from '../client/read-refusal.ts';
import { redactSecrets } from '../redact.ts';
import { buildOpenAiBody, quirksOf } from './openai-body.ts';
import { createOpenAiClient, type OpenAiOptions } from './openai-client.ts';
import { readOpenAiReply } from './openai-reply.ts';

export interface OpenAiBatchOptions extends OpenAiOptions {
  readonly reasoning?: ReasoningEffort | undefined;
}

const ENDPOINT = '/v1/chat/completions';
const CALL_TIMEOUT_MS = 300_000;
const STATUSES: Readonly<Record<string, VendorBatchStatus>> = {
  validating: 'pending',
  in_progress: 'running',
  finalizing: 'running',
  cancelling: 'running',
  completed: 'completed',
  failed: 'failed',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** OpenAI's Files and Batches: half price within 24 hours. The shard's id stands in the batch's metadata, so that a restart finds its own. */
export function createOpenAiBatchModel(options: OpenAiBatchOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createOpenAiClient(options);
  const quirks = quirksOf(model, { reasoning, compatible: client.compatible });
  const call = <T>(signal: AbortSignal, run: (sdk: OpenAI, signal: AbortSignal) => Promise<T>) =>
    client.call(run, { signal, timeoutMs: CALL_TIMEOUT_MS });

  /** Ended batches as the last look saw them, so that collecting needs no look of its own. */
  const ended = new Map<string, OpenAI.Batch>();

  async function look(batchId: string, signal: AbortSignal): Promise<OpenAI.Batch> {
    const batch = await call(signal, (sdk, inner) => sdk.batches.retrieve(batchId, { signal: inner }));
    if (isName(batch.output_file_id) || isName(batch.error_file_id)) ended.set(batchId, batch);
    return batch;
  }

  async function* rows(
    fileId: string | null | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<BatchRow, void, undefined> {
    if (!isName(fileId)) return;
    const content = await call(signal, async (sdk, inner) =>
      (await sdk.files.content(fileId, { signal: inner })).text(),
    );
    for (const line of jsonLines(content)) yield readRow(line);
  }

  function readRow(line: unknown): BatchRow {
    const id = textAt(line, 'custom_id') ?? '';
    const status = countAt(line, 'response', 'status_code');
    const body = at(line, 'response', 'body');
    if (status === 200)
      return { id, kind: 'answer', reply: readOpenAiReply(body, { raw: JSON.stringify(body), model, tier: 'batch' }) };
    const wire = readErrorBody(body ?? line, status ?? 500);
    const { code, message, retryable } = providerError(wire, client.context);
    return { id, kind: 'error', code, message, retryable };
  }

  return {
    provider: 'openai',
    model,
    async submit(shardId, requests, signal) {
      const lines = requests.map((request) =>
        JSON.stringify({ custom_id: request.id, method: 'POST', url: ENDPOINT, body: bodyOf(request) }),
      );
      const input = new File([`${lines.join('\n')}\n`], `${shardId}.jsonl`, { type: 'application/jsonl' });
      const file = await call(signal, (sdk, inner) =>
        sdk.files.create({ file: input, purpose: 'batch' }, { signal: inner }),
      ).catch((error: unknown) => {
        throw hasNoSuchDoor(error) ? noBatches(error) : error;
      });
      return call(signal, async (sdk, inner) => {
        const batch = await sdk.batches.create(
          {
            input_file_id: file.id,
            endpoint: ENDPOINT,
            completion_window: '24h',
            metadata: { app: 'blogger', shard: shardId },
          },
          { signal: inner },
        );
        if (textAt(batch, 'id') === undefined) throw new Error('the answer to a new batch does not name it');
        return toBatch(batch);
      });
    },
    poll: async (batchId, signal) => toBatch(await look(batchId, signal)),
    async *collect(batchId, signal) {
      const seen = ended.get(batchId);
      ended.delete(batchId);
      const batch = seen ?? (await look(batchId, signal));
      yield* rows(batch.output_file_id, signal);
      yield* unlessMissing(rows(batch.error_file_id, signal));
    },
    cancel: (batchId, signal) =>
      call(signal, async (sdk, inner) => toBatch(await sdk.batches.cancel(batchId, { signal: inner }))),
    async *list(signal) {
      const batches = await call(signal, async (sdk, inner) => {
        const found: VendorBatch[] = [];
        for await (const batch of sdk.batches.list({ limit: 100 }, { signal: inner })) {
          if (batch.metadata?.['app'] === 'blogger') found.push(toBatch(batch));
          if (found.length >= 1000) break;
        }
        return found;
      });
      yield* batches;
    },
  };

  function bodyOf(request: ModelRequest): unknown {
    return buildOpenAiBody(model, { ...request, tier: 'standard' }, quirks); // the tier is the batch's, not the line's
  }
}

/** Rows that were read count, also where the file beside them is missing. */
async function* unlessMissing(rows: AsyncIterable<BatchRow>): AsyncGenerator<BatchRow, void, undefined> {
  try {
    yield* rows;
  } catch (error) {
    if (!BloggerError.is(error) || error.code !== 'PROVIDER_MODEL') throw error;
  }
}

/** A compatible server knows no path `/files`: not found, not allowed, not implemented. */
function hasNoSuchDoor(error: unknown): error is BloggerError {
  const status = BloggerError.is(error) ? error.details['status'] : undefined;
  return status === 404 || status === 405 || status === 501;
}

function noBatches(cause: BloggerError): BloggerError {
  return new BloggerError('This server has no batches: it does not know the path /files', {
    code: 'PROVIDER_MODEL',
    hint: 'Take --tier standard, or a server that has batches.',
    details: cause.details,
    cause,
  });
}

function toBatch(batch: OpenAI.Batch): VendorBatch {
  const [error] = batch.errors?.data ?? [];
  const status = STATUSES[batch.status] ?? statusByTimes(batch);
  return {
    id: batch.id,
    shardId: batch.metadata?.['shard'] ?? '',
    status: status ?? 'running',
    ...(status === undefined ? { word: batch.status } : {}),
    createdAt: batch.created_at * 1000,
    counts: {
      total: batch.request_counts?.total ?? 0,
      done: batch.request_counts?.completed ?? 0,
      failed: batch.request_counts?.failed ?? 0,
    },
    ...(error === undefined
      ? {}
      : { error: batchFailure(error.code ?? '', redactSecrets(error.message ?? 'the batch failed')) }),
  };
}

/** A word that is not known yet, by the times at which a batch ends. */
function statusByTimes(batch: OpenAI.Batch): VendorBatchStatus | undefined {
  if (isTime(batch.completed_at)) return 'completed';
  if (isTime(batch.failed_at)) return 'failed';
  if (isTime(batch.expired_at)) return 'expired';
  return isTime(batch.cancelled_at) ? 'cancelled' : undefined;
}

/** A clean batch names its absent error file by null, and sometimes by an empty text. */
function isName(fileId: string | null | undefined): fileId is string {
  return fileId !== null && fileId !== undefined && fileId !== '';
}

function isTime(value: number | null | undefined): boolean {
  return typeof value === 'number' && value > 0;
}
