import type { ModelRequest, Prompt } from '../../../core/ports.ts';
import { REASONING_EFFORTS, type ReasoningEffort } from '../../../core/providers.ts';
import { hashText } from '../../../util/stable-hash.ts';
import { type OutputLimits, outputLimit } from '../client/output/limits.ts';
import { schemaText } from '../client/schema-text.ts';

const OUTPUT_LIMITS = ['max_completion_tokens', 'max_tokens'] as const;
const ANSWER_FORMATS = ['json_schema', 'json_object', 'none'] as const;

/** What a server accepts; what it refuses is left out of every later request. */
export interface OpenAiQuirks extends OutputLimits {
  readonly outputLimit: (typeof OUTPUT_LIMITS)[number];
  readonly answerFormat: (typeof ANSWER_FORMATS)[number];
  readonly reasoning: ReasoningEffort | undefined;
  readonly cacheOptions: boolean;
  /** The standard tier is asked for by name, because a project may be set to a dearer one. */
  readonly namesTier: boolean;
  /** False where the instructions have to stand in the message of the user: templates of some models know no other role. */
  readonly systemRole: boolean;
  /** True for models that answer as a stream only. */
  readonly streams: boolean;
  /** False where a stream may not be asked to end with its counts. */
  readonly streamOptions: boolean;
  /** Output limits and reasoning efforts that were refused. */
  readonly refused: readonly string[];
}

/** Prompts whose shared part is shorter than this are never cached. */
const SHORTEST_CACHED_CHARS = 4 * 1024;

/** What this model accepts according to its name; compatible servers know `max_tokens` best. */
export function quirksOf(
  model: string,
  {
    reasoning,
    compatible,
    answerFormat = 'json_schema',
  }: {
    readonly reasoning?: ReasoningEffort | undefined;
    readonly compatible: boolean;
    readonly answerFormat?: OpenAiQuirks['answerFormat'] | undefined;
  },
): OpenAiQuirks {
  const version = modelVersion(model);
  const known = version !== undefined || /^o\d/.test(model);
  return {
    outputLimit: known || !compatible ? 'max_completion_tokens' : 'max_tokens',
    answerFormat,
    reasoning: reasoning ?? leastReasoning(model),
    cacheOptions: version !== undefined && version >= 5.6,
    namesTier: !compatible,
    systemRole: true,
    streams: false,
    streamOptions: true,
    refused: [],
  };
}

/** Reasoning is billed as output and `medium` by default, so models that reason are asked for the least effort that they accept. */
export function leastReasoning(model: string): ReasoningEffort | undefined {
  const version = modelVersion(model);
  if (/^o\d/.test(model)) return 'low';
  if (version === undefined || version < 5 || /chat/.test(model)) return undefined;
  return version < 5.1 ? 'minimal' : 'none';
}

