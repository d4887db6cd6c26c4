// Changes of English sentences, second batch: false figures (F), other notations (T), right (D) and wrong (W) sums.
import { between, grouped, inEnglish, num, ordinal, suffixed, sums, swap, swapQuoted } from './words.js';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const MONTH = MONTHS.join('|');
const FREE = '(?<![\\d.,:$€£/–-])';
const COUNTED =
  'people|students|men|women|employees|workers|members|patients|users|companies|countries|schools|homes|books|players|games|species|votes|customers|children|residents|homes|students|cases|deaths|jobs|stores|cities|states|participants|visitors|passengers|fans|seats';
const SPANS = 'years|months|weeks|days|hours|minutes|seconds';
const NUMBER_WORD =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const inFigures = (word) => Array.from({ length: 100 }, (_, n) => inEnglish(n)).indexOf(word.toLowerCase());
const FEET = { metres: 3.28084, meters: 3.28084 };

export const FALSE = [
  {
    name: '2 counted figure raised',
    kind: 'figure',
    truth: 'F',
    apply: swap(new RegExp(`${FREE}(\\d{2,3})(?=\\s(?:\\p{Ll}+\\s)?(?:${COUNTED})\\b)`, 'u'), ([, n], random) =>
      String(Number(n) + between(random, 3, 9) * 10 ** (n.length - 2)),
    ),
  },
  {
    name: '2 counted figure in words, raised',
    kind: 'spelled',
    truth: 'F',
    apply: swap(new RegExp(`\\b(${NUMBER_WORD})(?=\\s(?:\\p{Ll}+\\s)?(?:${COUNTED})\\b)`, 'iu'), ([all], random) =>
      inFigures(all) > 12 ? inEnglish(inFigures(all) + between(random, 3, 8)) : undefined,
    ),
  },
  {
    name: '2 figure said in wrong words',
    kind: 'spelled',
    truth: 'F',
    apply: swap(new RegExp(`${FREE}(\\d{2})(?=\\s(?:${SPANS}|percent|${COUNTED})\\b)`), ([, n], random) =>
      inEnglish(((Number(n) + between(random, 4, 30)) % 80) + 13),
    ),
  },
  {
    name: '2 one in N',
    kind: 'ratio',
    truth: 'F',
    apply: swap(
      /\b(10|20|25|33|50|75)(?:\s?%|\s(?:percent|per cent)) of (?:the )?(?=\p{Ll})/u,
      ([, n]) => `one in ${{ 10: 'six', 20: 'nine', 25: 'eight', 33: 'seven', 50: 'five', 75: 'three' }[n]} of `,
    ),
  },
  {
    name: '2 fraction for a percentage',
    kind: 'ratio',
    truth: 'F',
    apply: swap(/\b([1-9]\d)(?:\.\d+)?(?:\s?%|\s(?:percent|per cent)) of\b/, ([, n]) =>
      Number(n) > 45 ? 'a fifth of' : 'three quarters of',
    ),
  },
  {
    name: '2 doubled to tripled',
    kind: 'multiple',
    truth: 'F',
    apply: swap(
      /\b(doubled|doubling|tripled|twice as|two times|three times|five times)\b/,
      ([all]) =>
        ({
          doubled: 'quadrupled',
          doubling: 'quadrupling',
          tripled: 'doubled',
          'twice as': 'four times as',
          'two times': 'seven times',
          'three times': 'eight times',
          'five times': 'nine times',
        })[all],
    ),
  },
  {
    name: '2 weekday date day first',
    kind: 'date',
    truth: 'F',
    apply: swap(
      new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)? (${MONTH})\\b`),
      ([, d, m], random) => `${((Number(d) + between(random, 3, 20)) % 27) + 1} ${m}`,
    ),
  },
  {
    name: '2 month before a year',
    kind: 'date',
    truth: 'F',
    apply: swap(
      new RegExp(`\\b(${MONTH})(?=,? (?:19|20)\\d\\d)`),
      ([m], random) => MONTHS[(MONTHS.indexOf(m) + between(random, 1, 10)) % 12],
    ),
  },
  {
    name: '2 year anywhere',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<![\d.,$€£–/-])(?:19|20)\d\d(?![\d.,:%–-]\d|s\b|\d| (?:people|percent))/, ([y], random) =>
      String(Number(y) + (random() < 0.5 ? -1 : 1) * between(random, 1, 4)),
    ),
  },
  {
    name: '2 century',
    kind: 'date',
    truth: 'F',
    apply: swap(/\b(\d\d)th[- ]century\b/, ([, c]) => `${suffixed(Number(c) - 1)} century`),
  },
  {
    name: '2 ordinal in words',
    kind: 'ordinal',
    truth: 'F',
    apply: swap(/\b(fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b(?! of)/, ([all], random) => {
      const n = Array.from({ length: 21 }, (_, i) => ordinal(i)).indexOf(all);
      return ordinal(((n + between(random, 2, 7)) % 13) + 4);
    }),
  },
  {
    name: '2 money with a decimal',
    kind: 'money',
    truth: 'F',
    apply: swap(
      /([$€£])(\d+)\.(\d)(?=\d?\s?(?:million|billion|m\b|bn\b|trillion))/,
      ([, sign, a, b], random) => `${sign}${a}.${(Number(b) + between(random, 2, 8)) % 10}`,
    ),
  },
  {
    name: '2 money to another magnitude letter',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(
      /([$€£]\d+(?:\.\d+)?)\s?(million|billion|m\b|bn\b)/,
      ([, n, size]) => `${n}${size.startsWith('m') ? 'bn' : 'm'}`,
    ),
  },
  {
    name: '2 duration in another unit',
    kind: 'unit',
    truth: 'F',
    apply: swap(
      new RegExp(`(?<=\\b(?:${NUMBER_WORD}|\\d{1,3})[ -])(years|months|weeks|days|hours|minutes|seconds)\\b`),
      ([all]) =>
        ({
          years: 'weeks',
          months: 'days',
          weeks: 'years',
          days: 'months',
          hours: 'seconds',
          minutes: 'days',
          seconds: 'hours',
        })[all],
    ),
  },
  {
    name: '2 symbol of a unit',
    kind: 'unit',
    truth: 'F',
    apply: swap(
      /(?<=\d\s?)(km|cm|mm|kg|mg|ml|MHz|GHz|kW|MW|GW|TWh|GWh|kWh|ft|lbs|oz)\b/,
      ([all]) =>
        ({
          km: 'miles',
          cm: 'mm',
          mm: 'cm',
          kg: 'lbs',
          mg: 'g',
          ml: 'l',
          MHz: 'GHz',
          GHz: 'MHz',
          kW: 'MW',
          MW: 'GW',
          GW: 'MW',
          TWh: 'GWh',
          GWh: 'TWh',
          kWh: 'MWh',
          ft: 'yards',
          lbs: 'kg',
          oz: 'lbs',
        })[all],
    ),
  },
  {
    name: '2 currency word',
    kind: 'money',
    truth: 'F',
    apply: swap(
      /([$€£])(\d[\d,]*(?:\.\d+)?(?:\s(?:million|billion))?)(?![\d,]|\.\d|[kKmMbB])/,
      ([, sign, n]) => `${n} ${{ $: 'euros', '€': 'yen', '£': 'dollars' }[sign]}`,
    ),
  },
  {
    name: '2 low end of a range',
    kind: 'range',
    truth: 'F',
    apply: swap(
      new RegExp(
        `\\b(\\d{1,3})(\\s?(?:–|-|to)\\s?)(\\d{1,3})(?=\\s(?:${SPANS}|percent|miles|km|feet|inches|degrees|%|people))`,
      ),
      ([, a, dash, b], random) =>
        Number(a) > 5 && Number(a) < Number(b) ? `${Number(a) - between(random, 2, 4)}${dash}${b}` : undefined,
    ),
  },
  {
    name: '2 age',
    kind: 'age',
    truth: 'F',
    apply: swap(/\b(\d\d)(?=-year-old|\syears old|\syears of age)/, ([n], random) =>
      String(Number(n) + between(random, 2, 9)),
    ),
  },
  {
    name: '2 version',
    kind: 'version',
    truth: 'F',
    apply: swap(
      /(?<=\b(?:version|release|v)\s?)(\d+)\.(\d+)/i,
      ([, a, b], random) => `${a}.${Number(b) + between(random, 1, 5)}`,
    ),
  },
  {
    name: '2 score',
    kind: 'score',
    truth: 'F',
    apply: swap(
      /(?<![\d/.-])(\d{1,2})[-–](\d{1,2})(?=\s(?:win|loss|victory|defeat|lead|vote|record|draw|decision))/,
      ([, a, b]) => `${Number(a) + 2}-${b}`,
    ),
  },
  {
    name: '2 quoted word dropped',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(40, (quote) =>
      quote.replace(/(?<=\S \S+ )(not|no|only|most|more|never|all|every|very)\s(?=\S+ \S)/, ''),
    ),
  },
  {
    name: '2 quoted words exchanged',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(40, (quote) => quote.replace(/(?<=\S \S+ )(\p{Ll}{4,})\s(\p{Ll}{4,})(?=\s\S+)/u, '$2 $1')),
  },
  {
    name: '2 quotation parts turned',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(60, (quote) => {
      const match = /^(.{30,200}?[,;]) (.{30,200}?)[.,]?$/.exec(quote);
      return match === null ? undefined : `${match[2]} … ${match[1].replace(/[,;]$/, '')}`;
    }),
  },
  {
    name: '2 negation lost in an ellipsis',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(40, (quote) => {
      const match = /^(.{12,160} )(?:\S+n’t|\S+n't|not|never) (.{12,200})$/.exec(quote);
      return match === null ? undefined : `${match[1]}… ${match[2]}`;
    }),
  },
];

export const TRUE = [
  {
    name: '2 counted figures in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`${FREE}(\\d{2,3})(?=\\s(?:${COUNTED})\\b)`), ([, n]) => inEnglish(Number(n))),
  },
  {
    name: '2 words in figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\b(${NUMBER_WORD})(?=\\s(?:${COUNTED})\\b)`), ([all]) => String(inFigures(all))),
  },
  {
    name: '2 thousands in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`${FREE}(\\d{1,2}),(\\d{3})(?![\\d.,])(?=\\s\\p{Ll})`, 'u'), ([, a, b]) =>
      inEnglish(Number(a) * 1000 + Number(b)),
    ),
  },
  {
    name: '2 thousands with k',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,3}),000(?![\d.,])/, ([, n]) => `${n}k`),
  },
  {
    name: '2 million rounded',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,3}),(\d)\d\d,\d{3}(?![\d.,])/, ([, a, b], random) =>
      random() < 0.5 ? `more than ${a}.${b} million`.replace('.0 ', ' ') : `over ${a} million`,
    ),
  },
  {
    name: '2 about, rounded',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`${FREE}(\\d{1,3}),(\\d{3})(?![\\d.,])(?=\\s\\p{Ll})`, 'u'), ([, a, b]) =>
      b === '000' || a.length < 2 ? undefined : `about ${grouped(Math.round(Number(a + b) / 1000) * 1000)}`,
    ),
  },
  {
    name: '2 nearly, rounded up',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,$€£])(\d{1,3})\.([789])(?=\s?(?:%|percent|million|billion))/,
      ([, a]) => `nearly ${Number(a) + 1}`,
    ),
  },
  {
    name: '2 decimal rounded',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,$€£])(\d{2})\.(\d)(?=\s?(?:%|percent|million|billion|miles|km|degrees))/,
      ([, a, b]) => `${Math.round(Number(`${a}.${b}`) + 1e-9)}`,
    ),
  },
  {
    name: '2 percentage as one in N',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(10|20|25|50)(?:\s?%|\s(?:percent|per cent)) of (?:the |all )?(?=\p{Ll})/u,
      ([, n]) => `one in ${{ 10: 'ten', 20: 'five', 25: 'four', 50: 'two' }[n]} `,
    ),
  },
  {
    name: '2 about a third',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(3[234]|6[567])(?:\.\d)?(?:\s?%|\s(?:percent|per cent)) of\b/, ([, n]) =>
      Number(n) < 50 ? 'about a third of' : 'about two thirds of',
    ),
  },
  {
    name: '2 half as a percentage',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(half of|a third of|a quarter of|two-thirds of|three-quarters of)\b/i,
      ([all]) =>
        ({
          'half of': '50% of',
          'a third of': 'about 33% of',
          'a quarter of': '25 percent of',
          'two-thirds of': 'about 67 percent of',
          'three-quarters of': '75% of',
        })[all.toLowerCase()],
    ),
  },
  {
    name: '2 twice as a multiple',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(doubled|tripled|twice as|quadrupled)\b/,
      ([all]) =>
        ({
          doubled: 'grew twofold',
          tripled: 'grew threefold',
          'twice as': 'two times as',
          quadrupled: 'grew fourfold',
        })[all],
    ),
  },
  {
    name: '2 dollars with code',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /([$€£])(\d[\d,]*)(?![\d,]|\.\d|[kKmMbB]|\s(?:million|billion|trillion|thousand))/,
      ([, sign, n]) => `${{ $: 'USD', '€': 'EUR', '£': 'GBP' }[sign]} ${n}`,
    ),
  },
  {
    name: '2 money in full figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(/([$€£])(\d+(?:\.\d)?)\s?million\b/, ([, sign, n]) => `${sign}${grouped(Math.round(Number(n) * 1e6))}`),
  },
  {
    name: '2 billion as thousand million',
    kind: 'notation',
    truth: 'T',
    apply: swap(/([$€£]?)(\d)\.(\d)\s?billion\b/, ([, sign, a, b]) => `${sign}${grouped(Number(a + b) * 100)} million`),
  },
  {
    name: '2 short month',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\b(${MONTH}) (\\d{1,2}), (\\d{4})`), ([, m, d, y]) =>
      m === 'May' ? undefined : `${m.slice(0, 3)}. ${d}, ${y}`,
    ),
  },
  {
    name: '2 date with ordinal',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`\\b(${MONTH}) (\\d{1,2})(?=,? \\d{4})`),
      ([, m, d]) => `the ${suffixed(Number(d))} of ${m}`,
    ),
  },
  {
    name: '2 date in figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`\\b(${MONTH}) (\\d{1,2}), (\\d{4})`),
      ([, m, d, y]) => `${MONTHS.indexOf(m) + 1}/${d}/${y}`,
    ),
  },
  {
    name: '2 only the year of a date',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`\\bon (${MONTH}) \\d{1,2}, (\\d{4})`), ([, , y]) => `in ${y}`),
  },
  {
    name: '2 decade with the century word',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\bin (19)(\d\d)\b(?![-–s])/, () => 'in the 20th century'),
  },
  {
    name: '2 decade in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /\b(?:the )?19([2-9])0s\b/,
      ([, d]) => `the ${'twenties thirties forties fifties sixties seventies eighties nineties'.split(' ')[d - 2]}`,
    ),
  },
  {
    name: '2 clock without minutes',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(\d{1,2}):00\s?(am|pm|a\.m\.|p\.m\.)/i, ([, h, half]) => `${h} ${half}`),
  },
  {
    name: '2 clock in 24 hours',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(\d{1,2})\s?(am|pm|a\.m\.|p\.m\.)(?=\s|,)/i, ([, h, half]) =>
      Number(h) > 12 ? undefined : `${String((Number(h) % 12) + (/^p/i.test(half) ? 12 : 0)).padStart(2, '0')}:00`,
    ),
  },
  {
    name: '2 ordinal in figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b(?!s)/, ([all]) =>
      suffixed(Array.from({ length: 21 }, (_, i) => ordinal(i)).indexOf(all)),
    ),
  },
  {
    name: '2 range with from to',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`\\b(\\d{1,3})\\s?[–-]\\s?(\\d{1,3})(?=\\s(?:${SPANS}|percent|miles|feet|people))`),
      ([, a, b]) => (Number(a) < Number(b) ? `between ${a} and ${b}` : undefined),
    ),
  },
  {
    name: '2 range in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`\\b(\\d{1,2})(?:\\s?[–-]\\s?|\\sto\\s)(\\d{1,2})(?=\\s(?:${SPANS}|percent|miles|feet|people))`),
      ([, a, b]) => (Number(a) < Number(b) ? `${inEnglish(Number(a))} to ${inEnglish(Number(b))}` : undefined),
    ),
  },
  {
    name: '2 age in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(?:an? )?(\d\d)-year-old\b/, ([, n]) => `${inEnglish(Number(n))}-year-old`),
  },
  {
    name: '2 a dozen',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,$€£-])(12|24)(?=\s(?:people|members|companies|countries|states|students|women|men|books))/,
      ([, n]) => (n === '12' ? 'a dozen' : 'two dozen'),
    ),
  },
  {
    name: '2 per cent with a hyphenated noun',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\b(?:a|an) (\d{1,2})(?:%| percent) (?=\p{Ll})/u, ([, n]) => `a ${inEnglish(Number(n))}-percent `),
  },
  {
    name: '2 minus degrees',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d{2,3})\s?(?:°\s?F|degrees? F(?:ahrenheit)?)\b/, ([, n]) => `${n} degrees Fahrenheit`),
  },
  {
    name: '2 square units',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<=\d\s)(square (?:feet|miles|kilometers|kilometres|meters|metres))\b/,
      ([all]) =>
        ({
          'square feet': 'sq ft',
          'square miles': 'sq mi',
          'square kilometers': 'km²',
          'square kilometres': 'km²',
          'square meters': 'm²',
          'square metres': 'm²',
        })[all],
    ),
  },
  {
    name: '2 hyphenated measure',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(\d{1,3}) (mile|foot|day|year|hour|minute|inch|meter|metre)s(?=\s(?:of|long|from|in|to)\b)/,
      ([, n, unit]) => `a ${n}-${unit} stretch`,
    ),
  },
  {
    name: '2 quotation with an ellipsis',
    kind: 'notation',
    truth: 'T',
    apply: swapQuoted(60, (quote) => {
      const match = /^((?:\S+ ){4,8})((?:\S+ ){2,4})((?:\S+ ){3,10}\S+)$/.exec(quote);
      return match === null || /not|n’t|n't|never|no\b/i.test(match[2]) ? undefined : `${match[1]}… ${match[3]}`;
    }),
  },
  {
    name: '2 quotation with a bracket',
    kind: 'notation',
    truth: 'T',
    apply: swapQuoted(30, (quote) =>
      /^(?:It|He|She|They|We|This|That) /.test(quote) ? quote.replace(/^\S+/, '[The team]') : undefined,
    ),
  },
];

const keep = (sentence) =>
  sentence
    .replace(/\d[\d.,]*\s?(?:%|percent|million|billion)?/g, '')
    .replace(/[^\p{L}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80);
const digits = (text) => text.split('.')[1]?.length ?? 0;
const shown = (value, places) =>
  Number(value.toFixed(places)).toLocaleString('en-US', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });

export const SUMS = sums(
  [
    {
      name: '2 rest of a share',
      find: /(?<![\d.,])(\d\d)(?:%| percent) of (?:the )?(\p{Ll}+)/u,
      say: ([, n, what], wrong) =>
        `the other ${wrong ? 100 - Number(n) + 7 : 100 - Number(n)} percent of ${what} did not`,
    },
    {
      name: '2 ratio of two counts',
      find: new RegExp(
        `(?<![\\d.,$€£])(\\d[\\d,]*) (?:${COUNTED})\\b.{2,80}?(?<![\\d.,$€£])(\\d[\\d,]*) (?:${COUNTED})\\b`,
      ),
      say: ([, a, b], wrong) => {
        const [low, high] = [num(a), num(b)].sort((x, y) => x - y);
        if (low === 0 || high / low < 1.5 || high / low > 40) return undefined;
        return `one figure is ${(high / low + (wrong ? 2.3 : 0)).toFixed(1)} times the other`;
      },
    },
    {
      name: '2 money difference',
      find: /([$€£])(\d[\d,]*(?:\.\d+)?)( million| billion)?\b(?!,\d).{3,80}?\1(\d[\d,]*(?:\.\d+)?)\3\b(?! (?:million|billion))/,
      say: ([, sign, a, unit = '', b], wrong) => {
        const places = Math.max(digits(a), digits(b));
        const gap = Math.abs(num(a) - num(b));
        return gap === 0
          ? undefined
          : `the difference is ${sign}${shown(gap * (wrong ? 1.4 : 1) + (wrong ? 1 : 0), places)}${unit}`;
      },
    },
    {
      name: '2 money total',
      find: /([$€£])(\d[\d,]*(?:\.\d+)?)( million| billion)?\b(?!,\d).{3,60}?\1(\d[\d,]*(?:\.\d+)?)\3\b(?! (?:million|billion))/,
      say: ([, sign, a, unit = '', b], wrong) =>
        `together that is ${sign}${shown((num(a) + num(b)) * (wrong ? 1.35 : 1), Math.max(digits(a), digits(b)))}${unit}`,
    },
    {
      name: '2 elapsed decades',
      find: /\b(1[6-9]\d\d)\b(?![^.]{0,80}\b1[6-9]\d\d\b)[^.]{3,80}\b(20\d\d)\b/,
      say: ([, a, b], wrong) => `${Number(b) - Number(a) + (wrong ? 7 : 0)} years lie between`,
    },
    {
      name: '2 average of two',
      find: /from (\d{1,3}) to (\d{1,3}) (percent|%|years|days|hours|minutes|miles)/,
      say: ([, a, b, unit], wrong) =>
        (Number(a) + Number(b)) % 2
          ? undefined
          : `on average that is ${(Number(a) + Number(b)) / 2 + (wrong ? 9 : 0)} ${unit}`,
    },
    {
      name: '2 fall in percent',
      find: /from ([$€£]?)(\d[\d,]*(?:\.\d+)?)( million| billion)? (?:in \d{4} )?to \1(\d[\d,]*(?:\.\d+)?)(?: million| billion)?\b(?!\s?(?:%|percent))/,
      say: ([, , a, , b], wrong) =>
        num(b) < num(a) && num(b) > 0 && num(a) / num(b) < 20
          ? `it fell by ${Math.round((1 - num(b) / num(a)) * 100 * (wrong ? 0.6 : 1))} percent`
          : undefined,
    },
    {
      name: '2 hours from days',
      find: /(?<![\d.,])(\d{1,2}) days\b/,
      say: ([, n], wrong) => `that is ${(Number(n) + (wrong ? 2 : 0)) * 24} hours`,
    },
    {
      name: '2 feet from metres',
      find: /(?<![\d.,])(\d{2,4}) (metres|meters)\b(?! per)/,
      say: ([, n, unit], wrong) =>
        `that is about ${grouped(Math.round(Number(n) * FEET[unit] * (wrong ? 1.4 : 1)))} feet`,
    },
    {
      name: '2 pounds from kilograms',
      find: /(?<![\d.,])(\d{1,4}) (?:kg|kilograms)\b/,
      say: ([, n], wrong) => `that is about ${grouped(Math.round(Number(n) * 2.20462 * (wrong ? 1.4 : 1)))} pounds`,
    },
    {
      name: '2 years from months',
      find: /(?<![\d.,])(12|18|24|30|36|48|60) months\b/,
      say: ([, n], wrong) => `that is ${Number(n) / 12 + (wrong ? 2 : 0)} years`,
    },
    {
      name: '2 half of a figure',
      find: new RegExp(`(?<![\\d.,$€£])(\\d[\\d,]*[02468]) (${COUNTED})\\b`),
      say: ([, n, what], wrong) =>
        num(n) > 30
          ? `half of them would be ${grouped(num(n) / 2 + (wrong ? Math.ceil(num(n) / 5) : 0))} ${what}`
          : undefined,
    },
    {
      name: '2 percentage of a total',
      find: /(?<![\d.,])(\d{1,2}) (?:percent|%) of (?:the )?(\d[\d,]*) (\p{Ll}{4,})/u,
      say: ([, p, n, what], wrong) =>
        `that is about ${grouped(Math.round((num(n) * Number(p) * (wrong ? 1.5 : 1)) / 100))} ${what}`,
    },
  ],
  (sentence, said) => `Looking at ${keep(sentence).toLowerCase()}, ${said}.`,
);
