/** Which sentences of a source speak of what a sentence speaks of: shared words, rare ones counting more. Pure. */

import type { SourceSentence } from './source-sentences.ts';

export interface RelatedSentences {
  weight(word: string): number;
  /** Score of each sentence that shares a word, by its place. */
  scores(words: Iterable<string>): ReadonlyMap<number, number>;
}

/** A word of more sentences than this says nothing of what one of them is about. */
const MOST_PLACES = 400;

export function relateTo(sentences: readonly SourceSentence[]): RelatedSentences {
  const places = new Map<string, number[]>();
  for (const [index, { words }] of sentences.entries())
    for (const word of words) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [index]);
      else known.push(index);
    }
  const weight = (word: string) => Math.log(1 + (sentences.length + 1) / (1 + (places.get(word)?.length ?? 0)));
  return {
    weight,
    scores(words) {
      const scores = new Map<number, number>();
      for (const word of words) {
        const known = places.get(word);
        if (known === undefined) continue;
        const value = weight(word);
        for (const index of known.slice(0, MOST_PLACES)) scores.set(index, (scores.get(index) ?? 0) + value);
      }
      return scores;
    },
  };
}
