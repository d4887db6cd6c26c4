import type { Article, FactSource } from '../../../core/types.ts';
import { type DateFact, findDates, findKnownDate, placesOf } from './dates.ts';
import { findNumbers, isYear, type NumberFact } from './numbers.ts';
import { comparable, isQuoteKnown } from './quotes.ts';

/** Looks statements up in the sources of a post; undefined for what none of them says. */
export interface Sources {
  findNumber(fact: NumberFact): FactSource | undefined;
  findDate(fact: DateFact): FactSource | undefined;
  findQuote(quote: string): FactSource | undefined;
  findName(words: readonly string[]): FactSource | undefined;
}

export function readSources(articles: readonly Article[]): Sources {
  const { text, placeOf } = joined(articles);
  const dates = findDates(text);
  const figures = findNumbers(text);
  const isInDate = placesOf(dates);
  const numbers = figures.filter(({ index }) => !isInDate(index)); // the 18 of "18 March" is no "18 percent"
  const years = new Set(figures.flatMap(({ value }) => (isYear(value) ? [value] : [])));
  const words = ` ${comparable(text)} `;
  const place = (found: { readonly raw: string; readonly index: number } | undefined) =>
    found === undefined ? undefined : placeOf(found.index, found.index + found.raw.trimEnd().length);
  return {
    findNumber: (fact) => place(findKnownNumber(fact, numbers) ?? findInDate(fact, dates)),
    findDate: (fact) => place(findKnownDate(fact, dates, years)),
    findQuote: (quote) => (isQuoteKnown(quote, words) ? placeOfWords(quote, text, placeOf) : undefined),
    // The words of a name may stand apart: "Ann" here and "Mrs Lee" there.
    findName: (name) =>
      name.every((word) => text.includes(word)) ? placeOfWords(name.join(' '), text, placeOf) : undefined,
  };
}

/** The same value, with the same unit where both name one. */
function findKnownNumber({ value, unit }: NumberFact, known: readonly NumberFact[]): NumberFact | undefined {
  const isSame = (other: number) => Math.abs(other - value) <= Math.abs(value) * 1e-9;
  const isSameUnit = (other: string) => other === unit || (DAYS.has(other) && DAYS.has(unit ?? ''));
  return known.find(
    (other) => isSame(other.value) && (unit === undefined || other.unit === undefined || isSameUnit(other.unit)),
  );
}

const DAYS: ReadonlySet<string> = new Set(['day', '일']);

/** A year may stand in any date, and a day of the month where the number is written as one: `the 18th`, `18일`. */
function findInDate({ value, unit }: NumberFact, dates: readonly DateFact[]): DateFact | undefined {
  if (unit === undefined) return dates.find(({ year }) => year === value);
  return unit === 'ordinal' || unit === '일' ? dates.find(({ day }) => day === value) : undefined;
}

type PlaceOf = (start: number, end: number) => FactSource;

/** All that the sources say as one text, and the way back from a place in it to the article. */
function joined(articles: readonly Article[]): { readonly text: string; readonly placeOf: PlaceOf } {
  let text = '';
  const spans = articles.map(({ title, text: body, author, siteName, description, publishedAt, modifiedAt }) => {
    const from = text.length;
    // Of their times the days: minutes and seconds of a page's making are no figures of its text.
    const days = [publishedAt, modifiedAt].map((time) => time?.slice(0, '2026-01-31'.length));
    text += `${[body, title, author, siteName, description, ...days].filter((part) => part !== undefined).join('\n')}\n`;
    return { from, end: from + body.length };
  });
  return {
    text,
    placeOf(from, to) {
      const article = Math.max(
        0,
        spans.findLastIndex((span) => span.from <= from),
      );
      const span = spans[article];
      if (span === undefined || to > span.end) return { article };
      return { article, at: { start: from - span.from, end: to - span.from } };
    },
  };
}

/** Where the first words stand one after the other, whatever marks are between them. */
function placeOfWords(quote: string, text: string, placeOf: PlaceOf): FactSource {
  const [first = ''] = quote.split(/…|\.\.\.|\[/).filter((part) => comparable(part) !== '');
  const words = comparable(first).split(' ').slice(0, 40);
  const match = new RegExp(words.join('[^\\p{L}\\p{N}]+'), 'iu').exec(text);
  return match === null ? { article: 0 } : placeOf(match.index, match.index + match[0].length);
}
