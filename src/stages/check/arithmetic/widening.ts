/**
 * A figure as the result of others of the source, wherever they stand. The search begins with the figures that share the most words with the post's
 * sentence and takes in more as long as a result that is hit by chance stays improbable. Pure.
 */

import { stemsOf } from '../grounding/source-sentences.ts';
import { countOther } from '../quantities/counters.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { AVERAGE, asksForGap, EACH, isChange, isRest, isTotal } from './asks.ts';
import { yearsAs } from './figures.ts';
import { figuresOf, isPrecise, type Reckoned } from './pairs.ts';
import { inUnitOf, percent, type Sum, shown } from './sums.ts';

/** Results expected by chance up to which one that fits is believed: where the sentence states this calculation, and where it states none. */
const BY_CHANCE = { asked: 0.12, unasked: 0.02 };
/** How many figures each step of the search takes. */
const STEPS = [2, 3, 4, 6, 8, 12, 18, 26];
/** Of a sentence beside it, a figure has the words too, but they count less. */
const BESIDE: readonly (readonly [number, number])[] = [
  [0, 1],
  [-1, 0.5],
  [1, 0.3],
  [-2, 0.3],
];

interface Result extends Sum {
  readonly isAsked: boolean;
}

/** `fits`: whether a result is the post's figure. */
export function deriveAnywhere(
  post: Quantity,
  sentence: string,
  reckoned: Reckoned,
  fits: (sum: Sum) => boolean,
): Sum | undefined {
  const figures = nearest(post, sentence, reckoned);
  const asked = operationsIn(sentence);
  let results: Result[] = [];
  for (const [step, size] of STEPS.entries()) {
    const known = STEPS[step - 1] ?? 0;
    if (known >= figures.length) break;
    results = [...results, ...resultsOf(figures.slice(0, size), known, post, asked)];
    const found = results.find((result) => fits(result) && chanceOf(post, results, result.isAsked) <= limitOf(result));
    if (found !== undefined) return found;
    if (chanceOf(post, results, true) > BY_CHANCE.asked) break;
  }
  return undefined;
}

const limitOf = ({ isAsked }: Result) => (isAsked ? BY_CHANCE.asked : BY_CHANCE.unasked);

type Operation = 'sum' | 'gap' | 'change' | 'each' | 'rest';

function operationsIn(sentence: string): ReadonlySet<Operation> {
  const found = new Set<Operation>();
  if (isTotal(sentence)) found.add('sum');
  if (asksForGap(sentence)) found.add('gap');
  if (isChange(sentence)) found.add('change');
  if (isRest(sentence)) found.add('rest');
  if (EACH.test(sentence) || AVERAGE.test(sentence)) found.add('each');
  return found;
}

/** The figures of the source by how many words of the sentence stand beside them. */
function nearest(post: Quantity, sentence: string, { sentences, related }: Reckoned): Quantity[] {
  const scores = related.scores(stemsOf(sentence));
  const own = sentences.map((_, at) => scores.get(at) ?? 0);
  const found = sentences.flatMap((source, at) => {
    const score = BESIDE.reduce((sum, [by, weight]) => sum + weight * (own[at + by] ?? 0), 0);
    return score === 0 ? [] : figuresOf(source).map((figure) => ({ figure, score }));
  });
  const isUsable = ({ figure }: (typeof found)[number]) => figure.kind !== 'clock' && isOfUse(figure, post);
  const values = new Set<string>();
  return found
    .filter(isUsable)
    .sort((a, b) => b.score - a.score)
    .filter(({ figure: { dimension, value } }) => {
      const key = `${dimension} ${value}`;
      return !values.has(key) && values.add(key);
    })
    .slice(0, STEPS.at(-1))
    .map(({ figure }) => figure);
}

const isRelation = ({ dimension }: Quantity) => dimension === 'share' || dimension === 'multiple';

function isOfUse(figure: Quantity, post: Quantity): boolean {
  if (isRelation(post)) return !['year', 'ordinal'].includes(figure.dimension);
  if (figure.spelled && figure.dimension === 'count' && figure.value <= 1) return false;
  return (
    figure.dimension === post.dimension ||
    figure.dimension === 'count' ||
    (figure.dimension === 'year' && (post.dimension === 'time' || post.dimension === 'year'))
  );
}

/** Of pairs with a figure that is new in this step. */
function resultsOf(
  figures: readonly Quantity[],
  known: number,
  post: Quantity,
  asked: ReadonlySet<Operation>,
): Result[] {
  const results: Result[] = [];
  for (const [at, a] of figures.entries())
    for (const b of figures.slice(Math.max(at + 1, known))) results.push(...pairOf(a, b, post, asked));
  return results;
}

