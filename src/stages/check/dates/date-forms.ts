/** The forms that dates are written in: English, Korean, figures, and the month names of the text's language. Pure. */

import type { DateFact } from './date-fact.ts';

export type Parts = Partial<Pick<DateFact, 'year' | 'month' | 'day' | 'until' | 'other' | 'part' | 'quarter'>>;
export type Form = readonly [
  RegExp,
  (groups: readonly (string | undefined)[], months: MonthNames) => Parts | undefined,
];
export type MonthNames = ReadonlyMap<string, number>;

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

/** Forms with a month's name, longer ones first: text that one form matched is not matched again. */
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
  /(?<=\b(?:[Ii]n|[Uu]ntil|[Ss]ince|[Bb]y|[Ff]rom|to|of|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his|[Ee]arly|[Ll]ate|[Mm]id|and|[Bb]etween|[Tt]hrough|[Tt]ill|[Bb]efore|[Aa]fter)[ -])(January|February|March|April|May|June|July|August|September|October|November|December)(?![\p{L}’']|\s(?:\d|be\b|have\b))/gu;

/** A month alone of another language, after one of the words that stand before times. */
const aloneOf = (names: MonthNames): Form => [
  new RegExp(
    `(?<=(?<!\\p{L})(?:im|in|ende|anfang|mitte|seit|bis|ab|vom|zum|en|de|d|du|dès|depuis|fin|début|mi|a|desde|hasta|fines de|finales de|mediados de|da|di|em|até|van|sinds)[ ’'-])(${escaped(names)})(?!\\p{L}|\\s\\d)`,
    'giu',
  ),
  ([m]) => ({ month: names.get(lower(m)) }),
];

/** `am 31.10. in`: languages that write the day first, with a point after each. */
const POINTED = /^(?:de|lb|da|nb|nn|no|fi|is|et|lv|cs|sk|sl|hr|sr|bs|pl|ru|uk|bg|tr|az)$/;
const DAY_AND_MONTH: Form = [
  /(?<![\p{L}\d.,:-])(\d{1,2})\.\s?(\d{1,2})\.(?=$|[\s)\],;–-])(?!\s?\d{4})/gu,
  ([d, m]) => ({ day: number(d), month: number(m) }),
];

const DECADES = ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties'];

