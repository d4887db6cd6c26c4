/** Locates every number, date, quotation and name of a post in its sources. Pure: what cannot be found is a finding with its place. */

import type { Article, Draft, Finding } from '../../../core/types.ts';
import { plainText } from '../plain-text.ts';
import { type DateFact, findDates, isDateKnown } from './dates.ts';
import { findNames } from './names.ts';
import { findNumbers, type NumberFact } from './numbers.ts';
import { comparable, findQuotes, isQuoteKnown } from './quotes.ts';

/** Counting words and list numbers say nothing that could be false. */
const SMALL_COUNT = 12;

export function checkGrounding({ content, brief }: Draft): Finding[] {
  const source = readSource(brief.articles);
  const parts = [
    { text: content.title, line: undefined },
    { text: content.description, line: undefined },
    ...content.body.split('\n').map((text, index) => ({ text, line: index + 1 })),
  ];
  return parts.flatMap(({ text, line }) => checkPart(plainText(text), line, source));
}

interface Source {
  readonly numbers: readonly NumberFact[];
  readonly dates: readonly DateFact[];
  readonly years: ReadonlySet<number>;
  readonly words: string;
  readonly names: string;
}

function readSource(articles: readonly Article[]): Source {
  const text = articles
    .map(({ title, text: body, author, siteName, description, publishedAt, modifiedAt }) =>
      [title, body, author, siteName, description, publishedAt, modifiedAt].filter(Boolean).join('\n'),
    )
    .join('\n');
  const numbers = findNumbers(text);
  return {
    numbers,
    dates: findDates(text),
    years: new Set(numbers.flatMap(({ value }) => (value >= 1500 && value <= 2199 ? [value] : []))),
    words: ` ${comparable(text)} `,
    names: text,
  };
}

function checkPart(text: string, line: number | undefined, source: Source): Finding[] {
  const quotes = findQuotes(text);
  const dates = findDates(text);
  const finding = (rule: string, severity: Finding['severity'], what: string, raw: string, index: number): Finding => ({
    rule,
    severity,
    message: `The ${what} "${raw}" is in none of the sources`,
    fix: `Take the ${what} from a source, or leave it out.`,
    excerpt: sentenceAt(text, index),
    ...(line === undefined ? {} : { line }),
  });
  const inDate = (index: number) => dates.some((date) => index >= date.index && index < date.index + date.raw.length);
  return [
    ...findNumbers(text)
      .filter((fact) => !inDate(fact.index) && isClaim(fact, text) && !isNumberKnown(fact, source))
      .map(({ raw, index }) => finding('ungrounded-number', 'error', 'number', raw.trim(), index)),
    ...dates.filter((date) => !isDateKnown(date, source.dates, source.years)).map(({ raw, index }) => finding('ungrounded-date', 'error', 'date', raw, index)),
    ...quotes
      .filter(({ quote }) => !isQuoteKnown(quote, source.words))
      .map(({ quote, index }) => finding('ungrounded-quote', 'error', 'quotation', quote, index)),
    ...findNames(text)
      .filter(({ words }) => !words.every((word) => source.names.includes(word)))
      .map(({ raw, index }) => finding('unknown-name', 'warning', 'name', raw, index)),
  ];
}

/** Small counts without a unit are the writer's own: `two reasons`, `3.` in a list. */
function isClaim({ value, unit, spelled, index, raw }: NumberFact, text: string): boolean {
  if (!spelled && /^\s*\d{1,2}[.)]\s/.test(text) && text.indexOf(raw) === index && index <= 3) return false;
  return unit !== undefined || value > SMALL_COUNT || !Number.isInteger(value);
}

/** The same value, with the same unit where both name one. A year may stand in any date. */
function isNumberKnown({ value, unit }: NumberFact, source: Source): boolean {
  const same = (other: number) => Math.abs(other - value) <= Math.abs(value) * 1e-9;
  return (
    source.numbers.some((known) => same(known.value) && (unit === undefined || known.unit === undefined || known.unit === unit)) ||
    (unit === undefined && source.dates.some((date) => date.year === value))
  );
}

function sentenceAt(text: string, index: number): string {
  const start = Math.max(text.lastIndexOf('. ', index) + 1, text.lastIndexOf('다. ', index) + 2, 0);
  const end = /[.!?](?:\s|$)/.exec(text.slice(index))?.index;
  return text
    .slice(start, end === undefined ? undefined : index + end + 1)
    .trim()
    .slice(0, 300);
}
