import { randomUUID } from 'node:crypto';
import { createBatchEngine } from './batch-engine.js';
import { countTokens, sendHtml, sendJson } from './http.js';
import { completeOpenAi, openAiError, promptOf, validateOpenAi } from './openai-wire.js';

/** Files and Batches of OpenAI. */
export function openAiBatchRoutes(context) {
  const { log, faults, options } = context;
  const files = new Map();
  const engine = createBatchEngine({ ...context, vendor: 'openai', execute });

  function execute(row, fails, batch) {
    const prompt = promptOf(row.body);
    const entry = log.add({
      vendor: 'openai',
      kind: 'batch-row',
      batchId: batch.id,
      rowId: row.custom_id,
      model: row.body.model,
      tier: 'batch',
      prompt: `${prompt.system}\n${prompt.user}`,
    });
    const invalid = fails
      ? openAiError(500, 'The server had an error while processing your request.', { type: 'server_error' })
      : validateOpenAi(row.body);
    const id = `batch_req_${entry.n}`;
    if (invalid !== undefined) {
      entry.status = invalid.status;
      log.close(entry);
      return {
        ok: false,
        line: {
          id,
          custom_id: row.custom_id,
          response: { status_code: invalid.status, request_id: `req_${entry.n}`, body: invalid.body },
          error: null,
        },
      };
    }
    const fault = faults.take({ vendor: 'openai', on: 'batch-row', prompt: entry.prompt });
    const { body } = completeOpenAi(row.body, fault, {
      n: entry.n,
      answer: options.answer,
      cachedPrefixes: context.cachedPrefixes,
    });
    Object.assign(entry, { billed: true, delivered: true, status: 200, usage: body.usage });
    log.close(entry);
    return {
      ok: true,
      line: {
        id,
        custom_id: row.custom_id,
        response: { status_code: 200, request_id: `req_${entry.n}`, body: { ...body, service_tier: 'batch' } },
        error: null,
      },
    };
  }

  function saveFile(id, content, filename, purpose) {
    const file = {
      id,
      object: 'file',
      bytes: Buffer.byteLength(content),
      created_at: Math.floor(Date.now() / 1000),
      filename,
      purpose,
      status: 'processed',
    };
    files.set(id, { file, content });
    return file;
  }

  /** As the vendor shows it; output files appear once the batch has ended. */
  function view(batch) {
    engine.look(batch);
    const hasFiles = batch.state === 'failed' && batch.done > 0;
    const ended = hasFiles || ['completed', 'expired', 'cancelled'].includes(batch.state);
    if (ended && batch.outputs === undefined) batch.outputs = writeOutputs(batch);
    return {
      id: batch.id,
      object: 'batch',
      endpoint: batch.endpoint,
      errors:
        batch.error === undefined ? null : { object: 'list', data: [{ ...batch.error, line: null, param: null }] },
      input_file_id: batch.inputFileId,
      completion_window: '24h',
      status: batch.state,
      output_file_id: batch.outputs?.output ?? null,
      error_file_id: batch.outputs?.error ?? null,
      created_at: Math.floor(batch.createdAt / 1000),
      request_counts:
        batch.state === 'validating'
          ? { total: 0, completed: 0, failed: 0 }
          : { total: batch.rows.length, completed: batch.done, failed: batch.failed },
      metadata: batch.metadata ?? null,
    };
  }

  function writeOutputs(batch) {
    const lines = (ok) => engine.shuffled(batch.results.filter((result) => result.ok === ok).map(({ line }) => line));
    const code = batch.state === 'expired' ? 'batch_expired' : 'batch_cancelled';
    const message =
      batch.state === 'expired'
        ? 'This request could not be executed before the completion window expired.'
        : 'This request was cancelled.';
    const finished = new Set(batch.results.map(({ line }) => line.custom_id));
    const missing =
      batch.state === 'completed'
        ? []
        : batch.rows
            .filter(({ custom_id }) => !finished.has(custom_id))
            .map(({ custom_id }) => ({
              id: `batch_req_${randomUUID()}`,
              custom_id,
              response: null,
              error: { code, message },
            }));
    const store = (rows, name) => {
      if (rows.length === 0) return batch.plan.emptyIds ? '' : null;
      const id = `file-${batch.id}-${name}`;
      saveFile(
        id,
        `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`,
        `${batch.id}_${name}.jsonl`,
        'batch_output',
      );
      return id;
    };
    return { output: store(lines(true), 'output'), error: store([...lines(false), ...missing], 'error') };
  }

  function create(request, response, body) {
    const input = JSON.parse(body.toString());
    const rows = files
      .get(input.input_file_id)
      ?.content.split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const entry = log.add({ vendor: 'openai', kind: 'batch-create', shard: input.metadata?.shard });
    if (rows === undefined)
      return refuse(response, entry, openAiError(400, `File ${input.input_file_id} was not found.`));
    const fault = faults.take({ vendor: 'openai', on: 'batch-create', prompt: '' });
    if (fault?.kind === 'reset-before') return request.socket.destroy();
    if (fault?.kind === 'file-not-ready')
      return refuse(response, entry, openAiError(400, `File ${input.input_file_id} is not in state processed.`));
    if (fault?.kind === 'overloaded')
      return refuse(
        response,
        entry,
        openAiError(503, 'The server is overloaded or not ready yet.', { type: 'server_error', code: 'overloaded' }),
      );
    if (fault?.kind === 'rate-limit')
      return refuse(
        response,
        entry,
        openAiError(429, 'Rate limit reached for batches. Please try again in 1s.', {
          type: 'requests',
          code: 'rate_limit_exceeded',
        }),
      );
    if (fault?.kind === 'quota')
      return refuse(
        response,
        entry,
        openAiError(429, 'You exceeded your current quota, please check your plan and billing details.', {
          code: 'insufficient_quota',
        }),
      );
    const tokens = rows.reduce(
      (sum, row) => sum + countTokens(promptOf(row.body).system) + countTokens(promptOf(row.body).user),
      0,
    );
    const batch = engine.create(
      {
        inputFileId: input.input_file_id,
        endpoint: input.endpoint,
        metadata: input.metadata,
        shard: input.metadata?.shard,
        model: rows[0]?.body.model,
        tokens,
      },
      rows,
    );
    entry.batchId = batch.id;
    const duplicate = rows.length !== new Set(rows.map((row) => row.custom_id)).size;
    const wrongUrl = rows.some((row) => row.url !== input.endpoint || row.body.stream === true);
    if (duplicate || wrongUrl)
      Object.assign(batch, {
        state: 'failed',
        error: { code: duplicate ? 'duplicate_custom_id' : 'invalid_url', message: 'The batch input file is invalid.' },
      });
    log.close(entry);
    if (fault?.kind === 'reset-after') return request.socket.destroy();
    if (fault?.kind === 'html-5xx') return sendHtml(response, 502);
    const { id, ...nameless } = view({ ...batch, plan: { ...batch.plan, hold: true } });
    sendJson(response, 200, fault?.kind === 'no-id' ? nameless : { id, ...nameless });
  }

  function refuse(response, entry, { status, body }) {
    entry.status = status;
    log.close(entry);
    sendJson(response, status, body);
  }

  async function handle(request, response, url, body) {
    const [, root, id, action] = url.pathname.replace(/^\/v1/, '').split('/');
    if (root === 'files' && request.method === 'POST') {
      const form = await new Response(body, {
        headers: { 'content-type': request.headers['content-type'] },
      }).formData();
      const file = form.get('file');
      if (Buffer.byteLength(body) > (options.batch?.mostFileBytes ?? Number.POSITIVE_INFINITY)) {
        const { status, body: refusal } = openAiError(413, 'The file is too large.');
        sendJson(response, status, refusal);
        return true;
      }
      log.close(log.add({ vendor: 'openai', kind: 'file-upload' }));
      sendJson(response, 200, saveFile(`file-${randomUUID()}`, await file.text(), file.name, form.get('purpose')));
      return true;
    }
    if (root === 'files' && action === 'content') {
      const file = files.get(id);
      log.close(log.add({ vendor: 'openai', kind: 'file-read' }));
      if (file === undefined) return false;
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.end(file.content);
      return true;
    }
    if (root !== 'batches') return false;
    if (request.method === 'POST' && id === undefined) {
      create(request, response, body);
      return true;
    }
    if (id === undefined) {
      log.close(log.add({ vendor: 'openai', kind: 'batch-list' }));
      const all = engine.newestFirst();
      const after = url.searchParams.get('after');
      const start = after === null ? 0 : all.findIndex((batch) => batch.id === after) + 1;
      const limit = Number(url.searchParams.get('limit') ?? 20);
      const data = all.slice(start, start + limit).map(view);
      sendJson(response, 200, {
        object: 'list',
        data,
        first_id: data[0]?.id ?? null,
        last_id: data.at(-1)?.id ?? null,
        has_more: start + limit < all.length,
      });
      return true;
    }
    const batch = engine.get(id);
    if (batch === undefined) return false;
    log.close(log.add({ vendor: 'openai', kind: action === 'cancel' ? 'batch-cancel' : 'batch-poll', batchId: id }));
    if (action === 'cancel' && options.batch?.endsOnCancel === true) {
      engine.control.finish({ id });
      const { status, body: refusal } = openAiError(409, "Cannot cancel a batch with status 'completed'.");
      sendJson(response, status, refusal);
      return true;
    }
    if (action === 'cancel') {
      engine.cancel(batch);
      sendJson(
        response,
        200,
        batch.state === 'cancelling'
          ? { ...view({ ...batch, state: 'failed' }), status: 'cancelling', errors: null }
          : view(batch),
      );
      return true;
    }
    sendJson(response, 200, view(batch));
    return true;
  }

  return { handle, batches: engine.control };
}
