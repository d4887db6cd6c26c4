// Changes of Korean sentences, second batch: false figures (F), other notations (T), right (D) and wrong (W) sums.
import { between, grouped, inNative, inSino, num, sums, swap, swapQuoted } from './words.js';

const FREE = '(?<![\\d.,만억조천백])';
const COUNTERS = '명|개|대|권|곳|척|마리|그루|건|채|회|번|골|장|편|곡|살|시간';

export const FALSE = [
  {
    name: 'ko2 count raised',
    kind: 'figure',
    truth: 'F',
    apply: swap(new RegExp(`${FREE}(\\d{2,4})(?=\\s?(?:${COUNTERS}))`), ([, n], random) =>
      String(Number(n) + between(random, 3, 9) * 10 ** (n.length - 2)),
    ),
  },
  {
    name: 'ko2 small count raised',
    kind: 'figure',
    truth: 'F',
    apply: swap(new RegExp(`${FREE}([4-9])(?=\\s?(?:명|개|대|권|척|마리|살)[이가을를의로은는 ])`), ([, n], random) =>
      String(Number(n) + between(random, 9, 20)),
    ),
  },
  {
    name: 'ko2 grouped figure',
    kind: 'figure',
    truth: 'F',
    apply: swap(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.]|\s?[만억조])/, ([all], random) =>
      grouped(num(all) + between(random, 2, 8) * 10 ** (String(num(all)).length - 2)),
    ),
  },
  {
    name: 'ko2 decimal',
    kind: 'figure',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d+)\.(\d)(?=\d?\s?(?:%|퍼센트|도|배|km|m|kg|킬로|미터|톤|점|초))/,
      ([, a, b], random) => `${a}.${(Number(b) + between(random, 2, 8)) % 10}`,
    ),
  },
  {
    name: 'ko2 percent lowered',
    kind: 'percent',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d{2})((?:\.\d+)?)(\s?(?:%|퍼센트))(?!\s?포인트|p)/,
      ([, n, rest, sign], random) => `${Number(n) - between(random, 2, 8)}${rest}${sign}`,
    ),
  },
  {
    name: 'ko2 fraction for percent',
    kind: 'ratio',
    truth: 'F',
    apply: swap(/(?<![\d.,])([1-9]\d)(?:\.\d+)?\s?(?:%|퍼센트)(?=[가는은를이의])/, ([, n]) =>
      Number(n) > 45 ? '5분의 1' : '4분의 3',
    ),
  },
  {
    name: 'ko2 denominator',
    kind: 'ratio',
    truth: 'F',
    apply: swap(/(\d)분의\s?(\d)/, ([, a, b], random) => `${Number(a) + between(random, 2, 4)}분의 ${b}`),
  },
  {
    name: 'ko2 half to a third',
    kind: 'ratio',
    truth: 'F',
    apply: swap(/(?<![가-힣])(절반|반수)(?=[이가은는을를의에 ])/, () => '3분의 1'),
  },
  {
    name: 'ko2 multiple',
    kind: 'multiple',
    truth: 'F',
    apply: swap(
      /(?<![가-힣\d.,])(두|세|네|다섯|\d{1,2}|\d\.\d)\s?배(?=[로나가의 ,.])/,
      ([, n]) => ({ 두: '일곱 배', 세: '여덟 배', 네: '아홉 배', 다섯: '두 배' })[n] ?? `${Number(n) + 3}배`,
    ),
  },
  {
    name: 'ko2 currency',
    kind: 'money',
    truth: 'F',
    apply: swap(
      /(?<=[\d만억천조]\s?)(원|달러|유로|엔)(?=[을를이에의으로 ,.]|$)/,
      ([all]) => ({ 원: '달러', 달러: '원', 유로: '엔', 엔: '원' })[all],
    ),
  },
  {
    name: 'ko2 magnitude down',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(
      /(?<=\d\s?)(만|억|조)(?=\s?(?:여\s?)?(?:명|원|달러|대|개|톤|년|km|㎢|㎡))/,
      ([all]) => ({ 만: '천', 억: '만', 조: '억' })[all],
    ),
  },
  {
    name: 'ko2 man-cheon part',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(
      /(\d+)만\s?(\d)천/,
      ([, man, cheon], random) => `${man}만 ${((Number(cheon) + between(random, 1, 7)) % 9) + 1}천`,
    ),
  },
  {
    name: 'ko2 year',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<!\d)(1[5-9]\d\d|20\d\d)(?=년(?!대))/, ([y], random) =>
      String(Number(y) + (random() < 0.5 ? -1 : 1) * between(random, 1, 4)),
    ),
  },
  {
    name: 'ko2 decade',
    kind: 'date',
    truth: 'F',
    apply: swap(/(1[89]|20)(\d)0년대/, ([, c, d]) => `${c}${(Number(d) + 3) % 10}0년대`),
  },
  {
    name: 'ko2 century',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<!\d)(\d{1,2})(?=세기)/, ([n], random) => String(Number(n) + between(random, 1, 3))),
  },
  {
    name: 'ko2 month and day',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<!\d)(\d{1,2})월 (\d{1,2})일/, ([, m, d], random) =>
      random() < 0.5
        ? `${(Number(m) % 12) + 1}월 ${d}일`
        : `${m}월 ${((Number(d) + between(random, 2, 20)) % 27) + 1}일`,
    ),
  },
  {
    name: 'ko2 clock',
    kind: 'clock',
    truth: 'F',
    apply: swap(
      /(?<!\d)(\d{1,2})시(?=\s?\d{1,2}분|[에경께부]|\s?반)/,
      ([, h], random) => `${((Number(h) + between(random, 1, 9)) % 11) + 1}시`,
    ),
  },
  {
    name: 'ko2 afternoon to forenoon',
    kind: 'clock',
    truth: 'F',
    apply: swap(/(오전|오후)(?=\s?\d{1,2}(?:시|:))/, ([all]) => (all === '오전' ? '오후' : '오전')),
  },
  {
    name: 'ko2 ordinal',
    kind: 'ordinal',
    truth: 'F',
    apply: swap(/(?<![\d.,])(\d{1,3})(?=번째|위(?:[를에로 ,]|$)|회(?: |째)|등(?:을|으로))/, ([n], random) =>
      String(Number(n) + between(random, 3, 9)),
    ),
  },
  {
    name: 'ko2 ordinal in words',
    kind: 'ordinal',
    truth: 'F',
    apply: swap(
      /(?<![가-힣])(네|다섯|여섯|일곱|여덟|아홉|열)(?=\s?번째)/,
      ([all]) => ({ 네: '일곱', 다섯: '아홉', 여섯: '열', 일곱: '다섯', 여덟: '네', 아홉: '여섯', 열: '여덟' })[all],
    ),
  },
  {
    name: 'ko2 native count',
    kind: 'spelled',
    truth: 'F',
    apply: swap(
      /(?<![가-힣])(네|다섯|여섯|일곱|여덟|아홉|열두|열)(?=\s?(?:명|사람|개|차례|가지|곳|마리|번의|달|시간|살))/,
      ([all]) =>
        ({
          네: '일곱',
          다섯: '여덟',
          여섯: '아홉',
          일곱: '네',
          여덟: '다섯',
          아홉: '여섯',
          열두: '열다섯',
          열: '열세',
        })[all],
    ),
  },
  {
    name: 'ko2 figure in wrong sino words',
    kind: 'spelled',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d{2,3})(?=(?:년|분|퍼센트|도|미터|킬로미터)(?:[이가을의에 ]|간|동안))/,
      ([, n], random) => (n.length === 4 ? undefined : `${inSino(Number(n) + between(random, 13, 40))} `),
    ),
  },
  {
    name: 'ko2 unit',
    kind: 'unit',
    truth: 'F',
    apply: swap(
      /(?<=\d\s?)(km|㎞|킬로미터|m(?=[의를가 ,])|미터|cm|kg|킬로그램|톤|시간|분(?=[ 이을에간])|초|개월|주(?=일?[ 간]))/,
      ([all]) =>
        ({
          km: '미터',
          '㎞': '미터',
          킬로미터: '미터',
          m: '킬로미터',
          미터: '피트',
          cm: '미터',
          kg: '톤',
          킬로그램: '톤',
          톤: '킬로그램',
          시간: '일',
          분: '초',
          초: '분',
          개월: '주',
          주: '개월',
        })[all],
    ),
  },
  {
    name: 'ko2 percent to points',
    kind: 'unit',
    truth: 'F',
    apply: swap(/(?<=\d\s?)(%|퍼센트)(?!\s?포인트|p)/, () => '%p'),
  },
  {
    name: 'ko2 range',
    kind: 'range',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d{1,4})(\s?[~∼〜-]\s?)(\d{1,4})(?=\s?(?:명|개|세|년|분|시간|일|%|퍼센트|km|m|cm|도|배|살|개월))/,
      ([, a, dash, b], random) =>
        Number(a) < Number(b) ? `${a}${dash}${Number(b) + between(random, 3, 15)}` : undefined,
    ),
  },
  {
    name: 'ko2 age',
    kind: 'age',
    truth: 'F',
    apply: swap(/(?<![\d.,])(\d{1,2})(?=세(?:[의에로 ,이가]|가)|살)/, ([n], random) =>
      String(Number(n) + between(random, 2, 9)),
    ),
  },
  {
    name: 'ko2 score',
    kind: 'score',
    truth: 'F',
    apply: swap(
      /(?<!\d)(\d{1,2})\s?(?:대|[-:])\s?(\d{1,2})(?=\s?(?:로|으로|승|패|무승부))/,
      ([, a, b]) => `${Number(a) + 2}대 ${b}`,
    ),
  },
  {
    name: 'ko2 quoted word replaced',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(16, (quote) =>
      quote.replace(/(?<=\S )([가-힣]{2,})(?= \S)/, (word) => (word === '아마도' ? word : '아마도')),
    ),
  },
  {
    name: 'ko2 quoted words exchanged',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(16, (quote) => quote.replace(/(?<=\S )([가-힣]{2,})\s([가-힣]{2,})(?= \S)/, '$2 $1')),
  },
  {
    name: 'ko2 quotation turned',
    kind: 'quotation',
    truth: 'F',
    apply: swapQuoted(26, (quote) => {
      const match = /^(.{12,120}?[고며,면지만]) (.{12,120}?)[.]?$/.exec(quote);
      return match === null ? undefined : `${match[2]} … ${match[1]}`;
    }),
  },
];

