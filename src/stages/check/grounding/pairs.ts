/** Pairs of figures of a source that a sentence may reckon with: those of the sentences that it is about. Pure. */

import type { Quantity } from '../quantities/quantity.ts';
import type { RelatedSentences } from './related.ts';
import { type SourceSentence, stemsOf } from './source-sentences.ts';

export interface Pair {
  readonly a: Quantity;
  readonly b: Quantity;
  readonly score: number;
}

/** What a sum is looked for in. */
export interface Reckoned {
  readonly sentences: readonly SourceSentence[];
  readonly related: RelatedSentences;
}

/** A sentence with at least this share of the best one's score is what the sentence is about. */
const ABOUT_IT = 0.5;
/** Among few sentences one shared word is enough, and where none is shared all may be meant. */
const FEW_SENTENCES = 30;
const MOST_PAIRS = 4000;

/** The sentences that the post's sentence is about, with their scores. `isLoose`: all that share a word. */
export function sentencesAbout(
  sentence: string,
  { sentences, related }: Reckoned,
  isLoose = false,
): ReadonlyMap<number, number> {
  const scores = related.scores(stemsOf(sentence));
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
  for (const [index, score] of about) {
    const own = figures.get(index) ?? [];
    const next = index + 1;
    const following = figures.get(next) ?? figuresAt(next, reckoned.sentences);
    for (const [at, a] of own.entries()) {
      for (const b of own.slice(at + 1)) pairs.push({ a, b, score });
      for (const b of following) if (isAlike(a, b)) pairs.push({ a, b, score: score * 0.9 });
    }
    if (pairs.length > MOST_PAIRS) break;
  }
  pairs.push(...apart(about, figures));
  pairs.push(...sameNouns(post, sentence, reckoned.sentences));
  const wanted = stemsOf(sentence);
  const best = Math.max(...about.values());
  return pairs
    .filter(({ a, b, score }) => (score > 0 && score === best) || isComparable(a, b, wanted))
    .sort((x, y) => y.score - x.score)
    .slice(0, MOST_PAIRS);
}

/** Figures of two sentences that the sentence is about both, wherever they stand. */
function apart(about: ReadonlyMap<number, number>, figures: ReadonlyMap<number, readonly Quantity[]>): Pair[] {
  const best = [...about].sort(([, x], [, y]) => y - x).slice(0, 6);
  return best.flatMap(([one, score], at) =>
    best.slice(at + 1).flatMap(([other, otherScore]) => {
      if (Math.abs(one - other) < 2) return [];
      const [first, second] = one < other ? [one, other] : [other, one];
      return (figures.get(first) ?? []).flatMap((a) =>
        (figures.get(second) ?? []).flatMap((b) =>
          isAlike(a, b) ? [{ a, b, score: Math.min(score, otherScore) * 0.8 }] : [],
        ),
      );
    }),
  );
}

/** Figures of two sentences belong together where they count the same, or measure the same. */
function isAlike(a: Quantity, b: Quantity): boolean {
  if (a.dimension === 'count' && b.dimension === 'count') return a.nouns.some((noun) => b.nouns.includes(noun));
  return a.dimension !== 'share' || b.dimension !== 'share';
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

/** The figures of a sentence that can be reckoned with; of a range both ends, of its dates the years. */
export function figuresOf({ quantities, dates }: Pick<SourceSentence, 'quantities' | 'dates'>): Quantity[] {
  const years = dates.flatMap(({ year, until, raw, index }) =>
    year === undefined || until !== undefined ? [] : [yearOf(year, raw, index)],
  );
  return [...quantities.filter(isFigure).flatMap(endsOf), ...years].sort((a, b) => a.index - b.index).slice(0, 30);
}

/** `one` and `둘` alone count nothing in particular. */
function isFigure({ kind, dimension, spelled, value, nouns, raw }: Quantity): boolean {
  if (['code', 'pair', 'ordinal', 'clock'].includes(kind) || dimension === 'interval') return false;
  return !(spelled && dimension === 'count' && nouns.length === 0 && (value <= 1 || /^[둘셋넷]/.test(raw)));
}

function endsOf(quantity: Quantity): Quantity[] {
  if (quantity.kind !== 'range') return [quantity];
  const [low = quantity.raw, high = quantity.raw] = quantity.raw.split(
    /\s?(?:[–~∼〜～]|\bto\b|\band\b|에서\s|(?<=\d)-)\s?/,
  );
  return [
    { ...quantity, kind: 'plain', high: quantity.value, raw: low, end: quantity.end - 1 },
    { ...quantity, kind: 'plain', value: quantity.high, raw: high, index: quantity.index + 1 },
  ];
}

function yearOf(year: number, raw: string, index: number): Quantity {
  return {
    kind: 'plain',
    dimension: 'year',
    value: year,
    high: year,
    others: [],
    step: 0,
    unitSize: 1,
    bound: 'exact',
    nouns: [],
    raw,
    index,
    end: index + raw.length,
    spelled: false,
  };
}

/** Two digits agree by chance: only so many of the nearest sums count for them. */
export function mostSums(post: Quantity, { sentences }: Reckoned): number {
  return isPrecise(post) ? MOST_PAIRS : sentences.length <= FEW_SENTENCES ? 40 : 14;
}

/** Pairs from anywhere that count what the sentence speaks of. */
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

/** Three digits or more agree by chance only rarely. */
export function isPrecise({ value, step }: Quantity): boolean {
  return step > 0 && value / step >= 400;
}
