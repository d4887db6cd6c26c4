/** Rewrites dates of other calendars and in other digits, so that the rest reads one calendar only. */

/** Other spellings of a date in a text become those of the Gregorian calendar. */
export function inGregorian(text: string, lang: string | undefined): string {
  const plain = withAsciiDigits(text)
    .replace(ERA, (_, era: string, year: string) => `${(year === '元' ? 1 : Number(year)) + (ERAS[era] ?? 0)}年`)
    .replace(REPUBLIC, (_, year: string) => `${Number(year) + 1911}年`)
    .replace(HAN_DATE, (_, year: string, month: string, day: string) =>
      [fromHan(year), fromHan(month), fromHan(day)].join('-'),
    );
  const base = lang?.toLowerCase().split('-', 1)[0];
  if (base === 'th' || base === 'lo')
    return plain.replace(/(?<!\d)2[456]\d\d(?!\d)/g, (year) => String(Number(year) - 543));
  if (base === 'vi') return plain.replace(VIETNAMESE, '$3-$2-$1');
  const calendar = CALENDARS[base ?? ''];
  return calendar === undefined ? plain : withLunarDates(plain, calendar, lang);
}

/** The year before the first year of an era. */
const ERAS: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911 };
const ERA = /(令和|平成|昭和|大正)\s?(\d{1,2}|元)年/g;
const REPUBLIC = /(?:中華)?民國\s?(\d{2,3})\s?年/g;
/** `二〇二六年五月一日` */
const HAN_DATE = /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日/g;

/** A number in Han characters: digit by digit, or with tens. */
function fromHan(written: string): number {
  const digit = (sign: string) => '零一二三四五六七八九'.indexOf(sign === '〇' ? '零' : sign);
  const [tens = '', ones] = written.split('十');
  if (ones === undefined) return Number([...written].map(digit).join(''));
  return (tens === '' ? 1 : digit(tens)) * 10 + (ones === '' ? 0 : digit(ones));
}

/** Months have numbers in Vietnamese: `12 tháng 3 năm 2026`. */
const VIETNAMESE = /(?<!\d)(\d{1,2}) tháng (\d{1,2})(?:, ?| năm )((?:19|20)\d\d)(?!\d)/giu;
const CALENDARS: Readonly<Record<string, string>> = { fa: 'persian', ar: 'islamic-umalqura' };

/** Arabic, Persian, Devanagari and all other decimal digits. */
function withAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return String(value);
  });
}

/** `12 فروردین 1405`, `1405/01/12`. */
function withLunarDates(text: string, calendar: string, lang: string | undefined): string {
  const names = namesOfMonths(calendar, lang ?? 'en');
  const isoOf = (whole: string, year: string, month: number | undefined, day: string) =>
    (month === undefined ? undefined : gregorianDay(calendar, [Number(year), month, Number(day)])) ?? whole;
  return text
    .replace(/(?<!\d)(\d{1,2}) ([\p{L}\p{M}\u200c ]{2,20}?)[ ،,]{1,3}(1[34]\d\d)(?!\d)/gu, (whole, day, name, year) =>
      isoOf(whole, year, names.get(name.trim()), day),
    )
    .replace(/(?<!\d)(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)/g, (whole, year, _, month, day) =>
      isoOf(whole, year, Number(month), day),
    );
}

function namesOfMonths(calendar: string, lang: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const name = new Intl.DateTimeFormat(`${lang}-u-ca-${calendar}`, { month: 'long', timeZone: 'UTC' });
  for (let step = 0; step < 13; step += 1) {
    const date = new Date(Date.UTC(2025, 0, 10) + step * 29.5 * DAY);
    names.set(name.format(date), partsIn(calendar, date)[1]);
  }
  return names;
}

const DAY = 86_400_000;
type Parts = readonly [year: number, month: number, day: number];

/** The day that a calendar writes so; undefined where it has none. */
function gregorianDay(calendar: string, wanted: Parts): string | undefined {
  const [year, month, day] = wanted;
  // A first guess by the mean length of a year, then days up and down.
  const isSolar = calendar === 'persian';
  const guess = isSolar
    ? Date.UTC(year + 621, 2, 20) + (month - 1) * 30.5 * DAY + day * DAY
    : Date.UTC(622, 6, 18) + ((year - 1) * 354.367 + (month - 1) * 29.53 + day) * DAY;
  for (let step = 0; step < 12; step += 1) {
    for (const sign of [1, -1]) {
      const date = new Date(guess + sign * step * DAY);
      if (partsIn(calendar, date).every((part, at) => part === wanted[at])) return date.toISOString().slice(0, 10);
    }
  }
  return undefined;
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

function partsIn(calendar: string, date: Date): Parts {
  let format = FORMATS.get(calendar);
  if (format === undefined) {
    const options = { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' } as const;
    format = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, options);
    FORMATS.set(calendar, format);
  }
  const parts = format.formatToParts(date);
  const number = (wanted: string) => Number.parseInt(parts.find(({ type }) => type === wanted)?.value ?? '', 10);
  return [number('year'), number('month'), number('day')];
}
