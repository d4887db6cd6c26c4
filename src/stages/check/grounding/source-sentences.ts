/** A source sentence by sentence, with its figures, dates and words. Pure. */

import { stem } from '../quantities/nouns.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { type Sentence, sentencesOf } from '../sentences.ts';
import type { DateFact } from './dates.ts';

export interface SourceSentence extends Sentence {
  readonly quantities: readonly Quantity[];
  readonly dates: readonly DateFact[];
  /** Stems of its words. */
  readonly words: ReadonlySet<string>;
}

export function groupBySentence(
  text: string,
  quantities: readonly Quantity[],
  dates: readonly DateFact[],
): SourceSentence[] {
  const sentences = sentencesOf(text);
  const inSentence = <T extends { readonly index: number }>(list: readonly T[]): T[][] => {
    const groups: T[][] = sentences.map(() => []);
    let at = 0;
    for (const one of list) {
      while (at < sentences.length - 1 && one.index >= (sentences[at]?.end ?? 0)) at += 1;
      groups[at]?.push(one);
    }
    return groups;
  };
  const [numbers, days] = [inSentence(quantities), inSentence(dates)];
  return sentences.map((sentence, index) => {
    let words: ReadonlySet<string> | undefined; // most sentences are never asked for theirs
    return {
      ...sentence,
      quantities: numbers[index] ?? [],
      dates: days[index] ?? [],
      get words() {
        words ??= stemsOf(sentence.text);
        return words;
      },
    };
  });
}

/** The sentence that a place of the text lies in. */
export function sentenceAt<T extends Sentence>(sentences: readonly T[], index: number): T | undefined {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sentences[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return sentences[low - 1];
}

/** Stems of the words that carry meaning. */
export function stemsOf(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const [word] of text.matchAll(/\p{L}{3,}|[가-힣]{2,}/gu)) {
    if (STOP.has(word) || STOP.has(word.toLowerCase())) continue;
    stems.add(/[가-힣]/.test(word) ? word.slice(0, 2) : stem(word));
  }
  return stems;
}

const STOP = new Set(
  'the and for with that was are were this from have has had not but its his her who what which when where will would can could there been than then them these those into about after before more most other some such only over also just because how all any each own same very between during under while per one two out off had did said says year people'.split(
    ' ',
  ),
);
