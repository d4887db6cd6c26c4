/** Whether a quantity of a post agrees with one of a source: exactly, rounded, or within the tolerance of its words. Pure. */

import { countOther } from '../quantities/counters.ts';
import type { Quantity } from '../quantities/quantity.ts';

/** Maximum tolerance of `about`, `nearly` and `more than`, as a share of the value; for figures it is limited by the digits shown. */
const ABOUT = 0.07;
/** `about one in five` reaches half of the way to a quarter and a sixth. */
const ABOUT_PART = 0.1;
const NEARLY = 0.12;
const OVER = 0.25;
/** A rounded value may differ by this share at most. */
const MAX_ROUNDED = 0.08;
/** The limit for a value that ends in zeros. */
const MAX_ROUNDED_TO_ZEROS = 0.04;

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

/** `isSpoken`: true when the source has the number without a unit, but names the dimension near it. */
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
      .some(
        (known) =>
          (isClose(wanted.value, known.value) ||
            (isBare(source, known) && isClose(wanted.value / post.unitSize, known.value))) &&
          isSameDimension(post, wanted, source, known, isSpoken),
      ),
  );
}

function isDouble({ kind }: Quantity): boolean {
  return kind === 'range' || kind === 'pair';
}

function isSamePair(post: Quantity, source: Quantity): boolean {
  const isEqual = isClose(post.value, source.value) && isClose(post.high, source.high);
  const isTurned = post.kind === 'pair' && isClose(post.value, source.high) && isClose(post.high, source.value);
  if ((isEqual || isTurned) && post.dimension === source.dimension) return true;
  // `the 18-24s` for `18- to 24-year-olds`
  const isBareRange = (one: Quantity) => one.dimension === 'count' && one.nouns.length === 0;
  const isOf = (one: Quantity, other: Quantity) =>
    isClose(one.value / one.unitSize, other.value) && isClose(one.high / one.unitSize, other.high);
  return (
    (isBareRange(source) && post.dimension === 'time' && isOf(post, source)) ||
    (post.spelled && isBareRange(post) && isOf(source, post))
  );
}

function isSameClock(post: Quantity, source: Quantity): boolean {
  if (post.kind !== source.kind) return false;
  const known = [source.value, source.high];
  return [post.value, post.high].some((time) => known.some((other) => isAbout(post.bound, time, other)));
}

/** Minutes that `shortly before`, `around` and `just after` reach. */
const REACH = 20;

function isAbout(bound: Quantity['bound'], time: number, known: number): boolean {
  if (time === known) return true;
  const off = known - time;
  if (bound === 'below') return off < 0 && off >= -REACH;
  if (bound === 'above') return off > 0 && off <= REACH;
  return bound === 'about' && Math.abs(off) <= REACH / 2;
}

const EQUIVALENT: readonly ReadonlySet<string>[] = [new Set(['share', 'multiple']), new Set(['count', 'year'])];

function isSameDimension(
  post: Quantity,
  wanted: Reading,
  source: Quantity,
  known: Reading,
  isSpoken: (source: Quantity, dimension: string) => boolean,
): boolean {
  if (wanted.dimension === known.dimension)
    return wanted.dimension !== 'count' || !countOther(post.nouns, source.nouns);
  if (EQUIVALENT.some((set) => set.has(wanted.dimension) && set.has(known.dimension)))
    return wanted.dimension === 'count' || wanted.dimension === 'year' || wanted.value < 1;
  // A number without unit and noun gets its dimension from the sentence: "it rose from 32 to 48".
  if (isBare(post, wanted)) return known.dimension !== 'ordinal' && known.dimension !== 'interval';
  return isBare(source, known) && isSpoken(source, wanted.dimension);
}

function isBare({ nouns, kind }: Quantity, { dimension }: Reading): boolean {
  return dimension === 'count' && kind === 'plain' && nouns.length === 0;
}

/** Whether the source's value is within the tolerance of the post's words, or rounds to the post's digits. */
export function isRounded(post: Quantity, known: number): boolean {
  const { value, bound, step, unitSize } = post;
  if (value === 0 || known === 0) return false;
  const off = (known - value) / Math.abs(value);
  // "More than 23 thousand" allows up to 24 thousand; "more than half" has no digits and allows more.
  const shown = step === 0 ? Number.POSITIVE_INFINITY : (2 * step * (1 + 1e-9)) / Math.abs(value);
  switch (bound) {
    case 'about':
      return Math.abs(off) <= Math.min(step === 0 ? ABOUT_PART : ABOUT, shown);
    case 'below':
      return off < 0 && off >= -Math.min(NEARLY, shown);
    case 'above':
      return off > 0 && off <= Math.min(OVER, shown);
    case 'exact':
      return (
        Math.abs(known - value) <= step * (1 + 1e-9) &&
        Math.abs(off) <= (step / unitSize >= 5 ? MAX_ROUNDED_TO_ZEROS : MAX_ROUNDED)
      );
  }
}
