/** Whether a date of a post agrees with a date of its sources. Pure. */

import type { DateFact } from './date-fact.ts';

/** The source date with all parts of `wanted`; only its year may be missing if the source names the year nearby (`isNear`). */
export function findKnownDate(
  wanted: DateFact,
  known: readonly DateFact[],
  isNear: (date: DateFact, year: number) => boolean,
): DateFact | undefined {
  if (isWeekdayAlone(wanted)) return knownWeekday(wanted, known);
  return known.find(
    (date) =>
      !isWeekdayAlone(date) &&
      isSameDay(wanted, date) &&
      wanted.quarter === date.quarter &&
      isSameYear(wanted, date, isNear) &&
      isOnItsWeekday(wanted, date),
  );
}

function isWeekdayAlone({ weekdays, year, month, day }: DateFact): boolean {
  return weekdays !== undefined && year === undefined && month === undefined && day === undefined;
}

/** Every named day of the week is in the source, or belongs to one of its dates. */
function knownWeekday({ weekdays = [] }: DateFact, known: readonly DateFact[]): DateFact | undefined {
  const places = weekdays.map((day) =>
    known.find((date) => date.weekdays?.includes(day) === true || calendarWeekday(date) === day),
  );
  return places.includes(undefined) ? undefined : places[0];
}

function isSameYear(wanted: DateFact, date: DateFact, isNear: (date: DateFact, year: number) => boolean): boolean {
  if (wanted.year === undefined) return true;
  return wanted.year === date.year || (date.year === undefined && isNear(date, wanted.year));
}

/** Whether a date has the wanted day and month, in any reading. */
function isSameDay(wanted: DateFact, date: DateFact): boolean {
  const readings = [wanted, ...(wanted.other === undefined ? [] : [wanted.other])];
  const known = [date, ...(date.other === undefined ? [] : [date.other])];
  return readings.some(({ day, month }) =>
    known.some((one) => (day === undefined || day === one.day) && (month === undefined || month === one.month)),
  );
}

/** The day of the week is the one of the source, or the one of the calendar. */
function isOnItsWeekday(wanted: DateFact, date: DateFact): boolean {
  const [day] = wanted.weekdays ?? [];
  if (day === undefined || date.weekdays?.includes(day) === true) return true;
  const right = calendarWeekday({ ...wanted, year: wanted.year ?? date.year }) ?? date.weekdays?.[0];
  return right === undefined || right === day;
}

function calendarWeekday({ year, month, day }: Pick<DateFact, 'year' | 'month' | 'day'>): number | undefined {
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Shares of a decade or century that its early, middle and late years take up; they overlap a little. */
const PARTS = { early: [0, 0.4], mid: [0.3, 0.7], late: [0.6, 1] } as const;

/** Whether a year lies in a decade or century, or in the part of it that is named. */
export function isWithin({ year, until, part }: DateFact, other: number | undefined): boolean {
  if (year === undefined || until === undefined || other === undefined) return false;
  const length = until - year + 1;
  const [from, to] = part === undefined ? [0, 1] : PARTS[part];
  return other >= year + Math.floor(from * length) && other <= year + Math.ceil(to * length) - 1;
}

/** The same decade or century; a part of it is the same part. A century may be counted from its first year or from the one before. */
export function isSameSpan(wanted: DateFact, known: DateFact): boolean {
  if (wanted.year === undefined || known.year === undefined) return false;
  if (wanted.until === undefined || known.until === undefined) return false;
  const isAlike = Math.abs(wanted.year - known.year) <= 1 && Math.abs(wanted.until - known.until) <= 1;
  return isAlike && (wanted.part === undefined || known.part === undefined || wanted.part === known.part);
}