function pairOf(a: Quantity, b: Quantity, post: Quantity, asked: ReadonlySet<Operation>): Result[] {
  const [first, second] = a.index <= b.index ? [a, b] : [b, a];
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const results: Result[] = [];
  const add = (value: number, dimension: string, isAsked: boolean, text: () => string) => {
    if (Number.isFinite(value) && value > 0)
      results.push({ value, dimension, isAsked, isUnasked: !isAsked, from: first, text });
  };
  if (a.dimension === 'year' && b.dimension === 'year') {
    const years = high.value - low.value;
    const { value, dimension } = yearsAs(post, years);
    add(value, dimension, asked.has('gap'), () => `${high.raw} − ${low.raw} = ${years}`);
  } else if (isRelation(post)) {
    if (a.dimension !== b.dimension || a.dimension === 'share' || asked.has('rest')) return [];
    if (!isTelling(post) || !isTelling(high) || countOther(a.nouns, b.nouns)) return [];
    const [part, times, change] = [low.value / high.value, high.value / low.value, second.value / first.value - 1];
    add(part, post.dimension, true, () => `${low.raw} ÷ ${high.raw} = ${percent(part)}`);
    add(times, 'multiple', true, () => `${high.raw} ÷ ${low.raw} = ${shown(times)}`);
    if (asked.has('change'))
      add(Math.abs(change), 'share', true, () => `(${second.raw} − ${first.raw}) ÷ ${first.raw} = ${percent(change)}`);
  } else if (a.dimension === b.dimension && a.dimension === post.dimension && countAlike(a, b)) {
    const [gap, sum, mean] = [high.value - low.value, low.value + high.value, (low.value + high.value) / 2];
    const isFree = isPrecise(post) && post.dimension !== 'count';
    if (asked.has('gap') || isFree)
      add(gap, a.dimension, asked.has('gap'), () => `${high.raw} − ${low.raw} = ${inUnitOf(post, gap)}`);
    if (asked.has('sum') || isFree)
      add(sum, a.dimension, asked.has('sum'), () => `${a.raw} + ${b.raw} = ${inUnitOf(post, sum)}`);
    if (asked.has('each')) add(mean, a.dimension, true, () => `(${a.raw} + ${b.raw}) ÷ 2 = ${inUnitOf(post, mean)}`);
  }
  return asked.has('each') ? [...results, ...partsOf(a, b, post), ...partsOf(b, a, post)] : results;
}

/** What each of so many gets. */
function partsOf(amount: Quantity, by: Quantity, post: Quantity): Result[] {
  const isCount = by.dimension === 'count' && by.kind === 'plain' && Number.isInteger(by.value) && by.value > 1;
  if (!isCount || isRelation(post) || amount.dimension !== post.dimension || amount.dimension === 'year') return [];
  const value = amount.value / by.value;
  const text = () => `${amount.raw} ÷ ${by.raw} = ${inUnitOf(post, value)}`;
  return [{ value, dimension: post.dimension, isAsked: true, isUnasked: false, from: amount, text }];
}

/** Counts add up or differ where they count the same. */
function countAlike(a: Quantity, b: Quantity): boolean {
  if (a.dimension !== 'count' || a.nouns.length === 0 || b.nouns.length === 0) return true;
  return a.nouns.some((noun) => b.nouns.includes(noun));
}

/** Ratios of small whole numbers meet by chance. */
function isTelling({ value, step }: Quantity): boolean {
  return step > 0 && value / step >= 40;
}

/** How many results would be the post's figure if those of its size lay anywhere between a third and three times of it. */
function chanceOf(post: Quantity, results: readonly Result[], isAsked: boolean): number {
  const { value, bound, step, unitSize } = post;
  const like = new Set(
    results
      .filter(
        (one) =>
          (one.isAsked || !isAsked) &&
          one.dimension === post.dimension &&
          one.value > value / 3 &&
          one.value < value * 3,
      )
      .map((one) => one.value.toPrecision(6)),
  );
  const exact = step === 0 ? value * 0.015 : Math.min(step, 0.5 * unitSize * (post.magnitude ?? 1));
  const width =
    bound === 'exact' ? (isAsked ? Math.max(step, exact) : exact) : Math.max(exact, Math.min(value * 0.07, 2 * step));
  return (like.size * 2 * width) / (value * (3 - 1 / 3));
}
