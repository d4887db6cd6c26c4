// Numbers in words, and what operators share.

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number below 100,000 in English words. */
export function inEnglish(n) {
  if (n < 20) return SMALL[n];
  if (n < 100) return TENS[Math.floor(n / 10)] + (n % 10 ? `-${SMALL[n % 10]}` : '');
  if (n < 1000) return `${SMALL[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${inEnglish(n % 100)}` : ''}`;
  if (n >= 1e5) return undefined;
  return `${inEnglish(Math.floor(n / 1000))} thousand${n % 1000 ? `${n % 1000 < 100 ? ' and ' : ' '}${inEnglish(n % 1000)}` : ''}`;
}

const ORDINALS =
  '_ first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
export const ordinal = (n) =>
  n <= 20 ? ORDINALS[n] : n < 100 && n % 10 ? `${TENS[Math.floor(n / 10)]}-${ORDINALS[n % 10]}` : undefined;
export const suffixed = (n) =>
  `${n}${n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;

const NATIVE_BEFORE = ',한,두,세,네,다섯,여섯,일곱,여덟,아홉'.split(',');
const NATIVE_TENS = ',열,스물,서른,마흔,쉰,예순,일흔,여든,아흔'.split(',');
/** 1 to 99 as they stand before a counter. */
export const inNative = (n) => (n === 20 ? '스무' : NATIVE_TENS[Math.floor(n / 10)] + NATIVE_BEFORE[n % 10]);

const SINO = ',일,이,삼,사,오,육,칠,팔,구'.split(',');
const sinoBelow = (n) =>
  [
    [1000, '천'],
    [100, '백'],
    [10, '십'],
    [1, ''],
  ]
    .map(([size, mark]) => {
      const digit = Math.floor(n / size) % 10;
      return digit === 0 ? '' : (digit === 1 && size > 1 ? '' : SINO[digit]) + mark;
    })
    .join('');
export const inSino = (n) =>
  n < 1e4
    ? sinoBelow(n)
    : `${n < 2e4 ? '' : sinoBelow(Math.floor(n / 1e4))}만${n % 1e4 ? ` ${sinoBelow(n % 1e4)}` : ''}`;

export const num = (text) => Number(text.replaceAll(',', ''));
export const grouped = (n) => n.toLocaleString('en-US');
export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** Replaces the first match by what `make` gives; undefined where nothing matches or nothing comes. */
export const swap = (pattern, make) => (sentence, random) => {
  const match = pattern.exec(sentence);
  if (match === null) return undefined;
  const made = make(match, random);
  return made === undefined || made === match[0]
    ? undefined
    : sentence.slice(0, match.index) + made + sentence.slice(match.index + match[0].length);
};

/** A sum as a sentence of its own beside words of the sentence that it follows from; right (D) and wrong (W). */
export const sums = (rows, frame) =>
  rows.flatMap(({ name, find, say }) =>
    [false, true].map((wrong) => ({
      name: `${name}${wrong ? ', wrong' : ''}`,
      kind: 'sum',
      truth: wrong ? 'W' : 'D',
      apply: (sentence) => {
        const match = find.exec(sentence);
        const said = match === null ? undefined : say(match, wrong);
        return said === undefined ? undefined : frame(sentence, said);
      },
    })),
  );

/** Replaces within the first quotation of at least `least` characters; straight marks open and close in turn. */
export const swapQuoted = (least, make) => (sentence, random) => {
  const pattern = /[“"]([^“”"]+)[”"]/g;
  for (const match of sentence.matchAll(pattern)) {
    const [whole, quote] = match;
    if (quote.length < least || quote.split(' ').length < 5) continue;
    const made = make(quote, random);
    if (made === undefined || made === quote) continue;
    return sentence.slice(0, match.index) + whole[0] + made + whole.at(-1) + sentence.slice(match.index + whole.length);
  }
  return undefined;
};
