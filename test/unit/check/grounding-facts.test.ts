import { expect, test } from 'vitest';
import { findDates, findKnownDate } from '../../../src/stages/check/grounding/dates.ts';
import { findNumbers } from '../../../src/stages/check/grounding/numbers.ts';

test.each<[string, readonly (readonly [value: number, unit: string | undefined, raw: string])[]]>([
  ['It has 12 berths.', [[12, undefined, '12']]],
  [
    'It rose by 4.5 percent, then 3 %, 2% and 1 percentage point.',
    [
      [4.5, 'percent', '4.5'],
      [3, 'percent', '3'],
      [2, 'percent', '2'],
      [1, 'percent', '1'],
    ],
  ],
  [
    'It cost $1,200.50, € 30, £7, ₩5000 or ¥9.',
    [
      [1200.5, 'dollar', '$1,200.50'],
      [30, 'euro', '€ 30'],
      [7, 'pound', '£7'],
      [5000, 'won', '₩5000'],
      [9, 'yen', '¥9'],
    ],
  ],
  [
    '$2 million and 3bn euros',
    [
      [2e6, 'dollar', '$2 million'],
      [3e9, 'euro', '3bn'],
    ],
  ],
  ['1.1 billion people', [[1.1e9, 'person', '1.1 billion']]],
  [
    '12 000 is spaced by a thin space: 12\u202f000',
    [
      [12, undefined, '12'],
      [0, undefined, '000'],
      [12_000, undefined, '12\u202f000'],
    ],
  ],
  ['1,23 is not grouped', [[1, undefined, '1']]],
  ['A380 and v1.2.3 are names', []],
  [
    '5 km, 6 kilometres, 7 cm, 8 mm, 9 miles, 10 m',
    [
      [5, 'km', '5'],
      [6, 'km', '6'],
      [7, 'cm', '7'],
      [8, 'mm', '8'],
      [9, 'mile', '9'],
      [10, 'meter', '10'],
    ],
  ],
  [
    '3 kg, 4 g, 5 tonnes, 6 MWh, 7 kWh, 8 MW, 9 kW, 10 watts',
    [
      [3, 'kg', '3'],
      [4, 'gram', '4'],
      [5, 'ton', '5'],
      [6, 'mwh', '6'],
      [7, 'kwh', '7'],
      [8, 'mw', '8'],
      [9, 'kw', '9'],
      [10, 'watt', '10'],
    ],
  ],
  [
    '20°, 3 seconds, 4 minutes, 5 hours, 6 days, 7 weeks, 8 months, 9 years',
    [
      [20, 'degree', '20'],
      [3, 'second', '3'],
      [4, 'minute', '4'],
      [5, 'hour', '5'],
      [6, 'day', '6'],
      [7, 'week', '7'],
      [8, 'month', '8'],
      [9, 'year', '9'],
    ],
  ],
  ['4억 1,200만 원이 들었다', [[412_000_000, 'won', '4억 1,200만']]],
  ['3조 5억 원', [[3_000_500_000_000, 'won', '3조 5억']]],
  [
    '3만 4만',
    [
      [30_000, undefined, '3만'],
      [40_000, undefined, '4만'],
    ],
  ],
  [
    '5천 명과 2천만 원, 백만',
    [
      [5000, 'person', '5천'],
      [2e7, 'won', '2천만'],
    ],
  ],
  [
    '30개월 동안 12번',
    [
      [30, 'month', '30'],
      [12, 'times', '12'],
    ],
  ],
  [
    'twenty-one berths, two hundred boats, thirty million',
    [
      [21, undefined, 'twenty-one'],
      [200, undefined, 'two hundred'],
      [3e7, undefined, 'thirty million'],
    ],
  ],
  [
    'Seven years and ten four',
    [
      [7, 'year', 'Seven'],
      [10, undefined, 'ten four'],
    ],
  ],
  [
    '배 열두 척, 세 명, 스무 살',
    [
      [12, undefined, '열두'],
      [3, 'person', '세'],
      [20, undefined, '스무'],
    ],
  ],
  ['someone oneself phone', []],
])('the numbers of %j', (text, expected) => {
  expect(findNumbers(text).map(({ value, unit, raw }) => [value, unit, raw])).toEqual(expected);
});

test('a number tells where it stands and whether it is spelled, in the order of the text', () => {
  expect(findNumbers('two of 12')).toEqual([
    { value: 2, unit: undefined, raw: 'two', index: 0, spelled: true },
    { value: 12, unit: undefined, raw: '12', index: 7, spelled: false },
  ]);
});

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
  ['January 1450', [[undefined, 1, 14, 'x']].slice(1) as []],
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
  expect(findKnownDate(wanted, [date(1900), known], new Set([2020])) === known).toBe(expected);
});
