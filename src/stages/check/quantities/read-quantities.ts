/** Reads the quantities of a text, English and Korean whole, in other languages by their figures. Pure. */

import { boundAt } from './bounds.ts';
import { findClocks, findCodes } from './figure-names.ts';
import { joinNeighbours } from './join-neighbours.ts';
import { nounsAt } from './nouns.ts';
import { findNumerals, type Numeral } from './numerals.ts';
import { findOrdinals } from './ordinals.ts';
import type { Quantity } from './quantity.ts';
import { findShares } from './shares.ts';
import { ALSO, currencyBefore, type Unit, unitAt } from './units.ts';

/** `dates`: places of the text that dates take up. */
export function readQuantities(
  text: string,
  lang: string,
  dates: readonly { readonly index: number; readonly raw: string }[],
): Quantity[] {
  const taken = new Uint8Array(text.length);
  for (const { index, raw } of dates) taken.fill(1, index, index + raw.length);
  const named = [
    ...findCodes(text),
    ...findClocks(text),
    ...findShares(text).map((share) => shareOf(text, share)),
    ...findOrdinals(text),
  ].filter(({ index, end }) => {
    if (taken.subarray(index, end).includes(1)) return false;
    taken.fill(1, index, end);
    return true;
  });
  const atoms = findNumerals(text, lang, taken).flatMap((numeral) => quantityOf(text, numeral, taken));
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

function quantityOf(text: string, { value, others, step, from, to, spelled }: Numeral, taken: Uint8Array): Quantity[] {
  const currency = currencyBefore(text, from);
  // `95만 6천여 달러`: a little more than so many.
  const more = /^여(?=\s?[가-힣])/.exec(text.slice(to, to + 3))?.[0].length ?? 0;
  const found = currency === undefined ? unitAt(text, to + more) : undefined;
  const isSplit = found !== undefined && taken.subarray(to, found.end).includes(1);
  const after = isSplit ? undefined : found;
  const unit = currency?.unit ?? after?.unit ?? yearUnit(text, { value, from, to, spelled }) ?? COUNT;
  const end = after?.end ?? to;
  const index = currency?.start ?? from;
  const alternatives = ALSO[unit.dimension] ?? [];
  return [
    {
      kind: 'plain',
      dimension: unit.dimension,
      value: value * unit.size,
      high: value * unit.size,
      others: [
        ...others.map((other) => ({ ...unit, value: other * unit.size })),
        ...alternatives.map((other) => ({ ...other, value: value * other.size })),
      ],
      step: step * unit.size,
      unitSize: unit.size,
      bound: more > 0 ? 'about' : boundAt(text, index, koreanEnd(text, end)),
      nouns: unit.dimension === 'count' ? nounsAt(text, index, end + (after === undefined ? more : 0)) : [],
      raw: text.slice(index, end).trim(),
      index,
      end,
      spelled,
    },
  ];
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
