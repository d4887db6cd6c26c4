/** Arithmetic over the figures of a source: whether a figure that is nowhere follows from two that are there. Pure. */

import type { Quantity } from '../quantities/quantity.ts';
import { isClose, isRounded, readingsOf } from './match-quantity.ts';
import { figuresOf, isPrecise, mostSums, pairsFor, type Reckoned, sentencesAbout } from './pairs.ts';
import { stemsOf } from './source-sentences.ts';
import { asksForSum, FOR_EVERY, partsOf, type Sum, singles, sumsOf, totals } from './sums.ts';

/** What a derivation is looked for in. */
export interface Source extends Reckoned {
  /** Whether the source sentence of a quantity names a unit of a dimension. */
  isSpoken(quantity: Quantity, dimension: string): boolean;
}

/** How the post's figure follows, or undefined. */
export function derive(post: Quantity, sentence: string, source: Source): Sum | undefined {
  if (['code', 'range', 'pair', 'ordinal'].includes(post.kind)) return undefined;
  return candidates(post, sentence, source).find((sum) => isMeant(post, sum, sentence));
}

/** For a wrong sum the right one: the first that its words point to. */
export function nearestSum(post: Quantity, sentence: string, source: Source): string | undefined {
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
  return candidates(post, sentence, source).find(isAbout)?.text();
}

function isMeant(post: Quantity, { value, dimension }: Sum, sentence: string): boolean {
  const asked = readingsOf(post).map((reading) => ({ ...post, ...reading }));
  if (post.dimension === 'count' && FOR_EVERY.test(sentence)) asked.push({ ...post, dimension: 'multiple' });
  return asked.some((wanted) => {
    if (wanted.dimension !== dimension && !(wanted.dimension === 'share' && dimension === 'multiple' && value < 1))
      return false;
    if (isClose(wanted.value, value)) return true;
    // Words such as "doubled" and "a third" leave a little room.
    const isWord =
      wanted.step === 0 && wanted.bound === 'exact' && (wanted.kind === 'share' || wanted.kind === 'multiple');
    return isRounded(isWord ? { ...wanted, step: wanted.value * 0.015 } : wanted, value);
  });
}

/** A number without unit and noun, such as those of "hours went from 38 to 34", counts what its sentence names. */
function inDimensionOf(post: Quantity, quantity: Quantity, isSpoken: Source['isSpoken']): Quantity {
  const isBare = quantity.dimension === 'count' && quantity.nouns.length === 0;
  if (
    !isBare ||
    post.step === 0 ||
    !['time', 'length', 'mass', 'degree'].includes(post.dimension) ||
    !isSpoken(quantity, post.dimension)
  )
    return quantity;
  const size = post.unitSize;
  return { ...quantity, dimension: post.dimension, value: quantity.value * size, high: quantity.high * size };
}

/** Sums over the figures that the sentence is about, the nearest first. */
function candidates(post: Quantity, sentence: string, source: Source): Sum[] {
  const named = (quantity: Quantity) => inDimensionOf(post, quantity, source.isSpoken);
  const about = [...sentencesAbout(sentence, source, isPrecise(post)).keys()].flatMap(
    (index) => source.sentences[index] ?? [],
  );
  const sums: Sum[] = [];
  let pairs = 0;
  for (const { a, b } of pairsFor(post, sentence, source)) {
    const found = [...sumsOf(named(a), named(b), post, sentence), ...partsOf(a, b, post)];
    sums.push(...found);
    pairs += Number(found.length > 0);
    if (pairs >= mostSums(post, source)) break;
  }
  return [
    ...sums,
    ...singles(post, sentence, about.flatMap(figuresOf)),
    ...totals(post, sentence, about.map(figuresOf)),
  ];
}
