/** Results of calculations with two source figures, limited to those that the sentence's words state. Pure. */

import { plural } from '../../../util/text/plural.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { AVERAGE, asksForGap, EACH, FOR_EVERY, GOES_INTO, isChange, isRest, isTotal } from './asks.ts';
import { yearsAs } from './figures.ts';
import { isPrecise } from './pairs.ts';

export interface Sum {
  /** Such as `412,000 ÷ 206,000 = 2`. */
  text(): string;
  readonly value: number;
  readonly dimension: string;
  /** Nothing in the words speaks of the calculation: the post must have it to the digit. */
  readonly isUnasked?: boolean;
  /** The first figure that it follows from. */
  readonly from: Quantity;
}

const YEAR = 365.25 * 86_400;

/** A result before its figures are attached. */
type Result = Omit<Sum, 'from'>;
const result = (value: number, dimension: string, text: () => string): Result => ({ value, dimension, text });

/** Results for two figures, limited to what the sentence states; `a` comes before `b` in the source. */
export function sumsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string, isClose = false): Sum[] {
  const isOneRange = b.index === a.index + 1;
  const isRelation = post.dimension === 'share' || post.dimension === 'multiple' || FOR_EVERY.test(sentence);
  const isLike = a.dimension === b.dimension && !['ordinal', 'year', 'clock'].includes(a.dimension);
  const results = [
    ...yearsOf(a, b, post),
    ...hoursOf(a, b, post, sentence),
    ...shareBefore(a, b, post),
    ...(EACH.test(sentence) ? sharedOut(a, b, post) : []),
    ...(isLike && isRelation ? relationsOf(a, b, post, sentence, isOneRange, isClose) : []),
    ...(isLike && !isRelation ? amountsOf(a, b, post, sentence, isClose) : []),
  ];
  return results.map((one) => ({ ...one, from: a }));
}

/** The number of years between two years, and the year at a given distance from another. */
function yearsOf(a: Quantity, b: Quantity, post: Quantity): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  if (a.dimension === 'year' && b.dimension === 'year')
    return post.dimension === 'time' || post.dimension === 'count'
      ? [
          {
            ...yearsAs(post, high.value - low.value),
            text: () => `${high.raw} − ${low.raw} = ${plural(high.value - low.value, 'year')}`,
          },
        ]
      : [];
  if (post.dimension !== 'year' || a.dimension === b.dimension) return [];
  const [year, time] = a.dimension === 'year' ? [a, b] : [b, a];
  const count = Math.round(time.value / YEAR);
  if (year.dimension !== 'year' || time.dimension !== 'time' || Math.abs(time.value / YEAR - count) >= 0.01) return [];
  return [1, -1].map((sign) =>
    result(
      year.value + sign * count,
      'year',
      () => `${year.raw} ${sign === 1 ? '+' : '−'} ${time.raw} = ${year.value + sign * count}`,
    ),
  );
}

/** Characters between the two times of an opening. */
const OPENING = 16;

/** Duration from one time of the day to another. */
function hoursOf(a: Quantity, b: Quantity, post: Quantity, sentence: string): Result[] {
  if (a.kind !== 'clock' || b.kind !== 'clock' || post.dimension !== 'time') return [];
  const isGap = asksForGap(sentence);
  if (b.index - a.end > OPENING && !isGap) return [];
  // Of an opening the end comes second; what is earlier or later may stand in any order.
  const spans = [b.value - a.value, b.high - a.value, ...(isGap ? [a.value - b.value] : [])];
  return [...new Set(spans)].map((minutes) => {
    const value = ((minutes + 1440) % 1440) * 60;
    return result(value, 'time', () => `${b.raw} − ${a.raw} = ${inUnitOf(post, value)}`);
  });
}

/** Mean: 276 people in two groups are 138 each. */
function sharedOut(a: Quantity, b: Quantity, post: Quantity): Result[] {
  return [
    [a, b],
    [b, a],
  ].flatMap(([whole, by]) => {
    if (whole === undefined || by === undefined || by.dimension !== 'count' || by.value < 2) return [];
    if (whole.dimension !== post.dimension || whole.value <= by.value) return [];
    const value = whole.value / by.value;
    return [result(value, post.dimension, () => `${whole.raw} ÷ ${by.raw} = ${inUnitOf(post, value)}`)];
  });
}

