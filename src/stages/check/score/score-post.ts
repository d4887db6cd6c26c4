/** A score with reasons: each lost point names its rule, the reason and the fix. Pure; no model, no word-count target. */

import type { Finding } from '../../../core/types.ts';
import { type Body, readBody } from '../blocks.ts';
import { type Deduction, deduct } from './deduction.ts';
import { scoreLinks } from './links.ts';
import { scoreBody } from './score-body.ts';
import { scoreHead } from './score-head.ts';
import { scoreKeywords } from './score-keywords.ts';
import type { ScoredPost } from './scored-post.ts';

export interface Score {
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

export function scorePost(post: ScoredPost, body: Body = readBody(post.body)): Score {
  const deductions = [
    ...scoreHead(post),
    ...scoreBody(body),
    ...scoreKeywords(post, body),
    ...scoreLinks(post, body),
    ...scoreCopied(post),
  ];
  const lost = deductions.reduce((sum, { points }) => sum + points, 0);
  return {
    score: Math.max(0, Math.round(100 - lost)),
    findings: deductions.map(({ points, ...finding }) => ({ ...finding, message: `${finding.message} (−${points})` })),
  };
}

/** Half a point for each percent, so a full copy loses half of its points. */
function scoreCopied({ copied }: ScoredPost): Deduction[] {
  if (copied === undefined) return [];
  const percent = Math.round(copied * 100);
  return [
    deduct(
      'copied',
      Math.round(percent / 2),
      `${percent} % stands word for word in its source`,
      'Say it in other words.',
    ),
  ];
}
