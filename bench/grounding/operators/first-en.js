// Changes that make a true English sentence false (F), say it in another notation (T), or add a right (D) or wrong (W) sum.
// Each is `{ name, kind, truth, apply(sentence, random) }` and gives the changed sentence, or undefined where it does not fit.

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const MONTH = `(?:${MONTHS.join('|')})`;
const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

export const words = (n) =>
  n < 20
    ? SMALL[n]
    : n < 100
      ? TENS[Math.floor(n / 10)] + (n % 10 ? `-${SMALL[n % 10]}` : '')
      : n < 1000
        ? `${SMALL[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${words(n % 100)}` : ''}`
        : undefined;
const num = (text) => Number(text.replaceAll(',', ''));
const grouped = (n) => n.toLocaleString('en-US');

/** Replaces the first match by what `make` gives; undefined where nothing matches or nothing comes. */
export const swap = (pattern, make) => (sentence, random) => {
  const match = pattern.exec(sentence);
  if (match === null) return undefined;
  const made = make(match, random);
  return made === undefined || made === match[0]
    ? undefined
    : sentence.slice(0, match.index) + made + sentence.slice(match.index + match[0].length);
};
const other = (list, one, random) => {
  const rest = list.filter((each) => each !== one);
  return rest[Math.floor(random() * rest.length)];
};
const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

const UNITS = [
  ['kilometres', 'miles'],
  ['kilometers', 'miles'],
  ['km', 'miles'],
  ['miles', 'kilometres'],
  ['metres', 'feet'],
  ['meters', 'feet'],
  ['feet', 'metres'],
  ['inches', 'centimetres'],
  ['pounds', 'kilograms'],
  ['kg', 'tonnes'],
  ['tons', 'kilograms'],
  ['hours', 'days'],
  ['minutes', 'hours'],
  ['days', 'weeks'],
  ['weeks', 'months'],
  ['months', 'years'],
  ['years', 'months'],
  ['seconds', 'minutes'],
  ['acres', 'square feet'],
  ['gallons', 'litres'],
  ['degrees', 'percent'],
  ['MB', 'GB'],
  ['GB', 'TB'],
  ['mph', 'km/h'],
];

export const OPERATORS = [
  {
    name: 'digits swapped',
    kind: 'figure',
    truth: 'F',
    apply: swap(/(?<![\d.,$€£-])(\d)(\d)(\d*)(?![\d.,%:-]|th|st|nd|rd)(?=\s[a-z])/, ([all, a, b, rest]) =>
      a === b || b === '0' || (all.length === 4 && /^(?:1[5-9]|20)/.test(all)) ? undefined : b + a + rest,
    ),
  },
  {
    name: 'grouped figure changed',
    kind: 'figure',
    truth: 'F',
    apply: swap(/(?<![\d.$€£])\d{1,3}(?:,\d{3})+(?![\d.])/, ([all], random) =>
      grouped(num(all) + between(random, 2, 7) * 10 ** (String(num(all)).length - 2)),
    ),
  },
  {
    name: 'percent changed',
    kind: 'percent',
    truth: 'F',
    apply: swap(
      /(\d+)((?:\.\d+)?)(\s?(?:%|percent|per cent))/,
      ([, n, rest, sign], random) => `${Number(n) + between(random, 2, 9)}${rest}${sign}`,
    ),
  },
  {
    name: 'decimal changed',
    kind: 'figure',
    truth: 'F',
    apply: swap(
      /(?<![\d.,$€£])(\d+)\.(\d)(?![\d.])(?=\s?[a-z%])/,
      ([, n, d], random) => `${n}.${(Number(d) + between(random, 1, 8)) % 10}`,
    ),
  },
  {
    name: 'money changed',
    kind: 'money',
    truth: 'F',
    apply: swap(
      /([$€£])(\d[\d,]*)(?![\d,]|\.\d)/,
      ([, sign, n], random) =>
        `${sign}${grouped(num(n) + between(random, 3, 8) * 10 ** Math.max(0, String(num(n)).length - 2))}`,
    ),
  },
  {
    name: 'currency swapped',
    kind: 'money',
    truth: 'F',
    apply: swap(/([$€£])(?=\d)/, ([sign], random) => other(['$', '€', '£'], sign, random)),
  },
  {
    name: 'unit swapped',
    kind: 'unit',
    truth: 'F',
    apply: swap(
      new RegExp(`(?<=\\d\\s)(?:${UNITS.map(([a]) => a).join('|')})\\b(?! per)`),
      ([all]) => UNITS.find(([a]) => a === all)[1],
    ),
  },
  {
    name: 'percent to points',
    kind: 'unit',
    truth: 'F',
    apply: swap(/(?<=\d\s?)(?:%|percent|per cent)(?! points)/, () => ' percentage points'),
  },
  {
    name: 'magnitude up',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(/(?<=\d\s)(?:thousand|million)\b/, ([all]) => (all === 'million' ? 'billion' : 'million')),
  },
  {
    name: 'magnitude down',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(/(?<=\d\s)(?:billion|trillion)\b/, ([all]) => (all === 'billion' ? 'million' : 'billion')),
  },
  {
    name: 'month swapped',
    kind: 'date',
    truth: 'F',
    apply: swap(new RegExp(`\\b${MONTH}(?=\\s\\d)`), ([all], random) => other(MONTHS, all, random)),
  },
  {
    name: 'year moved',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<=\b(?:in|since|of|until|,|from) )(?:19|20)\d\d\b(?!s)/, ([all], random) =>
      String(Number(all) - between(random, 2, 9)),
    ),
  },
  {
    name: 'day moved',
    kind: 'date',
    truth: 'F',
    apply: swap(new RegExp(`(?<=\\b${MONTH}\\s)(\\d{1,2})(?=,|\\s\\d{4}|\\b)`), ([all], random) =>
      String(((Number(all) + between(random, 2, 20)) % 27) + 1),
    ),
  },
  {
    name: 'decade moved',
    kind: 'date',
    truth: 'F',
    apply: swap(/\b(1[89]|20)(\d)0s\b/, ([, c, d]) => `${c}${(Number(d) + 3) % 10}0s`),
  },
  {
    name: 'ordinal moved',
    kind: 'ordinal',
    truth: 'F',
    apply: swap(
      /\b(\d{1,2})th\b(?! century| of)/,
      ([, n], random) => `${((Number(n) + between(random, 3, 9)) % 14) + 4}th`,
    ),
  },
  {
    name: 'spelled moved',
    kind: 'spelled',
    truth: 'F',
    apply: swap(
      /\b(four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b(?=\s(?:years|months|weeks|days|hours|minutes|percent|miles|dollars|feet))/,
      (_, random) => words([4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 30, 40, 50][between(random, 0, 12)]),
    ),
  },
  {
    name: 'range end moved',
    kind: 'range',
    truth: 'F',
    apply: swap(
      /\b(\d{1,3})\s?(–|-|to)\s?(\d{1,3})(?=\s(?:percent|years|months|weeks|days|hours|minutes|miles|km|feet|inches|degrees|%))/,
      ([, a, dash, b], random) => `${a}${dash === 'to' ? ' to ' : '–'}${Number(b) + between(random, 3, 12)}`,
    ),
  },
  {
    name: 'clock moved',
    kind: 'clock',
    truth: 'F',
    apply: swap(/\b(\d{1,2}):(\d\d)(?=\s?(?:am|pm|a\.m|p\.m))/i, ([, h, m]) => `${(Number(h) % 12) + 1}:${m}`),
  },
  { name: 'half to third', kind: 'share', truth: 'F', apply: swap(/\bhalf of\b/, () => 'two thirds of') },
  {
    name: 'quoted word negated',
    kind: 'quotation',
    truth: 'F',
    apply: swap(
      /(?<=[“"][^”"]{10,200}\s)(is|are|was|were|will|can|have|has)(?=\s[^”"]{8,300}[”"])/,
      ([all]) => `${all} never`,
    ),
  },
  {
    name: 'quoted word replaced',
    kind: 'quotation',
    truth: 'F',
    apply: swap(/(?<=[“"](?:\S+\s){3,8})(\p{Ll}{4,})(?=\s[^”"]{8,300}[”"])/u, ([all]) =>
      all === 'perhaps' ? undefined : 'perhaps',
    ),
  },

  { name: 'per cent sign to word', kind: 'notation', truth: 'T', apply: swap(/(?<=\d)\s?%/, () => ' percent') },
  {
    name: 'percent to sign',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<=\d)\s(?:percent|per cent)(?! points)\b/, () => '%'),
  },
  {
    name: 'figures to words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,:$€£/–-])(\d{1,3})(?=\s(?:people|years|months|days|weeks|hours|minutes|percent|miles|women|men|students|times))/,
      ([n]) => words(Number(n)),
    ),
  },
  {
    name: 'words to figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)\b(?=\s(?:years|months|weeks|days|hours|minutes|people|percent|miles))/,
      ([all]) => String(Array.from({ length: 60 }, (_, n) => words(n)).indexOf(all)),
    ),
  },
  {
    name: 'grouping dropped',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.$€£])\d{1,3}(?:,\d{3})+(?![\d.])/, ([all]) => all.replaceAll(',', '')),
  },
  {
    name: 'thousand in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.$€£,])\d{1,3},000(?![\d.,])/, ([all]) => `${all.slice(0, -4)} thousand`),
  },
  {
    name: 'money letter',
    kind: 'notation',
    truth: 'T',
    apply: swap(/([$€£]\d+(?:\.\d+)?)\s(million|billion)\b/, ([, n, size]) => `${n}${size === 'million' ? 'm' : 'bn'}`),
  },
  {
    name: 'money words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /([$€£])(\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion))?)(?![\d,]|\.\d|[kKmMbB+/-]|\s?[-–]|\s(?:million|billion|trillion|thousand))/,
      ([, sign, n]) => `${n} ${{ $: 'dollars', '€': 'euros', '£': 'pounds' }[sign]}`,
    ),
  },
  {
    name: 'million in figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.$€£])(\d+(?:\.\d)?)\smillion\b/, ([, n]) => grouped(Math.round(Number(n) * 1e6))),
  },
  {
    name: 'date day first',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\b(${MONTH})\\s(\\d{1,2}),\\s(\\d{4})`), ([, m, d, y]) => `${d} ${m} ${y}`),
  },
  {
    name: 'date month first',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\b(\\d{1,2})\\s(${MONTH})\\s(\\d{4})`), ([, d, m, y]) => `${m} ${d}, ${y}`),
  },
  {
    name: 'date ISO',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`\\b(${MONTH})\\s(\\d{1,2}),\\s(\\d{4})`),
      ([, m, d, y]) => `${y}-${String(MONTHS.indexOf(m) + 1).padStart(2, '0')}-${d.padStart(2, '0')}`,
    ),
  },
  {
    name: 'month and year',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\b(${MONTH})\\s(\\d{1,2}),\\s(\\d{4})`), ([, m, , y]) => `${m} ${y}`),
  },
  {
    name: 'year to decade',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\bin (19\d|20\d)\d\b(?![-–s])/, ([, d]) => `in the ${d}0s`),
  },
  {
    name: '24-hour clock',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(\d{1,2}):(\d\d)\s?(am|pm|a\.m\.|p\.m\.)/i,
      ([, h, m, half]) => `${String((Number(h) % 12) + (/^p/i.test(half) ? 12 : 0)).padStart(2, '0')}:${m}`,
    ),
  },
  {
    name: 'unit symbols',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<=\d)\s(kilometres|kilometers|metres|meters|kilograms|feet|inches|hours|minutes)\b/,
      ([, unit]) =>
        ` ${{ kilometres: 'km', kilometers: 'km', metres: 'm', meters: 'm', kilograms: 'kg', feet: 'ft', inches: 'in', hours: 'h', minutes: 'min' }[unit]}`,
    ),
  },
  {
    name: 'unit words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<=\d)\s?(km|kg|cm|mm|GB|MB)\b(?!\/)/,
      ([, unit]) =>
        ` ${{ km: 'kilometres', kg: 'kilograms', cm: 'centimetres', mm: 'millimetres', GB: 'gigabytes', MB: 'megabytes' }[unit]}`,
    ),
  },
  {
    name: 'quarter and half',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(25|50|75)(?:\s?%|\spercent) of\b/,
      ([, n]) => `${{ 25: 'a quarter', 50: 'half', 75: 'three quarters' }[n]} of`,
    ),
  },
  {
    name: 'range dash',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(?:between )?(\d{1,3}) (?:to|and) (\d{1,3})(?=\s(?:percent|years|months|weeks|days|hours|minutes|miles))/,
      ([, a, b]) => (Number(a) < Number(b) ? `${a}–${b}` : undefined),
    ),
  },
  {
    name: 'more than, rounded down',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.$€£])(\d{2,3}),(\d{3})(?![\d.,])(?=\s[a-z])/, ([, a, b]) =>
      b === '000' ? undefined : `more than ${a},000`,
    ),
  },
  {
    name: 'ordinal in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(4th|5th|6th|7th|8th|9th|10th)\b/,
      ([all]) =>
        ({
          '4th': 'fourth',
          '5th': 'fifth',
          '6th': 'sixth',
          '7th': 'seventh',
          '8th': 'eighth',
          '9th': 'ninth',
          '10th': 'tenth',
        })[all],
    ),
  },
  {
    name: 'quotation cut to a part',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /([“"])([^”"]{40,300})([”"])/,
      ([, open, text, close]) =>
        `${open}${text
          .split(' ')
          .slice(1, -2)
          .join(' ')
          .replace(/[,.;]$/, '')}${close}`,
    ),
  },
];