export const TRUE = [
  {
    name: 'ko2 native words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      new RegExp(`${FREE}([1-9]\\d?)(?=\\s?(?:명|개|곳|마리|권|살|차례|가지)[이가을를의은는로 ])`),
      ([, n]) => `${inNative(Number(n))} `,
    ),
  },
  {
    name: 'ko2 figure for native words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![가-힣])(두|세|네|다섯|여섯|일곱|여덟|아홉)\s(?=명|개|곳|마리|권|살|차례|가지|사람|번째)/,
      ([, n]) => ({ 두: '2', 세: '3', 네: '4', 다섯: '5', 여섯: '6', 일곱: '7', 여덟: '8', 아홉: '9' })[n],
    ),
  },
  {
    name: 'ko2 sino words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(\d{2,4})(?=(?:명|퍼센트|미터|킬로미터|톤|분|점|원|달러)[이가을를의은는로 ])/,
      ([, n]) => `${inSino(Number(n))} `,
    ),
  },
  {
    name: 'ko2 man words',
    kind: 'notation',
    truth: 'T',
    apply: swap(new RegExp(`${FREE}(\\d)만\\s?(?=명|원|달러|개|대|권)`), ([, n]) =>
      n === '1' ? '만 ' : `${inSino(Number(n))}만 `,
    ),
  },
  {
    name: 'ko2 grouped to man',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])\d{2,4},\d{3}(?![\d.,]|\s?[만억조])(?=[^\d]{1,4})/, ([all]) => {
      const n = num(all);
      return n < 1e4 ? undefined : `${Math.floor(n / 1e4)}만${n % 1e4 === 0 ? '' : ` ${grouped(n % 1e4)}`}`;
    }),
  },
  {
    name: 'ko2 man and cheon',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,3}),(\d)00(?![\d.,]|\s?[만억조])(?=\s?(?:명|원|개|대|톤|달러))/, ([, a, b]) =>
      a.length < 2 || b === '0' ? undefined : `${a.slice(0, -1)}만 ${a.at(-1) === '0' ? '' : `${a.at(-1)}천 `}${b}백`,
    ),
  },
  {
    name: 'ko2 grouped to man, more than',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(\d{2,3}),\d{3}(?![\d.,])(?=\s?(명|원|개|대|톤|달러))/,
      ([, a]) => `${a.slice(0, -1)}만${a.at(-1) === '0' ? ' ' : ` ${a.at(-1)}천`}여 `,
    ),
  },
  {
    name: 'ko2 about',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{2,3}),(\d{3})(?![\d.,])(?=\s?(?:명|원|개|대|톤|달러))/, ([, a, b]) =>
      b === '000' ? undefined : `약 ${grouped(Math.round(Number(a + b) / 1000) * 1000)}`,
    ),
  },
  {
    name: 'ko2 ungrouped',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.])/, ([all]) => all.replaceAll(',', '')),
  },
  {
    name: 'ko2 percent in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<=\d)\s?%(?!p|포인트)/, (_, random) => (random() < 0.5 ? ' 퍼센트' : ' 프로')),
  },
  {
    name: 'ko2 percent as a tenth part',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])([1-9])0\s?(?:%|퍼센트)(?=[가를의 ])/, ([, n]) => `${n}할`),
  },
  {
    name: 'ko2 percent as a fraction',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(20|25|40|50|60|75|80)\s?(?:%|퍼센트)(?=[가를의 ])/,
      ([, n]) =>
        ({
          20: '5분의 1',
          25: '4분의 1',
          40: '5분의 2',
          50: '절반',
          60: '5분의 3',
          75: '4분의 3',
          80: '다섯 가운데 넷',
        })[n],
    ),
  },
  {
    name: 'ko2 about a third',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(3[234]|6[567])(?:\.\d)?\s?(?:%|퍼센트)(?=[가를의 ])/, ([, n]) =>
      Number(n) < 50 ? '약 3분의 1' : '약 3분의 2',
    ),
  },
  {
    name: 'ko2 fraction in words',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d)분의\s?(\d)/, ([, a, b]) => `${inSino(Number(a))}분의 ${inSino(Number(b))}`),
  },
  {
    name: 'ko2 half as percent',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![가-힣])절반(?=[이가은는을를의])/, () => '50%'),
  },
  {
    name: 'ko2 multiple',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![가-힣])(두|세|네)\s?배(?=[로나가의 ])/, ([, n]) => `${{ 두: 2, 세: 3, 네: 4 }[n]}배`),
  },
  {
    name: 'ko2 date with dots',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d{4})년 (\d{1,2})월 (\d{1,2})일/, ([, y, m, d], random) =>
      random() < 0.5
        ? `${y}.${m.padStart(2, '0')}.${d.padStart(2, '0')}`
        : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
    ),
  },
  {
    name: 'ko2 date without year',
    kind: 'notation',
    truth: 'T',
    apply: swap(/\d{4}년 (\d{1,2})월 (\d{1,2})일/, ([, m, d]) => `${m}월 ${d}일`),
  },
  {
    name: 'ko2 year alone',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d{4})년 \d{1,2}월(?: \d{1,2}일)?(?=에| )/, ([, y]) => `${y}년`),
  },
  {
    name: 'ko2 two-digit year',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<!\d)(?:19|20)(\d\d)년(?!대)/, ([, y]) => `’${y}년`),
  },
  {
    name: 'ko2 decade',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<!\d)(1[89]\d|20\d)\d년(?!대| ?\d)(?=에|부터| )/, ([, d]) => `${d}0년대`),
  },
  {
    name: 'ko2 century of a year',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<!\d)(1[5-9])\d\d년(?!대| ?\d)(?=에| )/, ([, c]) => `${Number(c) + 1}세기`),
  },
  {
    name: 'ko2 clock in 24 hours',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(오전|오후)\s?(\d{1,2})시(?:\s?(\d{1,2})분)?/, ([, half, h, m = '00']) =>
      Number(h) > 12
        ? undefined
        : `${String((Number(h) % 12) + (half === '오후' ? 12 : 0)).padStart(2, '0')}:${m.padStart(2, '0')}`,
    ),
  },
  {
    name: 'ko2 half past',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<!\d)(\d{1,2})시 30분/, ([, h]) => `${h}시 반`),
  },
  {
    name: 'ko2 unit symbol',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<=\d)\s?(km|킬로미터|m(?=[의를가이 ,])|미터|kg|킬로그램|cm|센티미터)/,
      ([, unit]) =>
        ({
          km: '킬로미터',
          킬로미터: '㎞',
          m: '미터',
          미터: 'm',
          kg: '킬로그램',
          킬로그램: 'kg',
          cm: '센티미터',
          센티미터: '㎝',
        })[unit],
    ),
  },
  {
    name: 'ko2 range with words',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(\d{1,4})\s?[~∼〜]\s?(\d{1,4})(명|개|세|년|분|시간|일|%|퍼센트|km|m|도|배|살|개월)/,
      ([, a, b, unit]) => (Number(a) < Number(b) ? `${a}${unit}에서 ${b}${unit}` : undefined),
    ),
  },
  {
    name: 'ko2 ordinal',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<!\d)([2-9])번째/,
      ([, n]) => `${{ 2: '두', 3: '세', 4: '네', 5: '다섯', 6: '여섯', 7: '일곱', 8: '여덟', 9: '아홉' }[n]} 번째`,
    ),
  },
  {
    name: 'ko2 age word',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,2})세(?=[의에로 ,이가])/, ([, n]) => `${n}살`),
  },
  {
    name: 'ko2 score',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<!\d)(\d{1,2})\s?(?:대|:)\s?(\d{1,2})(?=\s?(?:로|으로|승|패|무승부))/, ([, a, b]) => `${a}-${b}`),
  },
  {
    name: 'ko2 months of a year and a half',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(1|2|3)년 6개월/, ([, n]) => `${n}년 반`),
  },
  {
    name: 'ko2 money with the sign',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(?<![\d.,])(\d[\d,]*)\s?(달러|유로|엔)(?=[를을에의로 ,이가])/,
      ([, n, unit]) => `${{ 달러: '$', 유로: '€', 엔: '¥' }[unit]}${n}`,
    ),
  },
  {
    name: 'ko2 eok as man',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,조])(\d)\.(\d)억/, ([, a, b]) => `${a}억 ${b}000만`),
  },
  {
    name: 'ko2 eok and man joined',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,4})억 (\d{1,4})만/, ([, a, b]) => `${a}억${grouped(Number(b))}만`),
  },
  {
    name: 'ko2 quotation with an ellipsis',
    kind: 'notation',
    truth: 'T',
    apply: swapQuoted(20, (quote) => {
      const match = /^((?:\S+ ){2,4})((?:\S+ ){1,3})((?:\S+ ){2,6}\S+)$/.exec(quote);
      return match === null || /않|안 |못|없|아니/.test(match[2]) ? undefined : `${match[1]}… ${match[3]}`;
    }),
  },
];

