import type { Draft, Fact, Finding } from '../../core/types.ts';
import { plural } from '../../util/text/plural.ts';
import { type Body, readBody } from './blocks.ts';
import { checkGrounding, locateFacts } from './grounding/check-grounding.ts';
import { checkCitations } from './grounding/citations.ts';
import { indexSources } from './grounding/source-index.ts';
import { checkOriginality } from './originality.ts';
import { type Score, scorePost } from './score/score-post.ts';
import { checkStatements } from './statements/check-statements.ts';
import { checkStructure } from './structure.ts';

export interface JudgeOptions {
  /** What to do with a post whose figures are not in its sources. */
  readonly onUngrounded: 'fail' | 'draft' | 'warn';
  /** What compares the post with its sources. @default 'rules' */
  readonly by?: 'rules' | 'model';
  /** What to do with statements that the model finds unsupported. @default 'mark' */
  readonly onUnsupported?: 'mark' | 'draft' | 'repair';
  /** What to do with a figure calculated from figures of the source. @default 'allow' */
  readonly derived?: 'allow' | 'flag';
  /** Maximum share of a post's word 8-grams that may be in its source, 0 to 1. */
  readonly maxCopied: number;
  /** Posts that score less are held as drafts, 0 to 100. */
  readonly minScore: number;
}

export interface Verdict {
  readonly facts: readonly Fact[];
  readonly findings: readonly Finding[];
  /** 0 to 100. */
  readonly score: number;
  /** Problems to list in the repair request; empty where no repair is needed. */
  readonly problems: readonly string[];
  /** The post may only be saved as a draft. */
  readonly holdAsDraft: boolean;
  /** The post may not be saved at all. */
  readonly fatal?: { readonly code: 'CHECK_FAILED' | 'UNGROUNDED'; readonly message: string };
}

/** Judges a draft: what is wrong, what a repair should fix, and whether it may be saved. Pure; the same draft gets the same verdict. */
export function judgeDraft(draft: Draft, options: JudgeOptions): Verdict {
  const body = readBody(draft.content.body);
  const sources = indexSources(draft.brief.articles);
  const facts = locateFacts(draft, body, sources);
  const soften = (finding: Finding) =>
    options.onUngrounded === 'warn' ? { ...finding, severity: 'warning' as const } : finding;
  const citations = draft.digest ? [] : checkCitations(draft, facts); // a digest names each source below its quotations
  const ungrounded = [...checkGrounding(facts, { derived: options.derived ?? 'allow' }), ...citations].map(soften);
  const structure = checkStructure(draft, body);
  const copies = checkOriginality(draft, options.maxCopied, body);
  const faults = [
    ...structure,
    ...ungrounded,
    ...checkStatements(draft, body, sources),
    ...copies.map(({ copied: _, ...finding }) => finding),
  ];
  const { score, findings } = scoreDraft(draft, body, copies[0]?.copied);
  const errors = faults.filter(({ severity }) => severity === 'error');
  // An invented address is as bad as an invented figure; even with `warn` the post is held as a draft.
  const unfounded = [
    ...ungrounded,
    ...structure.filter(({ rule }) => rule === 'unknown-link' || rule === 'unreadable-markdown'),
  ].filter(({ severity }) => severity === 'error');
  const fatal = options.onUngrounded === 'fail' ? unfounded : [];
  return {
    facts,
    // Errors are not repeated as warnings.
    findings: [...faults, ...findings.filter(({ rule }) => !faults.some((fault) => fault.rule === rule))],
    score,
    problems: errors.map(({ message, excerpt }) => (excerpt === undefined ? message : `${message}: "${excerpt}"`)),
    holdAsDraft: draft.digest || errors.length > 0 || score < options.minScore,
    ...(fatal.length === 0
      ? {}
      : {
          fatal: {
            code: 'UNGROUNDED' as const,
            message: `Not borne out by the sources: ${plural(fatal.length, 'statement')}, first: ${fatal[0]?.message ?? ''}`,
          },
        }),
  };
}

function scoreDraft({ content, brief }: Draft, parsed: Body, copied: number | undefined): Score {
  const { title, description, slug, body } = content;
  const post = {
    title,
    description,
    slug,
    body,
    lang: brief.lang,
    canonical: brief.articles[0].finalUrl,
    keywords: brief.keywords,
    ...(copied === undefined ? {} : { copied }),
  };
  return scorePost(post, parsed);
}
