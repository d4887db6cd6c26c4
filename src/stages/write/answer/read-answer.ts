/** Parses every answer: short posts, parts of long posts, packs and batch rows. */

import type { z } from 'zod';
import { BloggerError } from '../../../core/errors.ts';
import type { ModelReply } from '../../../core/ports.ts';
import { jsonValues } from './json-values.ts';

export interface AnswerShape<T> {
  readonly schema: z.ZodType<T>;
  /** For messages, such as `a post`. */
  readonly what: string;
  /** Reads an answer that is not JSON at all. */
  readonly fromText?: (text: string) => unknown;
}

/**
 * Finds the JSON value anywhere in the text of an answer. Throws `REPLY_TRUNCATED`, `REPLY_REFUSED` or `REPLY_INVALID`.
 * With any other finish reason the text is parsed as complete.
 */
export function readAnswer<T>(reply: ModelReply, shape: AnswerShape<T>): T {
  const { finishReason, text } = reply;
  const said = text === '' ? (reply.problem ?? '') : text;
  if (finishReason === 'length')
    throw new BloggerError(`The model did not finish ${shape.what}: its answer was cut off at the output limit`, {
      code: 'REPLY_TRUNCATED',
      hint: 'Lower --length, or use a model that does not spend its output on reasoning.',
    });
  if (finishReason !== 'stop' && finishReason !== 'other')
    throw new BloggerError(
      `The model declined to write ${shape.what} (${finishReason})${said === '' ? '' : `: ${shorten(said)}`}`,
      { code: 'REPLY_REFUSED', hint: 'Remove the page from the list, or use another model.' },
    );
  let issues: string | undefined;
  for (const value of candidates(text, shape.fromText)) {
    const parsed = shape.schema.safeParse(value);
    if (parsed.success) return parsed.data;
    issues ??= parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'answer'}: ${message}`).join('; ');
  }
  throw new BloggerError(
    `The model did not answer ${shape.what} as JSON: ${reply.problem ?? issues ?? 'it is not JSON'}`,
    {
      code: 'REPLY_INVALID',
      hint: 'Use a model that supports structured output.',
      details: { answer: shorten(text) },
    },
  );
}

function* candidates(text: string, fromText: ((text: string) => unknown) | undefined): Generator<unknown> {
  yield* jsonValues(text);
  const value = fromText?.(text);
  if (value !== undefined) yield value;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
