import type { ModelReply, Prompt } from '../../../core/ports.ts';
import { afterThoughts } from './json-values.ts';

/** An answer that used its whole limit and has no end was cut off there, also where the server calls it complete. */
export function markCut(reply: ModelReply, { maxOutputTokens }: Pick<Prompt, 'maxOutputTokens'>): ModelReply {
  const { finishReason, usage, text } = reply;
  const isSaid = finishReason !== 'stop' && finishReason !== 'other';
  if (isSaid || usage === undefined || usage.output < maxOutputTokens || hasEnd(text)) return reply;
  return { ...reply, finishReason: 'length' };
}

function hasEnd(text: string): boolean {
  return /[}\]]\s*(?:```|~~~|<\/\w{1,20}>)?$/.test(afterThoughts(text).trimEnd());
}
