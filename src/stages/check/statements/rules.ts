/** What may be wrong with a sentence whose figures and words are the source's: each rule sees it beside the sentence it was made from. Pure. */

import { isClose } from '../grounding/match-quantity.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { findSwappedRoles } from './roles.ts';
import { CAUSE, DOWN, HEDGE, has, negations, PLAN, UP } from './words.ts';

export interface Pair {
  readonly post: string;
  readonly source: SourceSentence;
  readonly around: string;
  readonly covered: number;
  /** Of the post sentence. */
  quantities(): readonly Quantity[];
}

export type StatementRule = 'polarity' | 'trend' | 'plan' | 'hedge' | 'cause' | 'roles' | 'subject';

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
    has(PLAN, source.text) && !has(PLAN, post) && !has(HEDGE, post) && keepsPlace(PLAN, post, source.text)
      ? 'The sentence tells as done what the source only plans or expects'
      : undefined,
  hedge: ({ post, source, around }) =>
    has(HEDGE, source.text) &&
    !has(HEDGE, post) &&
    !has(PLAN, post) &&
    !has(PLAN, source.text) &&
    keepsPlace(HEDGE, post, source.text) &&
    around !== ''
      ? 'The sentence is certain of what the source only holds possible'
      : undefined,
  cause: ({ post, source, around }) =>
    has(CAUSE, post) && !has(CAUSE, around) && source.text !== ''
      ? 'The sentence names a cause that the source does not'
      : undefined,
  roles: ({ post, source }) =>
    findSwappedRoles(post, source.text) ? 'The sentence swaps who did it and to whom' : undefined,
  subject: ({ post, source, quantities }) => findMisbound(post, source, quantities),
};

/** Whether the words right after the mark in the source are in the post: otherwise the post leaves that clause out. */
function keepsPlace(pattern: RegExp, post: string, source: string): boolean {
  const said = stemsOf(post);
  pattern.lastIndex = 0;
  for (const match of source.matchAll(pattern)) {
    // Korean says it behind the verb, English before it.
    const isKorean = /[가-힣]/.test(match[0]);
    const from = isKorean ? Math.max(0, match.index - 24) : match.index + match[0].length;
    const near = [...stemsOf(source.slice(from, from + (isKorean ? 24 : 48)))].slice(
      isKorean ? -3 : 0,
      isKorean ? undefined : 3,
    );
    if (near.length > 0 && near.filter((word) => said.has(word)).length >= Math.min(2, near.length)) return true;
  }
  return false;
}

/** A figure that the source gives to something else of the same sentence. */
function findMisbound(post: string, source: SourceSentence, quantitiesOf: Pair['quantities']): string | undefined {
  const clauses = clausesOf(source);
  if (clauses.length < 2) return undefined;
  const said = clauseWordsOf(post);
  for (const quantity of quantitiesOf()) {
    if (quantity.kind === 'ordinal') continue;
    const own = clauses.find(({ figures }) =>
      figures.some((figure) => figure.dimension === quantity.dimension && isClose(figure.value, quantity.value)),
    );
    if (
      own === undefined ||
      clauses.filter(({ figures }) => figures.some((figure) => isClose(figure.value, quantity.value))).length > 1
    )
      continue;
    const words =
      said.length === 1
        ? (said[0]?.words ?? [])
        : (said.find(({ from, end }) => quantity.index >= from && quantity.index < end)?.words ?? []);
    const others = clauses.filter(
      (clause) => clause !== own && clause.figures.some(({ dimension }) => dimension === quantity.dimension),
    );
    const score = (clause: Clause) => words.filter((word) => clause.words.has(word) && !isShared(word, clauses)).length;
    const best = others.map((clause) => score(clause)).sort((a, b) => b - a)[0] ?? 0;
    if (best > 0 && score(own) === 0)
      return `The sentence gives "${quantity.raw}" to something else than the source does`;
  }
  return undefined;
}

interface Clause {
  readonly from: number;
  readonly end: number;
  readonly words: ReadonlySet<string>;
  readonly figures: readonly Quantity[];
}

const isShared = (word: string, clauses: readonly Clause[]) =>
  clauses.filter(({ words }) => words.has(word)).length > 1;
const BREAK =
  /[,;:—–]\s|\s(?:and|while|but|whereas|or|compared with|against)\s|(?<=[고며나데만])\s|(?<=[가-힣])와\s|(?<=[가-힣])과\s/gu;

function cut(text: string): { readonly from: number; readonly end: number }[] {
  const parts: { from: number; end: number }[] = [];
  let from = 0;
  for (const match of text.matchAll(BREAK)) {
    parts.push({ from, end: match.index + match[0].length });
    from = match.index + match[0].length;
  }
  parts.push({ from, end: text.length });
  return parts;
}

function clausesOf({ text, from: start, quantities }: SourceSentence): Clause[] {
  return cut(text).flatMap(({ from, end }) => {
    const figures = quantities.filter(({ index }) => index >= start + from && index < start + end);
    return figures.length === 0 ? [] : [{ from, end, words: stemsOf(text.slice(from, end)), figures }];
  });
}

function clauseWordsOf(
  post: string,
): { readonly from: number; readonly end: number; readonly words: readonly string[] }[] {
  return cut(post).map(({ from, end }) => ({ from, end, words: [...stemsOf(post.slice(from, end))] }));
}
