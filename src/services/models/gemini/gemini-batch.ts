import { BloggerError } from '../../../core/errors.ts';
import type { BatchLanguageModel, VendorBatch } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { at, jsonLines, textAt } from '../client/json.ts';
import { createLessons } from '../client/lessons.ts';
import { whenReady } from '../client/when-ready.ts';
import { batchRow } from '../reply/batch-row.ts';
import { contentOfLine, idOfLine, inlinedLines, responsesFile, toBatch } from './gemini-batch-wire.ts';
import { buildGeminiRequest, GEMINI_QUIRKS, learnFromGemini } from './gemini-body.ts';
import { createGeminiClient, type GeminiClient, type GeminiOptions } from './gemini-client.ts';

export interface GeminiBatchOptions extends GeminiOptions {
  readonly reasoning?: ReasoningEffort | undefined;
}

const CALL_TIMEOUT_MS = 300_000;
const MAX_PAGES = 20;

/** Gemini's batch mode by an uploaded file, half price. The shard's id is the batch's display name. Progress is read from the raw operation, which the SDK cuts short. */
export function createGeminiBatchModel(options: GeminiBatchOptions): BatchLanguageModel {
  const { model, reasoning } = options;
  const client = createGeminiClient(options);
  const calls = callsOf(client, model);
  const lessons = createLessons(GEMINI_QUIRKS, ({ reason }, asked) => learnFromGemini(reason, asked));
  return {
    provider: 'gemini',
    model,
    async submit(shardId, requests, signal) {
      const lines = requests.map(({ id, prompt }) => ({
        key: id,
        request: buildGeminiRequest(model, prompt, reasoning, lessons.known),
      }));
      const file = await calls.upload(shardId, lines, signal);
      const { id, createdAt } = await whenReady(() => calls.create(shardId, file, signal), signal);
      // From the answer itself: a look at the batch may fail, and then a batch that exists would count as never made.
      return { id, shardId, status: 'running', createdAt, counts: { total: requests.length, done: 0, failed: 0 } };
    },
    poll: async (batchId, signal) => toBatch(await calls.operation(batchId, signal)),
    async *collect(batchId, signal, promptOf = () => undefined) {
      const asked = lessons.known; // all rows were sent with the same
      const operation = await calls.operation(batchId, signal);
      const file = responsesFile(operation);
      const lines = file === undefined ? inlinedLines(operation) : jsonLines(await calls.content(file, signal));
      for (const line of lines) {
        const id = idOfLine(line);
        const teaches = (error: unknown) => lessons.learn(error, asked, promptOf(id));
        yield batchRow(id, contentOfLine(line), { model, context: client.context, teaches });
      }
    },
    async cancel(batchId, signal) {
      await calls.cancel(batchId, signal);
      return toBatch(await calls.operation(batchId, signal));
    },
    async *list(signal) {
      let page = '';
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const { batches, next } = await calls.page(page, signal);
        yield* batches;
        if (next === '') return;
        page = next;
      }
    },
  };
}

/** The calls of SDK and REST API that batches need. */
function callsOf(client: GeminiClient, model: string) {
  const within = (signal: AbortSignal) => ({ signal, timeoutMs: CALL_TIMEOUT_MS });
  const readJson = (path: string, signal: AbortSignal): Promise<unknown> =>
    client.rest(path, {}, within(signal), (response) => response.json());
  return {
    async upload(displayName: string, lines: readonly unknown[], signal: AbortSignal): Promise<string> {
      const jsonl = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
      const file = new Blob([jsonl], { type: 'application/jsonl' });
      const { name = '' } = await client.call(
        (sdk, abortSignal) =>
          sdk.files.upload({ file, config: { mimeType: 'application/jsonl', displayName, abortSignal } }),
        within(signal),
      );
      return name;
    },
    async create(
      displayName: string,
      src: string,
      signal: AbortSignal,
    ): Promise<Pick<VendorBatch, 'id' | 'createdAt'>> {
      const { name = '', createTime = '' } = await client.call(
        (sdk, abortSignal) => sdk.batches.create({ model, src, config: { displayName, abortSignal } }),
        within(signal),
      );
      if (name === '') throw notNamed();
      return { id: name, createdAt: Date.parse(createTime) || 0 };
    },
    operation: (name: string, signal: AbortSignal) => readJson(`/v1beta/${name}`, signal),
    content: (file: string, signal: AbortSignal) =>
      client.rest(`/download/v1beta/${file}:download?alt=media`, {}, within(signal), (response) => response.text()),
    cancel: (name: string, signal: AbortSignal) =>
      client.call((sdk, abortSignal) => sdk.batches.cancel({ name, config: { abortSignal } }), within(signal)),
    async page(token: string, signal: AbortSignal) {
      const from = token === '' ? '' : `&pageToken=${encodeURIComponent(token)}`;
      const answer = await readJson(`/v1beta/batches?pageSize=100${from}`, signal);
      const operations = at(answer, 'operations') ?? at(answer, 'batches');
      const batches = Array.isArray(operations) ? operations.map(toBatch) : [];
      return { batches, next: textAt(answer, 'nextPageToken') ?? '' };
    },
  };
}

function notNamed(): BloggerError {
  return new BloggerError('The answer to a new batch does not name it', {
    code: 'PROVIDER_UNKNOWN_OUTCOME',
    hint: 'The batch is looked for in the list of batches.',
  });
}
