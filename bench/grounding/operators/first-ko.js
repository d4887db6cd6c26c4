// The same in Korean.
import { swap } from './first-en.js';

const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));
const num = (text) => Number(text.replaceAll(',', ''));
const grouped = (n) => n.toLocaleString('en-US');
const NATIVE_BEFORE = ',한,두,세,네,다섯,여섯,일곱,여덟,아홉'.split(',');
const NATIVE_TENS = ',열,스물,서른,마흔,쉰,예순,일흔,여든,아흔'.split(',');
const native = (n) => (n === 20 ? '스무' : NATIVE_TENS[Math.floor(n / 10)] + NATIVE_BEFORE[n % 10]);
const SINO = ',일,이,삼,사,오,육,칠,팔,구'.split(',');
const sino = (n) =>
  [
    [1000, '천'],
    [100, '백'],
    [10, '십'],
    [1, ''],
  ]
    .map(([size, mark]) => {
      const d = Math.floor(n / size) % 10;
      return d === 0 ? '' : (d === 1 && size > 1 ? '' : SINO[d]) + mark;
    })
    .join('');
const MAN =
  /(?<![\d.,조억만천])(\d{1,4}(?:,\d{3})?)만\s?(?:(\d[\d,]*)(?![\d만천]))?(?=\s?(?:명|원|달러|개|대|권|그루))/;

