import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, isObject, textAt } from '../client/json.ts';
import { readErrorBody, type WireError } from '../client/read-refusal.ts';
import { placeOf } from './answer-place.ts';

/** Reads a chat completion, tolerating what compatible servers leave out. */
export function readOpenAiReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const { choice, usage, model: answering } = placeOf(body);
  const billed = billedUsd(usage);
  const refusal = textAt(choice, 'message', 'refusal');
  const text = answerText(choice);
  const problem = errorInReply(body)?.message;
  return {
    text: refusal ?? text,
    finishReason: refusal === undefined ? finishReasonOf(at(choice, 'finish_reason'), text) : 'refusal',
    usage: readUsage(usage),
    ...(billed === undefined ? {} : { billedUsd: billed }),
    tier: tier === 'batch' ? 'batch' : servedTier(at(body, 'service_tier')),
    model: answering ?? model,
    raw,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** An error inside an answer of status 200: at the top, in the first choice, or as a body that holds neither answer nor usage. */
export function errorInReply(body: unknown): WireError | undefined {
  const error = at(body, 'error') ?? at(body, 'choices', 0, 'error');
  if (isObject(error) || (typeof error === 'string' && error !== '')) return readErrorBody({ error }, 500);
  const { choice, usage } = placeOf(body);
  const isAnswer = choice !== undefined || at(body, 'choices') !== undefined || readUsage(usage) !== undefined;
  return isAnswer || !isObject(body) ? undefined : readErrorBody(body, 400);
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
  [/length|max_?\w{0,10}tokens|max_output|token_?limit|truncat|insufficient/i, 'length'],
  [/content_?filter|safety|moderat|polic|sensitive|prohibit|block|guardrail|spii/i, 'safety'],
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
  const input =
    countAt(usage, 'prompt_tokens') ?? countAt(usage, 'input_tokens') ?? countAt(usage, 'prompt_eval_count');
  const output = countAt(usage, 'completion_tokens') ?? countAt(usage, 'output_tokens') ?? countAt(usage, 'eval_count');
  const total = countAt(usage, 'total_tokens');
  if (input === undefined || (output === undefined && total === undefined)) return undefined;
  const details = at(usage, 'prompt_tokens_details') ?? at(usage, 'input_tokens_details');
  const written = countAt(details, 'cache_write_tokens') ?? countAt(usage, 'cache_creation_input_tokens');
  const cached =
    countAt(details, 'cached_tokens') ??
    countAt(usage, 'prompt_cache_hit_tokens') ??
    countAt(usage, 'cached_tokens') ??
    countAt(usage, 'cache_read_input_tokens') ??
    0;
  return {
    input,
    cachedInput: Math.min(input, cached),
    ...(written === undefined ? {} : { cacheWriteInput: Math.min(input, written) }),
    output: Math.max(output ?? 0, (total ?? 0) - input),
  };
}

/** xAI names costs in these parts of a dollar. */
const TICKS_PER_USD = 1e10;

/** What the vendor says that the call costs, in US dollars. With a key of the user's own behind a router, the router's fee and the vendor's price add up. */
function billedUsd(usage: unknown): number | undefined {
  const ticks = countAt(usage, 'cost_in_usd_ticks');
  const cost = countAt(usage, 'cost') ?? countAt(usage, 'cost', 'total_cost') ?? (ticks && ticks / TICKS_PER_USD);
  if (cost === undefined || at(usage, 'is_byok') !== true) return cost;
  return cost + (countAt(usage, 'cost_details', 'upstream_inference_cost') ?? 0);
}

/** Billed is what was served, and a server that does not say is taken to charge the full price. */
function servedTier(tier: unknown): Tier {
  if (tier === 'flex') return 'flex';
  return tier === 'priority' || tier === 'fast' ? 'priority' : 'standard';
}
