/** Finds for a sentence of a post the sentence of its sources that says the same thing. Pure. */

import { comparable } from '../grounding/quotes.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';

export interface Aligned {
  readonly source: SourceSentence;
  /** The sentence before and after it, for what is said across both. */
  readonly around: string;
  /** Share of the post sentence's words, by weight, that the source sentence has, 0 to 1. */
  readonly covered: number;
}

export interface Alignment {
  /** Undefined where no source sentence is close, or the sentence stands in a source as it is. */
  find(sentence: string): Aligned | undefined;
}

/** Least share of words that two sentences must have in common before anything is said about them. */
const LEAST_COVERED = 0.55;
const LEAST_WORDS = 3;

/** `verbatim`: the words of the sources one after the other. */
export function alignWith(sentences: readonly SourceSentence[], verbatim: string): Alignment {
  const stems = sentences.map(({ words }) => words);
  const places = new Map<string, number[]>();
  for (const [index, words] of stems.entries())
    for (const word of words) {
      const known = places.get(word);
      if (known === undefined) places.set(word, [index]);
      else known.push(index);
    }
  const weight = (word: string) => Math.log(1 + (sentences.length + 1) / (1 + (places.get(word)?.length ?? 0)));
  return {
    find(sentence) {
      if (verbatim.includes(` ${comparable(sentence)} `)) return undefined;
      const wanted = [...stemsOf(sentence)];
      if (wanted.length < LEAST_WORDS) return undefined;
      const scores = new Map<number, number>();
      let total = 0;
      for (const word of wanted) {
        const known = places.get(word) ?? [];
        const value = weight(word);
        total += value;
        for (const index of known.slice(0, 400)) scores.set(index, (scores.get(index) ?? 0) + value);
      }
      let best: number | undefined;
      for (const [index, score] of scores) if (best === undefined || score > (scores.get(best) ?? 0)) best = index;
      const source = best === undefined ? undefined : sentences[best];
      const covered = best === undefined ? 0 : (scores.get(best) ?? 0) / total;
      if (best === undefined || source === undefined || covered < LEAST_COVERED) return undefined;
      return {
        source,
        covered,
        around: [best - 1, best, best + 1].map((index) => sentences[index]?.text ?? '').join(' '),
      };
    },
  };
}
