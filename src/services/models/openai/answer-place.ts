/** Where a server puts its answer: in Chat Completions, or in the shape of another API that a gateway passes on as it is. */

import { at, isObject, textAt } from '../client/json.ts';

export interface AnswerPlace {
  /** As in Chat Completions: `message` and `finish_reason`. */
  readonly choice: unknown;
  readonly usage: unknown;
  readonly model: string | undefined;
}

/** Members in which gateways wrap a whole answer. */
const WRAPPERS = ['result', 'data', 'response'] as const;

export function placeOf(body: unknown): AnswerPlace {
  const holder = unwrapped(body);
  return {
    choice: choiceOf(holder),
    // Ollama's own counts stand beside the answer.
    usage: at(holder, 'usage') ?? at(body, 'usage') ?? holder,
    model: textAt(holder, 'model') ?? textAt(body, 'model'),
  };
}

function unwrapped(body: unknown): unknown {
  if (hasAnswer(body)) return body;
  return WRAPPERS.map((name) => at(body, name)).find((inner) => isObject(inner) && hasAnswer(inner)) ?? body;
}

function hasAnswer(holder: unknown): boolean {
  return at(holder, 'choices') !== undefined || contentOf(holder) !== undefined;
}

function choiceOf(holder: unknown): unknown {
  const first = at(holder, 'choices', 0);
  if (first !== undefined) return first;
  const content = contentOf(holder);
  if (content === undefined) return undefined;
  const reason = at(holder, 'done_reason') ?? at(holder, 'stop_reason') ?? at(holder, 'incomplete_details', 'reason');
  return { message: { content }, finish_reason: reason };
}

/** The content of an answer that is no chat completion: Ollama, Responses, Messages, Cloudflare, and what Groq refuses as no JSON. */
function contentOf(holder: unknown): unknown {
  const output = at(holder, 'output');
  return (
    at(holder, 'message', 'content') ??
    (Array.isArray(output) ? output.flatMap((item) => at(item, 'content') ?? []) : undefined) ??
    (Array.isArray(at(holder, 'content')) ? at(holder, 'content') : undefined) ??
    (isObject(at(holder, 'response', 'choices', 0)) ? undefined : at(holder, 'response')) ??
    at(holder, 'error', 'failed_generation')
  );
}
