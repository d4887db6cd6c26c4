/** Pairs of source figures that a sentence may calculate with, taken from the related source sentences. Pure. */

import type { RelatedSentences } from '../grounding/related.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isResult } from './asks.ts';
import { endsOf, yearOf } from './figures.ts';

export interface Pair {
  readonly a: Quantity;
  readonly b: Quantity;
  readonly score: number;
  /** Next to each other in the sentence that the post's sentence is about. */
  readonly isClose?: boolean;
}

/** Where a calculation is searched. */
export interface Reckoned {
  readonly sentences: readonly SourceSentence[];
  readonly related: RelatedSentences;
}

/** A sentence with at least this share of the best one's score is what the sentence is about. */
const ABOUT_IT = 0.5;
/** In a source this short, one shared word is enough; if no word is shared, every sentence is a candidate. */
const FEW_SENTENCES = 30;
const MAX_PAIRS = 4000;
const MOST_APART = 10;

/** The source sentences related to the post's sentence, with their scores. `isLoose`: all that share a word. */
export function sentencesAbout(
  sentence: string,
  { sentences, related }: Reckoned,
  isLoose = false,
): ReadonlyMap<number, number> {
  const scores = related.scores(stemsOf(sentence));
  if (isLoose && sentences.length <= FEW_SENTENCES)
    return new Map([...scores, ...sentences.flatMap((_, index) => (scores.has(index) ? [] : [[index, 0] as const]))]);
  const best = Math.max(0, ...scores.values());
  const isFew = sentences.length <= FEW_SENTENCES;
  if (best === 0) return new Map(isFew || isLoose ? sentences.map((_, index) => [index, 0]) : []);
  const least = isFew || isLoose ? 0 : best * ABOUT_IT;
  return new Map([...scores].filter(([, score]) => score >= least));
}

/** The nearest first. */
export function pairsFor(post: Quantity, sentence: string, reckoned: Reckoned): Pair[] {
  const about = sentencesAbout(sentence, reckoned, isPrecise(post));
  const pairs: Pair[] = [];
  const figures = new Map([...about.keys()].map((index) => [index, figuresAt(index, reckoned.sentences)]));
  const wanted = stemsOf(sentence);
  const top = Math.max(0, ...about.values());
  const namesBoth = (one: number, other: number) => {
    const [a, b] = [reckoned.sentences[one]?.words, reckoned.sentences[other]?.words];
    if (a === undefined || b === undefined) return false;
    return (
      [...wanted].some((word) => a.has(word) && !b.has(word)) && [...wanted].some((word) => b.has(word) && !a.has(word))
    );
  };
  const isNamed = new Map<Quantity, boolean>();
  /** 1 where the sentence has a word that stands beside the figure in the source. */
  const named = (figure: Quantity, own: readonly Quantity[], index: number) => {
    const source = reckoned.sentences[index];
    let is = isNamed.get(figure);
    if (is === undefined && source !== undefined) {
      is = [...stemsOf(aroundOf(figure, own, source))].some((word) => wanted.has(word));
      isNamed.set(figure, is);
    }
    return Number(is === true);
  };
  for (const [index, score] of about) {
    const own = figures.get(index) ?? [];
    const next = index + 1;
    const following = figures.get(next) ?? figuresAt(next, reckoned.sentences);
    const before = about.has(index - 1) ? [] : figuresAt(index - 1, reckoned.sentences);
    for (const [at, a] of own.entries()) {
      for (const b of own.slice(at + 1))
        pairs.push({
          ...{ a, b, isClose: score >= top * ABOUT_IT && areNeighbours(a, b, own) },
          score: score * (1 + NAMED * (named(a, own, index) + named(b, own, index))),
        });
      for (const b of following)
        if (
          isAlike(a, b, post, sentence) ||
          (areBare(a, b) && namesBoth(index, next)) ||
          (isBeside(a, b) && isTelling(post))
        )
          pairs.push({ a, b, score: score * 0.9 });
    }
    for (const a of before)
      for (const b of own) if (isAlike(a, b, post, sentence)) pairs.push({ a, b, score: score * 0.9 });
    if (pairs.length > MAX_PAIRS) break;
  }
  pairs.push(
    ...apart(
      post.dimension === 'time' ? about : withPronouns(about, reckoned.sentences),
      (index) => figures.get(index) ?? figuresAt(index, reckoned.sentences),
      (a, b) => isAlike(a, b, post, sentence),
    ),
  );
  pairs.push(...sameNouns(post, sentence, reckoned.sentences));
  const best = Math.max(...about.values());
  return pairs
    .filter(({ a, b, score }) => (score > 0 && score >= best) || isComparable(a, b, wanted))
    .sort((x, y) => y.score - x.score)
    .slice(0, MAX_PAIRS);
}

