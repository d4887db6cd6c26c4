/** Locates every quantity, date, quotation and name of a post in its sources. Pure: what cannot be found is a finding with its place. */

import type { Draft, Fact, Finding } from '../../../core/types.ts';
import { type Block, type Body, readBody } from '../blocks.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { sentencesOf } from '../sentences.ts';
import { citationsByLine, withoutCitations } from './citations.ts';
import { findDates } from './dates.ts';
import { findNames } from './names.ts';
import { findQuotes } from './quotes.ts';
import { indexSources, type SourceIndex } from './source-index.ts';
import { sentenceAt } from './source-sentences.ts';
import { type Located, readSources, type Sources } from './sources.ts';
import { FOR_EVERY } from './sums.ts';

/** Counting words and list numbers say nothing that could be false. */
const SMALL_COUNT = 12;

const RULES = {
  number: { rule: 'ungrounded-number', severity: 'error' },
  date: { rule: 'ungrounded-date', severity: 'error' },
  quotation: { rule: 'ungrounded-quote', severity: 'error' },
  name: { rule: 'unknown-name', severity: 'warning' },
} as const satisfies Record<Fact['kind'], Pick<Finding, 'rule' | 'severity'>>;

export interface GroundingOptions {
  /** What to do with a figure that follows from figures of the source. @default 'allow' */
  readonly derived?: 'allow' | 'flag';
}

export function checkGrounding(facts: readonly Fact[], { derived = 'allow' }: GroundingOptions = {}): Finding[] {
  return facts.flatMap((fact): Finding[] => {
    const { kind, raw, line, sentence, source } = fact;
    const at = { excerpt: sentence, ...(line === undefined ? {} : { line }) };
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

/** Every statement that can be looked up, with its place in the sources; of several sources first in those that its paragraph names. */
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

/** Looks into the sources that are named before all others. */
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
    findQuantity: (quantity, sentence) => first((sources) => sources.findQuantity(quantity, sentence)),
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
    };
  };
  const numbers = readQuantities(text, lang, dates).filter((quantity) =>
    isClaim(quantity, sentenceAt(sentences, quantity.index)?.text ?? text, sources),
  );
  return [
    ...numbers.map((quantity) =>
      withSum(
        fact('number', quantity.index, quantity.raw.length, (sentence) => sources.findQuantity(quantity, sentence)),
        quantity,
        sources,
      ),
    ),
    ...dates.map((date) => fact('date', date.index, date.raw.length, (sentence) => sources.findDate(date, sentence))),
    ...findQuotes(text).map(({ quote, index }) =>
      fact('quotation', index + 1, quote.length, () => sources.findQuote(quote)),
    ),
    ...findNames(text).map(({ words, raw, index }) => fact('name', index, raw.length, () => sources.findName(words))),
  ];
}

/** A figure that is nowhere is shown with the sum that it may have been meant to be. */
function withSum(fact: PlacedFact, quantity: Quantity, sources: Sources): PlacedFact {
  if (fact.source !== undefined) return fact;
  const rightSum = sources.rightSum(quantity, fact.sentence);
  return rightSum === undefined ? fact : { ...fact, rightSum };
}

/** Small counts are the writer's own (`two reasons`), unless the source counts the same things and comes to another number. */
function isClaim(quantity: Quantity, sentence: string, sources: Sources): boolean {
  const { kind, dimension, value, spelled, raw } = quantity;
  if (kind === 'ordinal') return value > 3;
  if (dimension === 'year') return true;
  if (kind === 'pair') return /\d|all$/.test(raw);
  if (dimension !== 'count') return !(dimension === 'time' && spelled && /^(?:one|한)(?![가-힣a-z])/i.test(raw));
  if (value > SMALL_COUNT || !Number.isInteger(value)) return true;
  return value > 1 && (FOR_EVERY.test(sentence) || sources.contradicts(quantity));
}
