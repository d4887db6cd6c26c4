/** Figures to calculate with that a text writes as parts of others: years of dates, ends of ranges, sides of results. Pure. */

import type { Quantity } from '../quantities/quantity.ts';

const YEAR = 365.25 * 86_400;

/** `at the age of 87`, `she was 32`: years without their name. */
export function isYearCount({ dimension, kind, nouns, value }: Quantity): boolean {
  return dimension === 'count' && kind === 'plain' && nouns.length === 0 && Number.isInteger(value) && value < 200;
}

/** Years in the dimension of the post. */
export const yearsAs = (post: Quantity, years: number): { readonly value: number; readonly dimension: string } =>
  isYearCount(post) ? { value: years, dimension: 'count' } : { value: years * YEAR, dimension: 'time' };

/** `734 out of 1,000`: a share, and the number itself. */
const OUT_OF = /^([\d,]{1,9})\sout of\s/;

export function endsOf(quantity: Quantity): Quantity[] {
  const part = Number(OUT_OF.exec(quantity.raw)?.[1]?.replaceAll(',', ''));
  if (part > 20) {
    const count = {
      ...quantity,
      kind: 'plain' as const,
      dimension: 'count',
      value: part,
      high: part,
      raw: String(part),
    };
    return [quantity, { ...count, step: 0.5, index: quantity.index + 1 }];
  }
  if (quantity.kind === 'pair') return scoresOf(quantity);
  if (quantity.kind !== 'range') return [quantity];
  const [low = quantity.raw, high = quantity.raw] = quantity.raw.split(
    /\s?(?:[–~∼〜～]|\bto\b|\band\b|에서\s|(?<=\d)-)\s?/,
  );
  return [
    { ...quantity, kind: 'plain', high: quantity.value, raw: low, end: quantity.end - 1 },
    { ...quantity, kind: 'plain', value: quantity.high, raw: high, index: quantity.index + 1 },
  ];
}

/** Both sides of a result: `13-11`. */
function scoresOf(quantity: Quantity): Quantity[] {
  const side = (value: number, index: number): Quantity => ({
    ...quantity,
    kind: 'plain',
    value,
    high: value,
    raw: String(value),
    step: 0.5,
    index,
  });
  return [{ ...side(quantity.value, quantity.index), end: quantity.end - 1 }, side(quantity.high, quantity.index + 1)];
}

export function yearOf(year: number, raw: string, index: number): Quantity {
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
