/** The counts of an answer under the names of every API: Chat Completions, Responses, Messages, generateContent, Converse, Ollama, Cohere. */

import type { Usage } from '../../../core/types.ts';
import { at, countAt, isObject } from '../client/json.ts';

const INPUT = ['prompt_tokens', 'input_tokens', 'promptTokenCount', 'inputTokens', 'prompt_eval_count'] as const;
const OUTPUT = ['completion_tokens', 'output_tokens', 'candidatesTokenCount', 'outputTokens', 'eval_count'] as const;
const TOTAL = ['total_tokens', 'totalTokenCount', 'totalTokens'] as const;
const INPUT_DETAILS = ['prompt_tokens_details', 'input_tokens_details'] as const;
const OUTPUT_DETAILS = ['completion_tokens_details', 'output_tokens_details'] as const;
const CACHED = ['prompt_cache_hit_tokens', 'cached_tokens', 'cachedContentTokenCount'] as const;
/** Where input has these names, tokens read from the cache and written to it are counted beside it, not in it. */
const PLAIN_INPUT = ['input_tokens', 'inputTokens'] as const;
const READ = ['cache_read_input_tokens', 'cacheReadInputTokens'] as const;
const WRITTEN = ['cache_creation_input_tokens', 'cacheWriteInputTokens'] as const;

/** Undefined where input or output is not told. `output` is all that is billed as such, reasoning included. */
export function readUsage(told: unknown): Usage | undefined {
  const usage = isObject(at(told, 'billed_units')) ? at(told, 'billed_units') : told;
  const input = first(usage, INPUT);
  const shown = first(usage, OUTPUT);
  const total = first(usage, TOTAL);
  const reasoning = reasoningOf(usage);
  if (input === undefined || (shown === undefined && total === undefined && reasoning === undefined)) return undefined;
  const details = memberOf(usage, INPUT_DETAILS);
  const read = first(usage, READ) ?? 0;
  const created = first(usage, WRITTEN) ?? 0;
  const isBeside = first(usage, PLAIN_INPUT) !== undefined && details === undefined;
  const all = (isBeside ? input + read + created : input) + (countAt(usage, 'toolUsePromptTokenCount') ?? 0);
  const written = countAt(details, 'cache_write_tokens') ?? created;
  const cached = countAt(details, 'cached_tokens') ?? first(usage, CACHED) ?? read;
  return {
    input: all,
    cachedInput: Math.min(all, cached),
    ...(written === 0 ? {} : { cacheWriteInput: Math.min(all, written) }),
    output: Math.max(billedOutput(shown ?? 0, reasoning ?? 0, usage), (total ?? 0) - all),
  };
}

/** Google counts thoughts beside the answer. Others count them in it, but for those that report more thoughts than output. */
function billedOutput(shown: number, reasoning: number, usage: unknown): number {
  const isBeside = reasoning > shown || countAt(usage, 'thoughtsTokenCount') !== undefined;
  return isBeside ? shown + reasoning : shown;
}

function reasoningOf(usage: unknown): number | undefined {
  return countAt(memberOf(usage, OUTPUT_DETAILS), 'reasoning_tokens') ?? countAt(usage, 'thoughtsTokenCount');
}

function first(usage: unknown, names: readonly string[]): number | undefined {
  return names.map((name) => countAt(usage, name)).find((count) => count !== undefined);
}

function memberOf(usage: unknown, names: readonly string[]): unknown {
  return names.map((name) => at(usage, name)).find(isObject);
}
