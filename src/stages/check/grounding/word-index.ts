/** The words of a text without punctuation, mapped back to their positions. Pure. */

import { comparable } from './quotes.ts';

export interface WordIndex {
  /** As `comparable`, with a space at both ends. */
  readonly words: string;
  /** Position in the text of the first match at or after `from` in `words`. */
  find(words: string, from?: number): { readonly start: number; readonly end: number } | undefined;
}

export function indexWords(text: string): WordIndex {
  const starts: number[] = []; // of each token in `words`
  const places: number[] = []; // and in the text
  const ends: number[] = [];
  let words = ' ';
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const word = comparable(match[0]);
    if (word === '') continue;
    starts.push(words.length);
    places.push(match.index);
    ends.push(match.index + match[0].length);
    words += `${word} `;
  }
  /** The last token that begins at or before a position in `words`. */
  const tokenAt = (place: number) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    words,
    find(wanted, from = 0) {
      const at = wanted === '' ? -1 : words.indexOf(wanted, from);
      if (at === -1) return undefined;
      const [first, last] = [tokenAt(at), tokenAt(at + wanted.length - 1)];
      return { start: places[first] ?? 0, end: ends[last] ?? 0 };
    },
  };
}