const keep = (sentence) =>
  sentence
    .replace(/\d[\d.,]*\s?(?:%|percent|million|billion)?/g, '')
    .replace(/\s+/g, ' ')
    .slice(0, 80);

/** Sums over the figures of a sentence: `[name, right answer, wording]`; the wrong one is the right one plus a seventh. */
export const SUMS = [
  {
    name: 'difference from-to',
    find: /from ([$€£]?)(\d[\d,]*(?:\.\d+)?)(\s?(?:percent|%|million|billion)?) (?:in \d{4} )?to \1(\d[\d,]*(?:\.\d+)?)(\s?(?:percent|%|million|billion)?)/,
    say: ([, sign, a, unitA, b, unitB], wrong) => {
      if ((unitA && unitA !== unitB) || /%|percent/.test(unitB)) return undefined;
      const digits = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0);
      const right = Math.abs(num(b) - num(a));
      if (!(right > 0)) return undefined;
      return `it changed by ${sign}${Number((wrong ? right * 1.3 + 1 : right).toFixed(digits)).toLocaleString('en-US', { minimumFractionDigits: digits })}${unitB}`;
    },
  },
  {
    name: 'points from-to',
    find: /from (\d+(?:\.\d+)?)(?:%| percent) (?:in \d{4} )?to (\d+(?:\.\d+)?)(?:%| percent)/,
    say: ([, a, b], wrong) => {
      const digits = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0);
      const right = Math.abs(b - a);
      return right > 0
        ? `it changed by ${(wrong ? right * 1.3 + 1 : right).toFixed(digits)} percentage points`
        : undefined;
    },
  },
  {
    name: 'share of',
    find: /(?<![\d.,$])(\d[\d,]*) (?:out )?of (?:the )?(\d[\d,]*) [a-z]/,
    say: ([, a, b], wrong) =>
      num(a) < num(b) && num(b) > 12
        ? `that is ${Math.round((num(a) / num(b)) * 100 * (wrong ? 0.6 : 1)) || 1} percent`
        : undefined,
  },
  {
    name: 'years between',
    find: /\b(1[5-9]\d\d|20\d\d)\b[^.]{3,80}\b(1[5-9]\d\d|20\d\d)\b/,
    say: ([, a, b], wrong) =>
      Math.abs(b - a) > 2 ? `${Math.abs(b - a) + (wrong ? 4 : 0)} years passed in between` : undefined,
  },
  {
    name: 'total of two',
    find: /(?<![\d.,$€£])(\d[\d,]*) ([a-z]{4,}s)\b(?:[^.\d]{0,30})\band (\d[\d,]*) ([a-z]{4,}s)\b/,
    say: ([, a, nounA, b], wrong) =>
      /years|months|days|hours|minutes|weeks|times/.test(nounA)
        ? undefined
        : `that makes ${grouped(num(a) + num(b) + (wrong ? Math.ceil((num(a) + num(b)) * 0.3) : 0))} in all`,
  },
  {
    name: 'growth from-to',
    find: /from ([$€£]?)(\d[\d,]*(?:\.\d+)?)(\s?(?:million|billion)?) (?:in \d{4} )?to \1(\d[\d,]*(?:\.\d+)?)(\s?(?:million|billion)?)(?!\s?(?:%|percent))/,
    say: ([, , a, unitA, b, unitB], wrong) =>
      num(b) > num(a) && (!unitA || unitA === unitB) && num(b) / num(a) < 20
        ? `it grew by ${Math.round(((num(b) - num(a)) / num(a)) * 100 * (wrong ? 1.7 : 1))} percent`
        : undefined,
  },
  {
    name: 'in metres',
    find: /(?<![\d.,])(\d{1,3}) (kilometres|kilometers|km)\b/,
    say: ([, n], wrong) => `that is ${grouped((Number(n) + (wrong ? 3 : 0)) * 1000)} metres`,
  },
  {
    name: 'in minutes',
    find: /(?<![\d.,])(\d{1,2}) hours\b(?! a day)/,
    say: ([, n], wrong) => `that is ${grouped((Number(n) + (wrong ? 3 : 0)) * 60)} minutes`,
  },
  {
    name: 'in kilometres',
    find: /(?<![\d.,])(\d{1,3}) miles\b/,
    say: ([, n], wrong) => `that is about ${Math.round(Number(n) * 1.609344 * (wrong ? 1.5 : 1))} kilometres`,
  },
  {
    name: 'times as many',
    find: /from (\d[\d,]*) (?:[a-z]+ )?(?:in \d{4} )?to (\d[\d,]*)\b(?!\s?(?:%|percent))/,
    say: ([, a, b], wrong) =>
      num(b) >= 2 * num(a) && num(a) > 0 && num(b) / num(a) < 30
        ? `${wrong ? Math.round(num(b) / num(a)) + 3 : `about ${Math.round(num(b) / num(a))}`} times as many`
        : undefined,
  },
].flatMap(({ name, find, say }) =>
  [false, true].map((wrong) => ({
    name: `${name}${wrong ? ', wrong' : ''}`,
    kind: 'sum',
    truth: wrong ? 'W' : 'D',
    apply: (sentence) => {
      const match = find.exec(sentence);
      const said = match === null ? undefined : say(match, wrong);
      return said === undefined
        ? undefined
        : `For ${keep(sentence)
            .replace(/[^\p{L}\s]/gu, '')
            .trim()
            .toLowerCase()}, ${said}.`;
    },
  })),
);
