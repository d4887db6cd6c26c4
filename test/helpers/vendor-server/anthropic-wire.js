/** Shapes of Anthropic's Messages and of its errors. The answers are made as those of the other vendors are. */

import { countTokens } from './http.js';
import { completeOpenAi } from './openai-wire.js';

export function anthropicError(status, type, message, headers = {}) {
  return { status, body: { type: 'error', error: { type, message }, request_id: 'req_test' }, headers };
}

function promptOf(body) {
  return {
    system: (body.system ?? []).map(({ text }) => text).join('\n'),
    user: (body.messages ?? []).map(({ content }) => content).join('\n'),
    schema: body.output_config?.format?.schema,
    maxOutputTokens: body.max_tokens,
  };
}

/** Refuses what the real service refuses before it spends anything. */
function validate(body, model) {
  if (/not-a-model/.test(model)) return anthropicError(404, 'not_found_error', `model: ${model}`);
  if (!Number.isInteger(body.max_tokens))
    return anthropicError(400, 'invalid_request_error', 'max_tokens: Field required');
  const known = new Set(['model', 'max_tokens', 'system', 'messages', 'output_config', 'service_tier', 'metadata']);
  const unknown = Object.keys(body).find((name) => !known.has(name));
  if (unknown !== undefined)
    return anthropicError(400, 'invalid_request_error', `${unknown}: Extra inputs are not permitted`);
  return undefined;
}

const STOPS = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal' };

/** The same answer as OpenAI's, in Anthropic's shape; what is cached is counted beside `input_tokens`. */
function complete(body, model, fault, context) {
  const { system, user, schema, maxOutputTokens } = promptOf(body);
  const request = {
    model: 'gpt-4o-mini',
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ],
    max_tokens: maxOutputTokens,
    ...(schema === undefined ? {} : { response_format: { json_schema: { schema } } }),
  };
  const { body: answer, usage } = completeOpenAi(request, fault, { ...context, compatible: undefined });
  const [{ message, finish_reason: finish }] = answer.choices;
  const cached = usage.prompt_tokens_details.cached_tokens;
  const isRefusal = fault?.kind === 'refusal';
  return {
    body: {
      id: `msg_${context.n}`,
      type: 'message',
      role: 'assistant',
      model: `${model}-20261001`,
      content: isRefusal ? [] : [{ type: 'text', text: message.content }],
      stop_reason: isRefusal ? 'refusal' : STOPS[finish],
      stop_sequence: null,
      ...(fault?.kind === 'no-usage'
        ? {}
        : {
            usage: {
              input_tokens: usage.prompt_tokens - cached,
              cache_creation_input_tokens: 0,
              cache_read_input_tokens: cached,
              output_tokens: usage.completion_tokens,
              service_tier: 'standard',
            },
          }),
    },
    tier: 'standard',
  };
}

/** Faults that are answered instead of a message; nothing is billed. */
function faultOf(fault) {
  const after = String(Math.ceil((fault.retryAfterMs ?? 400) / 1000));
  switch (fault.kind) {
    case 'status':
      return { status: fault.status ?? 500, body: fault.body ?? {}, headers: fault.headers ?? {} };
    case 'rate-limit':
      return anthropicError(429, 'rate_limit_error', "This request would exceed your organization's rate limit.", {
        'retry-after': after,
      });
    case 'quota':
      return anthropicError(
        400,
        'invalid_request_error',
        'Your credit balance is too low to access the Anthropic API.',
      );
    case 'auth':
      return anthropicError(401, 'authentication_error', 'invalid x-api-key');
    case 'overloaded':
      return anthropicError(529, 'overloaded_error', 'Overloaded');
    default:
      return undefined;
  }
}

export const ANTHROPIC = {
  promptOf,
  validate,
  complete,
  fault: faultOf,
  overLimit: (_model, _limits, { waitMs }) =>
    anthropicError(429, 'rate_limit_error', "This request would exceed your organization's rate limit.", {
      'retry-after': String(Math.ceil(waitMs / 1000)),
    }),
  requested: (prompt) => countTokens(prompt.system) + countTokens(prompt.user),
};
