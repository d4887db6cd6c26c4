import type { Prompt } from '../../../core/ports.ts';
import type { ReasoningEffort } from '../../../core/providers.ts';
import { toGeminiSchema } from './gemini-schema.ts';

/** `generationConfig` of a request, in the shape of the REST API; the SDK takes the same members flat in its `config`. */
export function buildGenerationConfig(
  model: string,
  prompt: Prompt,
  reasoning: ReasoningEffort | undefined,
): Record<string, unknown> {
  const thinking = thinkingConfig(model, reasoning);
  return {
    maxOutputTokens: prompt.maxOutputTokens,
    responseMimeType: 'application/json',
    responseSchema: toGeminiSchema(prompt.schema),
    ...(thinking === undefined ? {} : { thinkingConfig: thinking }),
  };
}

/**
 * One request in the raw shape of the REST API, as a line of a batch wants it.
 * @public
 */
export function buildGeminiRequest(
  model: string,
  prompt: Prompt,
  reasoning: ReasoningEffort | undefined,
): Record<string, unknown> {
  return {
    systemInstruction: { parts: [{ text: prompt.system }] },
    contents: [{ role: 'user', parts: [{ text: prompt.user }] }],
    generationConfig: buildGenerationConfig(model, prompt, reasoning),
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
