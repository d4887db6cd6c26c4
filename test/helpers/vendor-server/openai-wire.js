/** Shapes of OpenAI's Chat Completions as recorded by others from the real service, and its errors. */

import { countTokens } from './http.js';
import { writeAnswer } from './write-answer.js';

export function openAiError(status, message, { type = 'invalid_request_error', code = null, param = null } = {}) {
  return { status, body: { error: { message, type, param, code } } };
}

export function promptOf(body) {
  const textOf = (content) =>
    typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
  const messages = body.messages ?? [];
  return {
    system: messages
      .filter(({ role }) => role !== 'user')
      .map(({ content }) => textOf(content))
      .join('\n'),
    user: messages
      .filter(({ role }) => role === 'user')
      .map(({ content }) => textOf(content))
      .join('\n'),
    schema: body.response_format?.json_schema?.schema,
    maxOutputTokens: body.max_completion_tokens ?? body.max_tokens ?? 4096,
  };
}

/** Refuses what the real service refuses before it spends anything. */
export function validateOpenAi(body, compatible) {
  const { model = '' } = body;
  const version = modelVersion(model);
  if (compatible !== undefined) return validateCompatible(body, compatible);
  if (/not-a-model/.test(model)) {
    return openAiError(404, `The model \`${model}\` does not exist or you do not have access to it.`, {
      code: 'model_not_found',
    });
  }
  if (version >= 5 && body.max_tokens !== undefined) {
    return unsupported(
      'max_tokens',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    );
  }
  if (version >= 5 && body.temperature !== undefined)
    return openAiError(400, "Unsupported parameter: 'temperature' is not supported with this model.", {
      param: 'temperature',
    });
  if (version < 5.6 && body.prompt_cache_options !== undefined) {
    return unsupported(
      'prompt_cache_options',
      `Unsupported parameter: 'prompt_cache_options' is not supported with this model.`,
    );
  }
  if (version < 5 && body.reasoning_effort !== undefined)
    return unsupported('reasoning_effort', `Unrecognized request argument supplied: reasoning_effort`);
  if (version >= 5 && version < 5.1 && body.reasoning_effort === 'none') {
    return openAiError(
      400,
      "Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'minimal', 'low', 'medium', and 'high'.",
      {
        code: 'unsupported_value',
        param: 'reasoning_effort',
      },
    );
  }
  const schema = body.response_format?.json_schema;
  if (schema !== undefined && schema.strict === true) return strictProblem(schema.schema, schema.name, '()');
  return undefined;
}

function unsupported(param, message) {
  return openAiError(400, message, { code: 'unsupported_parameter', param });
}

function validateCompatible(body, compatible) {
  for (const field of compatible.refuses ?? []) {
    if (body[field] !== undefined)
      return {
        status: 400,
        body: { error: { code: 400, message: `Unknown field: ${field}`, type: 'invalid_request_error' } },
      };
  }
  return undefined;
}

