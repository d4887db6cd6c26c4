/** What two figures of a source give together, as far as the words of a sentence ask for it. Pure. */

import type { Quantity } from '../quantities/quantity.ts';
import { isPrecise } from './pairs.ts';

export interface Sum {
  /** Such as `412,000 ÷ 206,000 = 2`. */
  text(): string;
  readonly value: number;
  readonly dimension: string;
  /** The first figure that it follows from. */
  readonly from: Quantity;
}

const CHANGE =
  /\b(?:by|up|down|rose|risen|rises?|rising|gr[eo]w[ns]?|growing|growth|fell|fallen|falls?|los[test]+|cut|shr[aiu]nk|(?:higher|lower|more|less|fewer|longer|shorter|later|earlier|older|younger|cheaper)(?! than (?:half|a|an|one|two|three|nine|\d))|difference|gap|ahead|behind|apart|extra|saved?|another|left|took|lasted|for|within|after|stayed|since)\b|\b(?:drop|increas|decreas|declin|gain|climb|jump|remain)|올랐|오른|올라|늘|줄|증가|감소|상승|하락|차이|더 |덜 |높|낮|많|적|내렸|내린|떨어|동안|걸|만에|앞|뒤|남/i;
const TOTAL = /\b(?:all|total\w*|together|altogether|combined|sum|overall|both|in all|either)\b|모두|합|총|전체|통틀/i;
const REST =
  /\b(?:other|others|rest|remaining|remainder|else|without|not|did ?n[o’']t|never|neither|gave|quit|left)\b|나머지|다른|외|아닌|않|못/i;
const AVERAGE = /\b(?:average[ds]?|mean|median|midpoint)\b|평균|중간/i;
/** `for every flat that was rejected, six were approved` */
export const FOR_EVERY =
  /\bfor (?:every|each|one)\b|마다|(?<=명|개|가구|건|채|곳|호|인|사람|시간|분|그루|마리)당(?=[\s,])/i;

/** Whether the words of a sentence ask for a sum. */
export function asksForSum(sentence: string): boolean {
  return [CHANGE, TOTAL, AVERAGE].some((pattern) => pattern.test(sentence));
}

const YEAR = 365.25 * 86_400;

/** A result before it is known which figures it is of. */
type Result = Omit<Sum, 'from'>;
const result = (value: number, dimension: string, text: () => string): Result => ({ value, dimension, text });

/** What two figures make, as far as the sentence asks for it; `a` stands before `b` in the source. */
export function sumsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string): Sum[] {
  const isOneRange = b.index === a.index + 1;
  const isRelation = post.dimension === 'share' || post.dimension === 'multiple' || FOR_EVERY.test(sentence);
  const isLike = a.dimension === b.dimension && !['ordinal', 'year'].includes(a.dimension);
  const results = [
    ...yearsOf(a, b, post),
    ...(isLike && isRelation ? relationsOf(a, b, post, sentence, isOneRange) : []),
    ...(isLike && !isRelation ? amountsOf(a, b, post, sentence) : []),
  ];
  return results.map((one) => ({ ...one, from: a }));
}

/** Years between two years, and the year that lies so many years from another. */
function yearsOf(a: Quantity, b: Quantity, post: Quantity): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  if (a.dimension === 'year' && b.dimension === 'year')
    return post.dimension === 'time' || post.dimension === 'count'
      ? [
          result(
            (high.value - low.value) * YEAR,
            'time',
            () => `${high.raw} − ${low.raw} = ${high.value - low.value} years`,
          ),
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

/** Characters between a share and what it is a share of. */
const NEAR = 120;

/** `62 percent of 1,000 members` are 620. */
export function partsOf(a: Quantity, b: Quantity, post: Quantity): Sum[] {
  const [share, whole] = a.dimension === 'share' ? [a, b] : [b, a];
  if (share.dimension !== 'share' || whole.dimension !== post.dimension || ['share', 'year'].includes(whole.dimension))
    return [];
  // Two digits of any product agree by chance with something.
  if (!isPrecise(post) && Math.abs(b.index - a.index) > NEAR) return [];
  const value = share.value * whole.value;
  const text = () => `${share.raw} × ${whole.raw} = ${inUnitOf(post, value)}`;
  return [{ value, dimension: whole.dimension, text, from: a }];
}

/** Ratios, shares and changes in percent. */
function relationsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string, isOneRange: boolean): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const results: Result[] = [];
  if (low.value > 0 && a.dimension !== 'share' && !isOneRange && !isChange(post, sentence)) {
    const [part, times] = [low.value / high.value, high.value / low.value];
    results.push(
      result(times, 'multiple', () => `${high.raw} ÷ ${low.raw} = ${shown(times)}`),
      result(part, 'share', () => `${low.raw} ÷ ${high.raw} = ${percent(part)}`),
      result(part, 'multiple', () => `${low.raw} ÷ ${high.raw} = ${shown(part)}`),
    );
    if (REST.test(sentence))
      results.push(result(1 - part, 'share', () => `1 − ${low.raw} ÷ ${high.raw} = ${percent(1 - part)}`));
  }
  if (CHANGE.test(sentence) && a.value > 0 && (a.dimension !== 'share' || b.index - a.end < 20)) {
    const change = Math.abs(b.value - a.value) / a.value;
    results.push(result(change, 'share', () => `(${b.raw} − ${a.raw}) ÷ ${a.raw} = ${percent(b.value / a.value - 1)}`));
  }
  if (a.dimension === 'share' && TOTAL.test(sentence))
    results.push(result(a.value + b.value, 'share', () => `${a.raw} + ${b.raw} = ${percent(a.value + b.value)}`));
  if (a.dimension === 'share' && AVERAGE.test(sentence)) results.push(meanOf(a, b, post));
  return results;
}

