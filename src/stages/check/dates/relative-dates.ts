/** Dates relative to the day of publication: `yesterday`, `last month`, `지난 23일`, `오는 26일`. Pure. */

import type { DateFact } from './date-fact.ts';
import { findWeekdays } from './weekdays.ts';

const DAY = 86_400_000;

/** What an expression means, from the day the page was published. */
type Reading = (day: Date, groups: readonly string[]) => readonly Partial<DateFact>[];

const wholeDay = (time: number): Partial<DateFact> => {
  const date = new Date(time);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
const days =
  (by: number): Reading =>
  (day) => [wholeDay(day.getTime() + by * DAY)];
const months =
  (by: number): Reading =>
  (day) => {
    const date = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by, 1));
    return [{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 }];
  };
const years =
  (by: number): Reading =>
  (day) => [{ year: day.getUTCFullYear() + by }];

/** A day without a month is in the month of publication, or in the one before or after if the wording says so. */
const dayOfMonth =
  (direction: 'past' | 'future' | 'open'): Reading =>
  (day, [figure = '']) => {
    const count = Number(figure);
    const isOver = count < day.getUTCDate();
    const by = direction === 'past' && count > day.getUTCDate() ? -1 : direction === 'future' && isOver ? 1 : 0;
    const month = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by, 1));
    return count > 31 ? [] : [{ year: month.getUTCFullYear(), month: month.getUTCMonth() + 1, day: count }];
  };
/** A month without its year. */
const monthOfYear: Reading = (day, [figure = '']) =>
  Number(figure) > 12 ? [] : [-1, 0, 1].map((by) => ({ year: day.getUTCFullYear() + by, month: Number(figure) }));

const EXPRESSIONS: readonly (readonly [RegExp, Reading])[] = [
  [/\b(?:today|tonight|this (?:morning|afternoon|evening))\b|오늘/gi, days(0)],
  [/\b(?:yesterday|last night)\b|어제|어젯밤/gi, days(-1)],
  [/\btomorrow\b|내일/gi, days(1)],
  [/그제|그저께/g, days(-2)],
  [/모레/g, days(2)],
  [/\b(?:this|earlier this|later this) month\b|이달|이번\s?달/gi, months(0)],
  [/\blast month\b|지난달/gi, months(-1)],
  [/\bnext month\b|다음\s?달|내달/gi, months(1)],
  [/\b(?:this|earlier this|later this) year\b|올해|금년/gi, years(0)],
  [/\b(?:last|the previous) year\b|작년|지난해/gi, years(-1)],
  [/\bnext year\b|내년/gi, years(1)],
  [/재작년/g, years(-2)],
  [/(?<!\d)(\d{1,3})\s?(?:years ago|년 전)/g, (day, [count = '']) => years(-Number(count))(day, [])],
  [/지난\s?(\d{1,2})일(?!간|[가-힣]{0,6}동안)/g, dayOfMonth('past')],
  [/(?:오는|다가오는)\s?(\d{1,2})일(?!간)/g, dayOfMonth('future')],
  [/(?<![\d월년.]\s?)(?<!\d)(\d{1,2})일(?=[\s,(·~]|에|의|부터|까지|$)(?!\s(?:동안|만에|이내|째))/g, dayOfMonth('open')],
  [/(?:지난|오는)\s?(\d{1,2})월/g, monthOfYear],
  [/(?<![\d월.])(\d{1,2})\s?[∼~〜–-]\s?(?=\d{1,2}일)/g, dayOfMonth('open')],
  [/(?<=(?<!\d)\d{1,2}\s?[∼~〜–-]\s?)(\d{1,2})일/g, dayOfMonth('open')],
  [/昨日|昨天|きのう/g, days(-1)],
  [/今日(?!も)|今天/g, days(0)],
  [/明日|明天/g, days(1)],
  [/先月|上个月|上月/g, months(-1)],
  [/今月|本月/g, months(0)],
  [/来月|下个月|下月/g, months(1)],
  [/昨年|去年/g, years(-1)],
  [/今年|本年/g, years(0)],
  [/来年|明年/g, years(1)],
  [/(?<!\d)(\d{1,3})年前/g, (day, [count = '']) => years(-Number(count))(day, [])],
  [
    /\b(?:last|next) (?:spring|summer|autumn|fall|winter)\b|내년\s?[봄여가겨]/gi,
    (day) => [-1, 0, 1].map((by) => ({ year: day.getUTCFullYear() + by })),
  ],
  [/\bon the (\d{1,2})(?:st|nd|rd|th)\b/gi, dayOfMonth('past')],
];

const LISTED = new Set(['en', 'ko', 'ja', 'zh', 'und']);
const byLanguage = new Map<string, readonly (readonly [RegExp, Reading])[]>();
const OFFSETS: readonly (readonly ['day' | 'month' | 'year', number, Reading])[] = [
  ...[-2, -1, 0, 1].map((by) => ['day', by, days(by)] as const),
  ...[-1, 0, 1].map((by) => ['month', by, months(by)] as const),
  ...[-1, 0, 1].map((by) => ['year', by, years(by)] as const),
];

/** `published`: an ISO time. */
export function relativeDates(text: string, published: string | undefined, lang: string): DateFact[] {
  const time = Date.parse((published ?? '').slice(0, 10));
  if (Number.isNaN(time)) return [];
  const day = new Date(time);
  const named = [...EXPRESSIONS, ...ownExpressions(lang)].flatMap(([pattern, read]) =>
    [...text.matchAll(pattern)].flatMap((match) =>
      read(day, match.slice(1)).map((parts) => factOf(parts, match.index, match[0])),
    ),
  );
  return [...named, ...weekdaysNear(text, day, lang)];
}

/** `gestern`, `le mois dernier`, `el próximo año`, as the runtime's data of the language writes them. */
function ownExpressions(lang: string): readonly (readonly [RegExp, Reading])[] {
  const language = lang.split('-')[0]?.toLowerCase() ?? '';
  if (LISTED.has(language)) return [];
  const known = byLanguage.get(language);
  if (known !== undefined) return known;
  let own: readonly (readonly [RegExp, Reading])[] = [];
  try {
    const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    own = OFFSETS.map(([unit, by, read]) => {
      const words = format
        .format(by, unit)
        .replace(/[\^$.*+?()[\]{}|]/g, '\\$&')
        .replace(/[’']/g, "[’']");
      return [new RegExp(`(?<!\\p{L})${words}(?!\\p{L})`, 'giu'), read] as const;
    });
  } catch {
    // not a language tag
  }
  if (byLanguage.size < 100) byLanguage.set(language, own);
  return own;
}

/** A day of the week is the last one before the page or the first one after it. */
function weekdaysNear(text: string, day: Date, lang: string): DateFact[] {
  return findWeekdays(text, lang).flatMap(({ days: [weekday = 0, ...others], index, raw }) => {
    if (others.length > 0) return [];
    const back = (day.getUTCDay() - weekday + 7) % 7;
    return [-back, 7 - back].map((by) => factOf(wholeDay(day.getTime() + by * DAY), index, raw));
  });
}

function factOf(parts: Partial<DateFact>, index: number, raw: string): DateFact {
  return { year: undefined, month: undefined, day: undefined, ...parts, index, raw };
}
