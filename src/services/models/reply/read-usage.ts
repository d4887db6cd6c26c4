/** The counts of an answer under the names of every API: Chat Completions, Responses, Messages, generateContent, Converse, Ollama, Cohere. */

import type { Usage } from '../../../core/types.ts';
import { at, countAt, isObject, type JsonObject } from '../client/json.ts';

/** Without case and underscores: gateways write the names of other APIs in their own way. */
const INPUT = ['prompttokens', 'inputtokens', 'prompttokencount', 'promptevalcount'] as const;
const OUTPUT = ['completiontokens', 'outputtokens', 'candidatestokencount', 'evalcount'] as const;
const TOTAL = ['totaltokens', 'totaltokencount'] as const;
const INPUT_DETAILS = ['prompttokensdetails', 'inputtokensdetails'] as const;
const OUTPUT_DETAILS = ['completiontokensdetails', 'outputtokensdetails'] as const;
const CACHED = ['promptcachehittokens', 'cachedtokens', 'cachedcontenttokencount', 'cachedinputtokens'] as const;
/** Where input has this name, tokens read from the cache and written to it are counted beside it, not in it. */
const PLAIN_INPUT = 'inputtokens';
const READ = ['cachereadinputtokens'] as const;
const WRITTEN = ['cachecreationinputtokens', 'cachewriteinputtokens'] as const;
/** Google's counts of what the model thought and of what tools read. */
const THOUGHTS = 'thoughtstokencount';
const TOOL_INPUT = 'tooluseprompttokencount';

/** Undefined where input or output is not told. `output` is all that is billed as such, reasoning included. */
export function readUsage(told: unknown): Usage | undefined {
  const usage = plainNames(isObject(at(told, 'billed_units')) ? at(told, 'billed_units') : told);
  const inputName = nameOf(usage, INPUT);
  const input = inputName === undefined ? undefined : countAt(usage, inputName);
  const shown = count(usage, OUTPUT);
  const total = count(usage, TOTAL);
  const details = memberOf(usage, INPUT_DETAILS);
  const reasoning = count(memberOf(usage, OUTPUT_DETAILS), ['reasoningtokens']) ?? countAt(usage, THOUGHTS);
  if (input === undefined || (shown === undefined && total === undefined && reasoning === undefined)) return undefined;
  const read = count(usage, READ) ?? 0;
  const created = count(usage, WRITTEN) ?? 0;
  const isBeside = inputName === PLAIN_INPUT && details === undefined;
  const all = (isBeside ? input + read + created : input) + (countAt(usage, TOOL_INPUT) ?? 0);
  const written = countAt(details, 'cachewritetokens') ?? created;
  const cached = countAt(details, 'cachedtokens') ?? count(usage, CACHED) ?? read;
  return {
    input: all,
    cachedInput: Math.min(all, cached),
    ...(written === 0 ? {} : { cacheWriteInput: Math.min(all, written) }),
    output: Math.max(billedOutput(shown ?? 0, reasoning ?? 0, usage), (total ?? 0) - all),
  };
}

/** The counts of an answer in parts: some servers repeat them, as zeros where they are not known. */
export function joinUsage(parts: readonly unknown[]): JsonObject | undefined {
  const told = parts.filter(isObject);
  if (told.length === 0) return undefined;
  const joined: Record<string, unknown> = {};
  for (const part of told)
    for (const [name, value] of Object.entries(part)) {
      const known = countAt(joined, name);
      const isLess = known !== undefined && known > 0 && (countAt(part, name) ?? 0) === 0;
      if (!isLess && value !== null) joined[name] = value;
    }
  return joined;
}

/** Google counts thoughts beside the answer. Others count them in it, but for those that report more thoughts than output. */
function billedOutput(shown: number, reasoning: number, usage: unknown): number {
  const isBeside = reasoning > shown || countAt(usage, THOUGHTS) !== undefined;
  return isBeside ? shown + reasoning : shown;
}

function plainNames(usage: unknown): unknown {
  if (!isObject(usage)) return usage;
  return Object.fromEntries(
    Object.entries(usage).map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value]),
  );
}

/** The first name that has a count; a zero counts only where no other name has more. */
function nameOf(usage: unknown, names: readonly string[]): string | undefined {
  const told = names.filter((name) => countAt(usage, name) !== undefined);
  return told.find((name) => countAt(usage, name) !== 0) ?? told[0];
}

function count(usage: unknown, names: readonly string[]): number | undefined {
  const name = nameOf(usage, names);
  return name === undefined ? undefined : countAt(usage, name);
}

function memberOf(usage: unknown, names: readonly string[]): unknown {
  return plainNames(names.map((name) => at(usage, name)).find(isObject));
}
