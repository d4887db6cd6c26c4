/** Rules for sentences with the source's figures and words: each compares a sentence with its source sentence. Pure. */

import { isTotal } from '../arithmetic/asks.ts';
import { isClose } from '../grounding/match-quantity.ts';
import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { compares, isSumOfOthers } from './anchored.ts';
import { isAtShared, isMarkLost } from './marks.ts';
import { findOpposite } from './opposites.ts';
import { findOtherScope, findUnequal } from './scope.ts';
import { findExchanged, findMisbound } from './subjects.ts';
import { findRaised } from './superlatives.ts';
import { findOtherName } from './who/other-names.ts';
import { findExchangedOwners, findSwappedRoles } from './who/roles.ts';
import { findSwappedSides } from './who/sides.ts';
import {
  CAUSE,
  CERTAIN,
  CONTRACTED,
  DONE,
  DOWN,
  ENDED,
  HEDGE,
  has,
  INFERS,
  NEGATION,
  NO_LONGER,
  negations,
  PLAN,
  UP,
} from './words.ts';

export interface Pair {
  readonly post: string;
  readonly source: SourceSentence;
  readonly around: string;
  readonly covered: number;
  /** Whether a capitalised word is a name somewhere in the sources. */
  isName(word: string): boolean;
  /** Of the post sentence; its years too. */
  figures(): readonly Quantity[];
}

export type StatementRule =
  | 'polarity'
  | 'trend'
  | 'plan'
  | 'hedge'
  | 'opposite'
  | 'cause'
  | 'rank'
  | 'roles'
  | 'subject'
  | 'scope'
  | 'name';

type Rule = (pair: Pair) => string | undefined;

/** Words of the post that the source sentence must have before a missing or added "not" is trusted. */
const CLOSE = 0.72;
const FAIRLY_CLOSE = 0.6;
const DENIALS = [NEGATION, CONTRACTED];

export const RULES: Readonly<Record<StatementRule, Rule>> = {
  polarity: ({ post, source, covered, figures }) => {
    const [said, known] = [negations(post), negations(source.text)];
    if (has(NO_LONGER, post) && has(ENDED, source.text)) return undefined;
    if (tellsRest(source, figures())) return undefined;
    if (said < known && isMarkLost(DENIALS, DENIALS, post, source.text, true))
      return 'The sentence says what the source denies';
    if (covered >= FAIRLY_CLOSE && said > known && isMarkLost(DENIALS, DENIALS, source.text, post, true))
      return 'The sentence denies what the source says';
    if (covered < CLOSE) return undefined;
    if (said > known && isAtShared(DENIALS, post, source.text)) return 'The sentence denies what the source says';
    // A shorter sentence may leave out a clause with its "not"; one as long does not.
    return said < known &&
      said === 0 &&
      post.length > source.text.trim().length * 0.75 &&
      isAtShared(DENIALS, source.text, post)
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
    has(DONE, post) && isMarkLost([PLAN], [PLAN, HEDGE], post, source.text)
      ? 'The sentence tells as done what the source only plans or expects'
      : undefined,
  hedge: ({ post, source, around, covered }) =>
    (covered >= FAIRLY_CLOSE &&
      has(CERTAIN, post) &&
      negations(post) === 0 &&
      has(HEDGE, source.text) &&
      !has(CERTAIN, around)) ||
    (!has(PLAN, source.text) && !has(HEDGE, post) && isMarkLost([HEDGE], [PLAN, NEGATION], post, source.text, true))
      ? 'The sentence is certain of what the source only holds possible'
      : undefined,
  opposite: ({ post, source, covered }) => {
    const found = covered < CLOSE ? undefined : findOpposite(post, source.text);
    return found === undefined ? undefined : `The sentence says "${found.said}" where the source says "${found.known}"`;
  },
  cause: ({ post, source, around }) =>
    has(CAUSE, post) && !(has(INFERS, post) && /\d/.test(post)) && !has(CAUSE, around) && source.text !== ''
      ? 'The sentence names a cause that the source does not'
      : undefined,
  rank: ({ post, source }) =>
    findRaised(post, source.text) === undefined ? undefined : 'The sentence calls first what the source ranks lower',
  roles: ({ post, source }) =>
    findSwappedRoles(post, source.text) || findExchangedOwners(post, source.text) || findSwappedSides(post, source.text)
      ? 'The sentence swaps who did it and to whom'
      : undefined,
  scope: ({ post, source, around, covered, figures }) =>
    findOtherScope(post, source.text, around, covered >= CLOSE && saysPart(source) && figures().length === 0) ??
    findUnequal(post, source.text),
  name: ({ post, source, around, covered, isName, figures }) =>
    covered < FAIRLY_CLOSE || compares(post, figures()) ? undefined : findOtherName(post, source.text, around, isName),
  subject: ({ post, source, figures }) =>
    (namesSeveral(post, source, figures()) ? undefined : findMisbound(post, source, figures())) ??
    findExchanged(post, source, figures()),
};

/** A comparison with its difference, or the total of all: each name stands beside a figure of another. */
function namesSeveral(post: string, source: SourceSentence, figures: readonly Quantity[]): boolean {
  const isDifference = ({ dimension, value }: Quantity) =>
    !source.quantities.some((one) => one.dimension === dimension && isClose(one.value, value));
  if (compares(post, figures) && figures.some(isDifference)) return true;
  return isTotal(post) && figures.some((figure) => isSumOfOthers(figure, source));
}

/** `62 % do` for `38 % do not`. */
function tellsRest({ quantities }: SourceSentence, figures: readonly Quantity[]): boolean {
  const shares = quantities.filter(({ dimension }) => dimension === 'share');
  const isNear = (a: number, b: number) => Math.abs(a - b) < 0.006;
  return figures.some(
    ({ dimension, value }) =>
      dimension === 'share' &&
      shares.some((one) => isNear(one.value, 1 - value)) &&
      !shares.some((one) => isNear(one.value, value)),
  );
}

/** Whether a sentence speaks of a share below the whole. */
function saysPart({ quantities }: SourceSentence): boolean {
  return quantities.some(({ dimension, value }) => dimension === 'share' && value < 0.99);
}
