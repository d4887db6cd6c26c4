/** Numbers of a text, in the figures of its language and in words, with their magnitudes. Pure. */

import { unitAt } from '../units.ts';
import { readEast } from './east-numerals.ts';
import { findEnglishNumbers, findKoreanNumbers } from './number-words.ts';

export interface Numeral {
  readonly value: number;
  /** Further readings of an ambiguous notation: `1.500` is 1,500 or 1.5. */
  readonly others: readonly number[];
  /** Half a unit of the last digit shown. */
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly spelled: boolean;
  /** Of `4.4 billion`, what 4.4 is multiplied by. */
  readonly magnitude?: number;
}

const FIGURE =
  /(?<![\p{Script=Latin}\d_]|\d[.,/])(?:\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:([,.'’\u00a0\u202f ])\d{3})(?:\1\d{3})*(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)/gu;
const MAGNITUDES: readonly (readonly [RegExp, number])[] = [
  [/[ \u00a0-]?(?:trillions?|tn)(?![a-z])/iy, 1e12],
  [/[ \u00a0-]?(?:billions?|bn|milliarden?|milliards?|mrd\.?|miliardi|miljard|mil millones)(?![a-zà-ÿ])/iy, 1e9],
  [
    /[ \u00a0-]?(?:millions?|mn|mln|mio\.?|millionen|millones|milh(?:ões|ão)|milioni|miljoen|miljoner|millón)(?![a-zà-ÿ])/iy,
    1e6,
  ],
  [/[ \u00a0-]?(?:crores?)(?![a-z])/iy, 1e7],
  [/[ \u00a0-]?(?:lakhs?)(?![a-z])/iy, 1e5],
  [/[ \u00a0-]?(?:thousand|tausend|mila|mil|mille|tusen|duizend)(?![a-zà-ÿ])/iy, 1e3],
  [/[ \u00a0-]?hundred(?![a-z])/iy, 100],
  [/ ?dozen(?![a-z])/iy, 12],
  [/[Kk](?![\p{L}\d])/uy, 1e3],
  [/[Bb](?![\p{L}\d])/uy, 1e9],
  [/M(?![\p{L}\d])|[ \u00a0\u202f]M(?=\s?[$€£])/uy, 1e6],
  [/[ \u00a0\u202f]?Mds?(?=\s?[$€£])/uy, 1e9],
];
/** `44m tonnes`, `3m people`: before a unit or people `m` is a million. */
const COUNTED_MILLION = /m(?=\s(\p{L}+))/uy;
const PEOPLE = /^(?:people|users|customers|visitors|passengers|readers|viewers|voters|jobs|homes|cars|copies)$/;

function isMillionOf(text: string, to: number): boolean {
  COUNTED_MILLION.lastIndex = to;
  const noun = COUNTED_MILLION.exec(text)?.[1];
  return noun !== undefined && (PEOPLE.test(noun) || (noun.length > 2 && unitAt(text, to + 1) !== undefined));
}

/** After a currency `m` is a million. */
const MONEY_MILLION = /[ ]?m(?![\p{L}\d])/uy;
const signs = new Map<string, '.' | ','>();
const MAX_LANGUAGES = 200;

/** The decimal sign that a language's figures use. */
export function decimalSign(lang: string): '.' | ',' {
  const known = signs.get(lang);
  if (known !== undefined) return known;
  const sign = readDecimalSign(lang);
  if (signs.size < MAX_LANGUAGES) signs.set(lang, sign);
  return sign;
}

function readDecimalSign(lang: string): '.' | ',' {
  try {
    return new Intl.NumberFormat(lang).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value === ','
      ? ','
      : '.';
  } catch {
    return '.'; // not a language tag
  }
}

/** Languages in which an English number is another word: `eine halbe Million`. */
const OTHER_WORDS = /^(?:de|fr|es|it|pt|nl|sv|da|nb|no|pl|cs|fi|tr|ru)\b/;

export function findNumerals(text: string, lang: string, taken: Uint8Array): Numeral[] {
  const sign = decimalSign(lang === 'und' ? 'en' : lang);
  const found: Numeral[] = [];
  let end = 0;
  for (const match of text.matchAll(FIGURE)) {
    if (match.index < end || taken[match.index] === 1) continue;
    const numeral = readFigure(text, match.index, match[0], sign);
    if (numeral === undefined) continue;
    found.push(numeral);
    end = numeral.to;
  }
  const covered = new Uint8Array(text.length);
  for (const { from, to } of found) covered.fill(1, from, to);
  const english = OTHER_WORDS.test(lang) ? [] : findEnglishNumbers(text);
  const spelled = [...english, ...findKoreanNumbers(text), ...findUnitsAlone(text, lang)]
    .filter(({ from, to }) => !covered.subarray(from, to).includes(1) && taken[from] !== 1)
    .map(({ value, from, to }) => ({ value, from, to, others: [], step: stepOfWords(value), spelled: true }));
  return withoutOverlaps([...found, ...spelled].sort((a, b) => a.from - b.from || b.to - a.to));
}

/** `half a kilo`, `three quarters of an hour`, `a litre of`: the article counts one. */
const PART_ALONE = /\b(half|(?:a|one|two|three)[ -](?:quarters?|thirds?|half) of)\s(?:an?|one)(?=\s\p{L})/giu;
const ONE_ALONE =
  /\b()an?(?=\s(?:kilo|kilogram|gram|lit(?:re|er)|gallon|pint|hectare|acre|decade|century|fortnight)\b|\shour and )/giu;
const GERMAN_ALONE = /(?<!\p{L})(?:ein(?:e[nmrs]?)?\s)?(halbe[nmrs]?|viertel|dreiviertel)(?=\s?\p{L})/giu;
const PARTS: Readonly<Record<string, number>> = { quarter: 1 / 4, third: 1 / 3, half: 1 / 2 };
const COUNTS: Readonly<Record<string, number>> = { two: 2, three: 3 };

function partOfOne(words: string): number {
  const [count = '', part = ''] = words.toLowerCase().split(/[ -]/);
  if (count === 'half' || count.startsWith('halb')) return 1 / 2;
  if (count.endsWith('viertel')) return count.startsWith('drei') ? 3 / 4 : 1 / 4;
  return (COUNTS[count] ?? 1) * (PARTS[part.replace(/s$/, '')] ?? 1);
}

function findUnitsAlone(
  text: string,
  lang: string,
): { readonly value: number; readonly from: number; readonly to: number }[] {
  const patterns = /^(?:de|lb)\b/.test(lang) ? [GERMAN_ALONE] : [PART_ALONE, ONE_ALONE];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const to = match.index + match[0].length;
      if (unitAt(text, to, lang) === undefined) return [];
      return [{ value: match[1] === '' ? 1 : partOfOne(match[1] ?? ''), from: match.index, to }];
    }),
  );
}

