/** Limits of an answer that refusals teach: the largest output of a model, and the context that prompt and answer share. */

import type { Prompt } from '../../../../core/ports.ts';
import { type ContextWindow, roomIn, windowIn } from './context-window.ts';
import { largestOutput } from './largest-output.ts';

export interface OutputLimits {
  /** Tokens. Undefined: no refusal named one. */
  readonly mostOutput?: number;
  readonly window?: ContextWindow;
}

/** Tokens that the answer to this prompt may have. */
export function outputLimit(prompt: Prompt, { mostOutput, window }: OutputLimits): number {
  const room = window === undefined ? Number.POSITIVE_INFINITY : roomIn(window, prompt);
  return Math.min(prompt.maxOutputTokens, mostOutput ?? Number.POSITIVE_INFINITY, room);
}

/** The limits with what a refusal adds to them, or undefined when it names none. */
export function learnLimits<Limits extends OutputLimits>(
  refusal: string,
  prompt: Prompt,
  limits: Limits,
): Limits | undefined {
  const asked = outputLimit(prompt, limits);
  const window = windowIn(refusal, prompt, asked);
  if (window !== undefined) return { ...limits, window };
  const mostOutput = largestOutput(refusal, asked);
  return mostOutput === undefined ? undefined : { ...limits, mostOutput };
}
