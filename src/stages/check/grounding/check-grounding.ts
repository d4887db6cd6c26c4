/** Locates every quantity, date, quotation and name of a post in its sources. Each one that is not found becomes a finding with its place. Pure. */

import type { Draft, Fact, Finding } from '../../../core/types.ts';
import { FOR_EVERY, isResult } from '../arithmetic/asks.ts';
import { type Block, type Body, readBody } from '../blocks.ts';
import { findDates } from '../dates/dates.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { sentencesOf } from '../sentences.ts';
import { citationsByLine, withoutCitations } from './citations.ts';
import type { Rival } from './elsewhere.ts';
import { findLoneNames, findNames } from './names/find-names.ts';
import { findNumberedNames } from './names/numbered-names.ts';
import { findQuotes } from './quotes.ts';
import { indexSources, type SourceIndex } from './source-index.ts';
import { sentenceAt } from './source-sentences.ts';
import { type Located, readSources, type Sources } from './sources.ts';

/** Counting words and list numbers are no statements that could be false. */
const SMALL_COUNT = 12;

const RULES = {
  number: { rule: 'ungrounded-number', severity: 'error' },
  date: { rule: 'ungrounded-date', severity: 'error' },
  quotation: { rule: 'ungrounded-quote', severity: 'error' },
  name: { rule: 'unknown-name', severity: 'warning' },
} as const satisfies Record<Fact['kind'], Pick<Finding, 'rule' | 'severity'>>;

export interface GroundingOptions {
  /** What to do with a figure calculated from figures of the source. @default 'allow' */
  readonly derived?: 'allow' | 'flag';
}

export function checkGrounding(facts: readonly Fact[], { derived = 'allow' }: GroundingOptions = {}): Finding[] {
  return facts.flatMap((fact): Finding[] => {
    const { kind, raw, line, sentence, source } = fact;
    const at = { excerpt: sentence, ...(line === undefined ? {} : { line }) };
    if (fact.rival !== undefined) return [{ ...RULES[kind], ...at, ...rivalMessage(fact, fact.rival) }];
    if (source !== undefined) {
      if (fact.derived === undefined || derived === 'allow') return [];
      return [
        {
          rule: 'derived-number',
          severity: 'warning',
          message: `The ${kind} "${raw}" is not in the sources but follows from them: ${fact.derived}`,
          fix: 'Check the sum.',
          ...at,
        },
      ];
    }
    const right = fact.rightSum === undefined ? '' : `; the sources give ${fact.rightSum}`;
    return [
      {
        ...RULES[kind],
        message: `The ${kind} "${raw}" is in none of the sources${right}`,
        fix: `Take the ${kind} from a source, or leave it out.`,
        ...at,
      },
    ];
  });
}

function rivalMessage({ kind, raw }: Fact, { raw: other, sentence }: Rival): Pick<Finding, 'message' | 'fix'> {
  return {
    message: `The ${kind} "${raw}" is elsewhere in the sources; where they say the rest of the sentence, it is "${other}": "${sentence.trim().slice(0, 240)}"`,
    fix: `Take the ${kind} from the sentence of the source that says it.`,
  };
}

/** Every fact with its place in the sources; sources that its paragraph cites are searched first. */
export function locateFacts(
  { content, brief }: Draft,
  { blocks }: Body = readBody(content.body),
  index: SourceIndex = indexSources(brief.articles),
): Fact[] {
  const { articles, lang } = brief;
  const sources = readSources(index);
  const found = [content.title, content.description].flatMap((text) => factsOf(text, sources, lang));
  if (articles.length < 2)
    return [...found, ...blocks.flatMap((block) => withLines(factsOf(block.text, sources, lang), block))];
  const alone = index.alone.map((one, at) => ({ index: at, sources: readSources(one) }));
  const cited = citationsByLine(content.body);
  return [
    ...found,
    ...blocks.flatMap((block) => {
      const ids = cited[block.lineAt(0) - 1];
      const named = alone.filter((one) => ids?.includes(one.index + 1));
      const facts = withLines(factsOf(withoutCitations(block.text), preferring(named, sources), lang), block);
      return ids === undefined ? facts : facts.map((fact) => ({ ...fact, cited: cited[(fact.line ?? 1) - 1] ?? ids }));
    }),
  ];
}

type PlacedFact = Fact & { readonly index: number };

function withLines(facts: readonly PlacedFact[], block: Block): Fact[] {
  return facts.map(({ index, ...fact }) => ({ ...fact, line: block.lineAt(index) }));
}

/** Searches the cited sources before all others. */
function preferring(named: readonly { readonly index: number; readonly sources: Sources }[], all: Sources): Sources {
  const first = (find: (sources: Sources) => Located | undefined): Located | undefined => {
    for (const { index, sources } of named) {
      const found = find(sources);
      if (found !== undefined) return { ...found, article: index };
    }
    return find(all);
  };
  return {
    ...all,
    findQuantity: (quantity, sentence, others) => first((sources) => sources.findQuantity(quantity, sentence, others)),
    findDate: (date, sentence) => first((sources) => sources.findDate(date, sentence)),
    findQuote: (quote) => first((sources) => sources.findQuote(quote)),
    findName: (words) => first((sources) => sources.findName(words)),
  };
}

