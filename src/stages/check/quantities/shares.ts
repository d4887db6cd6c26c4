/** Shares, fractions and multiples in words. Pure. */

import type { Quantity } from './quantity.ts';
import { unitAt } from './units.ts';

type Found = Pick<Quantity, 'kind' | 'dimension' | 'value'> & { readonly from: number; readonly to: number };

const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  halves: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twentieth: 20,
  hundredth: 100,
  thousandth: 1000,
};
const COUNTS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
const part = Object.keys(PARTS).join('|');

/** `a third of`, `two thirds`, `three-quarters`; `the third`, `a third bus` are ranks. */
const FRACTION = new RegExp(
  `\\b(${Object.keys(COUNTS).join('|')})[\\s-](${part})(s?)\\b(?!-|\\s(?:place|time|year old|hour|century|edition|floor|row|goal|title|day|week|month|year)\\b)`,
  'gi',
);
const HALF =
  /\b(?:half(?= (?:of|the|its|their|his|her|our|that|those|these|all)\b)|(?<=\b(?:by|nearly|almost|about|than|in|over|under|to) )half\b(?!-|\s(?:an?|past)\s))/gi;
const KOREAN_HALF = /(?<![가-힣])(?:절반|반수|과반)/g;
const SIGNS: Readonly<Record<string, number>> = {
  '½': 1 / 2,
  '⅓': 1 / 3,
  '⅔': 2 / 3,
  '¼': 1 / 4,
  '¾': 3 / 4,
  '⅕': 1 / 5,
  '⅖': 2 / 5,
  '⅗': 3 / 5,
  '⅘': 4 / 5,
  '⅛': 1 / 8,
};
const MULTIPLES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:doubl(?:e[ds]?|ing)|twice(?= (?:as|the|its|their|that|what))|twofold)\b/gi, 2],
  [/\b(?:tripl(?:e[ds]?|ing)|trebl(?:e[ds]?|ing)|thrice|threefold)\b/gi, 3],
  [/\b(?:quadrupl(?:e[ds]?|ing)|fourfold)\b/gi, 4],
  [/\bfivefold\b/gi, 5],
  [/\btenfold\b/gi, 10],
  [/\bhalv(?:e[ds]?|ing)\b/gi, 0.5],
  [/(?<![가-힣])(?:갑절|곱절)/g, 2],
];

/** `twice a day` */
const FREQUENCY = /\b(once|twice)\s(?:an?|per|each|every)\s(hour|day|week|month|year)\b/gi;
const SPANS: Readonly<Record<string, number>> = {
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: (365.25 * 86_400) / 12,
  year: 365.25 * 86_400,
};

/** `an hour and a half`: the half is one of the unit before. */
function endsWithUnit(text: string, at: number): boolean {
  const word = /(?<![a-z])[a-z]{3,10}\sand\s$/i.exec(text.slice(Math.max(0, at - 24), at));
  return word !== null && unitAt(text, at - word[0].length) !== undefined;
}

export function findShares(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(FRACTION)) {
    const [raw, count = '', of = '', plural = ''] = match;
    const [numerator, denominator] = [COUNTS[count.toLowerCase()] ?? 1, PARTS[of.toLowerCase()] ?? 1];
    if ((plural === 's' || of === 'halves') !== numerator > 1) continue;
    if (/\p{L}\sand\s$/u.test(text.slice(Math.max(0, match.index - 6), match.index)) && endsWithUnit(text, match.index))
      continue;
    const follows = text.slice(match.index + raw.length, match.index + raw.length + 12);
    if (
      numerator === 1 &&
      !(/^one$/i.test(count) && denominator > 2) &&
      !/^(?:\s(?:of|as|more|less|fewer|in|the|up|down|to|from|are|is|was|were|have|has|had|will)\b|\s?[.,;:!?)]|\s*$)/.test(
        follows,
      )
    )
      continue;
    const ofOne = /^\sof (?:an?|one)(?=\s)/.exec(follows)?.[0].length;
    if (ofOne !== undefined && unitAt(text, match.index + raw.length + ofOne) !== undefined) continue;
    found.push({
      kind: 'share',
      dimension: 'share',
      value: numerator / denominator,
      from: match.index,
      to: match.index + raw.length,
    });
  }
  for (const pattern of [HALF, KOREAN_HALF])
    for (const match of text.matchAll(pattern))
      found.push({
        kind: 'share',
        dimension: 'share',
        value: 0.5,
        from: match.index,
        to: match.index + match[0].length,
      });
  for (const match of text.matchAll(/[½⅓⅔¼¾⅕⅖⅗⅘⅛]/g))
    if (!/\d\s?$/.test(text.slice(Math.max(0, match.index - 2), match.index)))
      found.push({
        kind: 'share',
        dimension: 'share',
        value: SIGNS[match[0]] ?? 0,
        from: match.index,
        to: match.index + 1,
      });
  for (const match of text.matchAll(FREQUENCY))
    found.push({
      kind: 'rate',
      dimension: 'interval',
      value: (SPANS[(match[2] ?? '').toLowerCase()] ?? 1) / (/^o/i.test(match[1] ?? '') ? 1 : 2),
      from: match.index,
      to: match.index + match[0].length,
    });
  for (const match of text.matchAll(/\bequal (?:parts|amounts|measures|quantities)\b|같은 (?:양|비율)/gi))
    found.push({ kind: 'pair', dimension: 'count', value: 1, from: match.index, to: match.index + match[0].length });
  for (const [pattern, value] of MULTIPLES)
    for (const match of text.matchAll(pattern))
      found.push({
        kind: 'multiple',
        dimension: 'multiple',
        value,
        from: match.index,
        to: match.index + match[0].length,
      });
  return found;
}
