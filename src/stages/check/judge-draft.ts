import type { Draft, Finding } from '../../core/types.ts';
import { checkStructure } from './structure.ts';

export interface JudgeOptions {
  /** What becomes of a post whose figures are not in its sources. */
  readonly onUngrounded: 'fail' | 'draft' | 'warn';
  /** Largest share of a post's word 8-grams that may stand in its source, 0 to 1. */
  readonly maxCopied: number;
  /** Posts that score less are held as drafts, 0 to 100. */
  readonly minScore: number;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** What the one bounded repair has to name; empty where none is needed. */
  readonly problems: readonly string[];
  /** The post may only be saved as a draft. */
  readonly holdAsDraft: boolean;
  /** The post may not be saved at all. */
  readonly fatal?: { readonly code: 'CHECK_FAILED' | 'UNGROUNDED'; readonly message: string };
}

/** Decides over a draft: what is wrong, what a repair should mend, and whether it may be saved. Pure; the same draft gets the same verdict. */
export function judgeDraft(draft: Draft, _options: JudgeOptions): Verdict {
  const findings = checkStructure(draft);
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    findings,
    problems: errors.map(({ message, excerpt }) => (excerpt === undefined ? message : `${message}: "${excerpt}"`)),
    holdAsDraft: draft.digest || errors.length > 0,
  };
}
