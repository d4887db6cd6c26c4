/** The body of an answer as one object: JSON, or a stream that was not asked for, put together. */

import { parseJson } from '../client/json.ts';
import { DONE, joinStream } from './join-stream.ts';

/** Undefined: it is neither, or it breaks off. */
export function readBody(body: string): unknown {
  const text = withoutComments(body.replace(/^\uFEFF/, '').trim());
  if (/^(?:data|event|id|retry|:)/.test(text)) return joinStream(eventData(text));
  const whole = parseJson(text);
  if (whole !== undefined) return isStream(whole) ? joinStream(whole) : whole;
  // Some servers put the end of a stream behind a plain answer, or one chunk on each line.
  const lines = text.split('\n').map((line) => line.replace(/^data:/, '').trim());
  const objects = lines.filter((line) => line !== '' && line !== DONE).map(parseJson);
  if (objects.length === 0 || objects.includes(undefined)) return undefined;
  return objects.length === 1 ? objects[0] : joinStream(objects);
}

/** Routers keep a connection open by comments of a stream, whatever they send behind them. */
function withoutComments(text: string): string {
  if (!text.startsWith(':')) return text;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '' && !line.startsWith(':'));
  return first === -1 ? '' : lines.slice(first).join('\n').trimStart();
}

/** Google streams a list of answers; its errors are a list of one. */
function isStream(whole: unknown): whole is readonly unknown[] {
  return Array.isArray(whole) && whole.length > 1;
}

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
