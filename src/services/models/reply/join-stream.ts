/** A whole answer made of the parts of a stream: chunks of Chat Completions, events of Messages, answers of generateContent. */

import { at, isObject, type JsonObject, textAt } from '../client/json.ts';
import { joinUsage } from './read-usage.ts';

/** The end mark of a stream of Chat Completions. */
export const DONE = '[DONE]';

/** Undefined where the stream ends before the answer does. An error after the first part leaves `interrupted: true` beside it. */
export function joinStream(parts: readonly unknown[]): unknown {
  const objects = parts.filter(isObject);
  const failureAt = objects.findIndex((part) => failureOf(part) !== undefined);
  const joined = joinerOf(objects)(objects);
  const ended = parts.includes(DONE) || joined['finish_reason'] !== undefined;
  const failure = failureOf(objects[failureAt] ?? {});
  if (failure === undefined && (!ended || parts.includes(undefined))) return undefined;
  return {
    ...joined,
    ...(failure === undefined ? {} : { error: failure, interrupted: failureAt > 0 }),
  };
}

/** The error of a part: a member of it, or the part itself. */
function failureOf(part: JsonObject): unknown {
  return part['error'] ?? (part['object'] === 'error' ? part : undefined);
}

type Joiner = (objects: readonly JsonObject[]) => JsonObject;

function joinerOf(objects: readonly JsonObject[]): Joiner {
  if (objects.some((part) => textAt(part, 'type')?.startsWith('message_') === true)) return joinMessage;
  if (objects.some((part) => textAt(part, 'type')?.startsWith('response.') === true)) return joinResponse;
  return objects.some((part) => 'candidates' in part || 'usageMetadata' in part) ? joinCandidates : joinChunks;
}

function joinChunks(objects: readonly JsonObject[]): JsonObject {
  const join = (name: string) => objects.map((chunk) => partOf(chunk, name)).join('');
  const last = (...path: readonly (string | number)[]) => lastOf(objects, ...path);
  const finish = last('choices', 0, 'finish_reason') ?? last('done_reason');
  const input = objects.map((chunk) => textAt(chunk, 'choices', 0, 'delta', ...TOOL_INPUT) ?? '').join('');
  // Moonshot and Groq put the counts elsewhere, Ollama beside the last part.
  const places = [['usage'], ['x_groq', 'usage'], ['choices', 0, 'usage']] as const;
  const counted = places.map((path) => joinUsage(objects.map((chunk) => at(chunk, ...path))));
  const [first = {}] = objects;
  return {
    ...pick(first, ['id', 'object', 'created']),
    model: last('model'),
    service_tier: last('service_tier'),
    usage: counted.find((usage) => usage !== undefined) ?? objects.findLast((chunk) => 'prompt_eval_count' in chunk),
    ...(typeof finish === 'string' && finish !== '' ? { finish_reason: finish } : {}),
    choices: [
      {
        index: 0,
        finish_reason: finish ?? null,
        message: {
          role: 'assistant',
          content: join('content'),
          reasoning_content: join('reasoning_content') || join('reasoning'),
          ...(join('refusal') === '' ? {} : { refusal: join('refusal') }),
          ...(input === '' ? {} : { tool_calls: [{ function: { arguments: input } }] }),
        },
      },
    ],
  };
}

/** The arguments of the first tool that is called. */
const TOOL_INPUT = ['tool_calls', 0, 'function', 'arguments'] as const;

/** Events of Responses, of which the last one holds the whole answer; some servers leave its text to the parts. */
function joinResponse(objects: readonly JsonObject[]): JsonObject {
  const ended = objects.findLast((event) =>
    /^response\.(?:completed|incomplete|failed)$/.test(textAt(event, 'type') ?? ''),
  );
  const response = at(ended, 'response');
  if (!isObject(response)) return {};
  const output = at(response, 'output');
  const isThere = Array.isArray(output) && output.length > 0;
  return {
    ...response,
    finish_reason: textAt(response, 'status'),
    ...(isThere ? {} : { output: [writtenIn(objects)] }),
  };
}

function writtenIn(objects: readonly JsonObject[]): JsonObject {
  const parts = objects.filter((event) => textAt(event, 'type') === 'response.output_text.delta');
  const text = parts.map((event) => textAt(event, 'delta') ?? '').join('');
  return { type: 'message', content: [{ type: 'output_text', text }] };
}

/** Events of Anthropic's Messages. The counts are whole only with the end of the answer. */
function joinMessage(objects: readonly JsonObject[]): JsonObject {
  const delta = (name: string) => objects.map((event) => textAt(event, 'delta', name) ?? '').join('');
  const stop = lastOf(objects, 'delta', 'stop_reason');
  const begun = lastOf(objects, 'message', 'usage');
  const ended = lastOf(objects, 'usage');
  const usage = joinUsage([begun, ended]);
  return {
    model: lastOf(objects, 'message', 'model'),
    content: [{ type: 'text', text: delta('text') || delta('partial_json') }],
    ...(stop === undefined ? {} : { stop_reason: stop, finish_reason: stop }),
    ...(isObject(begun) && isObject(ended) ? { usage } : {}),
  };
}

/** Parts of Google's generateContent. */
function joinCandidates(objects: readonly JsonObject[]): JsonObject {
  const last = (...path: readonly (string | number)[]) => lastOf(objects, ...path);
  const finish = last('candidates', 0, 'finishReason');
  const parts = objects.flatMap((one) => at(one, 'candidates', 0, 'content', 'parts') ?? []);
  return {
    modelVersion: last('modelVersion'),
    promptFeedback: last('promptFeedback'),
    usageMetadata: joinUsage(objects.map((one) => at(one, 'usageMetadata'))),
    ...(finish === undefined ? {} : { finish_reason: finish }),
    candidates: [{ content: { parts }, finishReason: finish }],
  };
}

function lastOf(objects: readonly JsonObject[], ...path: readonly (string | number)[]): unknown {
  return objects.map((one) => at(one, ...path)).findLast((one) => one !== undefined && one !== null);
}

function partOf(chunk: JsonObject, name: string): string {
  const choice = at(chunk, 'choices', 0);
  const part = at(choice, 'delta', name) ?? at(choice, 'message', name) ?? at(chunk, 'message', name);
  if (typeof part === 'string') return part;
  return Array.isArray(part) ? part.map((one) => textAt(one, 'text') ?? '').join('') : '';
}

function pick(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
}
