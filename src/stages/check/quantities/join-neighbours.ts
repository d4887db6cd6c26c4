/** Numbers that form one quantity: ranges, pairs, `one in five`, `3분의 2`, `every 15 minutes`, `1 hour 20 minutes`. Pure. */

import { joinWords } from './join-words.ts';
import type { Quantity } from './quantity.ts';

const LINK = 40;

export function joinNeighbours(found: readonly Quantity[], text: string): Quantity[] {
  const joined: Quantity[] = [];
  for (let at = 0; at < found.length; at += 1) {
    const first = found[at];
    if (first === undefined) continue;
    const second = found[at + 1];
    const between =
      second === undefined || second.index - first.end > LINK ? undefined : text.slice(first.end, second.index);
    const pair = second === undefined || between === undefined ? undefined : joinTwo(first, second, between, text);
    if (pair !== undefined) {
      joined.push(...pair);
      at += 1;
    } else joined.push(joinWords(first, text));
  }
  return joined;
}

type Join = (first: Quantity, second: Quantity, between: string, text: string) => readonly Quantity[] | undefined;

const over = (first: Quantity, second: Quantity, text: string, changes: Partial<Quantity>): Quantity => ({
  ...first,
  ...changes,
  end: second.end,
  raw: text.slice(first.index, second.end).trim(),
});

const share = (first: Quantity, second: Quantity, text: string, value: number) =>
  over(first, second, text, {
    kind: 'share',
    dimension: 'share',
    value,
    high: value,
    others: [],
    step: 0,
    nouns: [],
    bound: second.bound === 'exact' ? first.bound : second.bound,
  });

/** `3분의 2`: the whole stands first. */
const koreanFraction: Join = (whole, part, between, text) =>
  /^\s?(?:분의|分の|分之)\s?$/.test(between) ? [share(whole, part, text, part.value / whole.value)] : undefined;

/** `a quarter of a million` */
const ofMagnitude: Join = (part, whole, between, text) => {
  const isPart = part.kind === 'share' && part.step === 0 && part.value < 1;
  if (!isPart || whole.kind !== 'plain' || !/^ of $/.test(between) || !/^an? [a-z]+illion\b/i.test(whole.raw))
    return undefined;
  const [value, step] = [part.value * whole.value, part.value * whole.step];
  return [over(part, whole, text, { ...whole, index: part.index, value, high: value, step, bound: part.bound })];
};

const isWhole = (value: number) => value <= 10 || /^(?:1|2|5)0+$/.test(String(value));

