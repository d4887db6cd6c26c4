/** Ages by tens: `in their early forties`, `30대 초반`. Pure. */

import { base } from './figure-names.ts';
import type { Quantity } from './quantity.ts';

const TENS = ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties'];
const AGES: readonly RegExp[] = [
  new RegExp(
    `(?<=\\b(?:his|her|their|your|our|my)\\s(?:(?:early|mid|late)[-\\s])?)(?:(${TENS.join('|')})|([2-9]0)s)\\b`,
    'gi',
  ),
  /(?<![\d.,])()([1-9]0)대(?=\s?(?:초반|중반|후반|남성|여성|남녀|청년|직장인|부부))/g,
];

export function findAges(text: string): Quantity[] {
  return AGES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const [raw, word = '', figure = ''] = match;
      const value = figure === '' ? 20 + 10 * TENS.indexOf(word.toLowerCase()) : Number(figure);
      return { ...base(match.index, raw), kind: 'plain' as const, dimension: 'age', value, high: value };
    }),
  );
}
