/** Lengths of time between dates of a source, and from a year of the source to the day of publication. Pure. */

import { plural } from '../../../util/text/plural.ts';
import type { DateFact } from '../dates/date-fact.ts';
import { isRounded } from '../grounding/match-quantity.ts';
import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isYearCount, yearsAs } from './figures.ts';
import { figuresOf } from './pairs.ts';
import type { Sum } from './sums.ts';

const DAY = 86_400;
const MONTH = (365.25 * DAY) / 12;
const YEAR = 365.25 * DAY;
const MAX_DATES = 10;

/** `published`: years in which the sources were published. */
export function spansOf(post: Quantity, about: readonly SourceSentence[], published: readonly number[]): Sum[] {
  const isYears = isYearCount(post);
  if (post.dimension !== 'time' && !isYears) return [];
  return [
    ...(post.unitSize < DAY && !isYears ? [] : betweenDates(post, about, published)),
    ...(isYears || post.unitSize >= YEAR ? sincePublication(post, about, published) : []),
  ];
}

function sincePublication(post: Quantity, about: readonly SourceSentence[], published: readonly number[]): Sum[] {
  const years = about.flatMap(figuresOf).filter(({ dimension }) => dimension === 'year');
  return years.flatMap((from) =>
    published.flatMap((year) =>
      year > from.value
        ? [{ ...yearsAs(post, year - from.value), from, text: () => `${year} − ${from.raw} = ${year - from.value}` }]
        : [],
    ),
  );
}

interface Day {
  readonly time: number;
  /** Seconds by which the date may be off. */
  readonly slack: number;
  readonly date: DateFact;
}

/** Dates that name at least a month; one without its year takes the year of the other. */
function betweenDates(post: Quantity, about: readonly SourceSentence[], published: readonly number[]): Sum[] {
  const dates = about
    .flatMap((sentence) => sentence.dates.filter(({ month, until }) => month !== undefined && until === undefined))
    .slice(0, MAX_DATES);
  return dates.flatMap((a, at) =>
    dates.slice(at + 1).flatMap((b): Sum[] => {
      const [one, other] = nearest(a, b, published);
      if (one === undefined || other === undefined) return [];
      const span = Math.abs(other.time - one.time);
      const slack = one.slack + other.slack;
      const value = post.dimension === 'time' ? post.value : post.value * YEAR;
      const isNear =
        Math.abs(value - span) <= slack + DAY || isRounded({ ...post, value, step: Math.max(post.step, slack) }, span);
      if (span === 0 || !isNear || slack > span / 4) return [];
      return [
        {
          ...(post.dimension === 'time' ? { value, dimension: 'time' } : { value: post.value, dimension: 'count' }),
          from: { ...post, raw: a.raw, index: a.index, end: a.index + a.raw.length },
          text: () => `${b.raw} − ${a.raw} = ${plural(Math.round(span / DAY), 'day')}`,
        },
      ];
    }),
  );
}

/** Two days, of which one may lack its year: then it is the one that brings both closest. */
function nearest(a: DateFact, b: DateFact, published: readonly number[]): readonly [Day | undefined, Day | undefined] {
  const year = a.year ?? b.year;
  if (year === undefined || (a.year === undefined) === (b.year === undefined))
    return [dayOf(a, b.year), dayOf(b, a.year)];
  const years = [year, ...[year - 1, year + 1].filter((one) => published.includes(one))];
  const pairs = years.map((one) => [dayOf(a, one), dayOf(b, one)] as const);
  const span = ([one, other]: (typeof pairs)[number]) => Math.abs((one?.time ?? 0) - (other?.time ?? 0));
  return pairs.reduce((best, pair) => (span(pair) < span(best) ? pair : best));
}

function dayOf(date: DateFact, otherYear: number | undefined): Day | undefined {
  const year = date.year ?? otherYear;
  if (year === undefined || date.month === undefined) return undefined;
  const isDay = date.day !== undefined;
  const time = Date.UTC(year, date.month - 1, date.day ?? 15) / 1000;
  return { time, slack: isDay ? 0 : MONTH / 2, date };
}
