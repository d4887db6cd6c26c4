import { createServer } from 'node:http';
import { anthropicKeyProblem, anthropicRoutes } from './anthropic.js';
import { createCallLog } from './call-log.js';
import { createFaults, createRandom } from './faults.js';
import { geminiBatchRoutes } from './gemini-batches.js';
import { geminiError } from './gemini-wire.js';
import { readBody, sendJson } from './http.js';
import { answerLive } from './live.js';
import { openAiBatchRoutes } from './openai-batches.js';
import { openAiError } from './openai-wire.js';
import { createLimits } from './token-buckets.js';

/** Starts a server that speaks OpenAI's and Gemini's protocols on one port; see `start.d.ts` for what can be asked of it. */
export async function startVendorServer(options = {}) {
  const random = createRandom(options.seed ?? 1);
  const limitsByModel = new Map();
  const timers = new Set();
  const context = {
    options,
    random,
    log: createCallLog(options.logFile),
    faults: createFaults(random),
    cachedPrefixes: new Set(),
    limitsOf(vendor, model) {
      if (options.limits === undefined) return undefined;
      const key = `${vendor}/${model}`;
      if (!limitsByModel.has(key)) limitsByModel.set(key, createLimits(options.limits));
      return limitsByModel.get(key);
    },
    sleep: (ms) =>
      ms <= 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            const timer = setTimeout(() => {
              timers.delete(timer);
              resolve();
            }, ms);
            timers.add(timer);
          }),
  };
  context.faults.add(...(options.faults ?? []));
  const openAiBatches = openAiBatchRoutes(context);
  const geminiBatches = geminiBatchRoutes(context);
  const anthropic = anthropicRoutes(context);

  const server = createServer((request, response) => {
    route(request, response).catch((error) => {
      if (!response.headersSent && !response.destroyed)
        sendJson(response, 500, { error: { message: `vendor test server: ${error?.stack}` } });
    });
  });
  server.keepAliveTimeout = 60_000;

  async function route(request, response) {
    const url = new URL(request.url, 'http://vendor');
    const body = await readBody(request);
    if (url.pathname.startsWith('/__')) return control(url, body, response);
    if (request.headers['anthropic-version'] !== undefined) {
      const problem = anthropicKeyProblem(request, options);
      if (problem !== undefined) return sendJson(response, problem.status, problem.body);
      return anthropic.handle(request, response, url, body);
    }
    url.pathname = url.pathname.replace(/^\/elsewhere/, ''); // where a redirect of a file leads
    const gemini = /^\/(upload\/|download\/)?v1beta\//.test(url.pathname);
    const refusal = gemini ? geminiKeyProblem(request) : openAiKeyProblem(request);
    if (refusal !== undefined) {
      context.log.add({
        vendor: gemini ? 'gemini' : 'openai',
        kind: 'refused',
        status: refusal.status,
        path: url.pathname,
      });
      return sendJson(response, refusal.status, refusal.body);
    }
    if (url.pathname === '/v1/chat/completions') {
      const json = JSON.parse(body.toString());
      return answerLive(context, 'openai', json.model, json, request, response);
    }
    const model = request.method === 'GET' ? /^\/v1(?:beta)?\/models\/([^/:]+)$/.exec(url.pathname)?.[1] : undefined;
    if (model !== undefined)
      return sendJson(
        response,
        200,
        gemini ? { name: `models/${model}` } : { id: model, object: 'model', created: 1, owned_by: 'test' },
      );
    const generate = /^\/v1beta\/models\/([^/:]+):generateContent$/.exec(url.pathname);
    if (generate !== null)
      return answerLive(context, 'gemini', generate[1], JSON.parse(body.toString()), request, response);
    const routes = gemini ? geminiBatches : openAiBatches;
    // A look at a batch or at its file that fails; how the batch fares is not changed by it.
    const fault =
      request.method === 'GET'
        ? context.faults.take({ vendor: gemini ? 'gemini' : 'openai', on: 'batch-read', prompt: url.pathname })
        : undefined;
    if (fault?.kind === 'reset-before') return request.socket.destroy();
    if (fault?.kind === 'empty-list') return sendJson(response, 200, { data: [], operations: [], has_more: false });
    if (fault?.kind === 'redirect') return response.writeHead(302, { location: `/elsewhere${request.url}` }).end();
    if (fault !== undefined && fault.kind !== 'gone')
      return response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>');
    if (fault === undefined && options.compatible === undefined && (await routes.handle(request, response, url, body)))
      return;
    const missing = gemini ? missingAtGemini(url) : openAiError(404, `Invalid URL (${request.method} ${url.pathname})`);
    sendJson(response, missing.status, missing.body);
  }

  function missingAtGemini({ pathname }) {
    const file = /\/files\/([^/:]+)/.exec(pathname)?.[1];
    return file === undefined
      ? geminiError(404, 'NOT_FOUND', 'Requested entity was not found.')
      : geminiError(
          403,
          'PERMISSION_DENIED',
          `You do not have permission to access the File ${file} or it may not exist.`,
        );
  }

  function openAiKeyProblem(request) {
    const key = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    if (options.apiKeys === undefined || options.apiKeys.includes(key)) return undefined;
    return openAiError(
      401,
      `Incorrect API key provided: ${key}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      {
        code: 'invalid_api_key',
      },
    );
  }

  function geminiKeyProblem(request) {
    const key = request.headers['x-goog-api-key'];
    if (options.apiKeys === undefined || options.apiKeys.includes(key)) return undefined;
    return geminiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
    ]);
  }

  /** For tests that run the server as a process of its own: read the log, plan faults, move batches. */
  function control(url, body, response) {
    const input = body.length > 0 ? JSON.parse(body.toString()) : {};
    if (url.pathname === '/__log')
      return sendJson(response, 200, {
        calls: context.log.calls,
        paidTwice: context.log.paidTwice(),
        batches: batches.list(),
      });
    if (url.pathname === '/__faults') context.faults.add(...[input].flat());
    if (url.pathname === '/__batches/script') batches.script(input);
    if (url.pathname === '/__batches/finish') batches.finish(input);
    if (url.pathname === '/__options') Object.assign(options, input);
    return sendJson(response, 200, {});
  }

  const batches = {
    list: () => [...openAiBatches.batches.list(), ...geminiBatches.batches.list(), ...anthropic.batches.list()],
    script: (plan) => {
      openAiBatches.batches.script(plan);
      anthropic.batches.script(plan);
      geminiBatches.batches.script(plan);
    },
    forget: () => {
      openAiBatches.batches.forget();
      geminiBatches.batches.forget();
    },
    finish: (input) => {
      openAiBatches.batches.finish(input);
      geminiBatches.batches.finish(input);
      anthropic.batches.finish(input);
    },
  };

  const address = options.address ?? '127.0.0.1';
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, address, resolve);
  });
  const url = `http://${address}:${server.address().port}`;
  return {
    url,
    openaiBaseUrl: `${url}/v1`,
    geminiBaseUrl: url,
    anthropicBaseUrl: url,
    log: context.log,
    options,
    fault: (...faults) => context.faults.add(...faults),
    clearFaults: () => context.faults.clear(),
    batches,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    async [Symbol.asyncDispose]() {
      await this.close();
    },
  };
}
