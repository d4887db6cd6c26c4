import { ANTHROPIC } from './anthropic-wire.js';
import {
  completeGemini,
  geminiError,
  geminiFault,
  geminiLimit,
  geminiPromptOf,
  validateGemini,
} from './gemini-wire.js';
import { countTokens, deliver, sendHtml, sendJson } from './http.js';
import { completeOpenAi, openAiError, openAiFault, promptOf, validateOpenAi } from './openai-wire.js';
import { goDuration, rateLimitHeaders } from './token-buckets.js';

const BROKEN_OFF = new Set(['reset-before', 'hang']);

/** One answer now: limits, then faults, then latency, then the answer; the log learns what was billed and what arrived. */
export async function answerLive(context, vendor, model, body, request, response) {
  const { log, faults, limitsOf, options, sleep } = context;
  const wire = WIRES[vendor];
  const prompt = wire.promptOf(body);
  const entry = log.add({
    vendor,
    kind: 'live',
    model,
    tier: body.service_tier ?? body.serviceTier ?? 'default',
    prompt: `${prompt.system}\n${prompt.user}`,
    retryCount: Number(request.headers['x-stainless-retry-count'] ?? 0),
    maxOutputTokens: prompt.maxOutputTokens,
  });
  const limits = limitsOf(vendor, model);
  const headers = () =>
    vendor === 'openai' && options.compatible === undefined
      ? { 'x-request-id': `req_${entry.n}`, ...rateLimitHeaders(limits) }
      : {};
  const refuse = ({ status, body: errorBody, headers: extra = {} }) => {
    entry.status = status;
    sendJson(response, status, errorBody, { ...headers(), ...extra });
    log.close(entry);
  };

  const invalid = wire.validate(body, model, options.compatible);
  if (invalid !== undefined) return refuse(invalid);
  const requested =
    countTokens(prompt.system) + countTokens(prompt.user) + (vendor === 'openai' ? prompt.maxOutputTokens : 0);
  const over = limits?.admit(requested);
  if (over !== undefined) return refuse(wire.overLimit(model, limits, over));

  const fault = faults.take({ vendor, on: 'live', prompt: entry.prompt });
  if (fault !== undefined) entry.fault = fault.kind;
  if (fault?.kind === 'html-5xx') {
    entry.status = fault.status ?? 502;
    log.close(entry);
    return sendHtml(response, entry.status);
  }
  if (fault !== undefined && BROKEN_OFF.has(fault.kind)) {
    log.close(entry);
    if (fault.kind === 'reset-before') request.socket.destroy();
    return; // hang: the client gives up
  }
  const failure = fault === undefined ? undefined : wire.fault(fault, model);
  if (failure !== undefined) return refuse(failure);

  await sleep(typeof options.latencyMs === 'function' ? options.latencyMs(entry.n) : (options.latencyMs ?? 0));
  const { body: answer, tier } = wire.complete(body, model, fault, {
    n: entry.n,
    answer: options.answer,
    compatible: options.compatible,
    cachedPrefixes: context.cachedPrefixes,
  });
  entry.billed = true;
  entry.servedTier = tier;
  entry.usage = answer.usage ?? answer.usageMetadata;
  if (fault?.kind === 'reset-after') {
    log.close(entry);
    request.socket.destroy();
    return;
  }
  await deliver(response, entry, log, 200, answer, headers(), fault?.kind === 'reset-mid');
}

const WIRES = {
  get openai() {
    return OPENAI;
  },
  get gemini() {
    return GEMINI;
  },
  anthropic: ANTHROPIC,
};

const OPENAI = {
  promptOf,
  validate: (body, _model, compatible) => validateOpenAi(body, compatible),
  complete: (body, _model, fault, context) => completeOpenAi(body, fault, context),
  fault: openAiFault,
  overLimit(model, limits, { kind, waitMs, requested }) {
    const bucket = limits[kind];
    const name = kind === 'tokens' ? 'tokens per min (TPM)' : 'requests per min (RPM)';
    if (waitMs === Number.POSITIVE_INFINITY) {
      return openAiError(
        429,
        `Request too large for ${model} in organization org-test on ${name}: Limit ${bucket.limit}, Requested ${requested}. The input or output tokens must be reduced in order to run successfully.`,
        { type: kind, code: 'rate_limit_exceeded' },
      );
    }
    return {
      ...openAiError(
        429,
        `Rate limit reached for ${model} in organization org-test on ${name}: Limit ${bucket.limit}, Used ${bucket.used}, Requested ${requested}. Please try again in ${goDuration(waitMs)}.`,
        { type: kind, code: 'rate_limit_exceeded' },
      ),
      headers: { 'retry-after-ms': String(Math.ceil(waitMs)), 'retry-after': String(Math.ceil(waitMs / 1000)) },
    };
  },
};

const GEMINI = {
  promptOf: geminiPromptOf,
  validate: (body, model) => validateGemini(body, model),
  complete: (body, model, fault, context) => completeGemini(body, model, fault, context),
  fault: geminiFault,
  overLimit(model, limits, { kind, waitMs }) {
    const id =
      kind === 'tokens' ? 'GenerateContentInputTokensPerModelPerMinute' : 'GenerateRequestsPerMinutePerProjectPerModel';
    if (waitMs === Number.POSITIVE_INFINITY)
      return geminiError(
        400,
        'INVALID_ARGUMENT',
        'The input token count exceeds the maximum number of tokens allowed.',
      );
    return geminiLimit(model, id, String(limits[kind].limit), `${(waitMs / 1000).toFixed(3)}s`);
  },
};
