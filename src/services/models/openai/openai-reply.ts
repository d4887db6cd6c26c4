import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, isObject, textAt } from '../client/json.ts';
import { readErrorBody, type WireError } from '../client/read-refusal.ts';

/** Reads a chat completion, tolerating what compatible servers leave out. */
export function readOpenAiReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const choice = at(body, 'choices', 0);
  const refusal = textAt(choice, 'message', 'refusal');
  const text = answerText(choice);
  const problem = errorInReply(body)?.message;
  return {
    text: refusal ?? text,
    finishReason: refusal === undefined ? finishReasonOf(at(choice, 'finish_reason'), text) : 'refusal',
    usage: readUsage(at(body, 'usage')),
    tier: tier === 'batch' ? 'batch' : servedTier(at(body, 'service_tier')),
    model: textAt(body, 'model') ?? model,
    raw,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** An error inside an answer of status 200, as OpenRouter and others send it: at the top or in the first choice. */
export function errorInReply(body: unknown): WireError | undefined {
  const error = at(body, 'error') ?? at(body, 'choices', 0, 'error');
  if (isObject(error) || (typeof error === 'string' && error !== '')) return readErrorBody({ error }, 500);
  return undefined;
}

/**
 * Where servers put an answer: as text, as parts, as the arguments of a tool, or, where the model thinks aloud and says nothing else,
 * among its thoughts.
 */
function answerText(choice: unknown): string {
  const message = at(choice, 'message');
  const places = [
    at(message, 'content'),
    at(message, 'tool_calls', 0, 'function', 'arguments'),
    at(message, 'function_call', 'arguments'),
    at(message, 'reasoning_content'),
    at(message, 'reasoning'),
    at(choice, 'text'),
  ];
  return places.map(contentText).find((text) => text.trim() !== '') ?? '';
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (isObject(content)) return textAt(content, 'text') ?? JSON.stringify(content);
  if (!Array.isArray(content)) return '';
  return content
    .filter((part) => !/reason|think/i.test(textAt(part, 'type') ?? ''))
    .map((part) => (typeof part === 'string' ? part : (textAt(part, 'text') ?? '')))
    .join('');
}

/** Only these ends are stops for cause. Every other word, such as `eos`, `end_turn` or `complete`, ends an answer that is there. */
const CAUSES: readonly (readonly [RegExp, FinishReason])[] = [
  [/length|max_?_?tokens|max_output|truncat/i, 'length'],
  [/content_?filter|safety|moderat|polic|sensitive/i, 'safety'],
  [/recitation/i, 'recitation'],
  [/refus/i, 'refusal'],
  [/error|abort|cancel/i, 'other'],
];

export function finishReasonOf(reason: unknown, text: string): FinishReason {
  const cause = typeof reason === 'string' ? CAUSES.find(([pattern]) => pattern.test(reason)) : undefined;
  return cause?.[1] ?? (text.trim() === '' ? 'other' : 'stop');
}

/** `output` is all that is billed as such: some servers count reasoning beside `completion_tokens`, and only the total has it. */
export function readUsage(usage: unknown): Usage | undefined {
  const input = countAt(usage, 'prompt_tokens') ?? countAt(usage, 'input_tokens');
  const output = countAt(usage, 'completion_tokens') ?? countAt(usage, 'output_tokens');
  const total = countAt(usage, 'total_tokens');
  if (input === undefined || (output === undefined && total === undefined)) return undefined;
  const details = at(usage, 'prompt_tokens_details') ?? at(usage, 'input_tokens_details');
  const written = countAt(details, 'cache_write_tokens');
  const cached =
    countAt(details, 'cached_tokens') ??
    countAt(usage, 'prompt_cache_hit_tokens') ??
    countAt(usage, 'cached_tokens') ??
    0;
  return {
    input,
    cachedInput: Math.min(input, cached),
    ...(written === undefined ? {} : { cacheWriteInput: Math.min(input, written) }),
    output: Math.max(output ?? 0, (total ?? 0) - input),
  };
}

/** Billed is what was served, and a server that does not say is taken to charge the full price. */
function servedTier(tier: unknown): Tier {
  if (tier === 'flex') return 'flex';
  return tier === 'priority' || tier === 'fast' ? 'priority' : 'standard';
}
