import { expect, test } from 'vitest';
import { findDates } from '../../../src/stages/check/dates/dates.ts';
import { findKnownDate } from '../../../src/stages/check/dates/known-date.ts';

test.each<
  [
    string,
    readonly (readonly [year: number | undefined, month: number | undefined, day: number | undefined, raw: string])[],
  ]
>([
  ['on 2024-05-04', [[2024, 5, 4, '2024-05-04']]],
  [
    '2024년 5월 4일, 2023년 11월, 6월 7일, 1999년',
    [
      [2024, 5, 4, '2024년 5월 4일'],
      [2023, 11, undefined, '2023년 11월'],
      [undefined, 6, 7, '6월 7일'],
      [1999, undefined, undefined, '1999년'],
    ],
  ],
  ['on 4 May 2024', [[2024, 5, 4, '4 May 2024']]],
  ['the 3rd of June, 2021', [[2021, 6, 3, '3rd of June, 2021']]],
  [
    'on September 21st, 1902 and Sept. 2 1903',
    [
      [1902, 9, 21, 'September 21st, 1902'],
      [1903, 9, 2, 'Sept. 2 1903'],
    ],
  ],
  [
    'in December 1999 or Feb, 2000',
    [
      [1999, 12, undefined, 'December 1999'],
      [2000, 2, undefined, 'Feb, 2000'],
    ],
  ],
  ['on 1 April', [[undefined, 4, 1, '1 April']]],
  ['on Aug 12', [[undefined, 8, 12, 'Aug 12']]],
  ['it may 12 percent', []],
  ['march 5 million', []],
  ['1 Mayor', []],
  ['January 1450', [[1450, 1, undefined, 'January 1450']]],
  ['2024. 5. 9.에 내렸다', [[2024, 5, 9, '2024. 5. 9.']]],
  [
    'in the 1980s and the nineteenth century',
    [
      [1980, undefined, undefined, '1980s'],
      [1800, undefined, undefined, 'nineteenth century'],
    ],
  ],
  ['until August, said Mr May', [[undefined, 8, undefined, 'August']]],
])('the dates of %j', (text, expected) => {
  expect(findDates(text).map(({ year, month, day, raw }) => [year, month, day, raw])).toEqual(expected);
});

test('dates come in the order of the text, each read once', () => {
  expect(findDates('May 2020, then 4 May 2021').map(({ raw, index }) => [raw, index])).toEqual([
    ['May 2020', 0],
    ['4 May 2021', 15],
  ]);
});

const date = (year?: number, month?: number, day?: number) => ({ year, month, day, raw: '', index: 0 });

test.each([
  ['the same day', date(2024, 5, 4), date(2024, 5, 4), true],
  ['less than the source says', date(2024, 5), date(2024, 5, 4), true],
  ['only the year', date(2024), date(2024, 5, 4), true],
  ['more than the source says', date(2024, 5, 4), date(2024, 5), false],
  ['another day', date(2024, 5, 5), date(2024, 5, 4), false],
  ['another month', date(2024, 6, 4), date(2024, 5, 4), false],
  ['another year', date(2023, 5, 4), date(2024, 5, 4), false],
  ['a year that the source names elsewhere', date(2020, 5, 4), date(undefined, 5, 4), true],
  ['a year that the source names nowhere', date(2021, 5, 4), date(undefined, 5, 4), false],
])('known: %s', (_what, wanted, known, expected) => {
  expect(findKnownDate(wanted, [date(1900), known], (_, year) => year === 2020) === known).toBe(expected);
});

test.each([
  ['de', 'am 9. Mai 2024', [2024, 5, 9]],
  ['fr', 'le 9 mai 2024', [2024, 5, 9]],
  ['es', 'el 9 de mayo de 2024', [2024, 5, 9]],
  ['pt', 'em 9 de maio de 2024', [2024, 5, 9]],
  ['it', 'il 9 maggio 2024', [2024, 5, 9]],
  ['pl', '9 maja 2024', [2024, 5, 9]],
  ['ru', '9 мая 2024', [2024, 5, 9]],
  ['nl', 'op 9 mei 2024', [2024, 5, 9]],
  ['de', 'am 09.05.2024', [2024, 5, 9]],
  ['ja', '2024年5月9日', [2024, 5, 9]],
])('dates in %s: %s', (lang, text, expected) => {
  expect(findDates(text, lang).map(({ year, month, day }) => [year, month, day])).toEqual([expected]);
});
