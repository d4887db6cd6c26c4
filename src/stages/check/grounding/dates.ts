/** Dates of a text: English, Korean, figures, and the month names of the text's language; months, years, decades and centuries too. Pure. */

export interface DateFact {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  /** Last year of a decade or century that begins with `year`. */
  readonly until?: number;
  /** The other reading of `3/2/2022`. */
  readonly other?: { readonly month: number; readonly day: number };
  readonly raw: string;
  readonly index: number;
}

type Parts = Partial<Pick<DateFact, 'year' | 'month' | 'day' | 'until' | 'other'>>;
type Form = readonly [RegExp, (groups: readonly (string | undefined)[], months: MonthNames) => Parts | undefined];
type MonthNames = ReadonlyMap<string, number>;

const YEAR = '((?:1[0-9]|20|21)\\d{2})';
const number = (text: string | undefined) => Number(text);

/** Long and short names of the months, as the language writes them alone and in a date. */
function monthNames(lang: string): MonthNames {
  const names = new Map<string, number>();
  for (const month of ['long', 'short'] as const)
    for (const options of [{ month }, { month, day: 'numeric' as const }]) {
      const format = new Intl.DateTimeFormat(lang, {
        ...options,
        timeZone: 'UTC',
        numberingSystem: 'latn',
        calendar: 'gregory',
      });
      for (let index = 0; index < 12; index += 1) {
        const name = format.formatToParts(Date.UTC(2001, index, 15)).find(({ type }) => type === 'month')?.value ?? '';
        const plain = name.toLowerCase().replace(/\.$/, '');
        if (/^\p{L}{3,}$/u.test(plain) && !names.has(plain)) names.set(plain, index + 1);
      }
    }
  if (lang.startsWith('en')) names.set('sept', 9);
  return names;
}

const escaped = (names: MonthNames) => [...names.keys()].sort((a, b) => b.length - a.length).join('|');

/** Forms with a month's name; longer ones first: what one of them took, no shorter one reads again. */
function namedForms(names: MonthNames): Form[] {
  const month = `(${escaped(names)})(?!\\p{L})\\.?`;
  const of = "(?:\\.|º|er)?\\s(?:of\\s|de\\s|di\\s|d[’']\\s?)?";
  const ofYear = ',?\\s(?:of\\s|de\\s|del\\s)?';
  const end = '(?:st|nd|rd|th)?';
  return [
    [
      new RegExp(`(?<![\\p{L}\\d.,])(\\d{1,2})${end}${of}${month}${ofYear}${YEAR}(?!\\d)`, 'giu'),
      ([d, m, y]) => ({ day: number(d), month: names.get(lower(m)), year: number(y) }),
    ],
    [
      new RegExp(`(?<!\\p{L})${month}\\s(\\d{1,2})${end},?\\s${YEAR}(?!\\d)`, 'giu'),
      ([m, d, y]) => ({ day: number(d), month: names.get(lower(m)), year: number(y) }),
    ],
    [
      new RegExp(`(?<!\\p{L})${month}${ofYear}${YEAR}(?!\\d)`, 'giu'),
      ([m, y]) => ({ month: names.get(lower(m)), year: number(y) }),
    ],
    [
      new RegExp(`(?<![\\p{L}\\d.,])(\\d{1,2})${end}${of}${month}(?!\\p{L})`, 'giu'),
      ([d, m]) => ({ day: number(d), month: names.get(lower(m)) }),
    ],
    [
      new RegExp(
        `(?<!\\p{L})${month}\\s(\\d{1,2})${end}(?![\\d.,:]\\d|\\d|\\s?(?:%|percent|million|people|years))`,
        'giu',
      ),
      ([m, d]) => ({ day: number(d), month: names.get(lower(m)) }),
    ],
  ];
}

