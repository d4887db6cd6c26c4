/** Parses written dates by the language of the page, without guessing. */

import { inGregorian } from './calendars.ts';
import { monthNames } from './month-names.ts';

/** A day in its own zone, with the time only if a zone is stated: a time alone would be read in the zone of the machine. */
export interface WrittenDate {
  /** `2026-05-01` or `2026-05-01T08:00:00+09:00`. */
  readonly iso: string;
  readonly day: string;
  readonly index: number;
}

/** Longer texts may contain a date but are not one. */
const MAX_TEXT = 300;

/** The first date in a short text. */
export function readDate(value: string | undefined, lang: string | undefined): WrittenDate | undefined {
  if (value === undefined) return undefined;
  const written = value.slice(0, MAX_TEXT).normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (!/\p{Nd}|年/u.test(written)) return undefined;
  const text = inGregorian(written, lang);
  const found = [
    yearFirst(text),
    shortYearFirst(text, lang),
    byOrder(text, lang),
    byMonthName(text, lang),
    epoch(text),
  ].filter((date) => date !== undefined);
  return found.reduce<WrittenDate | undefined>(
    (first, next) => (first === undefined || next.index < first.index ? next : first),
    undefined,
  );
}

/** `2026-05-01T08:00+09:00`, `2026. 5. 1.`, `2026年5月1日`, `2026년 5월 1일`, `20260501`. */
function yearFirst(text: string): WrittenDate | undefined {
  const match =
    /(?<!\d)((?:19|20)\d\d)(?:\s?[-./]\s?|\s?[年년]\s?)(\d{1,2})(?:\s?[-./]\s?|\s?[月월]\s?)(\d{1,2})(?!\d)(?:\s?[日일.])?/.exec(
      text,
    ) ?? /(?<![\d])((?:19|20)\d\d)(\d\d)(\d\d)(?=T|$|\s)/.exec(text);
  return match === null ? undefined : dated(text, match, match[1], match[2], match[3]);
}

/** Languages that write the year first, also where it has two digits: `26.05.01`. */
const YEAR_FIRST = /^(?:ko|ja|zh)\b/i;

function shortYearFirst(text: string, lang: string | undefined): WrittenDate | undefined {
  if (!YEAR_FIRST.test(lang ?? '')) return undefined;
  const match = /(?<![\p{L}\d.,/-])(\d\d)([./-])\s?(\d\d)\2\s?(\d\d)(?![\d/\p{L}-]|\.\d)/u.exec(text);
  return match === null ? undefined : dated(text, match, `20${match[1]}`, match[3], match[4]);
}

/** `01.05.2026`, `1/5/26`: the separator or the language determines the order, otherwise a number above twelve. */
function byOrder(text: string, lang: string | undefined): WrittenDate | undefined {
  const match = /(?<![\d.,/-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/\p{L}-])/u.exec(text);
  if (match === null) return undefined;
  const [, first = '', separator, second = '', year = ''] = match;
  if (year.length === 2 && (YEAR_FIRST.test(lang ?? '') || (separator === '.' && !lang?.startsWith('de'))))
    return undefined; // a version or a short year first
  const isMonthFirst =
    separator === '.' ? false : Number(first) > 12 ? false : Number(second) > 12 ? true : writesMonthFirst(lang);
  const [month, day] = isMonthFirst ? [first, second] : [second, first];
  return dated(text, match, year.length === 2 ? `20${year}` : year, month, day);
}

/** English without a region is mostly American; all other languages write the day first. */
function writesMonthFirst(lang: string | undefined): boolean {
  const tag = lang?.toLowerCase() ?? 'en';
  return tag === 'en' || tag.startsWith('en-us') || tag === 'es-us' || tag === 'fil';
}

/** `1 May 2026`, `May 1st, 2026`, `1. Mai 2026`, `1 de mayo de 2026`, `2026. május 1.` */
function byMonthName(text: string, lang: string | undefined): WrittenDate | undefined {
  const names = monthNames(lang);
  const tokens = [...text.matchAll(/\d+|[\p{L}\p{M}]+/gu)].slice(0, 60);
  for (let index = 0; index < tokens.length; index += 1) {
    const month = names.get((tokens[index]?.[0] ?? '').toLowerCase());
    if (month === undefined) continue;
    const before = numberNear(tokens, index, -1, ORDINAL.test(tokens[index - 2]?.[0] ?? '') ? 3 : 2);
    const after = numberNear(tokens, index, 1, 2);
    const farther = [numberNear(tokens, index, 1, 5, /^\d{4}$/), numberNear(tokens, index, -1, 3, /^\d{4}$/)];
    const years = [after, before, ...farther].filter((one) => one !== undefined && /^(?:19|20)\d\d$/.test(one[0]));
    const [year] = years;
    const day = [before, after].find((one) => one !== undefined && one !== year && /^\d{1,2}$/.test(one[0]));
    if (year === undefined || day === undefined) continue;
    const start = Math.min(year.index, day.index, tokens[index]?.index ?? 0);
    const end = Math.max(
      year.index + 4,
      day.index + day[0].length,
      (tokens[index]?.index ?? 0) + (tokens[index]?.[0].length ?? 0),
    );
    const date = valid(year[0], String(month), day[0]);
    if (date !== undefined) return { ...withTime(date, text.slice(end)), index: start };
  }
  return undefined;
}

/** `the 12th of March`. */
const ORDINAL = /^(?:st|nd|rd|th)$/i;

type Token = RegExpMatchArray & { index: number };

function numberNear(
  tokens: readonly RegExpMatchArray[],
  from: number,
  step: 1 | -1,
  reach: number,
  shape = /^\d{1,4}$/,
): Token | undefined {
  for (let steps = 1; steps <= reach; steps += 1) {
    const token = tokens[from + step * steps];
    if (token !== undefined && token.index !== undefined && shape.test(token[0])) return token as Token; // its index was just seen
  }
  return undefined;
}

/** Seconds or milliseconds since 1970. */
function epoch(text: string): WrittenDate | undefined {
  if (!/^1\d{9}(?:\d{3})?$/.test(text)) return undefined;
  const iso = new Date(text.length === 10 ? Number(text) * 1000 : Number(text)).toISOString();
  return { iso, day: iso.slice(0, 10), index: 0 };
}

function dated(text: string, match: RegExpExecArray, year = '', month = '', day = ''): WrittenDate | undefined {
  const date = valid(year, month, day);
  return date === undefined
    ? undefined
    : { ...withTime(date, text.slice(match.index + match[0].length)), index: match.index };
}

function valid(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (y < 1990 || y > 2100 || date.getUTCFullYear() !== y || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d)
    return undefined;
  return date.toISOString().slice(0, 10);
}

/** Keeps a time that has a zone. */
function withTime(day: string, rest: string): { iso: string; day: string } {
  const match =
    /^(?:T|,?\s)\s?(\d{1,2}):?(\d\d)(?::?(\d\d))?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)(?![\w:])/i.exec(
      rest,
    );
  if (match === null || Number(match[1]) > 23 || Number(match[2]) > 59) return { iso: day, day };
  const [, hour = '', minute = '', second = '00', zone = ''] = match;
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3).padEnd(2, '0')}` : 'Z';
  return { iso: `${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset === '+00:00' ? 'Z' : offset}`, day };
}
