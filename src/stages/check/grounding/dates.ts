/** Dates of a text in their forms, English, Korean and ISO. Pure. */

export interface DateFact {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly raw: string;
  readonly index: number;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = `(${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`;
const YEAR = '((?:1[5-9]|20|21)\\d{2})';

type Read = (groups: readonly (string | undefined)[]) => Pick<DateFact, 'year' | 'month' | 'day'>;

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const month = (text: string | undefined) => {
  const index = MONTHS.findIndex((name) => name.startsWith((text ?? '?').toLowerCase().slice(0, 3)));
  return index === -1 ? undefined : index + 1;
};

/** Longer forms first: what one of them took, no shorter one reads again. */
const FORMS: readonly (readonly [RegExp, Read])[] = [
  [/(\d{4})-(\d{2})-(\d{2})/g, ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) })],
  [/(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일/g, ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) })],
  [/(\d{4})년\s?(\d{1,2})월/g, ([y, m]) => ({ year: number(y), month: number(m), day: undefined })],
  [/(?<!\d)(\d{1,2})월\s?(\d{1,2})일/g, ([m, d]) => ({ year: undefined, month: number(m), day: number(d) })],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\sof)?\\s${MONTH},?\\s${YEAR}\\b`, 'gi'),
    ([d, m, y]) => ({ year: number(y), month: month(m), day: number(d) }),
  ],
  [
    new RegExp(`\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s${YEAR}\\b`, 'gi'),
    ([m, d, y]) => ({ year: number(y), month: month(m), day: number(d) }),
  ],
  [new RegExp(`\\b${MONTH},?\\s${YEAR}\\b`, 'gi'), ([m, y]) => ({ year: number(y), month: month(m), day: undefined })],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\sof)?\\s${MONTH}(?![a-z])`, 'gi'),
    ([d, m]) => ({ year: undefined, month: month(m), day: number(d) }),
  ],
  [
    new RegExp(`\\b${MONTH}\\s(\\d{1,2})(?:st|nd|rd|th)?\\b(?!\\s?(?:percent|%|million))`, 'gi'),
    ([m, d]) => ({ year: undefined, month: month(m), day: number(d) }),
  ],
  [/(?<!\d)(\d{4})년/g, ([y]) => ({ year: number(y), month: undefined, day: undefined })],
];

export function findDates(text: string): DateFact[] {
  const taken = new Uint8Array(text.length);
  const facts: DateFact[] = [];
  for (const [pattern, read] of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (taken.subarray(from, to).includes(1)) continue;
      taken.fill(1, from, to);
      facts.push({ ...read(match.slice(1)), raw: match[0], index: from });
    }
  }
  return facts.sort((a, b) => a.index - b.index);
}

/** Tells of a place of the text whether it lies in one of these dates, which are in the order of the text. */
export function placesOf(dates: readonly DateFact[]): (at: number) => boolean {
  return (at) => {
    let [low, high] = [0, dates.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((dates[middle]?.index ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const date = dates[low - 1];
    return date !== undefined && at < date.index + date.raw.length;
  };
}

/** The date of a source that says everything that `wanted` says, or lacks only the year, which the source names elsewhere. */
export function findKnownDate(
  wanted: DateFact,
  known: readonly DateFact[],
  years: ReadonlySet<number>,
): DateFact | undefined {
  return known.find(
    (date) =>
      (wanted.day === undefined || wanted.day === date.day) &&
      (wanted.month === undefined || wanted.month === date.month) &&
      (wanted.year === undefined || wanted.year === date.year || (date.year === undefined && years.has(wanted.year))),
  );
}
