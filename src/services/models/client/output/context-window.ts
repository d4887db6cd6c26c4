/** The room that a server's context leaves for an answer. Servers of their own count prompt and answer together. */

import type { Prompt } from '../../../../core/ports.ts';
import { MIN_OUTPUT } from './largest-output.ts';

export interface ContextWindow {
  /** Prompt and answer together. */
  readonly tokens: number;
  /** What the server counted in a prompt, by what was estimated. */
  readonly perEstimated: number;
}

/** The size stands behind its name, or behind a comparison: `maximum context length is 4096`, `<= 4096`, `500 + 4000 > 4096`. */
const NAME_OF_SIZE = /\bcontext (?:length|window|limit|size)|[<>]/gi;
const SIZE = /^\D{0,30}(\d[\d,]{2,9})/;
const NUMBER = /\d[\d,]{0,9}/g;
/** A refusal of the output alone speaks of neither. */
const ABOUT_BOTH = /\b(?:context|inputs?|prompts?|messages?)\b/i;
/** The server's count of a prompt lies within this factor of the estimate; other numbers in a refusal are versions and ids. */
const LIKE_ESTIMATE = 4;
/** Later prompts may have more tokens for their length. */
const MARGIN = 1.03;

/** What a refusal says of the context: its size and what the prompt took of it. Undefined where the prompt alone is too long, or nothing is said. */
export function windowIn(message: string, prompt: Prompt, askedOutput: number): ContextWindow | undefined {
  const text = message.slice(0, 2_000);
  const numbers = [...text.matchAll(NUMBER)].map(([digits]) => countIn(digits));
  if (!ABOUT_BOTH.test(text) || !numbers.includes(askedOutput) || prompt.inputTokens <= 0) return undefined;
  const isPrompt = (own: number) =>
    own !== askedOutput && own <= prompt.inputTokens * LIKE_ESTIMATE && own >= prompt.inputTokens / LIKE_ESTIMATE;
  for (const { index, 0: name } of text.matchAll(NAME_OF_SIZE)) {
    const behind = text.slice(index + name.length, index + name.length + 60);
    const tokens = countIn(SIZE.exec(behind)?.[1] ?? '');
    const fits = (own: number) => isPrompt(own) && own < tokens && own + askedOutput > tokens;
    const used = numbers.filter(fits).sort((a, b) => b - a)[0];
    if (used !== undefined && tokens - used >= MIN_OUTPUT) return { tokens, perEstimated: used / prompt.inputTokens };
  }
  return undefined;
}

/** Tokens that an answer to this prompt may have. */
export function roomIn({ tokens, perEstimated }: ContextWindow, prompt: Pick<Prompt, 'inputTokens'>): number {
  return Math.max(MIN_OUTPUT, Math.floor(tokens - prompt.inputTokens * perEstimated * MARGIN));
}

function countIn(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}
