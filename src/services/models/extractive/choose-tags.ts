/** Tags that name what a text is about: its keywords, names that come back, and nouns of its title. Rather none than a frequent word. */

import { wordsOf } from '../../../util/text/segment.ts';

const MOST = 5;
const FEWEST_USES = 2;

export function chooseTags(title: string, text: string, lang: string): string[] {
  const tags = isKorean(text) ? koreanNouns(title, text) : [...names(text, lang), ...titleNouns(title, text)];
  return [...new Set(tags.map((tag) => tag.toLowerCase()))]
    .filter((tag) => tag.length > 2 || isKorean(tag))
    .slice(0, MOST);
}

function isKorean(text: string): boolean {
  return /[가-힣]/.test(text);
}

/** Names within sentences that come back; German writes every noun so, and only longer names count there. */
function names(text: string, lang: string): string[] {
  const pattern = lang.startsWith('de')
    ? /(?<=[\p{Ll},] )(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+)+)/gu
    : /(?<=[\p{Ll},] )(\p{Lu}[\p{L}’'-]+(?: \p{Lu}[\p{L}’'-]+){0,2})/gu;
  const counts = new Map<string, number>();
  for (const [, name = ''] of text.matchAll(pattern)) {
    const plain = name.replace(/[’']s?$/, '');
    if (!NO_TAGS.has(plain.toLowerCase())) counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  return mostUsed(counts).slice(0, 3);
}

/** Words of the title that the text uses as nouns: after an article or a preposition, and more than once. */
function titleNouns(title: string, text: string): string[] {
  const counts = new Map<string, number>();
  const used = new Map<string, number>();
  const list = [...wordsOf(text)].map((word) => word.toLowerCase());
  for (const [index, word] of list.entries()) {
    used.set(word, (used.get(word) ?? 0) + 1);
    if (BEFORE_NOUNS.has(list[index - 1] ?? '') && !BEFORE_NOUNS.has(word))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...wordsOf(title)]
    .map((word) => word.toLowerCase())
    .filter(
      (word) =>
        word.length > 3 &&
        /^\p{L}+$/u.test(word) &&
        !NO_TAGS.has(word) &&
        (used.get(word) ?? 0) >= FEWEST_USES &&
        (counts.get(word) ?? 0) > 0,
    );
}

const PARTICLE = /(?:에서는|으로|에서|에게|까지|부터|이다|은|는|이|가|을|를|의|에|와|과|도|로)$/;

/** Words of a Korean title that come back with different particles, as nouns do. */
function koreanNouns(title: string, text: string): string[] {
  const forms = new Map<string, Set<string>>();
  for (const word of wordsOf(text, 'ko')) {
    if (!/^[가-힣]{2,}$/.test(word)) continue;
    const stem = word.replace(PARTICLE, '');
    if (stem.length > 1) forms.set(stem, (forms.get(stem) ?? new Set()).add(word));
  }
  return [...wordsOf(title, 'ko')]
    .map((word) => word.replace(PARTICLE, ''))
    .filter(
      (word) =>
        /^[가-힣]{2,}$/.test(word) && (forms.get(word)?.size ?? 0) >= FEWEST_USES && !/[다던할된한는]$/.test(word),
    );
}

function mostUsed(counts: ReadonlyMap<string, number>): string[] {
  return [...counts]
    .filter(([, times]) => times >= FEWEST_USES)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
}

const BEFORE_NOUNS = new Set(
  'the a an of in for its their this that these those his her our your from to by on der die das ein eine le la les un une el los las'.split(
    ' ',
  ),
);
const NO_TAGS = new Set(
  'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december percent percentage million billion thousand euro euros dollar dollars pound pounds year years month months week weeks day days hour hours minute minutes name names people time times way ways thing things first second last next new best more most some many how what why when where who with from about this that your their they there here make makes made guide review tips need know'.split(
    ' ',
  ),
);
