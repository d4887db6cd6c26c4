/** Numbers in words, English and Korean, of any size. Pure. */

export interface SpelledNumber {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const BIG: Readonly<Record<string, number>> = {
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  lakh: 1e5,
  crore: 1e7,
};

const WORD = `(?:${[...ONES, ...TENS.slice(2), 'hundred', ...Object.keys(BIG), 'dozen'].join('|')})`;
const RUN = new RegExp(
  `\\b(?:(?:a|half a)\\s(?=(?:hundred|thousand|million|billion|trillion|dozen)\\b))?${WORD}(?:(?:[\\s-]|\\sand\\s(?!a\\b))${WORD})*\\b(?:[\\s-]and[\\s-]a[\\s-](?:half|quarter)\\b(?:[\\s-](?:thousand|million|billion|trillion)\\b)?)?(?:\\spoint(?:\\s(?:${ONES.slice(0, 10).join('|')}))+\\b)?`,
  'gi',
);

export function findEnglishNumbers(text: string): SpelledNumber[] {
  return [...text.matchAll(RUN)].flatMap((match) => splitRun(match[0], match.index));
}

/** `ten four` are two numbers and `two hundred and six` is one. */
function splitRun(run: string, from: number): SpelledNumber[] {
  const found: SpelledNumber[] = [];
  const tokens = [...run.matchAll(/[a-z]+/gi)].map((match) => ({
    word: match[0].toLowerCase(),
    from: match.index,
    to: match.index + match[0].length,
  }));
  let at = 0;
  while (at < tokens.length) {
    const read = readEnglish(
      tokens.map(({ word }) => word),
      at,
    );
    const first = tokens[at];
    const last = tokens[Math.max(at, read.next - 1)];
    if (read.value !== undefined && first !== undefined && last !== undefined)
      found.push({ value: read.value, from: from + first.from, to: from + last.to });
    at = Math.max(at + 1, read.next);
  }
  return found;
}

function readEnglish(
  words: readonly string[],
  start: number,
): { readonly value: number | undefined; readonly next: number } {
  let at = start;
  let scale = 1;
  if (words[at] === 'half' && words[at + 1] === 'a') [scale, at] = [0.5, at + 1];
  let total = 0;
  let current: number | undefined = words[at] === 'a' ? 1 : undefined;
  if (current === 1) at += 1;
  let lowest = Number.POSITIVE_INFINITY;
  let room = 1000; // what may still be added below: 100 after "hundred", 10 after "twenty"
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === 'and') {
      if (
        words[at + 1] === 'a' ||
        !(room === 100 || (total > 0 && current === undefined)) ||
        smallNumber(words[at + 1]) === undefined
      )
        break;
      continue;
    }
    const small = smallNumber(word);
    if (small !== undefined) {
      if (current !== undefined && (small >= room || room === 1000)) break;
      current = (current ?? 0) + small;
      room = small >= 20 ? 10 : 0;
    } else if (word === 'hundred' && (current ?? 1) < 100) {
      current = (current ?? 1) * 100;
      room = 100;
    } else if (word === 'dozen') {
      current = (current ?? 1) * 12;
      room = 0;
    } else if (BIG[word] !== undefined && BIG[word] < lowest && (current !== undefined || total > 0 || at === start)) {
      lowest = BIG[word];
      total += (current ?? 1) * lowest;
      current = undefined;
      room = 1000;
    } else if (word === 'million' && words[at - 1] === 'thousand' && current === undefined) {
      total *= 1e6; // a thousand million
      lowest = 1e6;
    } else break;
  }
  if (current === undefined && total === 0) return { value: undefined, next: at };
  let value = total + (current ?? 0);
  if (words[at] === 'and' && words[at + 1] === 'a' && /^(?:half|quarter)$/.test(words[at + 2] ?? '')) {
    value += (words[at + 2] === 'half' ? 0.5 : 0.25) * (Number.isFinite(lowest) && current === undefined ? lowest : 1);
    const magnitude = BIG[words[at + 3] ?? '']; // three and a half billion
    value *= magnitude ?? 1;
    at += magnitude === undefined ? 3 : 4;
  }
  if (words[at] === 'point') {
    const digits = words.slice(at + 1).map((word) => ONES.indexOf(word));
    value += Number(`0.${digits.join('')}`);
    at = words.length;
  }
  return { value: value * scale, next: at };
}

function smallNumber(word: string | undefined): number | undefined {
  const ones = ONES.indexOf(word ?? '');
  if (ones !== -1) return ones;
  const tens = TENS.indexOf(word ?? '');
  return tens > 1 ? tens * 10 : undefined;
}

