/** Where a server puts its answer: in Chat Completions, or in the shape of another API that a gateway passes on as it is. */

import { at, countAt, isObject, textAt } from '../client/json.ts';
import { answerText } from './answer-text.ts';

export interface LocatedAnswer {
  /** As in Chat Completions: `message` and `finish_reason`. */
  readonly choice: unknown;
  readonly usage: unknown;
  readonly model: string | undefined;
}

/** Members in which gateways wrap a whole answer. */
const WRAPPERS = ['result', 'data', 'response'] as const;

export function locateAnswer(body: unknown): LocatedAnswer {
  const holder = unwrapped(body);
  return {
    choice: choiceOf(holder),
    // Ollama's own counts stand beside the answer.
    usage:
      at(holder, 'usage') ?? at(holder, 'usageMetadata') ?? at(holder, 'usage_metadata') ?? at(body, 'usage') ?? holder,
    model: textAt(holder, 'model') ?? textAt(holder, 'modelVersion') ?? textAt(body, 'model'),
  };
}

function unwrapped(body: unknown): unknown {
  if (hasAnswer(body)) return body;
  return WRAPPERS.map((name) => at(body, name)).find((inner) => isObject(inner) && hasAnswer(inner)) ?? body;
}

function hasAnswer(holder: unknown): boolean {
  return at(holder, 'choices') !== undefined || isGemini(holder) || contentOf(holder) !== undefined;
}

function isGemini(holder: unknown): boolean {
  return at(holder, 'candidates') !== undefined || at(holder, 'promptFeedback') !== undefined;
}

function choiceOf(holder: unknown): unknown {
  const choices = at(holder, 'choices');
  if (Array.isArray(choices) && choices.length > 0) return firstChoice(choices);
  if (isGemini(holder)) {
    const candidate = at(holder, 'candidates', 0);
    const content = at(candidate, 'content', 'parts');
    return { message: { content }, finish_reason: at(candidate, 'finishReason') };
  }
  const content = contentOf(holder);
  if (content === undefined) return undefined;
  const reason = at(holder, 'done_reason') ?? at(holder, 'stop_reason') ?? at(holder, 'incomplete_details', 'reason');
  return { message: { content }, finish_reason: reason };
}

/** Choice 0, wherever it stands in the list; an empty one gives way to one with text. */
function firstChoice(choices: readonly unknown[]): unknown {
  const inOrder = [...choices].sort((a, b) => (countAt(a, 'index') ?? 0) - (countAt(b, 'index') ?? 0));
  return inOrder.find((choice) => answerText(choice).trim() !== '') ?? inOrder[0];
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