/** How much a figure gains whose words the sentence has. */
const NAMED = 0.5;
/** Characters around a figure that tell what it is of. */
const AROUND = 32;

/** The words around a figure, up to the figures beside it. */
function aroundOf(figure: Quantity, own: readonly Quantity[], { text, from }: SourceSentence): string {
  const at = own.indexOf(figure);
  const start = Math.max(figure.index - AROUND, own[at - 1]?.end ?? from) - from;
  const end = Math.min(figure.end + AROUND, own[at + 1]?.index ?? Number.POSITIVE_INFINITY) - from;
  return `${text.slice(Math.max(0, start), figure.index - from)} ${text.slice(figure.end - from, end)}`;
}

/** Characters between two figures that are said together. */
const TOGETHER = 60;

/** Two figures of one kind with none of that kind between them. */
function areNeighbours(a: Quantity, b: Quantity, own: readonly Quantity[]): boolean {
  return (
    b.index - a.end < TOGETHER &&
    !own.some(({ dimension, index }) => dimension === b.dimension && index > a.index && index < b.index)
  );
}

const PRONOUN = /\b(?:it|they|he|she)\b/i;

/** The closest sentences, and those after them that speak of the same by a pronoun. */
function withPronouns(
  about: ReadonlyMap<number, number>,
  sentences: readonly SourceSentence[],
): ReadonlyMap<number, number> {
  const all = new Map(about);
  for (const [index, score] of [...about].sort(([, x], [, y]) => y - x).slice(0, MOST_APART))
    if (PRONOUN.test(sentences[index + 1]?.text ?? ''))
      all.set(index + 1, Math.max(all.get(index + 1) ?? 0, score * 0.9));
  return all;
}

/** Figures of two related source sentences, at any distance. */
function apart(
  about: ReadonlyMap<number, number>,
  figuresOfPlace: (index: number) => readonly Quantity[],
  areAlike: (a: Quantity, b: Quantity) => boolean,
): Pair[] {
  const best = [...about].sort(([, x], [, y]) => y - x).slice(0, MOST_APART);
  return best.flatMap(([one, score], at) =>
    best.slice(at + 1).flatMap(([other, otherScore]) => {
      if (Math.abs(one - other) < 2) return [];
      const [first, second] = one < other ? [one, other] : [other, one];
      return figuresOfPlace(first).flatMap((a) =>
        figuresOfPlace(second).flatMap((b) =>
          areAlike(a, b) ? [{ a, b, score: Math.min(score, otherScore) * 0.8 }] : [],
        ),
      );
    }),
  );
}

/** Figures of two sentences are compared where they count or measure the same thing. */
function isAlike(a: Quantity, b: Quantity, post: Quantity, sentence: string): boolean {
  if (a.dimension === 'share' && b.dimension === 'share') return post.dimension === 'points' || isResult(sentence);
  if (a.dimension === 'count' && b.dimension === 'count') return a.nouns.some((noun) => b.nouns.includes(noun));
  return true;
}