/** `one in five`, `56 out of 61`, `nine companies in ten`. */
const inEvery: Join = (part, whole, between, text) => {
  if (part.dimension !== 'count' || whole.dimension !== 'count' || part.value >= whole.value || whole.value > 1e6)
    return undefined;
  const isIn =
    /^(?:\s[a-z’']+){0,2}\s(?:in|in every)\s$/i.test(between) &&
    isWhole(whole.value) &&
    !/^\s(?:years?|months?|hours?|days?)\b/.test(text.slice(whole.end, whole.end + 7));
  const isOutOf = /^(?:\s[a-z’']+){0,2}\s(?:out of(?: every)?|of every)\s(?:the\s)?$/i.test(between);
  if (!isIn && !isOutOf) return undefined;
  if (isIn && whole.nouns.length > 0 && part.value > 10) return undefined;
  return [share(part, whole, text, part.value / whole.value)];
};

/** `다섯 그루 가운데 두 그루`, `5그루 중 2그루`: of small wholes a share, of large ones two counts. */
const koreanAmong: Join = (whole, part, between, text) => {
  if (
    whole.kind !== 'plain' ||
    part.kind !== 'plain' ||
    !/^\s?[가-힣]{0,5}\s?(?:가운데|중에서|중에|중)\s?[가-힣]{0,4}\s?$/.test(between)
  )
    return undefined;
  if (part.value >= whole.value || !isWhole(whole.value)) return undefined;
  return [share(whole, part, text, part.value / whole.value)];
};

const RANGE =
  /^\s?(?:[-–—~∼〜～至]|[-–]\s(?:to|bis|und|and|à)|to|or|through|bis|auf|à|a|al|까지|에서|부터|から|내지)\s?$/;
const BY = /^\s?(?:by|x|×|mal|par|por)\s?$/;
const IN_YEAR = /\b(?:in|by|since|of|until|during|early|late|mid)[ -]$/i;
const FROM = /(?:\b(?:from|between)\s(?:about\s|some\s|around\s)?)$/i;

/** `the 25-34s` are people of these ages, and no seconds. */
function withoutPlural(second: Quantity): Quantity {
  if (second.dimension !== 'time' || !/^\d{2}s$/.test(second.raw)) return second;
  return { ...second, dimension: 'count' };
}

/** `25–30 minutes`, `between 25 and 30 minutes`, `32에서 48시간`; the first number takes the unit of the second. */
const range: Join = (first, written, between, text) => {
  const second = withoutPlural(written);
  if (!['plain', 'clock'].includes(first.kind) || second.kind !== first.kind) return undefined;
  const isAnd =
    /^\sand\s$/.test(between) &&
    /\bbetween\s(?:[a-z]+\s)?$/i.test(text.slice(Math.max(0, first.index - 20), first.index));
  const isRange =
    RANGE.test(between) || (/^[가-힣]{1,2}(?:에서|부터)\s$/.test(between) && first.dimension === second.dimension);
  if (!isAnd && !isRange) return undefined;
  if (first.kind === 'clock') return undefined;
  // `26 miles or 42 kilometres` says one thing twice, `from 2 tonnes in 2023 to 4 tonnes` names a year in between.
  if (/or/.test(between) && first.dimension !== 'count' && first.unitSize !== second.unitSize) return undefined;
  if (
    first.dimension === 'year' &&
    second.dimension !== 'year' &&
    IN_YEAR.test(text.slice(Math.max(0, first.index - 8), first.index))
  )
    return undefined;
  // `89 or 23%` counts the same things in two ways; `5 or 6%` is a range.
  if (/or/.test(between) && first.dimension === 'count' && first.value > second.value / second.unitSize)
    return undefined;
  // One thing left over by a hyphen is a telephone number, a result or a range without a unit.
  const hasUnit =
    !['count', 'year'].includes(second.dimension) &&
    (first.dimension === 'count' || (first.dimension === 'year' && second.dimension !== 'time'));
  // `from 3.9 to 4.4 billion`: the first has the magnitude of the second.
  const isShared = first.magnitude === undefined && first.value < 1000 && !first.spelled && first.dimension === 'count';
  const magnitude = isShared ? (second.magnitude ?? 1) : 1;
  const size =
    hasUnit && second.others.length === 0
      ? second.unitSize * magnitude
      : magnitude > 1 && second.dimension === 'count'
        ? magnitude
        : undefined;
  const low =
    size === undefined
      ? first
      : {
          ...first,
          dimension: second.dimension,
          value: first.value * size,
          high: first.value * size,
          step: first.step * size,
          unitSize: size,
          nouns: [],
        };
  if (low.dimension !== second.dimension && low.dimension !== 'year') return undefined;
  if (/^\sto\s$/.test(between) && FROM.test(text.slice(Math.max(0, first.index - 16), first.index)))
    return [low, second];
  const isPair =
    low.dimension === 'count' &&
    second.nouns.length === 0 &&
    /^\s?[-–—]\s?$|^\sto\s$/.test(between) &&
    low.value < 100 &&
    second.value < 200;
  if (low.dimension === 'year') return [low, second];
  if (low.value > second.value && !isPair) return [low, second];
  return [
    over(low, second, text, {
      kind: isPair ? 'pair' : 'range',
      high: second.value,
      nouns: second.nouns,
      step: Math.max(low.step, second.step),
    }),
  ];
};

/** A score or a ratio: `4대 2`, `2:1`. */
const result: Join = (first, second, between, text) => {
  const isVersus = /^\s?대\s$|^\s?:\s?$/.test(between);
  if (
    !isVersus ||
    first.kind !== 'plain' ||
    second.kind !== 'plain' ||
    first.value > 1000 ||
    second.value > 1000 ||
    /[.]/.test(second.raw)
  )
    return undefined;
  return [over(first, second, text, { kind: 'pair', dimension: 'count', high: second.value, nouns: [] })];
};

/** `2.4 by 3.6 metres`: the first side has the unit of the second. */
const sides: Join = (first, second, between) =>
  BY.test(between) && first.kind === 'plain' && first.dimension === 'count' && second.dimension === 'length'
    ? [{ ...inUnit(first, second), nouns: [] }, second]
    : undefined;

function inUnit(bare: Quantity, { dimension, unitSize }: Quantity): Quantity {
  const value = bare.value * unitSize;
  return { ...bare, dimension, value, high: value, step: bare.step * unitSize, unitSize };
}

/** `41 dollars and 50 cents` */
const coins: Join = (first, second, between, text) =>
  first.kind === 'plain' &&
  first.dimension.startsWith('money:') &&
  second.dimension === 'money:cent' &&
  /^,?\s(?:and\s|und\s|et\s|y\s)?$/.test(between) &&
  second.value < 1
    ? [together(first, second, text)]
    : undefined;

const COMPOUND = new Set(['time', 'length', 'mass']);

/** `1 hour 20 minutes`, `5 ft 10 in`, `3시간 20분`. */
const compound: Join = (first, second, between, text) =>
  first.kind === 'plain' &&
  second.kind === 'plain' &&
  first.dimension === second.dimension &&
  COMPOUND.has(first.dimension) &&
  /^\s?(?:and\s)?$/.test(between) &&
  second.value < first.value &&
  second.unitSize < first.unitSize &&
  second.step * 2 < first.step * 2 + first.value
    ? [together(first, second, text)]
    : undefined;

/** One quantity in two units, as precise as the smaller one. */
function together(first: Quantity, second: Quantity, text: string): Quantity {
  const value = first.value + second.value;
  return over(first, second, text, { value, high: value, step: second.step });
}

/** `한 시간에 네 번`, `하루에 두 번`. */
const koreanRate: Join = (time, times, between, text) =>
  time.dimension === 'time' &&
  /^\s?에\s?$/.test(between) &&
  /^\s?(?:번|회|차례)/.test(text.slice(times.end, times.end + 4)) &&
  times.dimension === 'count'
    ? [
        over(time, times, text, {
          kind: 'rate',
          dimension: 'interval',
          value: time.value / times.value,
          high: time.value / times.value,
          step: 0,
          nouns: [],
        }),
      ]
    : undefined;

/** `50 per 100`, `four readings every 2 hours`. */
const every: Join = (times, time, between, text) =>
  times.dimension === 'count' && time.dimension === 'time' && /^(?:\s[a-z]+){0,3}\s(?:every|per)\s$/i.test(between)
    ? [
        over(times, time, text, {
          kind: 'rate',
          dimension: 'interval',
          value: time.value / times.value,
          high: time.value / times.value,
          step: 0,
          nouns: [],
        }),
      ]
    : undefined;

const JOINS: readonly Join[] = [
  koreanFraction,
  ofMagnitude,
  inEvery,
  koreanAmong,
  result,
  range,
  sides,
  compound,
  coins,
  koreanRate,
  every,
];

function joinTwo(first: Quantity, second: Quantity, between: string, text: string): readonly Quantity[] | undefined {
  for (const join of JOINS) {
    const joined = join(first, second, between, text);
    if (joined !== undefined) return joined.map((quantity) => joinWords(quantity, text));
  }
  return undefined;
}
