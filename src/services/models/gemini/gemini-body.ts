import type { Prompt } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { type OutputLimits, outputLimit } from '../client/output/limits.ts';
import { schemaText } from '../client/schema-text.ts';
import { toGeminiSchema } from './gemini-schema.ts';

/** The path of a model; names of tuned models have their own. */
export function modelPath(model: string): string {
  return /^(?:tuned)?models\//i.test(model) ? model : `models/${encodeURIComponent(model)}`;
}

/** What a model accepts; what it refuses is left out of every later request. */
export interface GeminiQuirks extends OutputLimits {
  /** False for models that take no word on thinking. */
  readonly thinking: boolean;
  /** False for models that take instructions in the message of the user alone, such as Gemma. */
  readonly instructions: boolean;
  /** False for models that take no schema. */
  readonly schema: boolean;
}

export const GEMINI_QUIRKS: GeminiQuirks = {
  thinking: true,
  instructions: true,
  schema: true,
};

/** What to leave out after a refusal, or undefined when the refusal is about something else. */
export function learnFromGemini(message: string, quirks: GeminiQuirks): GeminiQuirks | undefined {
  if (quirks.thinking && /thinking/i.test(message)) return { ...quirks, thinking: false };
  if (quirks.instructions && /(?:developer|system) ?instruction.{0,20} not (?:enabled|supported)/i.test(message))
    return { ...quirks, instructions: false };
  // Google calls the schema of an answer a constraint, and names its field.
  const isAboutSchema = /json mode is not (?:enabled|supported)|\bschemas?\b|response_?schema/i;
  return quirks.schema && isAboutSchema.test(message) ? { ...quirks, schema: false } : undefined;
}

/** Body of generateContent; also the `request` of a line of a batch. */
export function buildGeminiRequest(
  model: string,
  prompt: Prompt,
  reasoning: ReasoningEffort | undefined,
  quirks: GeminiQuirks = GEMINI_QUIRKS,
): Record<string, unknown> {
  const thinking = quirks.thinking ? thinkingConfig(model, reasoning) : undefined;
  const system = quirks.schema ? prompt.system : `${prompt.system}\n\n${schemaText(prompt)}`;
  const user = quirks.instructions ? prompt.user : `${system}\n\n${prompt.user}`;
  return {
    ...(quirks.instructions ? { systemInstruction: { parts: [{ text: system }] } } : {}),
    contents: [{ role: 'user', parts: [{ text: user }] }],
    generationConfig: {
      maxOutputTokens: outputLimit(prompt, quirks),
      ...(quirks.schema ? { responseMimeType: 'application/json', responseSchema: toGeminiSchema(prompt.schema) } : {}),
      ...(thinking === undefined ? {} : { thinkingConfig: thinking }),
    },
  };
}

const BUDGETS = {
  none: 0,
  minimal: 0,
  low: 1024,
  medium: 4096,
  high: 8192,
  xhigh: 16_384,
  max: 24_576,
} as const satisfies Record<ReasoningEffort, number>;
const LEVELS = {
  none: 'MINIMAL',
  minimal: 'MINIMAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  xhigh: 'HIGH',
  max: 'HIGH',
} as const satisfies Record<ReasoningEffort, string>;

/** The effort that a model is really given: the pro models think at least a little. */
export function geminiEffort(model: string, reasoning: ReasoningEffort = 'none'): ReasoningEffort {
  const isLeast = reasoning === 'none' || reasoning === 'minimal';
  return isLeast && /-pro/.test(model) ? 'low' : reasoning;
}

/** Thoughts are billed as output and count against its limit, so each family gets the least effort that it accepts. */
function thinkingConfig(model: string, reasoning: ReasoningEffort = 'none'): Record<string, unknown> | undefined {
  const version = Number(/^(?:models\/)?gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? Number.NaN);
  if (Number.isNaN(version) || version < 2.5) return undefined;
  if (version < 3)
    return { thinkingBudget: /-pro/.test(model) ? Math.max(128, BUDGETS[reasoning]) : BUDGETS[reasoning] };
  return { thinkingLevel: LEVELS[geminiEffort(model, reasoning)] };
}
