import type { Draft, Finding } from '../../core/types.ts';
import { checkGrounding } from './grounding/check-grounding.ts';
import { checkOriginality } from './originality.ts';
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
export function judgeDraft(draft: Draft, options: JudgeOptions): Verdict {
  const ungrounded = checkGrounding(draft).map((finding) => (options.onUngrounded === 'warn' ? { ...finding, severity: 'warning' as const } : finding));
  const findings = [...checkStructure(draft), ...ungrounded, ...checkOriginality(draft, options.maxCopied)];
  const errors = findings.filter(({ severity }) => severity === 'error');
  const fatal = options.onUngrounded === 'fail' ? ungrounded.filter(({ severity }) => severity === 'error') : [];
  return {
    findings,
    problems: errors.map(({ message, excerpt }) => (excerpt === undefined ? message : `${message}: "${excerpt}"`)),
    holdAsDraft: draft.digest || errors.length > 0,
    ...(fatal.length === 0
      ? {}
      : { fatal: { code: 'UNGROUNDED' as const, message: `${fatal.length} statements are in none of the sources, first: ${fatal[0]?.message ?? ''}` } }),
  };
}