const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first'.split(
    ' ',
  );

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
  [/(?<![\d,.])(\d{4})(?:년|年)(?!代|\s?(?:동안|간))/g, ([y]) => ({ year: number(y) })],
  [/(?<![\p{L}\d])[’'‘](\d{2})년(?!대|\s?(?:동안|간(?![가-힣])))/gu, ([y]) => ({ year: withCentury(number(y)) })],
  [
    /(?<=\b(?:in|since|until|of|from|class of|summer of|winter of) )[’'‘](\d{2})(?![\d’'\p{L}])/gu,
    ([y]) => ({ year: withCentury(number(y)) }),
  ],
  [/(?<![\d,.])(\d{1,2})月(?!\d)/g, ([m]) => (number(m) <= 12 ? { month: number(m) } : undefined)],
  [/(?<![\d,.])(\d{1,2})월(?![가-힣]*요일|드)/g, ([m]) => (number(m) <= 12 ? { month: number(m) } : undefined)],
  [
    /(?:\b(early|mid|late)[-\s])?(?<![\d,.$€£])\b(1\d|20)([1-9])0[’']?s\b/gi,
    ([part, c, d]) => ({ year: number(`${c}${d}0`), until: number(`${c}${d}9`), ...partOf(part) }),
  ],
  [
    /(?:\b(early|mid|late)[-\s])?(?<![\d,.$€£])\b([1-9]|1\d|20)00[’']?s\b/gi,
    ([part, c]) => ({ year: number(c) * 100, until: number(c) * 100 + 99, ...partOf(part) }),
  ],
  [/(?<![\p{L}\d])[’'](\d)0s\b/gu, ([d]) => ({ year: 1900 + number(d) * 10, until: 1909 + number(d) * 10 })],
  [
    new RegExp(`\\b(?:the|nineteen) (?:(early|late|mid)[-\\s])?(${DECADES.join('|')})\\b`, 'gi'),
    ([part, d]) => ({
      year: 1920 + DECADES.indexOf(lower(d)) * 10,
      until: 1929 + DECADES.indexOf(lower(d)) * 10,
      ...partOf(part),
    }),
  ],
  [
    new RegExp(
      `\\b(first|second|third|fourth|last) (half|third|quarter) of the (?:(\\d{1,2})(?:st|nd|rd|th)|(${ORDINALS.join('|')})) century\\b`,
      'gi',
    ),
    ([place, size, c, word]) => stretch(place, size, c === undefined ? ORDINALS.indexOf(lower(word)) + 1 : number(c)),
  ],
  [/(?<![\d,.])(\d{1,4})\s?(?:AD|CE|A\.D\.|C\.E\.)(?!\p{L})/gu, ([y]) => ({ year: number(y) })],
  [/(?<!\p{L})AD\s(\d{1,4})(?![\d,.]\d)/gu, ([y]) => ({ year: number(y) })],
  [
    new RegExp(
      `(?:\\b(early|mid|late)[-\\s])?\\b(?:(\\d{1,2})(?:st|nd|rd|th)|(${ORDINALS.join('|')}))[- ]centur(?:y|ies)\\b`,
      'gi',
    ),
    ([part, c, word]) => ({
      ...century(c === undefined ? ORDINALS.indexOf(lower(word)) + 1 : number(c)),
      ...partOf(part),
    }),
  ],
  // 1980er Jahre, années 1980, años 80, anni '80, jaren 80, 1980年代
  [/(?<![\d,.])(1[5-9]|20)(\d)0er\b/g, ([c, d]) => ({ year: number(`${c}${d}0`), until: number(`${c}${d}9`) })],
  [/\b(?:années|años|anos|anni|jaren)\s[’']?(\d{2}|\d{3})0(?!\d)/gi, ([y]) => decade(number(`${y}0`))],
  [/\b(?:années|años|anos|anni|jaren)\s[’']?([2-9])0(?!\d)/gi, ([y]) => decade(1900 + number(`${y}0`))],
  [/(?<![\d,.])(\d{3})0年代/g, ([y]) => decade(number(`${y}0`))],
  [
    /\b(?:Q([1-4])|(first|second|third|fourth) quarter)(?:(?: of)?,? (?:(?:fiscal|the)(?: year)? )?((?:19|20)\d{2}))?\b/gi,
    ([figure, word, y]) => quarterOf(figure ?? String(QUARTERS.indexOf(lower(word)) + 1), y),
  ],
  [/(?:((?:19|20)\d{2})년\s?)?(?<![\d~∼〜～–-])([1-4])분기/g, ([y, q]) => quarterOf(q, y)],
  [/\bFY\s?[’']?(\d{2}|20\d{2})\b/g, ([y]) => ({ year: number(y) < 100 ? 2000 + number(y) : number(y) })],
];
const QUARTERS = ['first', 'second', 'third', 'fourth'];

const STRETCHES: Readonly<Record<string, number>> = { half: 2, third: 3, quarter: 4 };

/** `the second quarter of the eighteenth century` */
function stretch(place: string | undefined, size: string | undefined, count: number): Parts | undefined {
  const parts = STRETCHES[lower(size)] ?? 1;
  const at = lower(place) === 'last' ? parts - 1 : QUARTERS.indexOf(lower(place));
  if (at >= parts) return undefined;
  const start = (count - 1) * 100;
  return { year: start + Math.round((at * 100) / parts), until: start + Math.round(((at + 1) * 100) / parts) };
}

function quarterOf(quarter: string | undefined, year: string | undefined): Parts {
  return { quarter: number(quarter), ...(year === undefined ? {} : { year: number(year) }) };
}

function decade(year: number): Parts {
  return { year, until: year + 9 };
}

function partOf(part: string | undefined): Pick<Parts, 'part'> {
  const name = lower(part);
  return name === 'early' || name === 'mid' || name === 'late' ? { part: name } : {};
}

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

export const ENGLISH = monthNames('en');
const formsByLanguage = new Map<string, readonly Form[]>();

export function formsOf(lang: string): readonly Form[] {
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
    ...(own.size === 0 ? [] : [...namedForms(own), aloneOf(own)]),
    alone,
    ...(POINTED.test(language) ? [DAY_AND_MONTH] : []),
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
