/** What may be wrong with a sentence whose figures and words are the source's: each rule sees it beside the sentence it was made from. Pure. */

import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isMarkLost } from './marks.ts';
import { findOpposite } from './opposites.ts';
import { findSwappedRoles } from './roles.ts';
import { findExchanged, findMisbound } from './subjects.ts';
import { CAUSE, DOWN, HEDGE, has, negations, PLAN, UP } from './words.ts';

export interface Pair {
  readonly post: string;
  readonly source: SourceSentence;
  readonly around: string;
  readonly covered: number;
  /** Of the post sentence; its years too. */
  figures(): readonly Quantity[];
}

export type StatementRule = 'polarity' | 'trend' | 'plan' | 'hedge' | 'opposite' | 'cause' | 'roles' | 'subject';

type Rule = (pair: Pair) => string | undefined;

/** Words of the post that the source sentence must have before a missing or added "not" is trusted. */
const CLOSE = 0.72;

export const RULES: Readonly<Record<StatementRule, Rule>> = {
  polarity: ({ post, source, covered }) => {
    if (covered < CLOSE) return undefined;
    const [said, known] = [negations(post), negations(source.text)];
    if (said > known) return 'The sentence denies what the source says';
    // A shorter sentence may leave out a clause with its "not"; one as long does not.
    return said < known && said === 0 && post.length > source.text.trim().length * 0.75
      ? 'The sentence says what the source denies'
      : undefined;
  },
  trend: ({ post, source }) => {
    const [up, down] = [has(UP, post), has(DOWN, post)];
    const [sourceUp, sourceDown] = [has(UP, source.text), has(DOWN, source.text)];
    if (up === down || sourceUp === sourceDown) return undefined;
    if (negations(post) !== negations(source.text)) return undefined;
    return up === sourceUp ? undefined : 'The sentence turns the direction round';
  },
  plan: ({ post, source }) =>
    isMarkLost([PLAN], [PLAN, HEDGE], post, source.text)
      ? 'The sentence tells as done what the source only plans or expects'
      : undefined,
  hedge: ({ post, source, around }) =>
    !has(PLAN, source.text) && isMarkLost([HEDGE], [HEDGE, PLAN], post, source.text) && around !== ''
      ? 'The sentence is certain of what the source only holds possible'
      : undefined,
  opposite: ({ post, source, covered }) => {
    const found = covered < CLOSE ? undefined : findOpposite(post, source.text);
    return found === undefined ? undefined : `The sentence says "${found.said}" where the source says "${found.known}"`;
  },
  cause: ({ post, source, around }) =>
    has(CAUSE, post) && !has(CAUSE, around) && source.text !== ''
      ? 'The sentence names a cause that the source does not'
      : undefined,
  roles: ({ post, source }) =>
    findSwappedRoles(post, source.text) ? 'The sentence swaps who did it and to whom' : undefined,
  subject: ({ post, source, figures }) =>
    findMisbound(post, source, figures()) ?? findExchanged(post, source, figures()),
};
