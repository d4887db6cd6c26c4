import type { Prompt } from '../../../core/ports.ts';
import type { Usage } from '../../../core/types.ts';

/** The vendor's own counts of the part that prompts share: instructions and schema. */
export interface TokenCounts {
  note(prompt: Prompt, usage: Usage | undefined): void;
  /** Upper bound of the tokens of all but the user's part; undefined before the first answer to a prompt with the same instructions. */
  fixedTokens(prompt: Prompt): number | undefined;
}

/** A server that counts less than this share of the estimate cut the prompt, or counts something else. */
const MIN_SHARE = 0.5;

/** A whole prompt holds the shared part, so the smallest count of any prompt with it is an upper bound of that part. */
export function createTokenCounts(): TokenCounts {
  const fixed = new Map<string, number>();
  return {
    note(prompt, usage) {
      if (usage === undefined || usage.input < prompt.inputTokens * MIN_SHARE) return;
      const key = sharedPart(prompt);
      fixed.set(key, Math.min(usage.input, fixed.get(key) ?? Number.POSITIVE_INFINITY));
    },
    fixedTokens: (prompt) => fixed.get(sharedPart(prompt)),
  };
}

function sharedPart({ system, schema }: Prompt): string {
  return `${system}\n${JSON.stringify(schema)}`;
}
