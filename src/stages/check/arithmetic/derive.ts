/** Arithmetic over the figures of a source: whether a figure that is not in it can be calculated from two that are. Pure. */

import { isClose, isRounded, readingsOf } from '../grounding/match-quantity.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { asksForSum, FOR_EVERY } from './asks.ts';
import { totalsByName } from './by-name.ts';
import { operandsOf } from './operands.ts';
import { figuresOf, isPrecise, mostSums, pairsFor, type Reckoned, sentencesAbout } from './pairs.ts';
import { partsOfWholes } from './parts.ts';
import { productsOf } from './products.ts';
import { multiples, singles, totals } from './single-sums.ts';
import { spansOf } from './spans.ts';
import { sumsWithStated } from './stated.ts';
import { partsOf, partsStated, quotientsOf, type Sum, sumsOf } from './sums.ts';
import { deriveAnywhere } from './widening.ts';

/** Where a derivation is searched. */
export interface Source extends Reckoned {
  readonly quantities: readonly Quantity[];
  /** Whether the source sentence of a quantity names a unit of a dimension. */
  isSpoken(quantity: Quantity, dimension: string): boolean;
  /** Years in which the sources were published. */
  readonly published: readonly number[];
}

/** How the post's figure is calculated; undefined where it is not. `others`: the other figures of its sentence. */
export function derive(
  post: Quantity,
  sentence: string,
  source: Source,
  others: readonly Quantity[] = [],
): Sum | undefined {
  if (['code', 'range', 'pair', 'ordinal'].includes(post.kind)) return undefined;
  const fits = (sum: Sum) => fitsSentence(post, sum, sentence);
  const found = candidates(post, sentence, source, others).find(fits);
  // A sentence that says two figures of this kind, or what part it takes, calculates with them, and with no others.
  const isComplete =
    (others.filter(({ dimension }) => dimension === post.dimension).length > 1 && asksForSum(sentence)) ||
    others.some(({ kind, step }) => (kind === 'share' || kind === 'multiple') && step === 0) ||
    (['share', 'multiple'].includes(post.dimension) && others.some(({ kind }) => kind === 'plain'));
  return found ?? (isComplete ? undefined : deriveAnywhere(post, sentence, source, fits));
}

/** The correct result for a wrong one: the first that the sentence's words suggest. */
export function nearestSum(
  post: Quantity,
  sentence: string,
  source: Source,
  others: readonly Quantity[] = [],
): string | undefined {
  if (
    ['code', 'range', 'pair', 'ordinal', 'clock'].includes(post.kind) ||
    (post.kind === 'plain' && !asksForSum(sentence) && post.dimension !== 'share')
  )
    return undefined;
  const wanted = stemsOf(sentence);
  const isAbout = ({ from }: Sum) => {
    const own = source.sentences.find(({ from: start, end }) => from.index >= start && from.index < end);
    return own !== undefined && [...wanted].some((word) => own.words.has(word));
  };
  return candidates(post, sentence, source, others).find(isAbout)?.text();
}

function fitsSentence(written: Quantity, { value, dimension, isUnasked = false }: Sum, sentence: string): boolean {
  const post = isUnasked && written.bound === 'exact' ? toTheDigit(written) : written;
  const asked = readingsOf(post).map((reading) => ({ ...post, ...reading }));
  if (post.dimension === 'count' && FOR_EVERY.test(sentence)) asked.push({ ...post, dimension: 'multiple' });
  return asked.some((wanted) => {
    if (wanted.dimension !== dimension && !(wanted.dimension === 'share' && dimension === 'multiple' && value < 1))
      return false;
    if (isClose(wanted.value, value)) return true;
    // Words such as "doubled" and "a third" allow a small deviation.
    const isWord =
      wanted.step === 0 && wanted.bound === 'exact' && (wanted.kind === 'share' || wanted.kind === 'multiple');
    return isRounded(isWord ? { ...wanted, step: wanted.value * 0.015 } : wanted, value);
  });
}

