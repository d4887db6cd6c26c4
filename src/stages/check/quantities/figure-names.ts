/** Figures that are names and no amounts (versions, telephone numbers, articles of a law), and times of day. Pure. */

import type { Quantity } from './quantity.ts';

const base = (index: number, raw: string) => ({
  index,
  end: index + raw.length,
  raw,
  others: [],
  step: 0,
  unitSize: 1,
  bound: 'exact' as const,
  nouns: [],
  spelled: false,
});

export function code(index: number, raw: string, name: string): Quantity {
  return { ...base(index, raw), kind: 'code', dimension: 'code', value: 0, high: 0, code: name };
}

const NAMES: readonly RegExp[] = [
  /(?<![\p{L}\d.])v?(\d{1,4}(?:\.\d{1,5}){2,4})(?![\d])/gu, // version, address of a machine
  /(?<=\b(?:version|release|firmware|v)\s?|버전\s?)(\d{1,4}\.\d{1,5})(?![\d.])/giu,
  /(?<![\p{L}\d.,-])(\d{1,2}\.\d{1,3})(?=\s?버전)/gu,
  /(?<![\p{L}\d-])(\+?\d{1,4}[- ]\d{3,4}[- ]\d{3,4}|\d{3}-\d{4}|0\d{1,4}[-/ ]\d{5,8})(?![\d-])/gu, // telephone
];

/** Versions and telephone numbers. */
export function findCodes(text: string): Quantity[] {
  return NAMES.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) =>
      code(match.index, match[0], `#${(match[1] ?? '').replace(/[^\d.]/g, '')}`),
    ),
  );
}

const CLOCK =
  /(?<![\d.,:/])(?:(오전|오후|밤|새벽|아침|저녁|낮|정오)\s?)?(\d{1,2})(?:[:.](\d{2})(?!\d|[.:]\d)\s?(a\.?m\b\.?|p\.?m\b\.?|uhr|h\b)?|\s?(a\.?m\b\.?|p\.?m\b\.?|o[’']clock|uhr\b)|\s?시(?!간|즌|장|민|작|도)(?:\s?(\d{1,2})분|\s?(반))?)/giu;
const CLOCK_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\bnoon\b|정오/gi, 720],
  [/\bmidnight\b|자정/gi, 0],
];

export function findClocks(text: string): Quantity[] {
  const times = [...text.matchAll(CLOCK)].flatMap((match) => {
    const minutes = minutesOf(match);
    return minutes === undefined
      ? []
      : [{ ...base(match.index, match[0].trimEnd()), kind: 'clock' as const, dimension: 'clock', ...minutes }];
  });
  const named = CLOCK_WORDS.flatMap(([pattern, value]) =>
    [...text.matchAll(pattern)].map((match) => ({
      ...base(match.index, match[0]),
      kind: 'clock' as const,
      dimension: 'clock',
      value,
      high: value,
    })),
  );
  return [...times, ...named];
}

/** Minutes of the day; `high` is the second reading where forenoon or afternoon is not said. */
function minutesOf(match: RegExpMatchArray): Pick<Quantity, 'value' | 'high'> | undefined {
  const [raw, part = '', hours = '', colon, half1 = '', half2 = '', koreanMinutes, halfPast] = match;
  const hour = Number(hours);
  const minute = Number(colon ?? koreanMinutes ?? (halfPast === undefined ? 0 : 30));
  const half = (half1 || half2).toLowerCase();
  // `2.30` and `12.50` without a word for time are amounts.
  if (colon !== undefined && raw.includes('.') && !/:/.test(raw) && half === '' && part === '') return undefined;
  if (hour > 24 || minute > 59) return undefined;
  const isNight = /밤/.test(part);
  const isAfternoon = /^p/.test(half) || /오후|저녁|낮/.test(part) || (isNight && hour >= 6 && hour < 12);
  const isMorning = /^a/.test(half) || /오전|새벽|아침/.test(part) || (isNight && (hour < 6 || hour === 12));
  if (isAfternoon) return same((hour % 12) * 60 + 720 + minute);
  if (isMorning) return same((hour % 12) * 60 + minute);
  const value = (hour % 24) * 60 + minute;
  return hour >= 13 || hour === 0 || /^0/.test(hours) ? same(value) : { value, high: (value + 720) % 1440 };
}

function same(value: number): Pick<Quantity, 'value' | 'high'> {
  return { value, high: value };
}
