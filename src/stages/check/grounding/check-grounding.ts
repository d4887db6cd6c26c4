/** Locates every number, date, quotation and name of a post in its sources. Pure: what cannot be found is a finding with its place. */

import type { Draft, Fact, FactSource, Finding } from '../../../core/types.ts';
import { plainText } from '../plain-text.ts';
import { citationsByLine, withoutCitations } from './citations.ts';
import { findDates, placesOf } from './dates.ts';
import { findNames } from './names.ts';
import { findNumbers, type NumberFact } from './numbers.ts';
import { findQuotes } from './quotes.ts';
import { readSources, type Sources } from './sources.ts';

/** Counting words and list numbers say nothing that could be false. */
const SMALL_COUNT = 12;

const RULES = {
  number: { rule: 'ungrounded-number', severity: 'error' },
  date: { rule: 'ungrounded-date', severity: 'error' },
  quotation: { rule: 'ungrounded-quote', severity: 'error' },
  name: { rule: 'unknown-name', severity: 'warning' },
} as const satisfies Record<Fact['kind'], Pick<Finding, 'rule' | 'severity'>>;

export function checkGrounding(facts: readonly Fact[]): Finding[] {
  return facts
    .filter(({ source }) => source === undefined)
    .map(({ kind, raw, line, sentence }) => ({
      ...RULES[kind],
      message: `The ${kind} "${raw}" is in none of the sources`,
      fix: `Take the ${kind} from a source, or leave it out.`,
      excerpt: sentence,
      ...(line === undefined ? {} : { line }),
    }));
}

/** Every statement that can be looked up, with its place in the sources; of several sources first in those that its paragraph names. */
export function locateFacts({ content, brief }: Draft): Fact[] {
  const { articles } = brief;
  const sources = readSources(articles);
  const found = [content.title, content.description].flatMap((text) => factsOf(plainText(text), sources));
  const lines = content.body.split('\n');
  if (articles.length < 2)
    return [...found, ...lines.flatMap((text, index) => withLine(factsOf(plainText(text), sources), index))];
  const alone = articles.map((article, index) => ({ index, sources: readSources([article]) }));
  const cited = citationsByLine(content.body);
  return [
    ...found,
    ...lines.flatMap((text, index) => {
      const ids = cited[index];
      const named = alone.filter((one) => ids?.includes(one.index + 1));
      const facts = factsOf(plainText(withoutCitations(text)), preferring(named, sources));
      return withLine(ids === undefined ? facts : facts.map((fact) => ({ ...fact, cited: ids })), index);
    }),
  ];
}

function withLine(facts: readonly Fact[], index: number): Fact[] {
  return facts.map((fact) => ({ ...fact, line: index + 1 }));
}

/** Looks into the sources that are named before all others. */
function preferring(named: readonly { readonly index: number; readonly sources: Sources }[], all: Sources): Sources {
  const first = (find: (sources: Sources) => FactSource | undefined): FactSource | undefined => {
    for (const { index, sources } of named) {
      const found = find(sources);
      if (found !== undefined) return { ...found, article: index };
    }
    return find(all);
  };
  return {
    findNumber: (fact) => first((sources) => sources.findNumber(fact)),
    findDate: (fact) => first((sources) => sources.findDate(fact)),
    findQuote: (quote) => first((sources) => sources.findQuote(quote)),
    findName: (words) => first((sources) => sources.findName(words)),
  };
}

function factsOf(text: string, sources: Sources): Fact[] {
  const dates = findDates(text);
  const isInDate = placesOf(dates);
  const fact = (kind: Fact['kind'], raw: string, index: number, source: Fact['source']): Fact => ({
    kind,
    raw,
    sentence: sentenceAt(text, index),
    ...(source === undefined ? {} : { source }),
  });
  return [
    ...findNumbers(text)
      .filter((number) => !isInDate(number.index) && isClaim(number, text))
      .map((number) => fact('number', number.raw.trim(), number.index, sources.findNumber(number))),
    ...dates.map((date) => fact('date', date.raw, date.index, sources.findDate(date))),
    ...findQuotes(text).map(({ quote, index }) => fact('quotation', quote, index, sources.findQuote(quote))),
    ...findNames(text).map(({ words, raw, index }) => fact('name', raw, index, sources.findName(words))),
  ];
}

/** Small counts without a unit are the writer's own: `two reasons`, `the 2nd one`, `3.` in a list. */
function isClaim({ value, unit, spelled, index, raw }: NumberFact, text: string): boolean {
  if (!spelled && /^\s*\d{1,2}[.)]\s/.test(text) && text.indexOf(raw) === index && index <= 3) return false;
  return (unit !== undefined && unit !== 'ordinal') || value > SMALL_COUNT || !Number.isInteger(value);
}

/** Characters around a fact among which its sentence is looked for. */
const REACH = 300;

function sentenceAt(text: string, index: number): string {
  const before = text.slice(Math.max(0, index - REACH), index);
  const start = [...before.matchAll(/[.!?。]\s/gu)].at(-1);
  const from = index - before.length + (start === undefined ? 0 : start.index + start[0].length);
  const after = text.slice(index, index + REACH);
  const end = /[.!?。](?:\s|$)/u.exec(after)?.index;
  return text
    .slice(from, end === undefined ? index + REACH : index + end + 1)
    .trim()
    .slice(0, REACH);
}