function withoutOverlaps(numerals: readonly Numeral[]): Numeral[] {
  let end = -1;
  return numerals.filter(({ from, to }) => {
    if (from < end) return false;
    end = to;
    return true;
  });
}

/** `6 1/2`, `6½`: a whole number and a part. */
const MIXED = /^(?:[ -](\d)\/(\d{1,2})(?![\d/])|\s?([½⅓⅔¼¾⅛⅜⅝⅞]))/;
const SIGNS: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅛': 1 / 8,
  '⅜': 3 / 8,
  '⅝': 5 / 8,
  '⅞': 7 / 8,
};

function partOf([, above, below, sign = '']: RegExpExecArray): number {
  return above === undefined ? (SIGNS[sign] ?? 0) : Number(above) / Number(below);
}

function readFigure(text: string, from: number, raw: string, sign: '.' | ','): Numeral | undefined {
  const readings = readingsOf(raw, sign);
  const [value = 0, ...others] = readings.values;
  let to = from + readings.length;
  const decimals = /[.,](\d+)$/.exec(raw.slice(0, readings.length))?.[1] ?? '';
  const isDecimal = !Number.isInteger(value);
  const step = isDecimal ? 0.5 * 10 ** -decimals.length : stepOf(value);
  const mixed = decimals === '' ? MIXED.exec(text.slice(to, to + 7)) : null;
  if (mixed !== null) {
    const part = partOf(mixed);
    if (part > 0 && part < 1)
      return { value: value + part, others: [], step: 0, from, to: to + mixed[0].length, spelled: false };
  }
  const east = readEast(text, to, value);
  if (east !== undefined) return { ...east, others: [], from, spelled: false };
  // Digits followed by letters are a name: 5G, 4x4, 3D; units and ordinals are read elsewhere.
  for (const [pattern, size] of MAGNITUDES) {
    pattern.lastIndex = to;
    const found = pattern.exec(text);
    if (found === null) continue;
    to += found[0].length;
    return {
      value: round(value * size),
      others: others.map((other) => round(other * size)),
      step: step * size,
      from,
      to,
      spelled: false,
      magnitude: size,
    };
  }
  MONEY_MILLION.lastIndex = to;
  const isMoney = /[$€£₩¥₹]\s?$/.test(text.slice(Math.max(0, from - 2), from)) || isMillionOf(text, to);
  const million = isMoney ? MONEY_MILLION.exec(text) : null;
  if (million !== null)
    return {
      value: round(value * 1e6),
      others: [],
      step: step * 1e6,
      from,
      to: to + million[0].length,
      spelled: false,
    };
  return { value, others, step, from, to, spelled: false };
}

