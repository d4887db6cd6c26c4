/** Dates of a text: days, months, quarters, years, decades, centuries and days of the week. Pure. */

import type { DateFact } from './date-fact.ts';
import { ENGLISH, formsOf } from './date-forms.ts';
import { findWeekdays } from './weekdays.ts';

/** Characters that the Korean, Chinese and Japanese forms need. */
const EASTERN = /[년월분세年月]/;

export function findDates(text: string, lang = 'en'): DateFact[] {
  const taken = new Uint8Array(text.length);
  const facts: DateFact[] = [];
  const isEastern = EASTERN.test(text);
  for (const [pattern, read] of formsOf(lang)) {
    if (!isEastern && EASTERN.test(pattern.source)) continue;
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (taken.subarray(from, to).includes(1)) continue;
      const parts = read(match.slice(1), ENGLISH);
      if (parts === undefined || (parts.month ?? 1) > 12 || (parts.day ?? 1) > 31) continue;
      taken.fill(1, from, to);
      facts.push({ year: undefined, month: undefined, day: undefined, ...parts, raw: match[0], index: from });
    }
  }
  return withWeekdays(
    facts.sort((a, b) => a.index - b.index),
    text,
    lang,
  );
}

/** Between a day of the week and its date: `Friday, 7 November`, `11월 7일(금)`, `일요일인 22일`. */
const BESIDE = /^(?:,?\s(?:the\s|le\s|den\s|el\s)?|\s?\(|,\s|인\s)$/;

function withWeekdays(dates: readonly DateFact[], text: string, lang: string): DateFact[] {
  const alone: DateFact[] = [];
  const byDate = new Map<DateFact, DateFact>();
  for (const { days: weekdays, raw, index } of findWeekdays(text, lang)) {
    const end = index + raw.length;
    const own = dates.find(
      (date) =>
        date.day !== undefined &&
        (BESIDE.test(text.slice(end, date.index)) || BESIDE.test(text.slice(date.index + date.raw.length, index))),
    );
    if (own === undefined) {
      const isInside = dates.some((date) => index < date.index + date.raw.length && end > date.index);
      if (!isInside) alone.push({ year: undefined, month: undefined, day: undefined, weekdays, raw, index });
      continue;
    }
    const [from, to] = [Math.min(index, own.index), Math.max(end, own.index + own.raw.length)];
    byDate.set(own, { ...own, weekdays, index: from, raw: text.slice(from, to) });
  }
  return [...dates.map((date) => byDate.get(date) ?? date), ...alone].sort((a, b) => a.index - b.index);
}