const keep = (sentence) =>
  sentence
    .replace(/\d[\d.,]*[조억만천]?\s?\d*[만천]?/g, '')
    .replace(/[^가-힣\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 40);

export const SUMS = sums(
  [
    {
      name: 'ko2 rest',
      find: /(?<![\d.,])(\d{2})\s?(?:%|퍼센트)(?=[가는은를이])/,
      say: ([, n], wrong) => `나머지 ${100 - Number(n) + (wrong ? 6 : 0)}퍼센트는 그렇지 않다`,
    },
    {
      name: 'ko2 elapsed years',
      find: /(?<!\d)(1[5-9]\d\d)년.{2,60}?(?<!\d)(1[89]\d\d|20\d\d)년/,
      say: ([, a, b], wrong) =>
        Number(b) - Number(a) > 1 ? `그 사이 ${Number(b) - Number(a) + (wrong ? 6 : 0)}년이 걸렸다` : undefined,
    },
    {
      name: 'ko2 years between dates',
      find: /(?<!\d)(20\d\d)년.{2,60}?(?<!\d)(20\d\d)년/,
      say: ([, a, b], wrong) =>
        Number(b) - Number(a) > 1 ? `${Number(b) - Number(a) + (wrong ? 3 : 0)}년 만의 일이다` : undefined,
    },
    {
      name: 'ko2 difference of counts',
      find: /(?<![\d.,만억])(\d[\d,]*)(명|개|대|점|원|달러|표|km|m|톤).{2,60}?(?<![\d.,만억])(\d[\d,]*)\2/,
      say: ([, a, unit, b], wrong) => {
        const gap = Math.abs(num(a) - num(b));
        return gap > 12 ? `둘의 차이는 ${grouped(Math.round(gap * (wrong ? 1.4 : 1)))}${unit}이다` : undefined;
      },
    },
    {
      name: 'ko2 total of counts',
      find: /(?<![\d.,만억])(\d[\d,]*)(명|개|대|점|원|달러|표|톤).{2,60}?(?<![\d.,만억])(\d[\d,]*)\2/,
      say: ([, a, unit, b], wrong) =>
        `둘을 합하면 ${grouped(Math.round((num(a) + num(b)) * (wrong ? 1.4 : 1)))}${unit}이다`,
    },
    {
      name: 'ko2 ratio of counts',
      find: /(?<![\d.,만억])(\d[\d,]*)(명|개|대|점|원|달러|표|km|m|톤).{2,60}?(?<![\d.,만억])(\d[\d,]*)\2/,
      say: ([, a, , b], wrong) => {
        const [low, high] = [num(a), num(b)].sort((x, y) => x - y);
        return low > 0 && high / low > 1.4 && high / low < 40
          ? `약 ${(high / low + (wrong ? 2.4 : 0)).toFixed(1)}배 차이가 난다`
          : undefined;
      },
    },
    {
      name: 'ko2 difference of shares',
      find: /(\d+(?:\.\d+)?)\s?(?:%|퍼센트).{2,60}?(\d+(?:\.\d+)?)\s?(?:%|퍼센트)(?!\s?포인트|p)/,
      say: ([, a, b], wrong) => {
        const gap = Math.abs(a - b);
        return gap > 0.5 ? `둘은 ${Number((gap * (wrong ? 1.6 : 1)).toFixed(1))}%p 차이 난다` : undefined;
      },
    },
    {
      name: 'ko2 months',
      find: /(?<![\d.,])([2-9])년(?:간|\s?동안| 만)/,
      say: ([, n], wrong) => `${(Number(n) + (wrong ? 2 : 0)) * 12}개월에 이르는 시간이다`,
    },
    {
      name: 'ko2 days to hours',
      find: /(?<![\d.,월])\s(\d{1,2})일(?:간|\s?동안| 만)/,
      say: ([, n], wrong) => `시간으로는 ${(Number(n) + (wrong ? 2 : 0)) * 24}시간이다`,
    },
    {
      name: 'ko2 grams',
      find: /(?<![\d.,])(\d{1,3}(?:\.\d)?)\s?(?:kg|킬로그램)/,
      say: ([, n], wrong) => `그램으로는 ${grouped(Math.round((Number(n) + (wrong ? 3 : 0)) * 1000))}그램이다`,
    },
    {
      name: 'ko2 miles',
      find: /(?<![\d.,])(\d{2,4})\s?(?:km|킬로미터)/,
      say: ([, n], wrong) => `약 ${grouped(Math.round(Number(n) * 0.621371 * (wrong ? 1.5 : 1)))}마일이다`,
    },
    {
      name: 'ko2 percentage of a total',
      find: /(?<![\d.,만억])(\d[\d,]{2,})(명|개|대|표).{2,40}?(?<![\d.,])(\d{1,2})\s?(?:%|퍼센트)/,
      say: ([, n, unit, p], wrong) =>
        `약 ${grouped(Math.round((num(n) * Number(p) * (wrong ? 1.5 : 1)) / 100))}${unit}인 셈이다`,
    },
  ],
  (sentence, said) => `${keep(sentence)} ${said}.`,
);
