import type { ModelReply, Prompt } from '../../../core/ports.ts';
import { afterThoughts } from './json-values.ts';

/** An answer that used its whole limit and has no end was cut off there, also where the server calls it complete. */
export function markCut(reply: ModelReply, { maxOutputTokens }: Pick<Prompt, 'maxOutputTokens'>): ModelReply {
  const { finishReason, usage, text } = reply;
  const isSaid = finishReason !== 'stop' && finishReason !== 'other';
  if (isSaid || usage === undefined || usage.output < maxOutputTokens || hasEnd(text)) return reply;
  return { ...reply, finishReason: 'length' };
}

/** Share of its limit that an answer used at least if the limit cut it. */
const USED_SHARE = 0.6;

/** True where more room does not help: the answer was cut by the server's own limit, or by the end of its context. */
export function isCutShort(
  { isLargest, text, usage }: ModelReply,
  { maxOutputTokens }: Pick<Prompt, 'maxOutputTokens'>,
): boolean {
  if (isLargest === true) return true;
  return text.trim() !== '' && usage !== undefined && usage.output < maxOutputTokens * USED_SHARE;
}

const LOOP_CHARS = 400;
const MAX_PERIOD = 80;

/** True for a text that ends in one piece over and over, white space for the most part: a grammar that allows nothing else lets a model go on for ever. */
export function isLoop(text: string): boolean {
  const tail = text.slice(-LOOP_CHARS);
  if (tail.length < LOOP_CHARS) return false;
  const periods = Array.from({ length: MAX_PERIOD }, (_, index) => index + 1);
  return periods.some((period) => tail.slice(period) === tail.slice(0, -period));
}

function hasEnd(text: string): boolean {
  return /[}\]]\s*(?:```|~~~|<\/\w{1,20}>)?$/.test(afterThoughts(text).trimEnd());
}
