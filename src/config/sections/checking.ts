/** How posts are checked. */

import { z } from 'zod';
import { count } from './shapes.ts';

const check = z.strictObject({
  by: z.enum(['rules', 'model']).default('rules').meta({
    description: 'What compares a post with its sources: rules only, or also a model with one more call per post',
    flag: '--check <by>',
    env: 'BLOGGER_CHECK',
  }),
  maxCopied: z.number().min(0).max(1).default(0.25).meta({
    description: "Maximum share of a post's word 8-grams that also occur in its source",
    flag: '--max-copied <share>',
    env: 'BLOGGER_MAX_COPIED',
  }),
  derived: z.enum(['allow', 'flag']).default('allow').meta({
    description: 'Figures derived from figures of the source (sums, shares, conversions): allow, or flag for review',
    flag: '--derived <how>',
    env: 'BLOGGER_DERIVED',
  }),
  minScore: count(0, 100).default(0).meta({
    description: 'Minimum score; posts below it are saved as drafts',
    flag: '--min-score <n>',
    env: 'BLOGGER_MIN_SCORE',
  }),
});

export const checking = {
  check: check.prefault({}),
  onUnsupported: z.enum(['mark', 'draft', 'repair']).default('mark').meta({
    description: 'What to do with statements that the model of `--check model` finds unsupported',
    flag: '--on-unsupported <what>',
    env: 'BLOGGER_ON_UNSUPPORTED',
  }),
  onUngrounded: z.enum(['fail', 'draft', 'warn']).default('draft').meta({
    description: 'What to do with a post with unverified figures',
    flag: '--on-ungrounded <what>',
    env: 'BLOGGER_ON_UNGROUNDED',
  }),
};
