/** Whether a quantity of a post says the same as one of a source: exactly, rounded, or within what its words leave open. Pure. */

import type { Quantity } from '../quantities/quantity.ts';

/** How far `about`, `nearly` and `more than` reach at most, as a share of the value; figures reach no further than their digits show. */
const ABOUT = 0.07;
const NEARLY = 0.12;
const OVER = 0.25;
/** A rounded value may differ by this share at most. */
const MOST_ROUNDED = 0.08;

export interface Reading {
  readonly dimension: string;
  readonly value: number;
  /** Half a unit of the last digit shown. */
  readonly step: number;
}

/** What a quantity may mean: `£7` is pounds of money or of mass. */
export function readingsOf({ dimension, value, step, unitSize, others }: Quantity): Reading[] {
  return [
    { dimension, value, step },
    ...others.map((other) => ({
      dimension: other.dimension,
      value: other.value,
      step: (step / unitSize) * other.size,
    })),
  ];
}

export function isClose(a: number, b: number, share = 1e-6): boolean {
  return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * share;
}

/** `isSpoken`: whether the dimension is named near a number of the source that stands there without a unit. */
export function isSame(
  post: Quantity,
  source: Quantity,
  isSpoken: (source: Quantity, dimension: string) => boolean,
): boolean {
  if (post.kind === 'code' || source.kind === 'code') return post.kind === source.kind && post.code === source.code;
  if (post.kind === 'clock' || source.kind === 'clock') return isSameClock(post, source);
  if (isDouble(post)) return isDouble(source) && isSamePair(post, source);
  if (source.kind === 'pair') return false;
  const ends =
    source.kind === 'range'
      ? [
          { ...source, others: [] },
          { ...source, value: source.high, others: [] },
        ]
      : [source];
  return readingsOf(post).some((wanted) =>
    ends
      .flatMap(readingsOf)
      .some((known) => isClose(wanted.value, known.value) && isSameDimension(post, wanted, source, known, isSpoken)),
  );
}

function isDouble({ kind }: Quantity): boolean {
  return kind === 'range' || kind === 'pair';
}

function isSamePair(post: Quantity, source: Quantity): boolean {
  const isEqual = isClose(post.value, source.value) && isClose(post.high, source.high);
  const isTurned = post.kind === 'pair' && isClose(post.value, source.high) && isClose(post.high, source.value);
  return (isEqual || isTurned) && post.dimension === source.dimension;
}

function isSameClock(post: Quantity, source: Quantity): boolean {
  if (post.kind !== source.kind) return false;
  return [post.value, post.high].some((time) => time === source.value || time === source.high);
}

const EQUIVALENT: readonly ReadonlySet<string>[] = [new Set(['share', 'multiple']), new Set(['count', 'year'])];

function isSameDimension(
  post: Quantity,
  wanted: Reading,
  source: Quantity,
  known: Reading,
  isSpoken: (source: Quantity, dimension: string) => boolean,
): boolean {
  if (wanted.dimension === known.dimension) return true;
  if (EQUIVALENT.some((set) => set.has(wanted.dimension) && set.has(known.dimension)))
    return wanted.dimension === 'count' || wanted.dimension === 'year' || wanted.value < 1;
  // A number without unit and noun leaves its dimension to the sentence: "it rose from 32 to 48".
  if (isBare(post, wanted)) return known.dimension !== 'ordinal' && known.dimension !== 'interval';
  return isBare(source, known) && isSpoken(source, wanted.dimension);
}

function isBare({ nouns, kind }: Quantity, { dimension }: Reading): boolean {
  return dimension === 'count' && kind === 'plain' && nouns.length === 0;
}

/** Whether the words of the post leave room for the value of the source, or its figure is that value rounded to the digits shown. */
export function isRounded(post: Quantity, known: number): boolean {
  const { value, bound, step } = post;
  if (value === 0 || known === 0) return false;
  const off = (known - value) / Math.abs(value);
  // "More than 23 thousand" leaves room up to 24 thousand, "more than half" is a word and leaves more.
  const shown = step === 0 ? Number.POSITIVE_INFINITY : (2 * step * (1 + 1e-9)) / Math.abs(value);
  switch (bound) {
    case 'about':
      return Math.abs(off) <= Math.min(ABOUT, shown);
    case 'below':
      return off < 0 && off >= -Math.min(NEARLY, shown);
    case 'above':
      return off > 0 && off <= Math.min(OVER, shown);
    case 'exact':
      return Math.abs(known - value) <= step * (1 + 1e-9) && Math.abs(off) <= MOST_ROUNDED;
  }
}
