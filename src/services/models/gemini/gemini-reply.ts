import type { FinishReason, ModelReply } from '../../../core/ports.ts';
import type { Tier, Usage } from '../../../core/types.ts';
import { at, countAt, textAt } from '../client/json.ts';

/** Reads an answer of generateContent, live or from a line of a batch. */
export function readGeminiReply(
  body: unknown,
  { raw, model, tier }: { readonly raw: string; readonly model: string; readonly tier: Tier },
): ModelReply {
  const candidate = at(body, 'candidates', 0);
  const parts = at(candidate, 'content', 'parts');
  const texts = Array.isArray(parts)
    ? parts.filter((part) => at(part, 'thought') !== true).map((part) => textAt(part, 'text') ?? '')
    : [];
  return {
    text: texts.join(''),
    finishReason: finishReason(body, candidate),
    usage: readUsage(at(body, 'usageMetadata')),
    tier,
    model: textAt(body, 'modelVersion') ?? model,
    raw,
  };
}

const FINISH = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'safety',
  BLOCKLIST: 'safety',
  PROHIBITED_CONTENT: 'safety',
  SPII: 'safety',
  IMAGE_SAFETY: 'safety',
  RECITATION: 'recitation',
} as const satisfies Record<string, FinishReason>;

function finishReason(body: unknown, candidate: unknown): FinishReason {
  if (candidate === undefined) return textAt(body, 'promptFeedback', 'blockReason') === undefined ? 'other' : 'blocked';
  const reason = textAt(candidate, 'finishReason');
  if (reason === undefined) return 'other';
  return reason in FINISH ? FINISH[reason as keyof typeof FINISH] : 'other';
}

/** Thoughts are billed as output but are not among the candidates' tokens. */
function readUsage(usage: unknown): Usage | undefined {
  const input = countAt(usage, 'promptTokenCount');
  if (input === undefined) return undefined;
  const shown = countAt(usage, 'candidatesTokenCount') ?? 0;
  const thoughts = countAt(usage, 'thoughtsTokenCount') ?? 0;
  return {
    input,
    cachedInput: Math.min(input, countAt(usage, 'cachedContentTokenCount') ?? 0),
    output: Math.max(shown + thoughts, (countAt(usage, 'totalTokenCount') ?? 0) - input),
  };
}
