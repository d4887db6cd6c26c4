import { ANTHROPIC, anthropicError } from './anthropic-wire.js';
import { createBatchEngine } from './batch-engine.js';
import { sendJson } from './http.js';
import { answerLive } from './live.js';

export function anthropicKeyProblem(request, options) {
  const key = request.headers['x-api-key'];
  return options.apiKeys === undefined || options.apiKeys.includes(key)
    ? undefined
    : anthropicError(401, 'authentication_error', 'invalid x-api-key');
}

/** Messages, Message Batches and the model's description of Anthropic. */
export function anthropicRoutes(context) {
  const { log, faults, options } = context;
  const engine = createBatchEngine({ ...context, vendor: 'anthropic', execute });

  function execute(row, fails, batch) {
    const prompt = ANTHROPIC.promptOf(row.params);
    const entry = log.add({
      vendor: 'anthropic',
      kind: 'batch-row',
      batchId: batch.id,
      rowId: row.custom_id,
      model: row.params.model,
      tier: 'batch',
      prompt: `${prompt.system}\n${prompt.user}`,
    });
    const invalid = fails
      ? anthropicError(500, 'api_error', 'Internal server error')
      : ANTHROPIC.validate(row.params, row.params.model);
    if (invalid !== undefined) {
      entry.status = invalid.status;
      log.close(entry);
      return { ok: false, line: { custom_id: row.custom_id, result: { type: 'errored', error: invalid.body } } };
    }
    const fault = faults.take({ vendor: 'anthropic', on: 'batch-row', prompt: entry.prompt });
    const { body } = ANTHROPIC.complete(row.params, row.params.model, fault, {
      n: entry.n,
      answer: options.answer,
      cachedPrefixes: context.cachedPrefixes,
    });
    Object.assign(entry, { billed: true, delivered: true, status: 200, usage: body.usage });
    log.close(entry);
    return { ok: true, line: { custom_id: row.custom_id, result: { type: 'succeeded', message: body } } };
  }

  /** `ended` is the only end; rows say how each of them did. */
  function view(batch) {
    engine.look(batch);
    const open = ['validating', 'in_progress', 'cancelling'].includes(batch.state);
    const rest = batch.rows.length - batch.done - batch.failed;
    const isCancelled = batch.state === 'cancelled' || batch.state === 'cancelling';
    return {
      id: batch.id,
      type: 'message_batch',
      processing_status: batch.state === 'cancelling' ? 'canceling' : open ? 'in_progress' : 'ended',
      request_counts: {
        processing: open ? batch.rows.length : 0,
        succeeded: open ? 0 : batch.done,
        errored: open ? 0 : batch.failed,
        canceled: !open && isCancelled ? rest : 0,
        expired: !open && !isCancelled ? rest : 0,
      },
      created_at: new Date(batch.createdAt).toISOString(),
      expires_at: new Date(batch.createdAt + 86_400_000).toISOString(),
      ended_at: open ? null : new Date().toISOString(),
      archived_at: null,
      cancel_initiated_at: isCancelled ? new Date().toISOString() : null,
      results_url: open ? null : `https://api.anthropic.com/v1/messages/batches/${batch.id}/results`,
    };
  }

  function linesOf(batch) {
    const answered = new Set(batch.results.map(({ line }) => line.custom_id));
    const type = batch.state === 'cancelled' ? 'canceled' : 'expired';
    const missing = batch.rows
      .filter(({ custom_id: id }) => !answered.has(id))
      .map(({ custom_id: id }) => ({ custom_id: id, result: { type } }));
    return engine.shuffled([...batch.results.map(({ line }) => line), ...missing]);
  }

  function create(response, body) {
    const { requests } = JSON.parse(body.toString());
    const bad = requests.find(({ custom_id: id }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(id));
    if (bad !== undefined) {
      const { status, body: refusal } = anthropicError(
        400,
        'invalid_request_error',
        'requests.0.custom_id: String should match pattern',
      );
      return sendJson(response, status, refusal);
    }
    const entry = log.add({ vendor: 'anthropic', kind: 'batch-create' });
    const batch = engine.create({ model: requests[0]?.params.model, tokens: 0 }, requests);
    entry.batchId = batch.id;
    log.close(entry);
    const fault = faults.take({ vendor: 'anthropic', on: 'batch-create', prompt: '' });
    if (fault?.kind === 'reset-after') return response.destroy();
    return sendJson(response, 200, view({ ...batch, plan: { ...batch.plan, hold: true } }));
  }

  async function handle(request, response, url, body) {
    const [, , root, kind, id, action] = url.pathname.split('/');
    if (root === 'models')
      return sendJson(response, 200, {
        id: kind,
        type: 'model',
        display_name: kind,
        created_at: '2026-01-01T00:00:00Z',
      });
    if (root === 'messages' && kind === undefined) {
      const json = JSON.parse(body.toString());
      return answerLive(context, 'anthropic', json.model, json, request, response);
    }
    if (kind === 'batches' && id === undefined) {
      if (request.method === 'POST') return create(response, body);
      log.close(log.add({ vendor: 'anthropic', kind: 'batch-list' }));
      return sendJson(response, 200, {
        data: engine.newestFirst().map(view),
        has_more: false,
        first_id: null,
        last_id: null,
      });
    }
    const batch = id === undefined ? undefined : engine.get(id);
    if (batch === undefined) {
      const missing = anthropicError(404, 'not_found_error', `Not found: ${id ?? url.pathname}`);
      return sendJson(response, missing.status, missing.body);
    }
    if (action === 'results') {
      log.close(log.add({ vendor: 'anthropic', kind: 'file-read' }));
      const text = linesOf(batch)
        .map((line) => `${JSON.stringify(line)}\n`)
        .join('');
      response.writeHead(200, { 'content-type': 'application/x-jsonl' });
      return response.end(text);
    }
    log.close(log.add({ vendor: 'anthropic', kind: action === 'cancel' ? 'batch-cancel' : 'batch-poll', batchId: id }));
    if (action === 'cancel') engine.cancel(batch);
    return sendJson(response, 200, view(batch));
  }

  return { handle, batches: engine.control };
}
