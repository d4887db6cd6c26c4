/** Which sentences of a text say most, without a model: words of the title, early places, figures. Works for every language that Intl.Segmenter knows. */

import { segmentsOf } from '../../../util/text/segment.ts';

export interface RankedSentence {
  readonly text: string;
  /** Order in the text. */
  readonly index: number;
  readonly score: number;
}

const MIN_CHARS = 25;
const MAX_CHARS = 400;

/** Sentences of a paragraph, whole; those that cannot be quoted are undefined, so that neighbours are known. */
export function splitSentences(text: string, lang: string): (string | undefined)[] {
  const pieces = Array.from(segmentsOf(text, 'sentence', lang), ({ segment }) => segment.replace(/\s+/g, ' ').trim());
  return joinAbbreviations(pieces.filter((piece) => piece !== '')).map((sentence) =>
    isQuotable(sentence) ? sentence : undefined,
  );
}

function isQuotable(sentence: string): boolean {
  if (sentence.length < MIN_CHARS || sentence.length > MAX_CHARS || !/[.!?。！？"”’)」]$/u.test(sentence)) return false;
  if (!/^["“‘「(\p{Lu}\p{Lo}\d¿¡]/u.test(sentence) || sentence.includes('\ufffd')) return false;
  return isBalanced(sentence);
}

/** Half a pair of quotation marks or brackets shows that the sentence is a part of something longer. */
function isBalanced(text: string): boolean {
  const count = (mark: string) => text.split(mark).length - 1;
  const pairs = [
    ['“', '”'],
    ['「', '」'],
    ['(', ')'],
    ['[', ']'],
    ['«', '»'],
  ] as const;
  return pairs.every(([open, close]) => count(open) === count(close)) && count('"') % 2 === 0;
}

/** `Dr. Kim`, `U.S. sales` and `the ID. Buzz` are one sentence. */
function joinAbbreviations(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const isOpen =
      before !== undefined &&
      before.length < MAX_CHARS &&
      (ABBREVIATED.test(before) || /^[\p{Ll}”’)]/u.test(piece) || !isBalanced(before));
    if (isOpen) joined[joined.length - 1] = `${before} ${piece}`;
    else joined.push(piece);
  }
  return joined;
}

const ABBREVIATED =
  /(?:^|[\s("“])(?:\p{Lu}{1,4}|Dr|Mr|Mrs|Ms|Prof|St|No|Nr|vs|approx|Inc|Ltd|Co|Corp|Jr|Sr|e\.g|i\.e|(?:\p{Lu}\.)+\p{Lu})\.$/u;

/** Begins with words that stand for something said before, or gives a saying to "she". */
export function leansBack(sentence: string): boolean {
  if (OPENERS.test(sentence)) return true;
  return (
    /(?:^|[\s,”"])(?:he|she|they) (?:says?|said|adds?|added|explains?|explained|told|recalls?)\b/i.test(sentence) &&
    !/\p{Ll}\s\p{Lu}\p{Ll}+/u.test(sentence)
  );
}

const OPENERS =
  /^["“‘]?(?:it|its|this|that|these|those|he|she|they|their|his|her|him|them|one|such|here|there|but|and|or|so|yet|also|then|thus|still|instead|however|therefore|moreover|furthermore|meanwhile|nevertheless|another|both|as a result|for example|for instance|in addition|on the other hand|er|sie|es|dies\w*|aber|und|auch|doch|il|elle|ils|elles|cela|mais|et|ella|esto|pero|또한?|그러나|하지만|이는|그는|그녀는|이들은|그리고|그래서|따라서|한편|이어|이에|이런|이러한|그런|그중|여기에?|특히|반면|다만)(?=[\s,.])/iu;

/** Words that carry meaning, lower case; Korean and Japanese by the segmenter's words. */
function contentWords(text: string, lang: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmentsOf(text.toLowerCase(), 'word', lang)) {
    if (isWordLike !== true || /\d/.test(segment)) continue;
    const word = stem(segment);
    if (word.length > 3 || /[^\u0000-\u024f]{2}/u.test(word)) words.push(word);
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
    return { text, index, score: density + place * 2 + figures - (leansBack(text) ? 1.5 : 0) };
  });
}