export const OPERATORS_KO = [
  {
    name: 'ko figure changed',
    kind: 'figure',
    truth: 'F',
    apply: swap(/(?<![\d.,만억조천])(\d)(\d)(\d*)(?=\s?(?:명|개|대|권|곳|사|그루|가구))/, ([, a, b, rest]) =>
      a === b || b === '0' ? undefined : b + a + rest,
    ),
  },
  {
    name: 'ko man figure changed',
    kind: 'figure',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d{1,4})만(?=\s?\d|\s?(?:명|원|달러))/,
      ([, n], random) => `${Number(n) + between(random, 2, 9) * 10 ** Math.max(0, n.length - 2)}만`,
    ),
  },
  {
    name: 'ko eok figure changed',
    kind: 'money',
    truth: 'F',
    apply: swap(
      /(?<![\d.,])(\d[\d,]*)억(?=\s?\d|원|달러)/,
      ([, n], random) => `${num(n) + between(random, 2, 9) * 10 ** Math.max(0, String(num(n)).length - 2)}억`,
    ),
  },
  {
    name: 'ko percent changed',
    kind: 'percent',
    truth: 'F',
    apply: swap(
      /(\d+)((?:\.\d+)?)(%|퍼센트)(?!포인트|p)/,
      ([, n, rest, sign], random) => `${Number(n) + between(random, 2, 9)}${rest}${sign}`,
    ),
  },
  {
    name: 'ko percent to points',
    kind: 'unit',
    truth: 'F',
    apply: swap(/(?<=\d)(%|퍼센트)(?!포인트|p)/, () => '퍼센트포인트'),
  },
  {
    name: 'ko magnitude',
    kind: 'magnitude',
    truth: 'F',
    apply: swap(/(?<=\d)(만|억)(?=\s?(?:명|원|달러|대))/, ([all]) => (all === '만' ? '억' : '조')),
  },
  {
    name: 'ko currency',
    kind: 'money',
    truth: 'F',
    apply: swap(/(?<=[\d만억천조]\s?)(원|달러|유로)(?=[을를이에의으 ,.]|$)/, ([all]) =>
      all === '원' ? '엔' : all === '달러' ? '유로' : '달러',
    ),
  },
  {
    name: 'ko year moved',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?:19|20)\d\d(?=년)/, ([all], random) => String(Number(all) - between(random, 2, 9))),
  },
  {
    name: 'ko month moved',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<!\d)(\d{1,2})(?=월)/, ([all], random) => String(((Number(all) + between(random, 2, 9)) % 12) + 1)),
  },
  {
    name: 'ko day moved',
    kind: 'date',
    truth: 'F',
    apply: swap(/(?<=월\s?)(\d{1,2})(?=일)/, ([all], random) =>
      String(((Number(all) + between(random, 2, 20)) % 27) + 1),
    ),
  },
  {
    name: 'ko clock moved',
    kind: 'clock',
    truth: 'F',
    apply: swap(/(?<=(?:오전|오후|밤|새벽)\s?)(\d{1,2})(?=시)/, ([all]) => String((Number(all) % 11) + 1)),
  },
  {
    name: 'ko unit',
    kind: 'unit',
    truth: 'F',
    apply: swap(
      /(?<=\d\s?)(km|킬로미터|시간|분(?= |이|을|에)|기가와트|에이커|㎜|년(?=이|간| 만))/,
      ([all]) =>
        ({
          km: '마일',
          킬로미터: '마일',
          시간: '분',
          분: '시간',
          기가와트: '메가와트',
          에이커: '헥타르',
          '㎜': '㎝',
          년: '개월',
        })[all],
    ),
  },
  {
    name: 'ko quoted word',
    kind: 'quotation',
    truth: 'F',
    apply: swap(/(?<=["“](?:\S+\s){2,6})([가-힣]{2,})(?=\s[^"”]{4,200}["”])/, () => '결코'),
  },
  {
    name: 'ko native moved',
    kind: 'spelled',
    truth: 'F',
    apply: swap(
      /(다섯|여섯|일곱|여덟|아홉|열두)(?=\s?(?:번|척|권|골|마리|그루|곳))/,
      ([all]) => ({ 다섯: '아홉', 여섯: '아홉', 일곱: '다섯', 여덟: '다섯', 아홉: '여섯', 열두: '열네' })[all],
    ),
  },
  {
    name: 'ko range moved',
    kind: 'range',
    truth: 'F',
    apply: swap(
      /(\d{2,3})([~∼-])(\d{2,3})(?=\s?(?:세|명|상자|분|시간|년))/,
      ([, a, dash, b], random) => `${a}${dash}${Number(b) + between(random, 3, 30)}`,
    ),
  },

  { name: 'ko percent word', kind: 'notation', truth: 'T', apply: swap(/(?<=\d)%(?!p|포인트)/, () => '퍼센트') },
  { name: 'ko percent sign', kind: 'notation', truth: 'T', apply: swap(/(?<=\d)퍼센트(?!포인트)/, () => '%') },
  { name: 'ko points sign', kind: 'notation', truth: 'T', apply: swap(/(?<=\d)(?:%|퍼센트)포인트/, () => '%p') },
  {
    name: 'ko man to figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(MAN, ([, man, rest]) => grouped(num(man) * 1e4 + (rest === undefined ? 0 : num(rest)))),
  },
  {
    name: 'ko figures to man',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,만억조])(\d[\d,]{4,8})(?=\s?(?:명|원|개|대|권))/, ([all]) => {
      const n = num(all);
      return n < 1e4 || n >= 1e8 ? undefined : `${Math.floor(n / 1e4)}만${n % 1e4 ? ` ${n % 1e4}` : ''}`;
    }),
  },
  {
    name: 'ko eok to figures',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,조])(\d[\d,]*)억(?=원|\s?달러)/, ([, n]) => grouped(num(n) * 1e8)),
  },
  {
    name: 'ko jo and eok spaced',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(\d)조(\d{1,4})억\s?원/,
      ([, jo, eok]) => `${jo}조 ${Number(eok) >= 1000 ? grouped(Number(eok)) : eok}억 원`,
    ),
  },
  {
    name: 'ko native counted',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,만천])([1-9]\d?)(?=\s?(?:명|개|곳|대|권))/, ([, n]) => `${native(Number(n))} `),
  },
  {
    name: 'ko sino year count',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{2,3})(?=(?:년|시간|분|퍼센트|도)(?:[이가을의 ]|간))/, ([, n]) => `${sino(Number(n))} `),
  },
  {
    name: 'ko native to figure',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(다섯|여섯|일곱|여덟|아홉|열두|세)(?=\s(?:번|사람|척|권|명))/,
      ([all]) => ({ 다섯: '5', 여섯: '6', 일곱: '7', 여덟: '8', 아홉: '9', 열두: '12', 세: '3' })[all],
    ),
  },
  {
    name: 'ko dotted date',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d{4})년 (\d{1,2})월 (\d{1,2})일/, ([, y, m, d]) => `${y}. ${m}. ${d}.`),
  },
  {
    name: 'ko date cut',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(\d{4})년 (\d{1,2})월 (\d{1,2})일/, ([, y, m]) => `${y}년 ${m}월`),
  },
  {
    name: 'ko decade',
    kind: 'notation',
    truth: 'T',
    apply: swap(/((?:19|20)\d)\d년(?=에| )(?!\s\d)/, ([, d]) => `${d}0년대`),
  },
  {
    name: 'ko 24-hour clock',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(오전|오후) (\d{1,2})시 ?(\d{1,2})분/,
      ([, half, h, m]) => `${(Number(h) % 12) + (half === '오후' ? 12 : 0)}시 ${m}분`,
    ),
  },
  {
    name: 'ko more than',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<![\d.,])(\d{1,3})만\s?(\d{4})명/, ([, man]) => `${man}만 명 넘`),
  },
  {
    name: 'ko unit word',
    kind: 'notation',
    truth: 'T',
    apply: swap(/(?<=\d\s?)(km|㎜|킬로미터)/, ([all]) => ({ km: '킬로미터', '㎜': '밀리미터', 킬로미터: 'km' })[all]),
  },
  {
    name: 'ko quotation cut',
    kind: 'notation',
    truth: 'T',
    apply: swap(
      /(["“])([^"”]{20,200})(["”])/,
      ([, open, text, close]) => `${open}${text.split(' ').slice(1).join(' ')}${close}`,
    ),
  },
];

const keep = (sentence) =>
  sentence
    .replace(/\d[\d.,]*[조억만천]?\s?\d*[만천]?/g, '')
    .replace(/[^가-힣\s]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 40);

export const SUMS_KO = [
  {
    name: 'ko difference',
    find: /(?<![\d.,])(\d[\d,]*(?:\.\d+)?)(억원|명|점|개|사|원)에서 (?:[가-힣\d]+년 )?(\d[\d,]*(?:\.\d+)?)\2/,
    say: ([, a, unit, b], wrong) =>
      `${Number((Math.abs(num(b) - num(a)) * (wrong ? 1.4 : 1) + (wrong ? 1 : 0)).toFixed(a.includes('.') ? 2 : 0)).toLocaleString('en-US')}${unit} 차이다`,
  },
  {
    name: 'ko points',
    find: /(\d+(?:\.\d+)?)%에서 (?:[가-힣\d]+ )?(\d+(?:\.\d+)?)%/,
    say: ([, a, b], wrong) => `${(Math.abs(b - a) * (wrong ? 1.5 : 1)).toFixed(1)}퍼센트포인트 올랐다`,
  },
  {
    name: 'ko share',
    find: /(\d[\d,]*)(개|명|그루|곳) (?:[가-힣]+ )?(?:가운데|중) (?:[가-힣]+ )?(\d[\d,]*)\2/,
    say: ([, a, , b], wrong) => `비율은 ${Math.round((num(b) / num(a)) * 100 * (wrong ? 0.6 : 1))}퍼센트다`,
  },
  {
    name: 'ko years',
    find: /((?:19|20)\d\d)년[^.]{2,60}((?:19|20)\d\d)년/,
    say: ([, a, b], wrong) =>
      Math.abs(b - a) > 1 ? `그 사이 ${Math.abs(b - a) + (wrong ? 5 : 0)}년이 흘렀다` : undefined,
  },
  {
    name: 'ko growth',
    find: /(?<![\d.,])(\d[\d,]*)(억원|명|점|개|사|원)에서 (?:[가-힣\d]+년 )?(\d[\d,]*)\2/,
    say: ([, a, , b], wrong) =>
      num(b) > num(a)
        ? `${Math.round(((num(b) - num(a)) / num(a)) * 100 * (wrong ? 1.6 : 1))}퍼센트 늘었다`
        : undefined,
  },
  {
    name: 'ko metres',
    find: /(?<![\d.,])(\d{1,3})\s?(?:km|킬로미터)/,
    say: ([, n], wrong) => `거리는 ${grouped((Number(n) + (wrong ? 4 : 0)) * 1000)}미터다`,
  },
  {
    name: 'ko minutes',
    find: /(?<![\d.,])(\d{1,2})시간/,
    say: ([, n], wrong) => `모두 ${(Number(n) + (wrong ? 3 : 0)) * 60}분이다`,
  },
  {
    name: 'ko total',
    find: /(\d[\d,]*)(개|명|번|원|사)[,가로 ]+(?:[가-힣]+ ){1,3}(\d[\d,]*)\2/,
    say: ([, a, unit, b], wrong) => `합쳐서 ${grouped(Math.round((num(a) + num(b)) * (wrong ? 1.4 : 1)))}${unit}다`,
  },
].flatMap(({ name, find, say }) =>
  [false, true].map((wrong) => ({
    name: `${name}${wrong ? ', wrong' : ''}`,
    kind: 'sum',
    truth: wrong ? 'W' : 'D',
    apply: (sentence) => {
      const match = find.exec(sentence);
      const said = match === null ? undefined : say(match, wrong);
      return said === undefined ? undefined : `${keep(sentence)} ${said}.`;
    },
  })),
);
