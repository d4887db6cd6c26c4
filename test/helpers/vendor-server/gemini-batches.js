import { createBatchEngine } from './batch-engine.js';
import { completeGemini, geminiError, geminiLimit, geminiPromptOf, validateGemini } from './gemini-wire.js';
import { countTokens, sendHtml, sendJson } from './http.js';

const STATES = {
  validating: 'PENDING',
  in_progress: 'RUNNING',
  cancelling: 'RUNNING',
  completed: 'SUCCEEDED',
  failed: 'FAILED',
  expired: 'EXPIRED',
  cancelled: 'CANCELLED',
};

const RPC_CODES = { INVALID_ARGUMENT: 3, INTERNAL: 13 };

/** Files (resumable upload) and Batch mode of Gemini. */
export function geminiBatchRoutes(context) {
  const { log, faults, options } = context;
  const files = new Map();
  const uploads = new Map();
  let nextFile = 1;
  const engine = createBatchEngine({ ...context, vendor: 'gemini', execute });

  function execute(row, fails, batch) {
    const prompt = geminiPromptOf(row.request);
    const entry = log.add({
      vendor: 'gemini',
      kind: 'batch-row',
      batchId: batch.id,
      rowId: row.key,
      model: batch.model,
      tier: 'batch',
      prompt: `${prompt.system}\n${prompt.user}`,
    });
    const invalid = fails
      ? geminiError(500, 'INTERNAL', 'An internal error has occurred.')
      : validateGemini(row.request, batch.model);
    if (invalid !== undefined) {
      entry.status = invalid.status;
      log.close(entry);
      const { code, message, status } = invalid.body.error;
      // A row carries a google.rpc.Status, whose codes are not those of HTTP.
      return { ok: false, line: { key: row.key, error: { code: RPC_CODES[status] ?? code, message } } };
    }
    const fault = faults.take({ vendor: 'gemini', on: 'batch-row', prompt: entry.prompt });
    const { body } = completeGemini(row.request, batch.model, fault, { n: entry.n, answer: options.answer });
    Object.assign(entry, { billed: true, delivered: true, status: 200, usage: body.usageMetadata });
    log.close(entry);
    return { ok: true, line: { key: row.key, response: body } };
  }

  function view(batch) {
    engine.look(batch);
    const state = `BATCH_STATE_${STATES[batch.state]}`;
    const finished = batch.done + batch.failed;
    const metadata = {
      '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch',
      model: `models/${batch.model}`,
      displayName: batch.displayName,
      createTime: new Date(batch.createdAt).toISOString(),
      updateTime: new Date().toISOString(),
      state,
      name: batch.id,
      batchStats: {
        requestCount: String(batch.rows.length),
        ...(finished < batch.rows.length ? { pendingRequestCount: String(batch.rows.length - finished) } : {}),
        ...(batch.done > 0 ? { successfulRequestCount: String(batch.done) } : {}),
        ...(batch.failed > 0 ? { failedRequestCount: String(batch.failed) } : {}),
      },
    };
    const error = {
      code: batch.error?.code === 'token_limit_exceeded' ? 8 : 3,
      message: batch.error?.message ?? 'failed',
    };
    const operation = { name: batch.id, metadata, ...(batch.state === 'failed' ? { error } : {}) };
    if (batch.state === 'completed' || (batch.state === 'failed' && batch.done > 0)) {
      const name = `files/batch-${batch.id.split('/')[1]}`;
      if (!files.has(name))
        files.set(
          name,
          `${engine
            .shuffled(batch.results.map(({ line }) => line))
            .map((line) => JSON.stringify(line))
            .join('\n')}\n`,
        );
      metadata.output = { responsesFile: name };
      return {
        ...operation,
        done: true,
        response: {
          '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatchOutput',
          responsesFile: name,
        },
      };
    }
    return ['failed', 'expired', 'cancelled'].includes(batch.state) ? { ...operation, done: true } : operation;
  }

  function create(request, response, model, body) {
    const input = JSON.parse(body.toString()).batch;
    const entry = log.add({ vendor: 'gemini', kind: 'batch-create', shard: input.displayName, model });
    const content = files.get(input.inputConfig?.fileName);
    const refuse = ({ status, body: error }) => {
      entry.status = status;
      log.close(entry);
      sendJson(response, status, error);
    };
    if (content === undefined)
      return refuse(geminiError(400, 'INVALID_ARGUMENT', 'The batch input file was not found.'));
    const fault = faults.take({ vendor: 'gemini', on: 'batch-create', prompt: '' });
    if (fault?.kind === 'reset-before') return request.socket.destroy();
    if (fault?.kind === 'file-not-ready')
      return refuse(geminiError(400, 'FAILED_PRECONDITION', 'The file is not in an ACTIVE state.'));
    if (fault?.kind === 'overloaded')
      return refuse(geminiError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'));
    if (fault?.kind === 'quota')
      return refuse(geminiLimit(model, 'BatchRequestsPerDayPerProjectPerModel', '100', '30s'));
    if (fault?.kind === 'rate-limit')
      return refuse(geminiLimit(model, 'BatchEnqueuedTokensPerModel', '3000000', '30s'));
    const rows = content
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const tokens = rows.reduce((sum, row) => sum + countTokens(JSON.stringify(row.request.contents)), 0);
    const batch = engine.create({ displayName: input.displayName, shard: input.displayName, model, tokens }, rows);
    entry.batchId = batch.id;
    log.close(entry);
    if (fault?.kind === 'reset-after') return request.socket.destroy();
    if (fault?.kind === 'html-5xx') return sendHtml(response, 502);
    const { name, ...nameless } = view({ ...batch, plan: { ...batch.plan, hold: true } });
    sendJson(response, 200, fault?.kind === 'no-id' ? nameless : { name, ...nameless });
  }

  function upload(request, response, url, body) {
    const command = request.headers['x-goog-upload-command'];
    if (command === 'start') {
      const id = String(nextFile);
      nextFile += 1;
      uploads.set(id, []);
      const base = `http://${request.headers.host}`;
      response.writeHead(200, {
        'x-goog-upload-url': `${base}/upload/v1beta/files?upload_id=${id}`,
        'x-goog-upload-status': 'active',
        'content-length': 0,
      });
      return response.end();
    }
    const id = url.searchParams.get('upload_id');
    uploads.get(id)?.push(body);
    if (!String(command).includes('finalize')) {
      response.writeHead(200, { 'x-goog-upload-status': 'active', 'content-length': 0 });
      return response.end();
    }
    const name = `files/f${id}`;
    const content = Buffer.concat(uploads.get(id) ?? []).toString();
    files.set(name, content);
    log.close(log.add({ vendor: 'gemini', kind: 'file-upload' }));
    sendJson(
      response,
      200,
      {
        file: {
          name,
          uri: `https://generativelanguage.googleapis.com/v1beta/${name}`,
          state: 'ACTIVE',
          sizeBytes: String(content.length),
          mimeType: 'application/jsonl',
        },
      },
      { 'x-goog-upload-status': 'final' },
    );
  }

  async function handle(request, response, url, body) {
    const path = url.pathname;
    if (path === '/upload/v1beta/files') {
      upload(request, response, url, body);
      return true;
    }
    const download = /^\/(?:download\/)?v1beta\/(files\/[^/:]+):download$/.exec(path);
    if (download !== null) {
      const content = files.get(download[1]);
      log.close(log.add({ vendor: 'gemini', kind: 'file-read' }));
      if (content === undefined) return false;
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(content);
      return true;
    }
    const creating = /^\/v1beta\/models\/([^/:]+):batchGenerateContent$/.exec(path);
    if (creating !== null) {
      create(request, response, creating[1], body);
      return true;
    }
    if (path === '/v1beta/batches') {
      log.close(log.add({ vendor: 'gemini', kind: 'batch-list' }));
      const all = engine.newestFirst();
      const start = Number(url.searchParams.get('pageToken') ?? 0);
      const size = Number(url.searchParams.get('pageSize') ?? 50);
      const next = start + size < all.length ? { nextPageToken: String(start + size) } : {};
      sendJson(response, 200, { operations: all.slice(start, start + size).map(view), ...next });
      return true;
    }
    const named = /^\/v1beta\/(batches\/[^/:]+)(:cancel)?$/.exec(path);
    const batch = named === null ? undefined : engine.get(named[1]);
    if (batch === undefined) return false;
    log.close(
      log.add({ vendor: 'gemini', kind: named[2] === undefined ? 'batch-poll' : 'batch-cancel', batchId: batch.id }),
    );
    if (named[2] !== undefined) engine.cancel(batch);
    sendJson(response, 200, named[2] === undefined ? view(batch) : {});
    return true;
  }

  return { handle, batches: engine.control };
}