/** Differences, totals and means. */
function amountsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string): Result[] {
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const gap = high.value - low.value;
  if (post.dimension === 'points' && a.dimension === 'share')
    return [result(gap, 'points', () => `${high.raw} − ${low.raw} = ${percent(gap)} points`)];
  if (a.dimension !== post.dimension && !post.others.some(({ dimension }) => dimension === a.dimension)) return [];
  const results: Result[] = [];
  if (CHANGE.test(sentence) || REST.test(sentence) || isPrecise(post))
    results.push(result(gap, a.dimension, () => `${high.raw} − ${low.raw} = ${inUnitOf(post, gap)}`));
  if (TOTAL.test(sentence) || isPrecise(post))
    results.push(
      result(a.value + b.value, a.dimension, () => `${a.raw} + ${b.raw} = ${inUnitOf(post, a.value + b.value)}`),
    );
  if (AVERAGE.test(sentence)) results.push(meanOf(a, b, post));
  return results;
}

function meanOf(a: Quantity, b: Quantity, post: Quantity): Result {
  const mean = (a.value + b.value) / 2;
  return result(mean, a.dimension, () => `(${a.raw} + ${b.raw}) ÷ 2 = ${inUnitOf(post, mean)}`);
}

/** `grew by 50 percent` says how much something changed and not which part of something else it is. */
function isChange({ dimension, kind, raw }: Quantity, sentence: string): boolean {
  if (dimension !== 'share' || kind !== 'plain') return false;
  const before = sentence.slice(0, Math.max(0, sentence.indexOf(raw)));
  return /\b(?:rose|risen|rises?|gr[eo]w[ns]?|fell|fallen|falls?|drop\w*|increas\w+|decreas\w+|declin\w+|climb\w*|jump\w*|up|down|shrank)\b(?:\s\w+){0,3}\s?$/i.test(
    before,
  );
}

/** What follows from one figure: the rest of a share, a rate from an interval. */
export function singles(post: Quantity, sentence: string, figures: readonly Quantity[]): Sum[] {
  if (post.dimension !== 'share' || !REST.test(sentence)) return [];
  return figures.flatMap((from) =>
    from.dimension === 'share'
      ? [
          {
            value: 1 - from.value,
            dimension: 'share',
            from,
            text: () => `100 % − ${from.raw} = ${percent(1 - from.value)}`,
          },
        ]
      : [],
  );
}

/** All like figures of one sentence together. */
export function totals(post: Quantity, sentence: string, groups: readonly (readonly Quantity[])[]): Sum[] {
  if (!TOTAL.test(sentence) && !isPrecise(post)) return [];
  return groups.flatMap((figures) => {
    const like = figures.filter(({ dimension }) => dimension === post.dimension);
    const [from] = like;
    if (from === undefined || like.length < 3) return [];
    const value = like.reduce((sum, figure) => sum + figure.value, 0);
    return [
      {
        value,
        dimension: post.dimension,
        from,
        text: () => `${like.map(({ raw }) => raw).join(' + ')} = ${inUnitOf(post, value)}`,
      },
    ];
  });
}

/** The result is written out: its unit has no magnitude. */
const MAGNITUDE = /(\d|[a-z])[ -]?(?:thousand|million|billion|trillion|bn|tn|[만억조천]+)(?![a-z])/i;

/** The result in the unit that the post uses. */
function inUnitOf({ raw, unitSize, spelled }: Quantity, result: number): string {
  const plain = raw.replace(MAGNITUDE, '$1');
  const around = spelled ? plain.replace(/^\S+/, '') : plain.replace(/\d[\d.,]*/, '\u0000');
  const figure = shown(result / unitSize);
  return around.includes('\u0000') ? around.replace('\u0000', figure) : `${figure}${around}`;
}

function shown(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

function percent(value: number): string {
  return `${shown(value * 100)} %`;
}