/** Possible readings of the figures, most likely first, and the number of characters read. */
function readingsOf(raw: string, sign: '.' | ','): { readonly values: readonly number[]; readonly length: number } {
  const group = sign === '.' ? ',' : '.';
  const space = sign === '.' ? raw.indexOf(' ') : -1; // only languages with a decimal comma group by plain spaces
  if (space !== -1) return { values: [Number(raw.slice(0, space))], length: space };
  const plain = raw.replace(/['’\u00a0\u202f ]/g, '');
  const asGrouped = (by: string, decimal: string) => Number(plain.replaceAll(by, '').replace(decimal, '.'));
  const signs = plain.match(/[.,]/g) ?? [];
  if (signs.length === 0) return { values: [Number(plain)], length: raw.length };
  const last = signs.at(-1) ?? '.';
  if (new Set(signs).size === 2) return { values: [asGrouped(last === '.' ? ',' : '.', last)], length: raw.length };
  if (signs.length > 1) return { values: [asGrouped(last, '~')], length: raw.length }; // 1.500.000, 1,23,456
  const isThree = /[.,]\d{3}$/.test(plain) && !/^0/.test(plain);
  const decimal = Number(plain.replace(last, '.'));
  const whole = Number(plain.replace(last, ''));
  if (last === group)
    return isThree
      ? { values: sign === '.' ? [whole] : [whole, decimal], length: raw.length }
      : foreign(plain, raw, last, decimal);
  return isThree && sign === ','
    ? { values: [decimal, whole], length: raw.length }
    : { values: [decimal], length: raw.length };
}

/** `1,5` on a page with points for decimals is two numbers of a list; `1.5` on one with commas is a decimal or a version. */
function foreign(
  plain: string,
  raw: string,
  last: string,
  decimal: number,
): { readonly values: readonly number[]; readonly length: number } {
  return last === ','
    ? { values: [Number(plain.split(',')[0])], length: raw.indexOf(',') }
    : { values: [decimal], length: raw.length };
}

/** `two and a half` is a half, or nearly one. */
function stepOfWords(value: number): number {
  return value % 1 === 0.5 ? 0.25 : stepOf(value);
}

/** Trailing zeros of a whole number may be rounded ones. */
function stepOf(value: number): number {
  if (!Number.isInteger(value) || value === 0) return 0.05;
  let step = 0.5;
  for (let rest = value; rest % 10 === 0 && rest !== 0; rest /= 10) step *= 10;
  return step;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
