import type OpenAI from 'openai';
import { BloggerError } from '../../../core/errors.ts';
import type { BatchLanguageModel, BatchRow, ModelRequest, PromptOf, VendorBatch } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { at, jsonLines, textAt } from '../client/json.ts';
import { createLessons } from '../client/lessons.ts';
import { whenReady } from '../client/when-ready.ts';
import { batchRow } from '../reply/batch-row.ts';
import { contentOfLine, filesOf, idOfLine, toBatch } from './openai-batch-wire.ts';
import { buildOpenAiBody, learnFromRefusal, quirksOf } from './openai-body.ts';
import { createOpenAiClient, type OpenAiClient, type OpenAiOptions } from './openai-client.ts';

export interface OpenAiBatchOptions extends OpenAiOptions {
  readonly reasoning?: ReasoningEffort | undefined;
}

const ENDPOINT = '/v1/chat/completions';
const CALL_TIMEOUT_MS = 300_000;
const MAX_LISTED = 1000;
/** Files whose names are asked for in one list. */
const MAX_LOOKS = 50;
const SHARD_FILE = /^(.{1,200})\.jsonl$/;

/** OpenAI's Files and Batches: half price within 24 hours. The shard's id stands in the batch's metadata, so that a restart finds its own. */
export function createOpenAiBatchModel(options: OpenAiBatchOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createOpenAiClient(options);
  const calls = callsOf(client);
  const lessons = createLessons(
    quirksOf(model, { reasoning, compatible: client.compatible }),
    ({ reason, param }, asked) => learnFromRefusal(reason, param, asked),
  );
  /** Ended batches as the last look saw them, so that collecting needs no look of its own. */
  const ended = new Map<string, OpenAI.Batch>();

  async function look(batchId: string, signal: AbortSignal): Promise<OpenAI.Batch> {
    const batch = await calls.retrieve(batchId, signal);
    const { output, errors } = filesOf(batch);
    if (output !== undefined || errors !== undefined) ended.set(batchId, batch);
    return batch;
  }

  async function* rows(
    fileId: string | undefined,
    promptOf: PromptOf,
    signal: AbortSignal,
  ): AsyncGenerator<BatchRow, void, undefined> {
    if (fileId === undefined) return;
    const asked = lessons.known; // all rows were sent with the same
    for (const line of jsonLines(await calls.content(fileId, signal))) {
      const id = idOfLine(line);
      const teaches = (error: unknown) => lessons.learn(error, asked, promptOf(id));
      yield batchRow(id, contentOfLine(line), { model, context: client.context, teaches });
    }
  }

  /** The tier is the batch's, not the line's. */
  const lineOf = (request: ModelRequest) => ({
    custom_id: request.id,
    method: 'POST',
    url: ENDPOINT,
    body: buildOpenAiBody(model, { ...request, tier: 'standard' }, { ...lessons.known, streams: false }),
  });

  return {
    provider: 'openai',
    model,
    async submit(shardId, requests, signal) {
      const file = await calls.upload(shardId, requests.map(lineOf), signal);
      return toBatch(await whenReady(() => calls.create(shardId, file, signal), signal));
    },
    poll: async (batchId, signal) => toBatch(await look(batchId, signal)),
    async *collect(batchId, signal, promptOf = () => undefined) {
      const seen = ended.get(batchId);
      ended.delete(batchId);
      const { output, errors } = filesOf(seen ?? (await look(batchId, signal)));
      yield* rows(output, promptOf, signal);
      yield* unlessMissing(rows(errors, promptOf, signal));
    },
    cancel: async (batchId, signal) => toBatch(await calls.cancel(batchId, signal)),
    async *list(signal) {
      yield* await calls.list(signal);
    },
  };
}

/** A gateway may keep nothing of the metadata; the file's name says whose such a batch is. */
function isNameless({ metadata }: OpenAI.Batch): boolean {
  return Object.keys(metadata ?? {}).length === 0;
}

/** The calls of the SDK that batches need. */
function callsOf(client: OpenAiClient) {
  const call = <T>(signal: AbortSignal, run: (sdk: OpenAI, signal: AbortSignal) => Promise<T>) =>
    client.call(run, { signal, timeoutMs: CALL_TIMEOUT_MS });
  return {
    async upload(shardId: string, lines: readonly unknown[], signal: AbortSignal): Promise<string> {
      const jsonl = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
      const file = new File([jsonl], `${shardId}.jsonl`, { type: 'application/jsonl' });
      const create = (purpose: string) =>
        call(
          signal,
          (sdk, inner) => sdk.files.create({ file, purpose: purpose as OpenAI.FilePurpose }, { signal: inner }), // one that only some servers know
        );
      try {
        return (
          await create('batch').catch((error) => (isAboutPurpose(error) ? create('batch-api') : Promise.reject(error)))
        ).id;
      } catch (error) {
        throw hasNoSuchDoor(error) ? noBatches(error) : error;
      }
    },
    create: (shardId: string, fileId: string, signal: AbortSignal) =>
      call(signal, async (sdk, inner) => {
        const metadata = { app: 'blogger', shard: shardId };
        const made = await sdk.batches.create(
          { input_file_id: fileId, endpoint: ENDPOINT, completion_window: '24h', metadata },
          { signal: inner },
        );
        const batch = (at(made, 'job') ?? made) as OpenAI.Batch; // Together wraps it
        if (textAt(batch, 'id') === undefined) throw new Error('the answer to a new batch does not name it');
        return batch;
      }),
    retrieve: (batchId: string, signal: AbortSignal) =>
      call(signal, (sdk, inner) => sdk.batches.retrieve(batchId, { signal: inner })),
    cancel: (batchId: string, signal: AbortSignal) =>
      call(signal, (sdk, inner) => sdk.batches.cancel(batchId, { signal: inner })),
    content: (fileId: string, signal: AbortSignal) =>
      call(signal, async (sdk, inner) => (await sdk.files.content(fileId, { signal: inner })).text()),
    list: (signal: AbortSignal) =>
      call(signal, async (sdk, inner) => {
        const found: VendorBatch[] = [];
        let looks = 0;
        for await (const batch of sdk.batches.list({ limit: 100 }, { signal: inner })) {
          if (batch.metadata?.['app'] === 'blogger') found.push(toBatch(batch));
          else if (isNameless(batch) && looks < MAX_LOOKS) {
            looks += 1;
            const file = await sdk.files.retrieve(batch.input_file_id, { signal: inner }).catch(() => undefined);
            inner.throwIfAborted();
            const shardId = SHARD_FILE.exec(file?.filename ?? '')?.[1];
            if (shardId !== undefined) found.push({ ...toBatch(batch), shardId });
          }
          if (found.length >= MAX_LISTED) break;
        }
        return found;
      }),
  };
}

/** Rows that were read count, also where the file beside them is missing. */
async function* unlessMissing(rows: AsyncIterable<BatchRow>): AsyncGenerator<BatchRow, void, undefined> {
  try {
    yield* rows;
  } catch (error) {
    if (!BloggerError.is(error) || error.code !== 'PROVIDER_MODEL') throw error;
  }
}

/** Together knows the files of batches by another purpose. */
function isAboutPurpose(error: unknown): boolean {
  if (!BloggerError.is(error) || error.code !== 'PROVIDER_REQUEST') return false;
  const { reason, param } = error.details;
  return param === 'purpose' || (typeof reason === 'string' && /\bpurpose\b/i.test(reason));
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
