/** Looks up facts of a post in its sources; undefined for those that are not found. Pure. */

import type { Article, FactSource } from '../../../core/types.ts';
import { derive, nearestSum } from '../arithmetic/derive.ts';
import { sentencesAbout } from '../arithmetic/pairs.ts';
import type { DateFact } from '../dates/date-fact.ts';
import { findKnownDate, isSameSpan, isWithin } from '../dates/known-date.ts';
import { countOther } from '../quantities/counters.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { type Rival, type Rivals, rivalsIn } from './elsewhere.ts';
import { isClose, isRounded, isSame, readingsOf } from './match-quantity.ts';
import { knownNames } from './names/known-names.ts';
import { type NumberedName, numbersOf } from './names/numbered-names.ts';
import { comparable, isQuoteKnown } from './quotes.ts';
import type { SourceIndex } from './source-index.ts';
import { spokenDimensions } from './spoken-units.ts';

export interface Located extends FactSource {
  /** The calculation from source figures, such as `412,000 ÷ 206,000 = 2`. */
  readonly derived?: string;
  readonly isRounded?: boolean;
}

export interface Sources {
  readonly rivals: Rivals;
  /** `sentence`: the post's sentence with the quantity. */
  /** `others`: the other figures of the sentence. */
  findQuantity(quantity: Quantity, sentence: string, others: readonly Quantity[]): Located | undefined;
  findDate(date: DateFact, sentence: string): Located | undefined;
  findQuote(quote: string): Located | undefined;
  findName(words: readonly string[]): Located | undefined;
  /** Whether the sources contain a word or what it was formed from: `Hawaii` for `Hawaiian`. */
  mentions(word: string): boolean;
  /** Whether a source contains the sentence word for word. */
  holds(sentence: string): boolean;
  /** Whether the sources count the same things, but with other small numbers only. */
  contradicts(quantity: Quantity): boolean;
  /** A name with another number than the sources give it. */
  otherNumber(name: NumberedName): Rival | undefined;
  /** The calculation that was probably meant. */
  rightSum(quantity: Quantity, sentence: string, others: readonly Quantity[]): string | undefined;
}