const NATIVE_ONES: Readonly<Record<string, number>> = {
  하나: 1,
  한: 1,
  둘: 2,
  두: 2,
  셋: 3,
  세: 3,
  석: 3,
  넷: 4,
  네: 4,
  넉: 4,
  다섯: 5,
  여섯: 6,
  일곱: 7,
  여덟: 8,
  아홉: 9,
};
const NATIVE_TENS: Readonly<Record<string, number>> = {
  열: 10,
  스물: 20,
  스무: 20,
  서른: 30,
  마흔: 40,
  쉰: 50,
  예순: 60,
  일흔: 70,
  여든: 80,
  아흔: 90,
};
/** Words that native numbers count; a single syllable such as `한` is a number only before one of these. */
const COUNTERS =
  '명|개|대|번|곳|동(?!안)|시|살|배|척|가지|차례|달|사람|골|권|마리|그루|채|군데|쌍|해|잔|병|장|벌|켤레|송이|자루|통|판|편|곡|팀|칸|줄|층|주|끼|그릇|시간|나라|도시|학교|건|회|차|바퀴|배우|아이|친구|기업|회사|업체|모델|작품|선수|조각|스푼|숟갈|방울|모금|걸음|마을';
const keys = (table: Readonly<Record<string, number>>) =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .join('|');
const NATIVE = new RegExp(
  `(?<![가-힣])(?:(${keys(NATIVE_TENS)})(${keys(NATIVE_ONES)})?(?=\\s?(?:${COUNTERS})|[\\s,.])|(하나|둘|셋|넷)(?=[가이를은는도만씩\\s,.]|$)|(${keys(NATIVE_ONES)})(?=\\s?(?:${COUNTERS}))|(다섯|여섯|일곱|여덟|아홉)(?=\\s|[은이을의]))`,
  'g',
);

const SINO: Readonly<Record<string, number>> = {
  영: 0,
  공: 0,
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
  륙: 6,
  칠: 7,
  팔: 8,
  구: 9,
};
const SINO_SMALL: Readonly<Record<string, number>> = { 십: 10, 백: 100, 천: 1000 };
const SINO_BIG: Readonly<Record<string, number>> = { 만: 1e4, 억: 1e8, 조: 1e12 };
const SINO_COUNTERS =
  '살|세|명|개|년|개월|월|일|분|초|원|달러|유로|엔|위안|퍼센트|프로|미터|킬로|센티|그램|톤|도|배|위|등|층|회|차|호|권|척|대|곳|그루|마리|가구|건|채|점|골|장|평|인|시간|주|번|쪽|리터|메가|기가|킬로와트|와트|헥타르|만|천|여|가지';
const SINO_RUN = new RegExp(
  `(?<![가-힣\\d])([일이삼사오육칠팔구십백천만억조](?:\\s?[일이삼사오육칠팔구십백천만억조]){0,14})(?=\\s?(?:${SINO_COUNTERS})|\\s?점\\s?[영일이삼사오육칠팔구])(?:\\s?점\\s?([영일이삼사오육칠팔구]+))?`,
  'g',
);

export function findKoreanNumbers(text: string): SpelledNumber[] {
  const native = [...text.matchAll(NATIVE)].map((match) => {
    const [, tens = '', onesOfTens = '', alone = '', short = '', long = ''] = match;
    const value = (NATIVE_TENS[tens] ?? 0) + (NATIVE_ONES[onesOfTens || alone || short || long] ?? 0);
    return { value, from: match.index, to: match.index + match[0].length };
  });
  const sino = [...text.matchAll(SINO_RUN)].flatMap((match) => {
    const run = (match[1] ?? '').replace(/\s/g, '');
    const value = readSino(run);
    // One syllable alone is more often a word: 이 means "this", 사 "company", 조 "group".
    if (value === undefined || (run.length === 1 && !/^[삼사오육칠팔구십백천]$/.test(run))) return [];
    if (run.length === 1 && !new RegExp(`^\\s?(?:${SINO_COUNTERS})`).test(text.slice(match.index + 1, match.index + 8)))
      return [];
    const decimals = [...(match[2] ?? '')].map((digit) => SINO[digit] ?? 0).join('');
    return [
      {
        value: value + (decimals === '' ? 0 : Number(`0.${decimals}`)),
        from: match.index,
        to: match.index + match[0].length,
      },
    ];
  });
  return [...native, ...sino];
}

function readSino(run: string): number | undefined {
  let [total, section, digit, seen] = [0, 0, 0, false];
  for (const char of run) {
    const small = SINO_SMALL[char];
    const big = SINO_BIG[char];
    if (small !== undefined) [section, digit, seen] = [section + (digit || 1) * small, 0, true];
    else if (big !== undefined) [total, section, digit, seen] = [total + (section + digit || 1) * big, 0, 0, true];
    else if (digit !== 0)
      return undefined; // two digits in a row are no number in words
    else digit = SINO[char] ?? 0;
  }
  return seen || run.length === 1 ? total + section + digit : undefined;
}