/** Analysed with spaces for line breaks, so that a number and its unit may stand on two lines. */
function factsOf(written: string, sources: Sources, lang: string): PlacedFact[] {
  const text = written.replace(/[\n\t]/g, ' ');
  const sentences = sentencesOf(text);
  const dates = findDates(text, lang);
  const fact = (
    kind: Fact['kind'],
    index: number,
    length: number,
    find: (sentence: string) => Located | undefined,
    findRival?: (sentence: string) => Rival | undefined,
  ): PlacedFact => {
    const sentence = sentenceAt(sentences, index)?.text ?? text;
    const located = find(sentence) ?? (kind !== 'name' && sources.holds(sentence) ? { article: 0 } : undefined);
    return {
      kind,
      raw: written.slice(index, index + length).trim(),
      index,
      sentence: sentence.trim().slice(0, 300),
      ...(located === undefined
        ? {}
        : { source: { article: located.article, ...(located.at === undefined ? {} : { at: located.at }) } }),
      ...(located?.derived === undefined ? {} : { derived: located.derived }),
      ...rivalIn(sentence, located, sources, findRival),
    };
  };
  const all = readQuantities(text, lang, dates);
  const numbers = all.filter((quantity) =>
    isClaim(quantity, sentenceAt(sentences, quantity.index)?.text ?? text, sources),
  );
  const names = findNames(text, lang);
  /** A part of a longer name, or of a unit: `degrees Fahrenheit`. */
  const isInside = (index: number) =>
    names.some((name) => index >= name.index && index < name.index + name.raw.length) ||
    all.some((quantity) => index > quantity.index && index < quantity.end);
  return [
    ...numbers.map((quantity) => {
      const own = sentenceAt(sentences, quantity.index);
      const others = all.filter(
        ({ index }) => own !== undefined && index !== quantity.index && index >= own.from && index < own.end,
      );
      const find = (sentence: string) => sources.findQuantity(quantity, sentence, others);
      const findRival = (sentence: string) => sources.rivals.ofFigure(quantity, sentence, numbers);
      return withSum(fact('number', quantity.index, quantity.raw.length, find, findRival), quantity, others, sources);
    }),
    ...dates.map((date) => {
      const find = (sentence: string) => sources.findDate(date, sentence);
      const findRival = (sentence: string) => sources.rivals.ofDate(date, sentence, dates);
      return fact('date', date.index, date.raw.length, find, findRival);
    }),
    ...findNumberedNames(text).flatMap((name) => {
      const rival = sources.otherNumber(name);
      const sentence = sentenceAt(sentences, name.index)?.text ?? text;
      if (rival === undefined || sources.holds(sentence)) return [];
      return [{ ...fact('number', name.index, name.raw.length, () => undefined), rival }];
    }),
    ...findQuotes(text).map(({ quote, index }) =>
      fact('quotation', index + 1, quote.length, () => sources.findQuote(quote)),
    ),
    ...names.map(({ words, raw, index }) => fact('name', index, raw.length, () => sources.findName(words))),
    ...findLoneNames(text, lang).flatMap(({ words: [word = ''], raw, index }) =>
      isInside(index) || sources.mentions(word) ? [] : [fact('name', index, raw.length, () => undefined)],
    ),
  ];
}

/** A figure found as it is, or calculated, has no competing figure. */
function rivalIn(
  sentence: string,
  located: Located | undefined,
  sources: Sources,
  find?: (sentence: string) => Rival | undefined,
): Pick<Fact, 'rival'> {
  const isSum = located?.derived !== undefined && located.isRounded !== true;
  if (find === undefined || located === undefined || isSum || sources.holds(sentence)) return {};
  const rival = find(sentence);
  return rival === undefined ? {} : { rival };
}

/** A figure that is not found is reported with the calculation that was probably meant. */
function withSum(fact: PlacedFact, quantity: Quantity, others: readonly Quantity[], sources: Sources): PlacedFact {
  if (fact.source !== undefined) return fact;
  const rightSum = sources.rightSum(quantity, fact.sentence, others);
  return rightSum === undefined ? fact : { ...fact, rightSum };
}

/** `the second half of the century` is a time and no share. */
const PERIOD = /\b(?:first|second|latter|former|other|last)\shalf\b/i;

/** Small counts are the writer's own (`two reasons`), unless the source gives another count of the same things. */
function isClaim(quantity: Quantity, sentence: string, sources: Sources): boolean {
  const { kind, dimension, value, spelled, raw } = quantity;
  if (kind === 'ordinal') return value > 3;
  if (dimension === 'year') return true;
  if (kind === 'pair') return /\d|all$/.test(raw);
  if (raw.toLowerCase() === 'half' && PERIOD.test(sentence)) return false;
  if (dimension !== 'count') return !(dimension === 'time' && spelled && /^(?:one|한)(?![가-힣a-z])/i.test(raw));
  if (value > SMALL_COUNT || !Number.isInteger(value)) return true;
  return value > 1 && (FOR_EVERY.test(sentence) || (!spelled && isResult(sentence)) || sources.contradicts(quantity));
}
