import type { ModelRequest } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { type OutputLimits, outputLimit } from '../client/output/limits.ts';
import { schemaText } from '../client/schema-text.ts';

/** What a model accepts; what it refuses is left out of every later request. */
export interface AnthropicQuirks extends OutputLimits {
  /** False for models without structured output: the schema then stands in the prompt. */
  readonly outputFormat: boolean;
  /** Undefined: the model does not think. */
  readonly effort: 'low' | 'medium' | 'high' | 'max' | undefined;
  /** The standard tier is asked for by name; gateways may not know the field. */
  readonly namesTier: boolean;
  /** False where marks of the cache are refused, as some gateways do. */
  readonly cacheMarks: boolean;
}

const EFFORTS = {
  none: undefined,
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'max',
  max: 'max',
} as const satisfies Record<ReasoningEffort, AnthropicQuirks['effort']>;

export function anthropicQuirks(reasoning: ReasoningEffort | undefined): AnthropicQuirks {
  return { outputFormat: true, effort: EFFORTS[reasoning ?? 'none'], namesTier: true, cacheMarks: true };
}

/** Body of a message; also the `params` of a row of a batch. The instructions are the same for every post, so they are marked for the cache. */
export function buildAnthropicBody(
  model: string,
  { prompt }: Pick<ModelRequest, 'prompt'>,
  { outputFormat, effort, cacheMarks, ...limits }: AnthropicQuirks,
): Record<string, unknown> {
  const system = outputFormat ? prompt.system : `${prompt.system}\n\n${schemaText(prompt)}`;
  const config = {
    ...(outputFormat ? { format: { type: 'json_schema', schema: prompt.schema } } : {}),
    ...(effort === undefined ? {} : { effort }),
  };
  return {
    model,
    max_tokens: outputLimit(prompt, limits),
    system: [{ type: 'text', text: system, ...(cacheMarks ? { cache_control: { type: 'ephemeral' } } : {}) }],
    messages: [{ role: 'user', content: prompt.user }],
    ...(Object.keys(config).length === 0 ? {} : { output_config: config }),
  };
}

/** What to leave out after a refusal, or undefined when the refusal is about something else. */
export function learnFromAnthropic(message: string, quirks: AnthropicQuirks): AnthropicQuirks | undefined {
  if (quirks.namesTier && /service_tier/i.test(message)) return { ...quirks, namesTier: false };
  if (quirks.cacheMarks && /cache_control/i.test(message)) return { ...quirks, cacheMarks: false };
  if (quirks.effort !== undefined && /effort/i.test(message)) return { ...quirks, effort: undefined };
  if (
    quirks.outputFormat &&
    /output_config|output[_ ]format|structured output|json_schema|\bschema\b|\bgrammar\b/i.test(message)
  )
    return { ...quirks, outputFormat: false };
  return undefined;
}
