/** The counted nouns: the words right after a number, in Korean also the one before. Pure. */

const NO_NOUNS = new Set(
  'of in on at to and or but by for from with as than the a an is are was were has had have per each every more less fewer who that which when while after before over under up down out into it they he she we i not be been this these those its their his her our your between during since until about around only just also then there so if because kept took went came rose fell grew ago later earlier long high deep tall wide old'.split(
    ' ',
  ),
);
const PARTICLES =
  /(?:으로부터|에서는|이라는|이었다|으로|에서|에게|까지|부터|이다|였다|이며|이고|인데|은|는|이|가|을|를|의|에|와|과|도|로|만|씩|쯤|정도|(?<=.)(?:인|꼴|짜리))$/;

/** Up to two nouns, stemmed so that one and many are the same. */
/** Chinese and Japanese write no spaces: the sign after the number counts. */
const SIGN = /^\s?(\p{Script=Han})/u;

export function nounsAt(text: string, from: number, end: number): string[] {
  const after = text.slice(end, end + 60);
  const sign = SIGN.exec(after)?.[1];
  if (sign !== undefined) return [sign];
  if (/^\s?[가-힣]/.test(after) || /[가-힣]\s?$/.test(text.slice(Math.max(0, from - 2), from)))
    return koreanNouns(text, from, after);
  const nouns: string[] = [];
  for (const match of after.matchAll(/([ -]?)([\p{L}’']+)([^\p{L}]?)/gu)) {
    const [raw, gap = '', word = '', next = ''] = match;
    if (match.index !== 0 && (gap === '' || nouns.length === 0)) break;
    if (NO_NOUNS.has(word.toLowerCase())) break;
    nouns.push(stem(word));
    if (nouns.length === 2 || (next !== ' ' && next !== '-') || raw === '') break;
  }
  return nouns;
}

export function stem(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’']s?$/, '')
    .replace(/ies$/, 'y')
    .replace(/(?<=ch|sh|x|ss)es$/, '')
    .replace(/(?<=[^su])s$/, '');
}

/** Counters that count anything: what is counted stands after them, as in `네 개 분야` and `세 명의 학생`. */
const COUNTER = /^\s?(?:명|개|건|번|곳|대|권|편|마리|그루|채|척|가지|차례)(?:의|\s)\s?([가-힣]{2,8})/;

function koreanNouns(text: string, from: number, after: string): string[] {
  const counter = /^\s?([가-힣]{1,8})/.exec(after)?.[1];
  const counted = COUNTER.exec(after)?.[1];
  const before = /([가-힣]{2,8})\s?$/.exec(text.slice(Math.max(0, from - 12), from))?.[1];
  return [counter, counted, before]
    .flatMap((word) => (word === undefined ? [] : [koreanStem(word)]))
    .filter((word) => word !== '');
}

export function koreanStem(word: string): string {
  return word.replace(PARTICLES, '');
}