/** Two counts without what they count: `(89) are in the Midwest`. */
function areBare(a: Quantity, b: Quantity): boolean {
  return [a, b].every(({ dimension, kind, nouns }) => dimension === 'count' && kind === 'plain' && nouns.length === 0);
}

/** Three digits. */
const isTelling = ({ value, unitSize }: Quantity) => value >= 100 * unitSize;

/** `7,412 nests … short of the high of 7,690`: the second count of neighbouring sentences does not repeat what it counts. */
function isBeside(a: Quantity, b: Quantity): boolean {
  const areCounts = a.dimension === 'count' && b.dimension === 'count' && a.kind === 'plain' && b.kind === 'plain';
  return areCounts && (a.nouns.length === 0 || b.nouns.length === 0);
}

/** Two counts of different things are compared only where the sentence names both. */
function isComparable(a: Quantity, b: Quantity, wanted: ReadonlySet<string>): boolean {
  if (a.dimension !== 'count' || b.dimension !== 'count') return true;
  if (a.nouns.length === 0 || b.nouns.length === 0 || a.nouns.some((noun) => b.nouns.includes(noun))) return true;
  const isNamed = ({ nouns }: Quantity) => nouns.some((noun) => wanted.has(noun) || wanted.has(noun.slice(0, 2)));
  return isNamed(a) && isNamed(b);
}

function figuresAt(index: number, sentences: readonly SourceSentence[]): readonly Quantity[] {
  const sentence = sentences[index];
  return sentence === undefined ? [] : figuresOf(sentence);
}

/** The figures of a sentence to calculate with: both ends of a range, and the years of dates. */
export function figuresOf({ quantities, dates }: Pick<SourceSentence, 'quantities' | 'dates'>): Quantity[] {
  const years = dates.flatMap(({ year, until, raw, index }) =>
    year === undefined || until !== undefined ? [] : [yearOf(year, raw, index)],
  );
  return [...quantities.filter(isFigure).flatMap(endsOf), ...years].sort((a, b) => a.index - b.index).slice(0, 30);
}

/** `one` and `둘` alone count nothing in particular. */
function isFigure({ kind, dimension, spelled, value, nouns, raw }: Quantity): boolean {
  if (['code', 'ordinal'].includes(kind) || dimension === 'interval') return false;
  if (kind === 'pair') return /^\d+\s?(?:[-–:]|대)\s?\d+$/.test(raw);
  return !(spelled && dimension === 'count' && nouns.length === 0 && (value <= 1 || /^[둘셋넷]/.test(raw)));
}

/** Two-digit results match by chance, so only this many of the nearest calculations count. */
export function mostSums(post: Quantity, { sentences }: Reckoned): number {
  return isPrecise(post) ? MAX_PAIRS : sentences.length <= FEW_SENTENCES ? 40 : 14;
}

/** Pairs from the whole source that count what the sentence mentions. */
function sameNouns(post: Quantity, sentence: string, sentences: readonly SourceSentence[]): Pair[] {
  if (!['multiple', 'share', 'count'].includes(post.dimension)) return [];
  const wanted = stemsOf(sentence);
  const counted = sentences
    .flatMap(({ quantities }) =>
      quantities.filter(
        ({ dimension, kind, nouns }) =>
          dimension === 'count' &&
          kind === 'plain' &&
          nouns.some((noun) => wanted.has(noun) || wanted.has(noun.slice(0, 2))),
      ),
    )
    .slice(0, 40);
  return counted.flatMap((a, index) =>
    counted
      .slice(index + 1)
      .flatMap((b) => (a.nouns.some((noun) => b.nouns.includes(noun)) ? [{ a, b, score: 0.1 }] : [])),
  );
}

/** Results of three or more digits rarely match by chance. */
export function isPrecise({ value, step }: Quantity): boolean {
  return step > 0 && value / step >= 400;
}
