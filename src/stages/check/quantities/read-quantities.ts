/** Reads the quantities of a text: in English and Korean figures and words, in other languages only figures. Pure. */

import { findAges } from './ages.ts';
import { boundAt } from './bounds.ts';
import { findClocks, findCodes } from './figure-names.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { nounsAt } from './nouns.ts';
import { findDayWords } from './numbers/day-words.ts';
import { findNumerals, type Numeral } from './numbers/numerals.ts';
import { findOrdinals } from './numbers/ordinals.ts';
import type { Quantity } from './quantity.ts';
import { findShares } from './shares.ts';
import { ALSO, currencyBefore, perTime, type Unit, unitAt } from './units.ts';

/** `dates`: ranges of the text that are dates. */
export function readQuantities(
  text: string,
  lang: string,
  dates: readonly { readonly index: number; readonly raw: string }[],
): Quantity[] {
  const taken = new Uint8Array(text.length);
  for (const { index, raw } of dates) taken.fill(1, index, index + raw.length);
  const named = [
    ...findCodes(text, lang),
    ...findClocks(text),
    ...findShares(text).map((share) => shareOf(text, share)),
    ...findOrdinals(text),
    ...findAges(text),
    ...findDayWords(text),
  ].filter(({ index, end }) => {
    if (taken.subarray(index, end).includes(1)) return false;
    taken.fill(1, index, end);
    return true;
  });
  const atoms = findNumerals(text, lang, taken).flatMap((numeral) => quantityOf(text, numeral, taken, lang));
  return joinNeighbours(
    [...named, ...atoms].sort((a, b) => a.index - b.index),
    text,
  );
}

function shareOf(text: string, { from, to, value, kind, dimension }: ReturnType<typeof findShares>[number]): Quantity {
  return {
    kind,
    dimension,
    value,
    high: value,
    others: [],
    step: 0,
    unitSize: 1,
    bound: boundAt(text, from, to),
    nouns: [],
    raw: text.slice(from, to),
    index: from,
    end: to,
    spelled: true,
  };
}

const COUNT: Unit = { dimension: 'count', size: 1 };
const POINTS: Unit = { dimension: 'points', size: 0.01 };
const POINT = /^(?:point|punto|punti|ponto)$/;

/** Between a magnitude and its unit: `1,2 million de dollars`. */
const OF = /^\s(?:de\s|d[’']|di\s)/;

function quantityOf(
  text: string,
  { value, others, step, from, to, spelled, magnitude }: Numeral,
  taken: Uint8Array,
  lang: string,
): Quantity[] {
  const currency = currencyBefore(text, from);
  // `95만 6천여 달러`: a little more than so many.
  const more = /^(?:여(?=\s?[가-힣])|[余多](?=\p{L}))/u.exec(text.slice(to, to + 3))?.[0].length ?? 0;
  const link = /\p{L}$/u.test(text.slice(from, to)) ? (OF.exec(text.slice(to, to + 4))?.[0].length ?? 0) : 0;
  const found = currency === undefined ? unitAt(text, to + more + link, lang) : undefined;
  const isSplit = found !== undefined && taken.subarray(to, found.end).includes(1);
  const after = isSplit ? undefined : found;
  const measured = after === undefined ? undefined : (perTime(text, from, after.unit) ?? after.unit);
  const unit = currency?.unit ?? measured ?? yearUnit(text, { value, from, to, spelled }) ?? COUNT;
  const half = after === undefined ? 0 : halfAfter(text, after.end);
  const end = (after?.end ?? to) + half;
  const amount = half === 0 ? value : value + 0.5;
  const index = currency?.start ?? from;
  const nouns = unit.dimension === 'count' ? nounsAt(text, index, end + (after === undefined ? more : 0)) : [];
  // `ten points above` of shares, or of a result.
  const alternatives = ALSO[unit.dimension] ?? (POINT.test(nouns[0] ?? '') ? [POINTS] : []);
  return [
    {
      kind: 'plain',
      dimension: unit.dimension,
      value: amount * unit.size,
      high: amount * unit.size,
      others: [
        ...otherScale(unit, value),
        ...others.map((other) => ({ ...unit, value: other * unit.size })),
        ...alternatives.map((other) => ({ ...other, value: value * other.size })),
        ...(isAge(text, { value, from, to, spelled })
          ? [{ dimension: 'time', size: YEARS, value: value * YEARS }]
          : []),
      ],
      step: step * unit.size,
      unitSize: unit.size,
      bound: more > 0 ? 'about' : boundAt(text, index, koreanEnd(text, end)),
      nouns,
      raw: text.slice(index, end).trim(),
      index,
      end,
      spelled,
      ...(magnitude === undefined ? {} : { magnitude }),
    },
  ];
}

const HALF =
  /^(?:\s?반(?=[\s,.]|간|쯤|가량|정도|만에|동안|이|을|의|에|$)|\s?半(?!\p{L}{0,1}[径数分])|\sand\sa\shalf\b)/u;

/** `2시간 반`, `1時間半`, `two hours and a half`: length of what adds half a unit. */
function halfAfter(text: string, end: number): number {
  return HALF.exec(text.slice(end, end + 12))?.[0].length ?? 0;
}

/** A temperature on the other scale. */
function otherScale({ dimension }: Unit, value: number): readonly (Unit & { readonly value: number })[] {
  if (dimension === 'fahrenheit') return [{ dimension: 'degree', size: 5 / 9, value: ((value - 32) * 5) / 9 }];
  return dimension === 'degree' ? [{ dimension: 'fahrenheit', size: 9 / 5, value: (value * 9) / 5 + 32 }] : [];
}

const YEARS = 365.25 * 86_400;

/** `Ann Lee, 61, who`, `이서준(29·회사원)`: a figure right after a name is an age. */
function isAge(
  text: string,
  { value, from, to, spelled }: Pick<Numeral, 'value' | 'from' | 'to' | 'spelled'>,
): boolean {
  if (spelled || !Number.isInteger(value) || value < 1 || value > 110) return false;
  return (
    /\p{L}(?:, |\s?[(（])$/u.test(text.slice(Math.max(0, from - 3), from)) &&
    /^(?:,|\s?[)）·])/.test(text.slice(to, to + 2))
  );
}

const YEAR: Unit = { dimension: 'year', size: 1 };

function yearUnit(
  text: string,
  { value, from, to, spelled }: Pick<Numeral, 'value' | 'from' | 'to' | 'spelled'>,
): Unit | undefined {
  if (spelled || to - from !== 4 || value < 1000 || value > 2199 || !Number.isInteger(value)) return undefined;
  return /^\d{4}$/.test(text.slice(from, to)) ? YEAR : undefined;
}

/** Where a Korean counter ends, after which words such as 넘 and 쯤 stand. */
function koreanEnd(text: string, end: number): number {
  const counter = /^\s?(?:명|개|대|번|곳|살|척|가지|그루|마리|권|호|채|점|골|장|원|달러|가구|건)/.exec(
    text.slice(end, end + 6),
  )?.[0];
  return end + (counter?.length ?? 0);
}