/** A share or multiple named in the sentence, applied to a source figure, as in `half of them would be 250`; also the share that one figure is of another. */
export function partsStated(other: Quantity, b: Quantity, post: Quantity): Sum[] {
  const isRelation = ({ kind, step }: Quantity) => (kind === 'share' || kind === 'multiple') && step === 0;
  if (isRelation(other) && !isRelation(post) && b.dimension === post.dimension && b.dimension !== 'year') {
    const value = other.value * b.value;
    return [
      { value, dimension: post.dimension, from: b, text: () => `${other.raw} × ${b.raw} = ${inUnitOf(post, value)}` },
    ];
  }
  if (!isRelation(post) || isRelation(other) || b.dimension !== other.dimension || b.value === 0) return [];
  const value = other.value / b.value;
  return [{ value, dimension: post.dimension, from: b, text: () => `${other.raw} ÷ ${b.raw} = ${shown(value)}` }];
}

/** How many times a source figure fits into one in the sentence: `$200 million` at `$2 million` each are 100. */
export function quotientsOf(first: Quantity, b: Quantity, post: Quantity, sentence: string): Sum[] {
  if (post.dimension !== 'count' || first.dimension !== b.dimension || ['count', 'year'].includes(b.dimension))
    return [];
  if (!GOES_INTO.test(sentence)) return [];
  const [low, high] = first.value <= b.value ? [first, b] : [b, first];
  if (low.value <= 0) return [];
  const value = high.value / low.value;
  return [{ value, dimension: 'count', from: b, text: () => `${high.raw} ÷ ${low.raw} = ${shown(value)}` }];
}

/** Characters between a share and what it is a share of. */
const NEAR = 120;

/** `62 percent of 1,000 members` are 620. */
export function partsOf(a: Quantity, b: Quantity, post: Quantity): Sum[] {
  const [share, whole] = a.dimension === 'share' ? [a, b] : [b, a];
  if (share.dimension !== 'share' || whole.dimension !== post.dimension || ['share', 'year'].includes(whole.dimension))
    return [];
  // A two-digit product matches some figure by chance.
  if (!isPrecise(post) && Math.abs(b.index - a.index) > NEAR) return [];
  const value = share.value * whole.value;
  const text = () => `${share.raw} × ${whole.raw} = ${inUnitOf(post, value)}`;
  return [{ value, dimension: whole.dimension, text, from: a }];
}

/** Characters between two shares of one statement. */
const TOGETHER = 80;

/** `31.5%, 4.2 points more than before`: what it was before. */
function shareBefore(a: Quantity, b: Quantity, post: Quantity): Result[] {
  const [share, points] = a.dimension === 'share' ? [a, b] : [b, a];
  if (post.dimension !== 'share' || share.dimension !== 'share' || points.dimension !== 'points') return [];
  if (Math.abs(b.index - a.index) > TOGETHER) return [];
  return [-1, 1].map((sign) => {
    const value = share.value + sign * points.value;
    return result(value, 'share', () => `${share.raw} ${sign < 0 ? '−' : '+'} ${points.raw} = ${percent(value)}`);
  });
}

/** Ratios, shares and changes in percent. */
function relationsOf(
  a: Quantity,
  b: Quantity,
  post: Quantity,
  sentence: string,
  isOneRange: boolean,
  isClose: boolean,
): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const results: Result[] = [];
  if (low.value > 0 && a.dimension !== 'share' && !isOneRange && !saysChange(post, sentence)) {
    const [part, times] = [low.value / high.value, high.value / low.value];
    results.push(
      result(times, 'multiple', () => `${high.raw} ÷ ${low.raw} = ${shown(times)}`),
      result(part, 'share', () => `${low.raw} ÷ ${high.raw} = ${percent(part)}`),
      result(part, 'multiple', () => `${low.raw} ÷ ${high.raw} = ${shown(part)}`),
    );
    if (isRest(sentence))
      results.push(result(1 - part, 'share', () => `1 − ${low.raw} ÷ ${high.raw} = ${percent(1 - part)}`));
  }
  // A share of a share, `one in five of those 46%`, where both are said together.
  if (low.value > 0 && a.dimension === 'share' && post.kind === 'share' && b.index - a.end < TOGETHER)
    results.push(
      result(low.value / high.value, 'share', () => `${low.raw} ÷ ${high.raw} = ${percent(low.value / high.value)}`),
    );
  if (isChange(sentence) && a.value > 0 && (a.dimension !== 'share' || b.index - a.end < 20)) {
    const change = Math.abs(b.value - a.value) / a.value;
    results.push(result(change, 'share', () => `(${b.raw} − ${a.raw}) ÷ ${a.raw} = ${percent(b.value / a.value - 1)}`));
    // `342, down from 380`: what comes second was first.
    if (isClose && b.value > 0 && a.dimension !== 'share')
      results.push(
        result(
          Math.abs(a.value - b.value) / b.value,
          'share',
          () => `(${a.raw} − ${b.raw}) ÷ ${b.raw} = ${percent(a.value / b.value - 1)}`,
        ),
      );
  }
  if (a.dimension === 'share' && isTotal(sentence))
    results.push(result(a.value + b.value, 'share', () => `${a.raw} + ${b.raw} = ${percent(a.value + b.value)}`));
  if (a.dimension === 'share' && AVERAGE.test(sentence)) results.push(meanOf(a, b, post));
  const rest = 1 - a.value - b.value;
  if (a.dimension === 'share' && rest > 0 && (isRest(sentence) || isClose) && b.index - a.end < TOGETHER)
    results.push(result(rest, 'share', () => `100 % − ${a.raw} − ${b.raw} = ${percent(rest)}`));
  return results;
}

