/** The body of a chat completion as one object: JSON, or a stream that nobody asked for, put together. */

import { at, isObject, type JsonObject, parseJson, textAt } from '../client/json.ts';

/** Undefined: it is neither, or it breaks off. */
export function readBody(body: string): unknown {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (/^(?:data|event|id|retry|:)/.test(text)) return joinChunks(eventData(text));
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  // Some servers put the end of a stream behind a plain answer, or one chunk on each line.
  const lines = text.split('\n').map((line) => line.replace(/^data:/, '').trim());
  const objects = lines.filter((line) => line !== '' && line !== DONE).map(parseJson);
  if (objects.length === 0 || objects.includes(undefined)) return undefined;
  return objects.length === 1 ? objects[0] : joinChunks(objects);
}

const DONE = '[DONE]';

/** The `data` fields of server-sent events. An event of several lines is one text. */
function eventData(text: string): readonly unknown[] {
  return text
    .split(/\r?\n\r?\n|\r\r/)
    .map((event) =>
      event
        .split(/\r?\n|\r/)
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trim())
        .join('\n'),
    )
    .filter((data) => data !== '')
    .flatMap((data) => {
      // Servers that leave out the blank line between events have one object on each line.
      const whole = parseJson(data);
      return whole === undefined ? data.split('\n').map((line) => (line === DONE ? DONE : parseJson(line))) : [whole];
    });
}

/** A whole completion made of its chunks; undefined where the stream ends before the answer does. */
function joinChunks(chunks: readonly unknown[]): unknown {
  const objects = chunks.filter(isObject);
  const failure = objects.find((chunk) => at(chunk, 'error') !== undefined);
  const finish = objects
    .map((chunk) => textAt(chunk, 'choices', 0, 'finish_reason'))
    .findLast((one) => one !== undefined);
  const ended = chunks.includes(DONE) || finish !== undefined;
  if (failure === undefined && (!ended || chunks.includes(undefined))) return undefined;
  const join = (...path: readonly string[]) => objects.map((chunk) => partOf(chunk, path)).join('');
  const last = (name: string) =>
    objects.map((chunk) => chunk[name]).findLast((one) => one !== undefined && one !== null);
  const [first = {}] = objects;
  return {
    ...pick(first, ['id', 'object', 'created']),
    model: last('model'),
    service_tier: last('service_tier'),
    usage: last('usage'),
    ...(failure === undefined ? {} : { error: failure['error'] }),
    choices: [
      {
        index: 0,
        finish_reason: finish ?? null,
        message: {
          role: 'assistant',
          content: join('content'),
          reasoning_content: join('reasoning_content') || join('reasoning'),
          ...(join('refusal') === '' ? {} : { refusal: join('refusal') }),
        },
      },
    ],
  };
}

function partOf(chunk: JsonObject, path: readonly string[]): string {
  const part = at(chunk, 'choices', 0, 'delta', ...path) ?? at(chunk, 'choices', 0, 'message', ...path);
  if (typeof part === 'string') return part;
  return Array.isArray(part) ? part.map((one) => textAt(one, 'text') ?? '').join('') : '';
}

function pick(from: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));
}
