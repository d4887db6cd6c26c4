/** Figures that are names and not amounts (versions, telephone numbers, articles of a law), and times of day. Pure. */

import { boundAt } from './bounds.ts';
import { decimalSign } from './numbers/numerals.ts';
import type { Quantity } from './quantity.ts';

/** Common members of a figure that is read as a name. */
export const base = (index: number, raw: string) => ({
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
  /(?<=\b(?:version|release|firmware|v)\s?|버전\s?)(\d{1,4}\.\d{1,5})(?!\d|\.\d)/giu,
  /(?<![\p{L}\d.,-])(\d{1,2}\.\d{1,3})(?=\s?버전)/gu,
  /(?<![\p{L}\d-])(\+?\d{1,4}[- ]\d{3,4}[- ]\d{3,4}|\d{3}-\d{4}|0\d{1,4}[-/ ]\d{5,8})(?![\d-])/gu, // telephone
];

/** Versions and telephone numbers. */
export function findCodes(text: string, lang: string): Quantity[] {
  return NAMES.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) =>
      isGrouped(match[0], lang) ? [] : [code(match.index, match[0], `#${(match[1] ?? '').replace(/[^\d.]/g, '')}`)],
    ),
  );
}

/** `1.396.342` is a number of a language that groups by points; `10.100.200.104` is the address of a machine. */
function isGrouped(raw: string, lang: string): boolean {
  if (/^[1-9]\d{0,2}(?: \d{3})+$/.test(raw) && decimalSign(lang) === ',') return true;
  if (!/^\d{1,3}(?:\.\d{3}){2,}$/.test(raw)) return false;
  const groups = raw.split('.');
  return groups.length !== 4 || groups.some((group) => Number(group) > 255);
}

const CLOCK =
  /(?<![\d.,:/])(?:(오전|오후|밤|새벽|아침|저녁|낮|정오|上午|早上|凌晨|中午|下午|晚上|午前|午後|早朝|夜)\s?)?(\d{1,2})(?:[:.](\d{2})(?!\d|[.:]\d)\s?(a\.?m\b\.?|p\.?m\b\.?|uhr|h\b)?|\s?(a\.?m\b\.?|p\.?m\b\.?|o[’']clock|uhr\b)|\s?(?:시(?!간|즌|장|민|작|도)|[时時](?![間间代期])|点(?=\d|半|[，。、]|开|结|に|から|まで))(?:\s?(\d{1,2})[분分](\s?전)?|\s?([반半]))?)/giu;
const CLOCK_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\bnoon\b|정오/gi, 720],
  [/\bmidnight\b|자정/gi, 0],
];

export function findClocks(text: string): Quantity[] {
  const times = [...text.matchAll(CLOCK)].flatMap((match) => {
    const minutes = minutesOf(match);
    return minutes === undefined
      ? []
      : [
          {
            ...base(match.index, match[0].trimEnd()),
            kind: 'clock' as const,
            dimension: 'clock',
            ...minutes,
            bound: boundAt(text, match.index, match.index + match[0].trimEnd().length),
          },
        ];
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

/** Minutes since midnight; `high` is the second reading where a.m. or p.m. is not stated. */
function minutesOf(match: RegExpMatchArray): Pick<Quantity, 'value' | 'high'> | undefined {
  const [raw, part = '', hours = '', colon, half1 = '', half2 = '', ownMinutes, isBefore, halfPast] = match;
  const hour = Number(hours);
  const minute = Number(colon ?? ownMinutes ?? (halfPast === undefined ? 0 : 30));
  const half = (half1 || half2).toLowerCase();
  // `2.30` and `12.50` without a word for time are amounts.
  if (colon !== undefined && raw.includes('.') && !/:/.test(raw) && half === '' && part === '') return undefined;
  if (hour > 24 || minute > 59) return undefined;
  const isNight = /밤|晚上|夜/.test(part);
  const isAfternoon = /^p/.test(half) || /오후|저녁|낮|下午|午後/.test(part) || (isNight && hour >= 6 && hour < 12);
  const isMorning =
    /^a/.test(half) || /오전|새벽|아침|上午|早上|凌晨|午前|早朝/.test(part) || (isNight && (hour < 6 || hour === 12));
  if (isAfternoon || isMorning) {
    const time = (hour % 12) * 60 + (isAfternoon ? 720 : 0);
    // `11시 5분 전` is five to eleven, or any time before 11:05.
    return { value: time + minute, high: isBefore === undefined ? time + minute : (time - minute + 1440) % 1440 };
  }
  const value = (hour % 24) * 60 + minute;
  return hour >= 13 || hour === 0 || /^0/.test(hours) ? same(value) : { value, high: (value + 720) % 1440 };
}

function same(value: number): Pick<Quantity, 'value' | 'high'> {
  return { value, high: value };
}