const ENGLISH_MONTH_ALONE =
  /(?<=\b(?:in|until|since|by|from|to|of|during|last|next|this|early|late|mid|and|between|through|till|before|after)[ -])(January|February|March|April|May|June|July|August|September|October|November|December)(?![\p{L}’']|\s(?:\d|be\b|have\b))/gu;

const DECADES = ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties'];

const FIGURE_FORMS: readonly Form[] = [
  [
    /(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/g,
    ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) }),
  ],
  [
    /(?<!\d)(\d{4})\.\s?(\d{1,2})\.\s?(\d{1,2})\.?(?!\d)/g,
    ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) }),
  ],
  [
    /(?<![\d.])(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)/g,
    ([a, b, y]) => ({
      year: number(y),
      ...(number(b) > 12 ? { month: number(a), day: number(b) } : { month: number(b), day: number(a) }),
      ...(number(a) <= 12 && number(b) <= 12 ? { other: { month: number(a), day: number(b) } } : {}),
    }),
  ],
  [/(\d{4})년\s?(\d{1,2})월\s?(\d{1,2})일/g, ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) })],
  [/(\d{4})[年]\s?(\d{1,2})月\s?(\d{1,2})日/g, ([y, m, d]) => ({ year: number(y), month: number(m), day: number(d) })],
  [/(\d{4})년\s?(\d{1,2})월/g, ([y, m]) => ({ year: number(y), month: number(m) })],
  [/(\d{4})年\s?(\d{1,2})月/g, ([y, m]) => ({ year: number(y), month: number(m) })],
  [/(?<!\d)(\d{1,2})월\s?(\d{1,2})일/g, ([m, d]) => ({ month: number(m), day: number(d) })],
  [/(?<!\d)(\d{1,2})月\s?(\d{1,2})日/g, ([m, d]) => ({ month: number(m), day: number(d) })],
  [/(?<![\d,.])(\d{4})년대/g, ([y]) => ({ year: number(y), until: number(y) + (number(y) % 100 === 0 ? 99 : 9) })],
  [/(?<![\d,.])(\d{1,2})세기/g, ([c]) => century(number(c))],
  [/(?<![\d,.])(\d{4})(?:년|年)(?!\s?(?:동안|간))/g, ([y]) => ({ year: number(y) })],
  [/(?<![\p{L}\d])[’'‘](\d{2})년(?!\s?(?:동안|간|대))/gu, ([y]) => ({ year: withCentury(number(y)) })],
  [
    /(?<=\b(?:in|since|until|of|from|class of|summer of|winter of) )[’'‘](\d{2})(?![\d’'\p{L}])/gu,
    ([y]) => ({ year: withCentury(number(y)) }),
  ],
  [/(?<![\d,.])(\d{1,2})월(?![가-힣]*요일|드)/g, ([m]) => (number(m) <= 12 ? { month: number(m) } : undefined)],
  [/(?<![\d,.])(1[5-9]|20)(\d)0[’']?s\b/g, ([c, d]) => ({ year: number(`${c}${d}0`), until: number(`${c}${d}9`) })],
  [/(?<![\p{L}\d])[’'](\d)0s\b/gu, ([d]) => ({ year: 1900 + number(d) * 10, until: 1909 + number(d) * 10 })],
  [
    new RegExp(`\\b(?:the|nineteen) (?:early |late |mid-?)?(${DECADES.join('|')})\\b`, 'gi'),
    ([d]) => ({ year: 1920 + DECADES.indexOf(lower(d)) * 10, until: 1929 + DECADES.indexOf(lower(d)) * 10 }),
  ],
  [/\b(\d{1,2})(?:st|nd|rd|th)[- ]century\b/gi, ([c]) => century(number(c))],
  [
    /\b(fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)[- ]century\b/gi,
    ([c]) => century(15 + CENTURIES.indexOf(lower(c))),
  ],
];
const CENTURIES = ['fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth', 'twenty-first'];

/** Years of two digits reach from 1940 to 2039. */
function withCentury(year: number): number {
  return year + (year < 40 ? 2000 : 1900);
}

function century(count: number): Parts {
  return { year: (count - 1) * 100, until: count * 100 };
}

function lower(text: string | undefined): string {
  return (text ?? '').toLowerCase();
}

const ENGLISH = monthNames('en');
const formsByLanguage = new Map<string, readonly Form[]>();

function formsOf(lang: string): readonly Form[] {
  const language = lang.split('-')[0]?.toLowerCase() ?? 'en';
  const known = formsByLanguage.get(language);
  if (known !== undefined) return known;
  const own = ['en', 'ko', 'ja', 'zh', 'und'].includes(language)
    ? new Map<string, number>()
    : monthNames(supported(language));
  const alone: Form = [ENGLISH_MONTH_ALONE, ([m]) => ({ month: ENGLISH.get(lower(m)) })];
  const forms: Form[] = [
    ...FIGURE_FORMS.slice(0, 3),
    ...namedForms(ENGLISH),
    ...(own.size === 0 ? [] : namedForms(own)),
    alone,
    ...FIGURE_FORMS.slice(3),
  ];
  if (formsByLanguage.size < 100) formsByLanguage.set(language, forms);
  return forms;
}

function supported(language: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? 'en';
  } catch {
    return 'en'; // not a language tag
  }
}

export function findDates(text: string, lang = 'en'): DateFact[] {
  const taken = new Uint8Array(text.length);
  const facts: DateFact[] = [];
  for (const [pattern, read] of formsOf(lang)) {
    for (const match of text.matchAll(pattern)) {
      const [from, to] = [match.index, match.index + match[0].length];
      if (taken.subarray(from, to).includes(1)) continue;
      const parts = read(match.slice(1), ENGLISH);
      if (parts === undefined || (parts.month ?? 1) > 12 || (parts.day ?? 1) > 31) continue;
      taken.fill(1, from, to);
      facts.push({ year: undefined, month: undefined, day: undefined, ...parts, raw: match[0], index: from });
    }
  }
  return facts.sort((a, b) => a.index - b.index);
}

/** The date of a source that says everything that `wanted` says, or lacks only the year, which the source names near it (`isNear`). */
export function findKnownDate(
  wanted: DateFact,
  known: readonly DateFact[],
  isNear: (date: DateFact, year: number) => boolean,
): DateFact | undefined {
  const isYear = (date: DateFact) => {
    if (wanted.year === undefined) return true;
    return wanted.year === date.year || (date.year === undefined && isNear(date, wanted.year));
  };
  return known.find((date) => isSameDay(wanted, date) && isYear(date));
}

/** Whether a date says the day and month that are wanted, in any of their readings. */
function isSameDay(wanted: DateFact, date: DateFact): boolean {
  const readings = [wanted, ...(wanted.other === undefined ? [] : [wanted.other])];
  const known = [date, ...(date.other === undefined ? [] : [date.other])];
  return readings.some(({ day, month }) =>
    known.some((one) => (day === undefined || day === one.day) && (month === undefined || month === one.month)),
  );
}

/** Whether a year lies in a decade or century. */
export function isWithin({ year, until }: DateFact, other: number | undefined): boolean {
  return year !== undefined && until !== undefined && other !== undefined && other >= year && other <= until;
}