function strictProblem(node, name, path) {
  if (typeof node !== 'object' || node === null) return undefined;
  if (node.properties !== undefined) {
    const keys = Object.keys(node.properties);
    const missing = keys.find((key) => !(node.required ?? []).includes(key));
    const about = (text) =>
      openAiError(400, `Invalid schema for response_format '${name}': In context=${path}, ${text}`, {
        param: 'response_format',
      });
    if (node.additionalProperties !== false)
      return about("'additionalProperties' is required to be supplied and to be false.");
    if (missing !== undefined)
      return about(
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`,
      );
  }
  for (const [key, child] of Object.entries(node)) {
    if (
      ['oneOf', 'allOf', 'not', 'if', 'patternProperties', 'default'].includes(key) &&
      !path.endsWith("'properties')")
    ) {
      return openAiError(
        400,
        `Invalid schema for response_format '${name}': In context=${path}, '${key}' is not permitted.`,
        { param: 'response_format' },
      );
    }
    const problem = strictProblem(child, name, `${path.slice(0, -1)}'${key}')`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** 6 for `gpt-6-luna`, 5.6 for `gpt-5.6-luna`, 4 for `gpt-4o-mini`, 0 for anything else. */
export function modelVersion(model) {
  return Number(/^gpt-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? 0);
}

/** The completion of a request, bent by a fault of the answer. */
export function completeOpenAi(body, fault, { n, answer, compatible, cachedPrefixes }) {
  const prompt = promptOf(body);
  const tier = body.service_tier === 'flex' ? 'flex' : 'default';
  let text = fault?.text ?? answer?.({ ...prompt, model: body.model, vendor: 'openai' }) ?? writeAnswer(prompt);
  if (typeof text !== 'string') text = JSON.stringify(text);
  let finish = 'stop';
  let refusal = null;
  const room = prompt.maxOutputTokens;
  if (fault?.kind === 'truncate' || countTokens(text) > room) {
    text = text.slice(0, Math.min(Math.floor(text.length / 2), room * 4));
    finish = 'length';
  }
  if (fault?.kind === 'refusal') refusal = "I'm sorry, but I can't help with that request.";
  if (fault?.kind === 'safety') finish = 'content_filter';
  if (fault?.kind === 'broken-json') text = `${text.slice(0, -2)},,"oops`;
  if (fault?.kind === 'empty') text = '';
  if (fault?.kind === 'fenced' || compatible?.fenced) text = `Here is the post:\n\`\`\`json\n${text}\n\`\`\``;
  const reasoning = reasoningTokens(body);
  const promptTokens =
    countTokens(prompt.system) + countTokens(prompt.user) + countTokens(JSON.stringify(prompt.schema ?? '')) + 11;
  const completion = countTokens(refusal ?? text) + reasoning;
  const cached = cachedTokens(body, prompt, promptTokens, cachedPrefixes);
  const usage = {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: {
      cached_tokens: cached.read,
      ...(modelVersion(body.model) >= 5.6 ? { cache_write_tokens: cached.written } : {}),
      audio_tokens: 0,
    },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
  const message = { role: 'assistant', content: refusal === null ? text : null, refusal, annotations: [] };
  const choice = { index: 0, message, logprobs: null, finish_reason: finish };
  const completionBody = {
    id: `chatcmpl-${n}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: `${body.model}-2026-09-01`,
    choices: [choice],
  };
  if (compatible !== undefined) {
    const bare = {
      role: 'assistant',
      content: text,
      ...(compatible.reasoningContent ? { reasoning_content: 'Let me think about it.' } : {}),
    };
    return {
      body: {
        ...completionBody,
        model: body.model,
        choices: [{ index: 0, message: bare, finish_reason: finish }],
        ...(compatible.noUsage ? {} : { usage }),
      },
      usage,
      tier,
    };
  }
  return {
    body: {
      ...completionBody,
      usage: fault?.kind === 'no-usage' ? undefined : usage,
      service_tier: tier,
      system_fingerprint: 'fp_44709d6fcb',
    },
    usage,
    tier,
  };
}

function reasoningTokens(body) {
  if (modelVersion(body.model) < 5 || body.reasoning_effort === 'none') return 0;
  return { minimal: 0, low: 64, medium: 640, high: 1600 }[body.reasoning_effort ?? 'medium'] ?? 640;
}

/** Prefix cache as documented: from 1,024 tokens, exact; from 5.6 on only at breakpoints when the mode is explicit. */
function cachedTokens(body, prompt, promptTokens, cachedPrefixes) {
  const explicit = body.prompt_cache_options?.mode === 'explicit';
  const breakpoint = (body.messages ?? []).some(
    ({ content }) => Array.isArray(content) && content.some((part) => part.prompt_cache_breakpoint !== undefined),
  );
  const prefixTokens = countTokens(prompt.system) + countTokens(JSON.stringify(prompt.schema ?? ''));
  const newer = modelVersion(body.model) >= 5.6;
  if (newer && !explicit) return { read: 0, written: promptTokens >= 1024 ? promptTokens : 0 };
  if (newer && !breakpoint) return { read: 0, written: 0 };
  if (prefixTokens < 1024) return { read: 0, written: 0 };
  const known = cachedPrefixes.has(`${body.model}\n${prompt.system}`);
  cachedPrefixes.add(`${body.model}\n${prompt.system}`);
  if (!known) return { read: 0, written: newer ? prefixTokens : 0 };
  return { read: newer ? prefixTokens : Math.floor(prefixTokens / 128) * 128, written: 0 };
}

/** Faults that are answered instead of a completion; nothing is billed. */
export function openAiFault(fault, model) {
  const after = fault.retryAfterMs ?? 400;
  switch (fault.kind) {
    case 'status':
      return {
        status: fault.status ?? 500,
        body:
          fault.body ??
          openAiError(0, 'The server had an error while processing your request.', { type: 'server_error' }).body,
        headers: fault.headers ?? {},
      };
    case 'rate-limit':
      return {
        ...openAiError(
          429,
          `Rate limit reached for ${model} in organization org-test on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in ${after}ms.`,
          { type: 'requests', code: 'rate_limit_exceeded' },
        ),
        headers: { 'retry-after-ms': String(after), 'retry-after': String(Math.ceil(after / 1000)) },
      };
    case 'quota':
      return openAiError(429, 'You exceeded your current quota, please check your plan and billing details.', {
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      });
    case 'auth':
      return openAiError(
        401,
        `Incorrect API key provided: ${fault.text ?? 'sk-wrong'}. You can find your API key at https://platform.openai.com/account/api-keys.`,
        { code: 'invalid_api_key' },
      );
    case 'overloaded':
      return openAiError(503, 'The engine is currently overloaded, please try again later.', {
        type: 'server_error',
        code: 'overloaded',
      });
    case 'resource-unavailable':
      return openAiError(429, 'Resource unavailable for flex processing. Please try again later.', {
        type: 'resource_unavailable',
        code: 'resource_unavailable',
      });
    case 'error-at-200':
      return {
        status: 200,
        body: {
          id: 'gen-1',
          choices: [
            {
              index: 0,
              message: { role: 'assistant', content: '' },
              finish_reason: 'error',
              error: { code: 502, message: 'Provider returned error' },
            },
          ],
        },
      };
    default:
      return undefined;
  }
}
