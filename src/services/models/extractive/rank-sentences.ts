/** Which sentences of a text say most, without a model: frequent words, early places, figures. Works for every language that Intl.Segmenter knows. */

import { segmentsOf } from '../../../util/segment.ts';

export interface RankedSentence {
  readonly text: string;
  /** Order in the text. */
  readonly index: number;
  readonly score: number;
}

const LEAST_CHARS = 25;
const MOST_CHARS = 400;

/** The sentences of a paragraph that can stand alone. */
export function splitSentences(text: string, lang: string): string[] {
  const pieces = Array.from(segmentsOf(text, 'sentence', lang), ({ segment }) => segment.replace(/\s+/g, ' ').trim());
  return joinAbbreviations(pieces).filter(
    (sentence) => sentence.length >= LEAST_CHARS && sentence.length <= MOST_CHARS && /[.!?。！？"”’)]$/u.test(sentence),
  );
}

/** `Dr. Kim` and `U.S. sales` are no ends of sentences. */
function joinAbbreviations(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    if (
      before !== undefined &&
      before.length < MOST_CHARS &&
      /(?:^|\s)(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx|Inc|Ltd|Co|e\.g|i\.e|U\.S|U\.K)\.$/.test(before)
    )
      joined[joined.length - 1] = `${before} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

/** Words that carry meaning, lower case; Korean and Japanese by the segmenter's words. */
export function contentWords(text: string, lang: string): string[] {
  const words: string[] = [];
  let before = '';
  for (const { segment, isWordLike } of segmentsOf(text.toLowerCase(), 'word', lang)) {
    const isUnit = /\d$/.test(before); // `5.0퍼센트`, `340kW`: what hangs on a figure says nothing alone
    before = segment;
    if (isWordLike !== true || isUnit || STOP_WORDS.has(segment)) continue;
    const word = stem(segment);
    if (!STOP_WORDS.has(word) && (word.length > 2 || /[^\u0000-\u024f]{2}/u.test(word))) words.push(word);
  }
  return words;
}

/** Korean particles hang on their words: without them `도시는`, `도시의` and `도시를` are one. */
function stem(word: string): string {
  if (!/^[\uac00-\ud7a3]{2,}$/.test(word)) return word;
  return word.replace(/(?:으로|에서|에게|까지|부터|이다|한다|했다|은|는|이|가|을|를|의|에|와|과|도|로)$/, '');
}

export function rankSentences(sentences: readonly string[], title: string, lang: string): RankedSentence[] {
  const bags = sentences.map((sentence) => new Set(contentWords(sentence, lang)));
  const titleWords = new Set(contentWords(title, lang));
  const counts = new Map<string, number>();
  for (const bag of bags) for (const word of bag) counts.set(word, (counts.get(word) ?? 0) + 1);
  return sentences.map((text, index) => {
    const bag = bags[index] ?? new Set<string>();
    let weight = 0;
    for (const word of bag) weight += Math.log2(1 + (counts.get(word) ?? 0)) + (titleWords.has(word) ? 2 : 0);
    const density = weight / Math.sqrt(bag.size + 3);
    const place = 1 / (1 + index * 0.08);
    const figures = /\d/.test(text) ? 0.6 : 0;
    const dangling =
      /^(?:it|this|that|these|those|he|she|they|but|and|however|그러나|하지만|이는|그는|그녀는|또한)[\s,]/i.test(text)
        ? -1.5
        : 0;
    return { text, index, score: density + place * 2 + figures + dangling };
  });
}

/** Frequent content words of a text as tags, most frequent first. */
export function topWords(text: string, lang: string, count: number): string[] {
  const counts = new Map<string, number>();
  for (const word of contentWords(text, lang))
    if (word.length > 3 || /[^\u0000-\u024f]/.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .filter(([word, times]) => times > 1 && !/^\d/.test(word))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, count)
    .map(([word]) => word);
}

const STOP_WORDS = new Set(
  'the and for that with was are were this from have has had not but they their its his her him she you your our who what which when where will would can could there been than then them these those into about after before more most other some such only over also just because how all any each own same very between during under while per one two first new said says like many may much even still made make well since both way being used use using through 것 수 등 및 만원 억원 천만 사람 때문 경우 정도 대한 위한 원을 원이 말했다 씨는 있었다 없었다 했다 된다 됐다 그 이 저 더 또 한 할 때 중 위해 대한 있다 없다 하는 있는 것이다 그리고 그러나 하지만 따라 통해 der die das und nicht mit von ist les des est dans une pour que pas los las por con para del'.split(
    ' ',
  ),
);
