import { at, isObject, textAt } from '../client/json.ts';

/**
 * Where servers put an answer: as text, as parts, as the arguments of a tool, or, where the model thinks aloud and says nothing else,
 * among its thoughts.
 */
export function answerText(choice: unknown): string {
  const message = at(choice, 'message');
  const places = [
    at(message, 'content'),
    toolInput(at(message, 'content')),
    at(message, 'tool_calls', 0, 'function', 'arguments'),
    at(message, 'function_call', 'arguments'),
    at(message, 'parsed'),
    at(message, 'reasoning_content'),
    at(message, 'reasoning'),
    thoughtsOf(at(message, 'reasoning_details')),
    at(choice, 'text'),
  ];
  return places.map(contentText).find((text) => text.trim() !== '') ?? '';
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (isObject(content)) return textAt(content, 'text') ?? JSON.stringify(content);
  if (!Array.isArray(content)) return '';
  return content
    .filter((part) => !isThought(part))
    .map((part) => (typeof part === 'string' ? part : (textAt(part, 'text') ?? textAt(part, 'text', 'value') ?? '')))
    .join('');
}

/** OpenRouter's parts of thoughts, of which some are only summed up or encrypted. */
function thoughtsOf(details: unknown): string {
  return Array.isArray(details) ? details.map((part) => textAt(part, 'text') ?? '').join('') : '';
}

function isThought(part: unknown): boolean {
  return at(part, 'thought') === true || /reason|think/i.test(textAt(part, 'type') ?? '');
}

/** Anthropic puts the input of a tool among the parts, Google its arguments. */
function toolInput(content: unknown): unknown {
  if (!Array.isArray(content)) return undefined;
  return content.map((part) => at(part, 'input') ?? at(part, 'functionCall', 'args')).find(isObject);
}