/** 5.6 for `gpt-5.6-luna`; undefined for names that are not OpenAI's. */
function modelVersion(model: string): number | undefined {
  const version = /^(?:ft:|openai\/)?gpt-(\d+(?:\.\d+)?)/.exec(model)?.[1];
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
    messages: messagesOf(prompt, quirks),
    ...answerFormat(prompt, quirks),
    [quirks.outputLimit]: outputLimit(prompt, quirks),
    ...(quirks.reasoning === undefined ? {} : { reasoning_effort: quirks.reasoning }),
    ...(quirks.cacheOptions ? { prompt_cache_options: { mode: 'explicit' } } : {}),
    ...serviceTier(tier, quirks),
    ...(quirks.streams ? { stream: true } : {}),
    ...(quirks.streams && quirks.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

function messagesOf(prompt: Prompt, quirks: OpenAiQuirks): readonly Record<string, unknown>[] {
  if (!quirks.systemRole) return [{ role: 'user', content: `${instructions(prompt, quirks)}\n\n${prompt.user}` }];
  return [
    { role: 'system', content: systemContent(prompt, quirks) },
    { role: 'user', content: prompt.user },
  ];
}

/** With the schema in words, where the server takes none. */
function instructions(prompt: Prompt, { answerFormat: format }: OpenAiQuirks): string {
  return format === 'json_schema' ? prompt.system : `${prompt.system}\n\n${schemaText(prompt)}`;
}

function serviceTier(tier: ModelRequest['tier'], { namesTier }: OpenAiQuirks): Record<string, unknown> {
  if (tier === 'flex') return { service_tier: 'flex' };
  return tier === 'standard' && namesTier ? { service_tier: 'default' } : {};
}

/**
 * From GPT-5.6 on, every long prompt is written to the cache at 1.25 times its price unless the mode is explicit; then only
 * what stands before a breakpoint is. The instructions are shared by all posts, so the breakpoint stands after them.
 */
function systemContent(prompt: Prompt, quirks: OpenAiQuirks): unknown {
  const system = instructions(prompt, quirks);
  if (!quirks.cacheOptions || system.length < SHORTEST_CACHED_CHARS) return system;
  return [{ type: 'text', text: system, prompt_cache_breakpoint: { mode: 'explicit' } }];
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
  const words = `${param ?? ''} ${withoutAccepted(message)}`.toLowerCase();
  // `response_format`, `response format` and `responseFormat` are one field.
  const about = (name: string) => letters(words).includes(letters(name));
  if (about(quirks.outputLimit) && isUnknownField(message)) {
    const refused = [...quirks.refused, quirks.outputLimit];
    const outputLimit = OUTPUT_LIMITS.find((name) => !refused.includes(name));
    return outputLimit === undefined ? undefined : { ...quirks, outputLimit, refused };
  }
  if (quirks.cacheOptions && (about('prompt_cache_options') || about('prompt_cache_breakpoint')))
    return { ...quirks, cacheOptions: false };
  if (quirks.streams && quirks.streamOptions && about('stream_options')) return { ...quirks, streamOptions: false };
  if (quirks.namesTier && about('service_tier') && !/\bflex\b/.test(words)) return { ...quirks, namesTier: false };
  if (quirks.reasoning !== undefined && (about('reasoning_effort') || isAboutThinking(words)))
    return withoutEffort(quirks.reasoning, message, quirks);
  if (!quirks.streams && isStreamOnly(words)) return { ...quirks, streams: true };
  if (quirks.systemRole && hasNoSystemRole(words)) return { ...quirks, systemRole: false };
  // A schema that breaks the rules is a fault of the caller and no reason to do without it.
  const isAboutFormat = [
    'requested_parameters',
    'response_format',
    'json_schema',
    'json_object',
    'structured_output',
    'response_schema',
    'json_mode',
    'grammar',
    'initialize_samplers', // llama.cpp, of a grammar
    'guided_',
  ].some(about);
  if (isAboutFormat && !/invalid schema/i.test(message) && quirks.answerFormat !== 'none')
    return { ...quirks, answerFormat: weakerFormat(message, quirks) };
  return undefined;
}

/** Without a word on `json_object` it is tried next; a server that wants `json_schema` or nothing says so. */
function weakerFormat(message: string, { answerFormat }: OpenAiQuirks): OpenAiQuirks['answerFormat'] {
  return answerFormat === 'json_schema' && !/json_object/.test(message) ? 'json_object' : 'none';
}

/** What servers say of a model that answers as a stream only; the parts are put together. */
function isStreamOnly(words: string): boolean {
  return (
    /\bstream\b.{0,25}\btrue\b/.test(words) ||
    (/\bstream/.test(words) &&
      /\bonly (?:supports?|available|works?)\b|\bsupports only\b|\bstream(?:ing)? (?:is )?required\b|\bnon[- ]?stream/.test(
        words,
      ))
  );
}

const SYSTEM_ROLE = /\b(?:system|developer) (?:role|message|prompt|instruction)s?\b/;
const NOT_TAKEN = /\bnot (?:supported|enabled|allowed)\b/;
const OTHER_ROLES =
  /\b(?:unsupported|unexpected|unknown|invalid) role:? ['"`]?system\b|does not support ['"`]?system\b|roles must alternate user\/assistant|only user and assistant roles/;

/** What servers and the templates of models say of a first message that is not the user's. */
function hasNoSystemRole(words: string): boolean {
  return (SYSTEM_ROLE.test(words) && NOT_TAKEN.test(words)) || OTHER_ROLES.test(words);
}

/** What servers say of a model that does not think, or not with this effort. */
function isAboutThinking(words: string): boolean {
  return (
    /\b(?:think(?:ing)?|reasoning)\b/.test(words) &&
    /\bnot support|n't support|unsupported|\bnot (?:enabled|allowed|available)\b/.test(words)
  );
}

function letters(text: string): string {
  return text.replace(/[\s_.`'"-]+/g, '').toLowerCase();
}

function isUnknownField(message: string): boolean {
  return /unsupported|not supported|unknown|unrecogni[sz]ed|unexpected|not permitted|not allowed|extra|invalid (?:field|argument|parameter)|no such/i.test(
    message,
  );
}

/** What is taken stands in a list behind the field that is not. */
function withoutAccepted(message: string): string {
  const list =
    /\b(?:expected one of|(?:supported|allowed|accepted|valid|known|permitted) (?:fields|parameters|arguments|keys|params)\b)/i;
  return message.slice(0, list.exec(message)?.index);
}

/** The least effort that the refusal names. A second refusal leaves the effort to the server: those that are left cost more. */
function withoutEffort(effort: ReasoningEffort, message: string, quirks: OpenAiQuirks): OpenAiQuirks {
  const isFirst = !REASONING_EFFORTS.some((one) => quirks.refused.includes(one));
  const named = REASONING_EFFORTS.find((one) => one !== effort && new RegExp(`['"\`]${one}['"\`]`).test(message));
  return { ...quirks, reasoning: isFirst ? named : undefined, refused: [...quirks.refused, effort] };
}