/** A number without a unit or noun counts what its sentence names, as in "hours went from 38 to 34". */
function inDimensionOf(post: Quantity, quantity: Quantity, isSpoken: Source['isSpoken']): Quantity {
  const isBare = quantity.dimension === 'count' && quantity.nouns.length === 0;
  if (
    !isBare ||
    post.step === 0 ||
    ['count', 'share', 'multiple', 'points', 'year'].includes(post.dimension) ||
    !isSpoken(quantity, post.dimension)
  )
    return quantity;
  const size = post.unitSize;
  return { ...quantity, dimension: post.dimension, value: quantity.value * size, high: quantity.high * size };
}

/** Trailing zeros are no rounded ones. */
function toTheDigit(post: Quantity): Quantity {
  return { ...post, step: Math.min(post.step, 0.5 * post.unitSize * (post.magnitude ?? 1)) };
}

/** Characters between a figure and a bare one that shares its unit. */
const BESIDE = 60;

/** `48 minutes instead of 72`, `9 euros, and 5.50 for students`: the bare one has the unit of the other. */
function inOneUnit(a: Quantity, b: Quantity): readonly [Quantity, Quantity] {
  const isMeasured = ({ dimension, kind }: Quantity) =>
    kind === 'plain' &&
    !['count', 'share', 'year', 'points', 'multiple', 'ordinal', 'clock', 'age'].includes(dimension);
  const isBare = ({ dimension, kind, nouns, spelled }: Quantity) =>
    dimension === 'count' && kind === 'plain' && nouns.length === 0 && !spelled;
  if (Math.abs(b.index - a.end) > BESIDE) return [a, b];
  if (isMeasured(a) && isBare(b)) return [a, scaled(b, a)];
  return isMeasured(b) && isBare(a) ? [scaled(a, b), b] : [a, b];
}

function scaled(bare: Quantity, { dimension, unitSize }: Quantity): Quantity {
  return { ...bare, dimension, unitSize, value: bare.value * unitSize, high: bare.high * unitSize };
}

/** Calculations with the figures that the sentence names, otherwise with those of the related source sentences, nearest first. */
function candidates(post: Quantity, sentence: string, source: Source, others: readonly Quantity[]): Sum[] {
  const about = [...sentencesAbout(sentence, source, isPrecise(post))]
    .sort(([, one], [, other]) => other - one)
    .flatMap(([index]) => source.sentences[index] ?? []);
  const { stated, first } = operandsOf(post, sentence, others, about, source.quantities);
  if (stated.length > 1 && asksForSum(sentence)) {
    const sums = stated.flatMap((a, at) => stated.slice(at + 1).flatMap((b) => sumsOf(a, b, post, sentence)));
    return [...sums, ...totals(post, sentence, [stated])];
  }
  const quotients =
    first === undefined ? [] : about.flatMap(figuresOf).flatMap((b) => quotientsOf(first, b, post, sentence));
  const named = (quantity: Quantity) => inDimensionOf(post, quantity, source.isSpoken);
  const stating =
    first === undefined ? [] : sumsWithStated(first, { post, sentence, about, sentences: source.sentences, named });
  const parts = others.flatMap((other) => about.flatMap(figuresOf).flatMap((b) => partsStated(other, b, post)));
  return [
    ...quotients,
    ...parts,
    ...stating,
    ...sumsAbout(post, sentence, source),
    ...sumsOfOne(post, sentence, about),
    ...totalsByName(post, sentence, source.sentences),
    ...spansOf(post, about, source.published),
    ...productsOf(post, sentence, about, others, source.sentences),
    ...partsOfWholes(post, sentence, about, source, others),
  ];
}

function sumsAbout(post: Quantity, sentence: string, source: Source): Sum[] {
  const named = (quantity: Quantity) => inDimensionOf(post, quantity, source.isSpoken);
  const sums: Sum[] = [];
  let pairs = 0;
  for (const { a, b, isClose } of pairsFor(post, sentence, source)) {
    const [one, other] = inOneUnit(named(a), named(b));
    const found = [...sumsOf(one, other, post, sentence, isClose), ...partsOf(a, b, post)];
    sums.push(...found);
    pairs += Number(found.length > 0);
    if (pairs >= mostSums(post, source)) break;
  }
  return sums;
}

function sumsOfOne(post: Quantity, sentence: string, about: readonly SourceSentence[]): Sum[] {
  return [
    ...singles(post, sentence, about.flatMap(figuresOf)),
    ...multiples(post, about),
    ...totals(post, sentence, about.map(figuresOf)),
  ];
}
