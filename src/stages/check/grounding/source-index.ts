/** Index of a post's sources, built once for all checks: figures, dates, sentences, and the source of each position. Pure. */

import type { Article, FactSource } from '../../../core/types.ts';
import type { DateFact } from '../dates/date-fact.ts';
import { findDates } from '../dates/dates.ts';
import { relativeDates } from '../dates/relative-dates.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { readQuantities } from '../quantities/read-quantities.ts';
import { type RelatedSentences, relateTo } from './related.ts';
import { groupBySentence, type SourceSentence } from './source-sentences.ts';
import { indexWords, type WordIndex } from './word-index.ts';

export interface SourceIndex {
  readonly articles: readonly Article[];
  /** The text of all articles, concatenated. */
  readonly text: string;
  readonly quantities: readonly Quantity[];
  readonly dates: readonly DateFact[];
  readonly sentences: readonly SourceSentence[];
  /** Without titles, names and dates of the pages. */
  readonly bodySentences: readonly SourceSentence[];
  /** Read on first use. */
  readonly words: WordIndex;
  /** Index of `sentences`, built on first use. */
  readonly related: RelatedSentences;
  placeOf(start: number, end: number): FactSource;
  /** Each article alone; the same object where there is one. */
  readonly alone: readonly SourceIndex[];
}

export function indexSources(articles: readonly Article[]): SourceIndex {
  const [only, ...others] = articles.map(indexArticle);
  if (only === undefined) return emptyIndex();
  return others.length === 0 ? only : joinIndexes([only, ...others]);
}

function indexArticle(article: Article): SourceIndex {
  const { title, text: body, author, siteName, description, publishedAt, modifiedAt, lang = 'en' } = article;
  // Only the days of timestamps: minutes and seconds of publication are not figures of the text.
  const days = [publishedAt, modifiedAt].map((time) => time?.slice(0, '2026-01-31'.length));
  const text = `${[body, title, author, siteName, description, ...days].filter((part) => part !== undefined).join('\n')}\n`;
  const dates = findDates(text, lang);
  const quantities = readQuantities(text, lang, dates);
  const sentences = groupBySentence(text, quantities, dates);
  const length = body.length;
  const index = {
    articles: [article],
    ...{ text, quantities, sentences },
    dates: [...dates, ...relativeDates(text, publishedAt, lang)],
    bodySentences: sentences.filter(({ from }) => from < length),
    placeOf: (start: number, end: number) => (end > length ? { article: 0 } : { article: 0, at: { start, end } }),
  };
  return withWords({ ...index, alone: [] });
}

function joinIndexes(alone: readonly SourceIndex[]): SourceIndex {
  const starts: number[] = [];
  let text = '';
  for (const one of alone) {
    starts.push(text.length);
    text += one.text;
  }
  const all = <T>(list: (one: SourceIndex) => readonly T[], move: (item: T, by: number) => T): T[] =>
    alone.flatMap((one, at) => {
      const by = starts[at] ?? 0;
      return by === 0 ? list(one) : list(one).map((item) => move(item, by));
    });
  return withWords({
    articles: alone.flatMap(({ articles }) => articles),
    text,
    dates: all(({ dates }) => dates, movedDate),
    quantities: all(({ quantities }) => quantities, movedQuantity),
    sentences: all(({ sentences }) => sentences, movedSentence),
    bodySentences: all(({ bodySentences }) => bodySentences, movedSentence),
    placeOf(start, end) {
      const article = Math.max(
        0,
        starts.findLastIndex((from) => from <= start),
      );
      const from = starts[article] ?? 0;
      return { ...alone[article]?.placeOf(start - from, end - from), article };
    },
    alone,
  });
}

const movedDate = (date: DateFact, by: number): DateFact => ({ ...date, index: date.index + by });
const movedQuantity = (quantity: Quantity, by: number): Quantity => ({
  ...quantity,
  index: quantity.index + by,
  end: quantity.end + by,
});

function movedSentence(sentence: SourceSentence, by: number): SourceSentence {
  return {
    text: sentence.text,
    from: sentence.from + by,
    end: sentence.end + by,
    quantities: sentence.quantities.map((quantity) => movedQuantity(quantity, by)),
    dates: sentence.dates.map((date) => movedDate(date, by)),
    get words() {
      return sentence.words;
    },
  };
}

function withWords(index: Omit<SourceIndex, 'words' | 'related'>): SourceIndex {
  let words: WordIndex | undefined;
  let related: RelatedSentences | undefined;
  const whole: SourceIndex = {
    ...index,
    get words() {
      words ??= indexWords(index.text);
      return words;
    },
    get related() {
      related ??= relateTo(index.sentences);
      return related;
    },
  };
  return index.alone.length > 0 ? whole : Object.defineProperty(whole, 'alone', { value: [whole] });
}

function emptyIndex(): SourceIndex {
  return withWords({
    ...{ articles: [], text: '', quantities: [], dates: [], sentences: [], bodySentences: [], alone: [] },
    placeOf: () => ({ article: 0 }),
  });
}
