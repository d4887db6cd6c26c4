/** Figures and dates that the source has in another place only: where it says the rest of the sentence, it has a different one. Pure. */

import type { DateFact } from '../dates/date-fact.ts';
import { findKnownDate } from '../dates/known-date.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isRounded, isSame } from './match-quantity.ts';
import type { SourceIndex } from './source-index.ts';
import { type SourceSentence, stemsOf } from './source-sentences.ts';

/** Minimum share of the sentence's words, by weight, that the source sentence must have. */
const LEAST_COVERED = 0.66;
const LEAST_WORDS = 3;
/** A word that no source has, such as another verb, against one that few sentences have. */
const UNKNOWN = 0.75;
/** A sentence with at least this share of the best score may also be the origin of the figure. */
const ALSO_ABOUT = 0.5;

export interface Rival {
  readonly raw: string;
  readonly sentence: string;
}

interface Place {
  readonly best: SourceSentence;
  readonly about: readonly SourceSentence[];
}

/** The source sentence with the rest of the statement, and other candidates. */
function placeOf(
  sentence: string,
  { sentences, related }: Pick<SourceIndex, 'sentences' | 'related'>,
): Place | undefined {
  const words = stemsOf(sentence);
  if (words.size < LEAST_WORDS) return undefined;
  const scores = related.scores(words);
  let [best, high] = [-1, 0];
  for (const [index, score] of scores) if (score > high) [best, high] = [index, score];
  let total = 0;
  for (const word of words) total += related.weight(word) * (related.isKnown(word) ? 1 : UNKNOWN);
  const own = sentences[best];
  if (own === undefined || high < total * LEAST_COVERED) return undefined;
  const near = [...scores].filter(([, score]) => score >= high * ALSO_ABOUT).map(([index]) => index);
  const about = [...new Set([...near, best - 1, best + 1])].flatMap((index) => sentences[index] ?? []);
  return { best: own, about };
}

export interface Rivals {
  /** `figures`: those of the sentence. */
  ofFigure(quantity: Quantity, sentence: string, figures: readonly Quantity[]): Rival | undefined;
  ofDate(date: DateFact, sentence: string, dates: readonly DateFact[]): Rival | undefined;
}

export function rivalsIn(index: SourceIndex): Rivals {
  let last: { readonly sentence: string; readonly place: Place | undefined } | undefined; // figures of a sentence come together
  const placed = (sentence: string) => {
    if (last?.sentence !== sentence) last = { sentence, place: placeOf(sentence, index) };
    return last.place;
  };
  return {
    ofFigure(quantity, sentence, figures) {
      if (quantity.kind === 'code' || quantity.kind === 'clock') return undefined;
      const place = placed(sentence);
      return place === undefined ? undefined : rivalFigure(quantity, place, figures, index.dates);
    },
    ofDate(date, sentence, dates) {
      if (date.until !== undefined || date.quarter !== undefined) return undefined;
      const place = placed(sentence);
      return place === undefined ? undefined : rivalDate(date, place, { sentence, dates }, index.dates);
    },
  };
}

function rivalFigure(
  quantity: Quantity,
  place: Place,
  own: readonly Quantity[],
  all: readonly DateFact[],
): Rival | undefined {
  const alike = (a: Quantity, b: Quantity) => isSame(a, b, () => true) || isRoundedOf(a, b);
  if (
    place.about.some(
      ({ quantities, dates }) => quantities.some((other) => alike(quantity, other)) || isDay(quantity, dates),
    )
  )
    return undefined;
  const isYear = ({ year, index }: DateFact) =>
    year === quantity.value && place.about.some(({ from, end }) => index >= from && index < end);
  if (quantity.dimension === 'year' && all.some(isYear)) return undefined;
  const rivals = place.best.quantities.filter(
    (other) => isOfKind(quantity, other) && !own.some((figure) => alike(figure, other)),
  );
  const [rival] = rivals;
  return rival === undefined || rivals.length > 1 ? undefined : { raw: rival.raw, sentence: place.best.text };
}

function rivalDate(
  date: DateFact,
  place: Place,
  { sentence, dates }: { readonly sentence: string; readonly dates: readonly DateFact[] },
  all: readonly DateFact[],
): Rival | undefined {
  const inReach = all.filter((known) => place.about.some((one) => known.index >= one.from && known.index < one.end));
  const isKnown = (one: DateFact, known: readonly DateFact[]) => findKnownDate(one, known, () => true) !== undefined;
  if (isKnown(date, inReach)) return undefined;
  const years = place.about.flatMap(({ quantities }) => quantities.filter(({ dimension }) => dimension === 'year'));
  if (date.month === undefined && years.some(({ value }) => value === date.year)) return undefined;
  const rivals = place.best.dates.filter(
    (known) =>
      known.until === undefined &&
      isAsFine(date, known) &&
      !(known.day !== undefined && new RegExp(`(?<!\\d)${known.day}(?!\\d)`).test(sentence)) &&
      !dates.some((own) => own !== date && isKnown(own, [known])),
  );
  const [rival] = rivals;
  return rival === undefined || rivals.length > 1 ? undefined : { raw: rival.raw, sentence: place.best.text };
}

/** A day beside a day, a month beside a month, a year beside a year. */
function isAsFine(a: DateFact, b: DateFact): boolean {
  if ((a.weekdays === undefined) !== (b.weekdays === undefined)) return a.day !== undefined && b.day !== undefined;
  if (a.day !== undefined || b.day !== undefined) return a.day !== undefined && b.day !== undefined;
  return (a.month === undefined) === (b.month === undefined);
}

function isRoundedOf(post: Quantity, source: Quantity): boolean {
  return post.dimension === source.dimension && (isRounded(post, source.value) || isRounded(post, source.high));
}

/** `18일` for the day of a date. */
function isDay({ raw, value, kind }: Quantity, dates: readonly DateFact[]): boolean {
  const day = kind === 'ordinal' ? value : /^\d{1,2}일$/.test(raw) ? Number.parseInt(raw, 10) : undefined;
  return day !== undefined && dates.some((date) => date.day === day);
}

/** Of one dimension and form; counts count the same things. */
function isOfKind(post: Quantity, source: Quantity): boolean {
  if (post.dimension !== source.dimension || post.kind !== source.kind) return false;
  if (post.dimension !== 'count' || post.kind !== 'plain') return true;
  return post.nouns.some((noun) => source.nouns.includes(noun));
}
