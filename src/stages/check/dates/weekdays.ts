/** Days of the week in a text: English, Korean, and languages whose names of days do not change their endings. Pure. */

export interface WeekdayMention {
  /** 0 is Sunday; of a span such as `Mon–Fri` all of its days. */
  readonly days: readonly number[];
  readonly index: number;
  readonly raw: string;
}

const ENGLISH = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const KOREAN = '일월화수목금토';
const LONG = /\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)days?\b/g;
const SHORT_NAMES = 'Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat';
const SHORT = new RegExp(`\\b(?:${SHORT_NAMES})\\b\\.?(?=\\s?[–-]\\s?(?:${SHORT_NAMES})\\b|,?\\s\\d|\\))`, 'g');
const SPAN_END = new RegExp(`(?<=\\b(?:${SHORT_NAMES})\\.?\\s?[–-]\\s?)(?:${SHORT_NAMES})\\b`, 'g');
const KOREAN_LONG = /(?<![가-힣])([일월화수목금토])요일/g;
const KOREAN_SHORT =
  /(?<=\()([일월화수목금토])(?=\))|(?<![가-힣])([월화수목금토일])(?=\s?[~∼～]\s?[월화수목금토일](?![가-힣]|\d))/g;
const KOREAN_SPAN_END = /(?<=[월화수목금토일]\s?[~∼～]\s?)([월화수목금토일])(?![가-힣]|\d)/g;

const UNCHANGING = new Set(['de', 'fr', 'es', 'it', 'nl']);
const byLanguage = new Map<string, { readonly pattern: RegExp; readonly names: readonly string[] } | undefined>();

function namesOf(lang: string): { readonly pattern: RegExp; readonly names: readonly string[] } | undefined {
  const language = lang.slice(0, 2).toLowerCase();
  if (!UNCHANGING.has(language)) return undefined;
  if (!byLanguage.has(language)) {
    const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    const names = [...'0123456'].map((day) => format.format(Date.UTC(2023, 0, 1 + Number(day))).toLowerCase());
    byLanguage.set(language, { names, pattern: new RegExp(`(?<!\\p{L})(?:${names.join('|')})(?!\\p{L})`, 'giu') });
  }
  return byLanguage.get(language);
}

/** Words before a day's name after which it still is a day; any other capitalised word makes it part of a name: `Black Friday`. */
const BEFORE =
  /(?:^|[^\p{L}])(?:On|By|Last|Next|This|Every|Each|Since|From|Until|Till|Before|After|Late|Early|The|And|Or|To|It|That|In|Of|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\s$/u;
const NAMED_BEFORE = /\p{Lu}[\p{L}’'-]{0,20}\s$/u;
const NAMED_AFTER =
  /^\s(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|I|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?s?\b)(?:\p{Lu}|[sS]chool)/u;

export function findWeekdays(text: string, lang: string): WeekdayMention[] {
  const found: WeekdayMention[] = [];
  const add = (index: number, raw: string, day: number) => found.push({ days: [day], index, raw });
  if (/day|\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)/.test(text))
    for (const pattern of [LONG, SHORT, SPAN_END])
      for (const { 0: raw, index } of text.matchAll(pattern)) {
        const before = text.slice(Math.max(0, index - 24), index);
        const isName =
          NAMED_AFTER.test(text.slice(index + raw.length, index + raw.length + 12)) ||
          (NAMED_BEFORE.test(before) && !BEFORE.test(before));
        if (!isName) add(index, raw, ENGLISH.indexOf(raw.slice(0, 3).toLowerCase()));
      }
  if (/[월화수목금토일]/.test(text))
    for (const pattern of [KOREAN_LONG, KOREAN_SHORT, KOREAN_SPAN_END])
      for (const match of text.matchAll(pattern))
        add(match.index, match[0], KOREAN.indexOf(match[1] ?? match[2] ?? ''));
  const own = namesOf(lang);
  if (own !== undefined)
    for (const { 0: raw, index } of text.matchAll(own.pattern)) add(index, raw, own.names.indexOf(raw.toLowerCase()));
  return joinSpans(
    found.sort((a, b) => a.index - b.index),
    text,
  );
}

/** `Monday to Friday` names the days between, too. */
function joinSpans(found: readonly WeekdayMention[], text: string): WeekdayMention[] {
  const joined: WeekdayMention[] = [];
  for (const mention of found) {
    const last = joined.at(-1);
    const between = last === undefined ? '' : text.slice(last.index + last.raw.length, mention.index);
    if (last !== undefined && /^\s?(?:[–~∼～-]|to|through|bis|부터|에서)\s?$/.test(between)) {
      const [from = 0, to = 0] = [last.days[0], mention.days[0]];
      const days = Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => (from + step) % 7);
      joined[joined.length - 1] = {
        ...last,
        days,
        raw: text.slice(last.index, mention.index + mention.raw.length),
      };
    } else joined.push(mention);
  }
  return joined;
}
