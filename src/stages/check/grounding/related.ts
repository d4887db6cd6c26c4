/** Finds the sentences of a source about the same subject as a given sentence: they share words, and rare words count more. Pure. */

import type { SourceSentence } from './source-sentences.ts';

export interface RelatedSentences {
  weight(word: string): number;
  /** Whether any sentence has the word. */
  isKnown(word: string): boolean;
  /** Score of each sentence that shares a word, by its place. */
  scores(words: Iterable<string>): ReadonlyMap<number, number>;
}

/** A word in more sentences than this does not identify the subject of one. */
const MAX_PLACES = 400;

export function relateTo(sentences: readonly SourceSentence[]): RelatedSentences {
  const places = new Map<string, number[]>();
  for (const [index, { words }] of sentences.entries())
    for (const word of words) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [index]);
      else known.push(index);
    }
  const weight = (word: string) => Math.log(1 + (sentences.length + 1) / (1 + (places.get(word)?.length ?? 0)));
  let last: { readonly words: Iterable<string>; readonly scores: ReadonlyMap<number, number> } | undefined;
  return {
    weight,
    isKnown: (word) => places.has(word),
    scores(words) {
      if (last?.words === words) return last.scores;
      const scores = new Map<number, number>();
      for (const word of words) {
        const known = places.get(word);
        if (known === undefined) continue;
        const value = weight(word);
        for (const index of known.slice(0, MAX_PLACES)) scores.set(index, (scores.get(index) ?? 0) + value);
      }
      last = { words, scores };
      return scores;
    },
  };
}
