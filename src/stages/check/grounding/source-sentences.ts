/** The sentences of a source, with their figures, dates and words. Pure. */

import type { DateFact } from '../dates/date-fact.ts';
import { stem } from '../quantities/nouns.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { type Sentence, sentencesOf } from '../sentences.ts';

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
    let words: ReadonlySet<string> | undefined; // for most sentences it is never needed
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

/** The sentence at a position of the text. */
export function sentenceAt<T extends Sentence>(sentences: readonly T[], index: number): T | undefined {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sentences[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return sentences[low - 1];
}

let last: { readonly text: string; readonly stems: ReadonlySet<string> } | undefined; // all checks of one sentence need it

/** Stems of content words. */
export function stemsOf(text: string): ReadonlySet<string> {
  if (last?.text !== text) last = { text, stems: readStems(text) };
  return last.stems;
}

function readStems(text: string): ReadonlySet<string> {
  const stems = new Set<string>();
  for (const [run] of text.matchAll(/\p{Script=Han}{2,}|\p{Script=Katakana}{2,}/gu))
    for (let at = 0; at + 1 < run.length; at += 1) stems.add(run.slice(at, at + 2)); // no spaces between words
  for (const [word] of text.matchAll(/\p{L}{3,}|[가-힣]{2,}/gu)) {
    if (EAST.test(word)) continue;
    if (STOP.has(word) || STOP.has(word.toLowerCase())) continue;
    stems.add(/[가-힣]/.test(word) ? word.slice(0, 2) : stem(word));
  }
  return stems;
}

const EAST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const STOP = new Set(
  'the and for with that was are were this from have has had not but its his her who what which when where will would can could there been than then them these those into about after before more most other some such only over also just because how all any each own same very between during under while per one two out off had did said says year people'.split(
    ' ',
  ),
);
