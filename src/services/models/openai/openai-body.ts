import type { ModelRequest, Prompt } from '../../../core/ports.ts';
import { REASONING_EFFORTS, type ReasoningEffort } from '../../../core/providers.ts';
import { hashText } from '../../../util/stable-hash.ts';

/** What a server was found not to take; learnt from its refusals, so that each is met once. */
export interface OpenAiQuirks {
  readonly outputLimit: 'max_completion_tokens' | 'max_tokens';
  readonly answerFormat: 'json_schema' | 'json_object' | 'none';
  readonly reasoning: ReasoningEffort | undefined;
  readonly cacheOptions: boolean;
}

/** Prompts whose shared part is shorter than this are never cached. */
const SHORTEST_CACHED_CHARS = 4 * 1024;

/** What this model takes according to its name; compatible servers know `max_tokens` best. */
export function quirksOf(
  model: string,
  { reasoning, compatible }: { readonly reasoning?: ReasoningEffort | undefined; readonly compatible: boolean },
): OpenAiQuirks {
  const version = modelVersion(model);
  const known = version !== undefined || /^o\d/.test(model);
  return {
    outputLimit: known || !compatible ? 'max_completion_tokens' : 'max_tokens',
    answerFormat: 'json_schema',
    reasoning: reasoning ?? leastReasoning(model, version),
    cacheOptions: version !== undefined && version >= 5.6,
  };
}

/** Reasoning is billed as output and left alone it is `medium`, so models that have it are told the least that they take. */
function leastReasoning(model: string, version: number | undefined): ReasoningEffort | undefined {
  if (/^o\d/.test(model)) return 'low';
  if (version === undefined || version < 5 || /chat/.test(model)) return undefined;
  return version < 5.1 ? 'minimal' : 'none';
}

/** 5.6 for `gpt-5.6-luna`; undefined for names that are not OpenAI's. */
function modelVersion(model: string): number | undefined {
  const version = /^gpt-(\d+(?:\.\d+)?)/.exec(model)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** Body of a chat completion; also a line of a batch, where the tier is the batch's. */
export function buildOpenAiBody(
  model: string,
  { prompt, tier }: Pick<ModelRequest, 'prompt' | 'tier'>,
  quirks: OpenAiQuirks,
): Record<string, unknown> {
  return {
    model,
    messages: [
      { role: 'system', content: systemContent(prompt, quirks) },
      { role: 'user', content: prompt.user },
    ],
    ...answerFormat(prompt, quirks),
    [quirks.outputLimit]: prompt.maxOutputTokens,
    ...(quirks.reasoning === undefined ? {} : { reasoning_effort: quirks.reasoning }),
    ...(quirks.cacheOptions ? { prompt_cache_options: { mode: 'explicit' } } : {}),
    ...(tier === 'flex' ? { service_tier: 'flex' } : {}),
  };
}

/**
 * From GPT-5.6 on, every long prompt is written to the cache at 1.25 times its price unless the mode is explicit; then only
 * what stands before a breakpoint is. The instructions are shared by all posts, so the breakpoint stands after them.
 */
function systemContent(prompt: Prompt, quirks: OpenAiQuirks): unknown {
  if (!quirks.cacheOptions || prompt.system.length < SHORTEST_CACHED_CHARS) return prompt.system;
  return [{ type: 'text', text: prompt.system, prompt_cache_breakpoint: { mode: 'explicit' } }];
}

function answerFormat({ schema, schemaName }: Prompt, quirks: OpenAiQuirks): Record<string, unknown> {
  switch (quirks.answerFormat) {
    case 'json_schema':
      return {
        response_format: { type: 'json_schema', json_schema: { name: safeName(schemaName), strict: true, schema } },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'none':
      return {};
  }
}

function safeName(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  return safe === '' ? `schema_${hashText(name).slice(0, 8)}` : safe;
}

/** What to leave out after a refusal of status 400 or 422, or undefined when the refusal is about something else. */
export function learnFromRefusal(
  message: string,
  param: string | undefined,
  quirks: OpenAiQuirks,
): OpenAiQuirks | undefined {
  const about = (name: string) => param === name || message.includes(name);
  if (about(quirks.outputLimit) && /unsupported|unknown|unrecognized|unexpected|not permitted|extra/i.test(message)) {
    return { ...quirks, outputLimit: quirks.outputLimit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' };
  }
  if (quirks.cacheOptions && (about('prompt_cache_options') || about('prompt_cache_breakpoint')))
    return { ...quirks, cacheOptions: false };
  if (quirks.reasoning !== undefined && about('reasoning_effort'))
    return { ...quirks, reasoning: nextReasoning(quirks.reasoning, message) };
  // A schema that breaks the rules is our fault and no reason to do without it.
  if (about('response_format') && !/invalid schema/i.test(message) && quirks.answerFormat !== 'none') {
    return {
      ...quirks,
      answerFormat: quirks.answerFormat === 'json_schema' && !about('json_object') ? 'json_object' : 'none',
    };
  }
  return undefined;
}

function nextReasoning(refused: ReasoningEffort, message: string): ReasoningEffort | undefined {
  const offered = REASONING_EFFORTS.filter((effort) => effort !== refused && message.includes(`'${effort}'`));
  return offered[0];
}