/** Differences, totals and means. */
function amountsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string, isClose: boolean): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const gap = high.value - low.value;
  const isPoints = post.dimension === 'points' || post.others.some(({ dimension }) => dimension === 'points');
  if (isPoints && a.dimension === 'share')
    return [result(gap, 'points', () => `${high.raw} − ${low.raw} = ${percent(gap)} points`)];
  if (a.dimension !== post.dimension && !post.others.some(({ dimension }) => dimension === a.dimension)) return [];
  const [isGap, isSum] = [asksForGap(sentence), isTotal(sentence)];
  // Without words for it, a sum is believed in the unit of its figures only.
  const isFree =
    isPrecise(post) || (isClose && isTelling(post) && [a, b].every(({ unitSize }) => unitSize === post.unitSize));
  const results: Result[] = [];
  if (isGap || isFree)
    results.push({
      ...result(gap, a.dimension, () => `${high.raw} − ${low.raw} = ${inUnitOf(post, gap)}`),
      isUnasked: !isGap,
    });
  if (isSum || isFree)
    results.push({
      ...result(a.value + b.value, a.dimension, () => `${a.raw} + ${b.raw} = ${inUnitOf(post, a.value + b.value)}`),
      isUnasked: !isSum,
    });
  if (AVERAGE.test(sentence)) results.push(meanOf(a, b, post));
  return results;
}

/** Numbers below twenty are the sum or difference of some two others by chance. */
function isTelling({ value, step, unitSize }: Quantity): boolean {
  return value / Math.min(step, 0.5 * unitSize) >= 40;
}

function meanOf(a: Quantity, b: Quantity, post: Quantity): Result {
  const mean = (a.value + b.value) / 2;
  return result(mean, a.dimension, () => `(${a.raw} + ${b.raw}) ÷ 2 = ${inUnitOf(post, mean)}`);
}

/** `grew by 50 percent` is a change, not a share of something else. */
function saysChange({ dimension, kind, raw }: Quantity, sentence: string): boolean {
  if (dimension !== 'share' || kind !== 'plain') return false;
  const before = sentence.slice(0, Math.max(0, sentence.indexOf(raw)));
  return /\b(?:rose|risen|rises?|gr[eo]w[ns]?|fell|fallen|falls?|drop\w*|increas\w+|decreas\w+|declin\w+|climb\w*|jump\w*|up|down|shrank)\b(?:\s\w+){0,3}\s?$/i.test(
    before,
  );
}

/** The unit of the result has no magnitude, so the number is written in full. */
const MAGNITUDE = /(\d|[a-z])[ -]?(?:thousand|million|billion|trillion|bn|tn|[만억조천]+)(?![a-z])/i;

/** The result in the unit that the post uses. */
export function inUnitOf({ raw, unitSize, spelled }: Quantity, result: number): string {
  const plain = raw.replace(MAGNITUDE, '$1');
  const around = spelled ? plain.replace(/^\S+/, '') : plain.replace(/\d[\d.,]*/, '\u0000');
  const figure = shown(result / unitSize);
  return around.includes('\u0000') ? around.replace('\u0000', figure) : `${figure}${around}`;
}

export function shown(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

export function percent(value: number): string {
  return `${shown(value * 100)} %`;
}