export function readSources(index: SourceIndex): Sources {
  const { articles, text, dates, quantities, sentences, placeOf } = index;
  const isNear = yearsNear(quantities, dates, articles);
  const names = knownNames(text, articles[0]?.lang ?? 'en');
  let written: string | undefined; // needed for few sentences
  const place = (found: { readonly raw: string; readonly index: number } | undefined) =>
    found === undefined ? undefined : placeOf(found.index, found.index + found.raw.trimEnd().length);
  const isSpoken = spokenDimensions(sentences, quantities);
  const published = publicationYears(articles);
  const source = { sentences, quantities, isSpoken, related: index.related, published: [...published] };
  /** A year confirms its decade or century if its source sentence is related to the post's sentence. */
  const yearOfSpan = (span: DateFact, sentence: string) => {
    for (const index of sentencesAbout(sentence, source).keys()) {
      const found =
        sentences[index]?.dates.find(({ year }) => isWithin(span, year)) ??
        sentences[index]?.quantities.find(({ dimension, value }) => dimension === 'year' && isWithin(span, value));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  /** `around 1650` for `by the mid-17th century`, in a related sentence. */
  const spanOfYear = ({ dimension, bound, value }: Quantity, sentence: string) => {
    if (dimension !== 'year' || bound !== 'about') return undefined;
    const isNarrow = ({ year = 0, until, part }: DateFact) =>
      until !== undefined && (part !== undefined || until - year < 60);
    for (const index of sentencesAbout(sentence, source).keys()) {
      const found = sentences[index]?.dates.find((date) => isNarrow(date) && isWithin(date, value));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    rivals: rivalsIn(index),
    findQuantity(quantity, sentence, others) {
      const same = findSame(quantity, quantities, isSpoken) ?? findInDates(quantity, dates);
      if (same !== undefined)
        return { ...placeOf(same.index, same.index + same.raw.trimEnd().length), ...converted(quantity, same) };
      const ends = endsOf(quantity, quantities);
      if (ends !== undefined) return place(ends);
      const rounded = quantities.find((other) => isRoundedSame(quantity, other));
      if (rounded !== undefined)
        return { ...placeOf(rounded.index, rounded.end), derived: `${rounded.raw} ≈ ${quantity.raw}`, isRounded: true };
      const sum = derive(quantity, sentence, source, others);
      return sum === undefined
        ? place(findAgo(quantity, sentence, dates, published) ?? spanOfYear(quantity, sentence))
        : { ...placeOf(sum.from.index, sum.from.end), derived: sum.text() };
    },
    findDate(date, sentence) {
      if (date.until === undefined) return place(findKnownDate(date, dates, isNear) ?? findYear(date, quantities));
      return place(dates.find((known) => isSameSpan(date, known)) ?? yearOfSpan(date, sentence));
    },
    findQuote: (quote) => (isQuoteKnown(quote, index.words.words) ? placeOfWords(quote, index) : undefined),
    findName: (name) => (names.has(name) ? placeOfWords(name.join(' '), index) : undefined),
    mentions: names.mentions,
    holds(sentence) {
      const said = asWritten(sentence);
      written ??= asWritten(text);
      return said.length > 12 && written.includes(said);
    },
    contradicts: (quantity) => {
      const alike = quantities.filter(
        ({ nouns, dimension }) =>
          dimension === 'count' && nouns.some((noun) => quantity.nouns.includes(noun) && !GENERIC.has(noun)),
      );
      return alike.length > 0;
    },
    otherNumber: numbersOf(text),
    rightSum: (quantity, sentence, others) => nearestSum(quantity, sentence, source, others),
  };
}

/** The same quantity; one in the same unit is preferred. */
function findSame(
  post: Quantity,
  known: readonly Quantity[],
  isSpoken: (quantity: Quantity, dimension: string) => boolean,
): Quantity | undefined {
  let converted: Quantity | undefined;
  for (const other of known) {
    if (!isSame(post, other, isSpoken)) continue;
    if (!isConversion(post, other)) return other;
    converted ??= other;
  }
  return converted;
}

/** `12 months` for a year: the same amount, in a unit that the reader has to convert. */
function isConversion(post: Quantity, source: Quantity): boolean {
  return (
    post.kind === 'plain' &&
    source.kind === 'plain' &&
    post.dimension === source.dimension &&
    post.unitSize !== source.unitSize &&
    !['count', 'share', 'year'].includes(post.dimension)
  );
}

function converted(post: Quantity, source: Quantity | DateFact): { readonly derived?: string } {
  return 'kind' in source && isConversion(post, source) ? { derived: `${source.raw} = ${post.raw}` } : {};
}

/** The text with its punctuation, but with case, spaces, quotation marks and dashes normalised. */
function asWritten(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[‐-―]/g, '-')
    .trim();
}

/** Maximum distance of the year from a date without a year. */
const YEAR_REACH = 500;

/** Whether a source names a year near a date, or was published in it. */
function yearsNear(
  quantities: readonly Quantity[],
  dates: readonly DateFact[],
  articles: readonly Article[],
): (date: DateFact, year: number) => boolean {
  const places = new Map<number, number[]>();
  const add = (year: number | undefined, index: number) => {
    if (year !== undefined) places.set(year, [...(places.get(year) ?? []), index].slice(-200));
  };
  for (const { dimension, value, index } of quantities) if (dimension === 'year') add(value, index);
  for (const { year, until, index } of dates) if (until === undefined) add(year, index);
  const published = publicationYears(articles);
  return ({ index }, year) =>
    published.has(year) || places.get(year)?.some((at) => Math.abs(at - index) <= YEAR_REACH) === true;
}

/** Counters and words that can count anything do not tell what is counted. */
const GENERIC = new Set([
  '명',
  '개',
  '번',
  '가지',
  '차례',
  '대',
  '곳',
  '건',
  '시',
  '달',
  '사람',
  '회',
  'time',
  'thing',
  'way',
  'people',
  'other',
  'new',
  'main',
  'part',
  'of',
  'step',
  'reason',
  'point',
  'example',
  'key',
  'different',
]);

function publicationYears(articles: readonly Article[]): ReadonlySet<number> {
  const times = articles.flatMap(({ publishedAt, modifiedAt }) => [publishedAt, modifiedAt]);
  return new Set(times.map((time) => Number(time?.slice(0, 4))).filter((year) => !Number.isNaN(year)));
}

/** A range whose ends appear in the source as two separate figures. */
function endsOf(post: Quantity, known: readonly Quantity[]): Quantity | undefined {
  if (post.kind !== 'range') return undefined;
  const single = (value: number) =>
    known.find((other) => other.kind === 'plain' && other.dimension === post.dimension && isClose(other.value, value));
  const [low, high] = [single(post.value), single(post.high)];
  return high === undefined ? undefined : low;
}

function isRoundedSame(post: Quantity, source: Quantity): boolean {
  if (
    ['code', 'clock', 'range', 'pair', 'ordinal'].includes(post.kind) ||
    ['code', 'clock', 'pair', 'ordinal'].includes(source.kind)
  )
    return false;
  if (post.dimension === 'year' || countOther(post.nouns, source.nouns)) return false;
  const values = [source.value, source.high];
  if (post.dimension === 'age' && isOfAge(post, source)) return true;
  // Half a unit of the source's last digit counts where the post says a fraction: "a third" for 33 percent.
  const isFraction = post.step === 0 && post.kind === 'share';
  return readingsOf(post).some(
    ({ dimension, value, step }) =>
      readingsOf(source).some(
        (reading) =>
          reading.dimension === dimension &&
          (isRounded({ ...post, value, step }, reading.value) ||
            (isFraction && post.bound === 'exact' && Math.abs(value - reading.value) <= Math.min(source.step, 0.02))),
      ) ||
      (source.dimension === dimension && values.some((known) => isRounded({ ...post, value, step }, known))),
  );
}

const YEARS = 365.25 * 86_400;

/** `in her thirties` for an age of 38. */
function isOfAge(post: Quantity, source: Quantity): boolean {
  return readingsOf(source).some(
    ({ dimension, value }) => dimension === 'time' && Math.floor(Math.round(value / YEARS) / 10) * 10 === post.value,
  );
}

/** A year may stand in any date, a decade around it, and a day of the month where the number is written as one: `the 18th`, `18일`. */
function findInDates({ value, dimension, raw, kind }: Quantity, dates: readonly DateFact[]): DateFact | undefined {
  if (dimension === 'year' || dimension === 'count') {
    const year = dates.find((date) => date.year === value && date.until === undefined);
    if (year !== undefined && dimension === 'year') return year;
  }
  if (kind === 'ordinal' || /^\d{1,2}일$/.test(raw))
    return dates.find(({ day }) => day === (kind === 'ordinal' ? value : Number.parseInt(raw, 10)));
  return undefined;
}

const YEARS_AGO = /^\s?(?:전|前|ago|earlier|before)/;

/** `1년 전보다` for `지난해보다`: so many years before the page, where the source speaks of that year. */
function findAgo(
  { dimension, kind, value, raw }: Quantity,
  sentence: string,
  dates: readonly DateFact[],
  published: ReadonlySet<number>,
): DateFact | undefined {
  const count = Math.round(value / YEARS);
  if (dimension !== 'time' || kind !== 'plain' || count < 1 || !isClose(count * YEARS, value)) return undefined;
  if (!YEARS_AGO.test(sentence.slice(sentence.indexOf(raw) + raw.length))) return undefined;
  return dates.find(({ year, until }) => until === undefined && year !== undefined && published.has(year + count));
}

function findYear({ year, month }: DateFact, quantities: readonly Quantity[]): Quantity | undefined {
  if (year === undefined || month !== undefined) return undefined;
  return quantities.find(({ dimension, value }) => dimension === 'year' && value === year);
}

/** The position where the first words follow each other, with any punctuation between them. */
function placeOfWords(quote: string, { words, placeOf }: SourceIndex): FactSource {
  const [first = ''] = quote.split(/…|\.\.\.|\[/).filter((part) => comparable(part) !== '');
  const found = words.find(comparable(first).split(' ').slice(0, 40).join(' '));
  return found === undefined ? { article: 0 } : placeOf(found.start, found.end);
}
