/** Arithmetic over the figures of a source: whether a figure that is nowhere follows from two that are there. Pure. */

import type { Quantity } from '../quantities/quantity.ts';
import { isClose, isRounded, readingsOf } from './match-quantity.ts';
import { type SourceSentence, stemsOf } from './source-sentences.ts';

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
/** `for every flat that was rejected, six were approved` */
export const FOR_EVERY = /\bfor (?:every|each|one)\b|마다|당 /i;

/** How the post's figure follows, or undefined. */
export function derive(
  post: Quantity,
  sentence: string,
  sources: readonly SourceSentence[],
  isSpoken: IsSpoken,
): Sum | undefined {
  if (['code', 'range', 'pair', 'ordinal'].includes(post.kind)) return undefined;
  const fits = candidates(post, sentence, sources, isSpoken).filter((sum) => isMeant(post, sum, sentence));
  return fits[0];
}

/** For a wrong sum the right one: the first that its words point to. */
export function nearestSum(
  post: Quantity,
  sentence: string,
  sources: readonly SourceSentence[],
  isSpoken: IsSpoken,
): string | undefined {
  if (
    ['code', 'range', 'pair', 'ordinal', 'clock'].includes(post.kind) ||
    (post.kind === 'plain' && !CHANGE.test(sentence) && !TOTAL.test(sentence) && post.dimension !== 'share')
  )
    return undefined;
  const wanted = stemsOf(sentence);
  return candidates(post, sentence, sources, isSpoken)
    .find(({ from }) => overlap(wanted, from, sources) > 0)
    ?.text();
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

/** Whether the source sentence of a quantity names a unit of a dimension. */
export type IsSpoken = (quantity: Quantity, dimension: string) => boolean;

/** A number without unit and noun, such as those of "hours went from 38 to 34", counts what its sentence names. */
function inDimensionOf(post: Quantity, quantity: Quantity, isSpoken: IsSpoken): Quantity {
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

const MOST_PAIRS = 4000;

/** Sums over pairs of figures that stand close to each other or count the same, those that share most words with the sentence first. */
function candidates(post: Quantity, sentence: string, sources: readonly SourceSentence[], isSpoken: IsSpoken): Sum[] {
  const wanted = stemsOf(sentence);
  const related = sources.map((source) => ({ source, shared: sharedWords(wanted, source.words) }));
  const best = Math.max(0, ...related.map(({ shared }) => shared));
  const pairs: { readonly a: Quantity; readonly b: Quantity; readonly shared: number }[] = [];
  for (const [index, { source, shared }] of related.entries()) {
    const near = related.slice(index, index + 2);
    if (shared === 0 && best > 0 && post.dimension !== 'year' && near.every((one) => one.shared === 0)) continue;
    for (const a of figuresOf(source))
      for (const other of near)
        for (const b of figuresOf(other.source))
          if (
            a.index < b.index &&
            (other.source === source || isAlike(a, b)) &&
            (best === 0 || post.dimension === 'year' || Math.max(shared, other.shared) > 0) &&
            pairs.length < MOST_PAIRS
          )
            pairs.push({ a, b, shared: Math.max(shared, other.shared) });
  }
  pairs.push(...sameNouns(post, wanted, sources));
  const named = (quantity: Quantity) => inDimensionOf(post, quantity, isSpoken);
  const sums = pairs
    .sort((x, y) => y.shared - x.shared)
    .flatMap(({ a, b }) => sumsOf(named(a), named(b), post, sentence));
  return [
    ...sums,
    ...singles(
      post,
      sentence,
      related.flatMap(({ source }) => figuresOf(source)),
    ),
    ...totals(post, sentence, sources),
  ];
}

/** Figures of two sentences belong together where they count the same, or measure the same. */
function isAlike(a: Quantity, b: Quantity): boolean {
  if (a.dimension === 'count' && b.dimension === 'count') return a.nouns.some((noun) => b.nouns.includes(noun));
  return a.dimension !== 'share' || b.dimension !== 'share';
}

function sharedWords(wanted: ReadonlySet<string>, words: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of wanted) if (words.has(word)) shared += 1;
  return shared;
}

function overlap(wanted: ReadonlySet<string>, from: Quantity, sources: readonly SourceSentence[]): number {
  const source = sources.find(({ from: start, end }) => from.index >= start && from.index < end);
  return source === undefined ? 0 : sharedWords(wanted, source.words);
}

/** The figures of a sentence; of a range both ends, of its dates the years. */
function figuresOf({ quantities, dates }: SourceSentence): Quantity[] {
  const years = dates.flatMap(({ year, until, raw, index }) =>
    year === undefined || until !== undefined ? [] : [yearOf(year, raw, index)],
  );
  return [
    ...quantities.flatMap((quantity) => {
      if (['code', 'pair', 'ordinal', 'clock'].includes(quantity.kind) || quantity.dimension === 'interval') return [];
      if (quantity.kind !== 'range') return [quantity];
      return [
        { ...quantity, kind: 'plain' as const, high: quantity.value, end: quantity.end - 1 },
        { ...quantity, kind: 'plain' as const, value: quantity.high, index: quantity.index + 1 },
      ];
    }),
    ...years,
  ].slice(0, 30);
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

/** Pairs from anywhere that count what the sentence speaks of. */
function sameNouns(
  post: Quantity,
  wanted: ReadonlySet<string>,
  sources: readonly SourceSentence[],
): { a: Quantity; b: Quantity; shared: number }[] {
  if (!['multiple', 'share', 'count'].includes(post.dimension)) return [];
  const counted = sources
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
      .flatMap((b) => (a.nouns.some((noun) => b.nouns.includes(noun)) ? [{ a, b, shared: 1 }] : [])),
  );
}

const YEAR = 365.25 * 86_400;

function sumsOf(a: Quantity, b: Quantity, post: Quantity, sentence: string): Sum[] {
  const sums: Sum[] = [];
  const add = (value: number, dimension: string, text: () => string) => sums.push({ value, dimension, text, from: a });
  const [low, high] = a.value <= b.value ? [a, b] : [b, a];
  const isLike = a.dimension === b.dimension && a.dimension !== 'ordinal';
  if (a.dimension === 'year' && b.dimension === 'year' && (post.dimension === 'time' || post.dimension === 'count'))
    add((high.value - low.value) * YEAR, 'time', () => `${high.raw} − ${low.raw} = ${high.value - low.value} years`);
  if (post.dimension === 'year' && a.dimension !== b.dimension) {
    const [year, time] = a.dimension === 'year' ? [a, b] : [b, a];
    const count = time.value / YEAR;
    if (year.dimension === 'year' && time.dimension === 'time' && Math.abs(count - Math.round(count)) < 0.01)
      for (const sign of [1, -1])
        add(
          year.value + sign * Math.round(count),
          'year',
          () => `${year.raw} ${sign === 1 ? '+' : '−'} ${time.raw} = ${year.value + sign * Math.round(count)}`,
        );
  }
  if (!isLike || a.dimension === 'year') return sums;
  if (post.dimension === 'share' || post.dimension === 'multiple' || FOR_EVERY.test(sentence)) {
    if (low.value > 0 && a.dimension !== 'share' && !isChange(post, sentence)) {
      add(high.value / low.value, 'multiple', () => `${high.raw} ÷ ${low.raw} = ${shown(high.value / low.value)}`);
      add(low.value / high.value, 'share', () => `${low.raw} ÷ ${high.raw} = ${percent(low.value / high.value)}`);
      add(low.value / high.value, 'multiple', () => `${low.raw} ÷ ${high.raw} = ${shown(low.value / high.value)}`);
      if (REST.test(sentence))
        add(
          1 - low.value / high.value,
          'share',
          () => `1 − ${low.raw} ÷ ${high.raw} = ${percent(1 - low.value / high.value)}`,
        );
    }
    if (CHANGE.test(sentence) && a.value > 0 && (a.dimension !== 'share' || b.index - a.end < 20)) {
      const change = Math.abs(b.value - a.value) / a.value;
      add(change, 'share', () => `(${b.raw} − ${a.raw}) ÷ ${a.raw} = ${percent(change)}`);
    }
    if (a.dimension === 'share' && TOTAL.test(sentence))
      add(a.value + b.value, 'share', () => `${a.raw} + ${b.raw} = ${percent(a.value + b.value)}`);
    return sums;
  }
  if (post.dimension === 'points' && a.dimension === 'share')
    add(high.value - low.value, 'points', () => `${high.raw} − ${low.raw} = ${percent(high.value - low.value)} points`);
  if (a.dimension !== post.dimension && !post.others.some(({ dimension }) => dimension === a.dimension)) return sums;
  if (CHANGE.test(sentence) || REST.test(sentence) || isPrecise(post))
    add(
      high.value - low.value,
      a.dimension,
      () => `${high.raw} − ${low.raw} = ${inUnitOf(post, high.value - low.value)}`,
    );
  if (TOTAL.test(sentence) || isPrecise(post))
    add(a.value + b.value, a.dimension, () => `${a.raw} + ${b.raw} = ${inUnitOf(post, a.value + b.value)}`);
  return sums;
}

/** `grew by 50 percent` says how much something changed and not which part of something else it is. */
function isChange({ dimension, kind, raw }: Quantity, sentence: string): boolean {
  if (dimension !== 'share' || kind !== 'plain') return false;
  const before = sentence.slice(0, Math.max(0, sentence.indexOf(raw)));
  return /\b(?:rose|risen|rises?|gr[eo]w[ns]?|fell|fallen|falls?|drop\w*|increas\w+|decreas\w+|declin\w+|climb\w*|jump\w*|up|down|shrank)\b(?:\s\w+){0,3}\s?$/i.test(
    before,
  );
}

/** Three digits or more agree by chance only rarely. */
function isPrecise({ value, step }: Quantity): boolean {
  return step > 0 && value / step >= 400;
}

/** What follows from one figure: the rest of a share, a rate from an interval. */
function singles(post: Quantity, sentence: string, figures: readonly Quantity[]): Sum[] {
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
function totals(post: Quantity, sentence: string, sources: readonly SourceSentence[]): Sum[] {
  if (!TOTAL.test(sentence) && !isPrecise(post)) return [];
  return sources.flatMap((source) => {
    const like = figuresOf(source).filter(({ dimension }) => dimension === post.dimension);
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

/** The result in the unit that the post uses. */
function inUnitOf({ raw, unitSize, spelled }: Quantity, result: number): string {
  const around = spelled ? raw.replace(/^\S+/, '') : raw.replace(/\d[\d.,]*/, '\u0000');
  const figure = shown(result / unitSize);
  return around.includes('\u0000') ? around.replace('\u0000', figure) : `${figure}${around}`;
}

function shown(value: number): string {
  return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 3 });
}

function percent(value: number): string {
  return `${shown(value * 100)} %`;
}
