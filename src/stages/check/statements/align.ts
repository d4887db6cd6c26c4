/** Finds for a sentence of a post the sentence of its sources that says the same thing. Pure. */

import { comparable } from '../grounding/quotes.ts';
import type { SourceIndex } from '../grounding/source-index.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';

export interface Aligned {
  readonly source: SourceSentence;
  /** The sentence before and after it, for what is said across both. */
  readonly around: string;
  /** Share of the post sentence's words, by weight, that the source sentence has, 0 to 1. */
  readonly covered: number;
}

export interface Alignment {
  /** Whether the sentence stands in a source as it is, but for marks: then nothing is wrong with it. */
  isCopy(sentence: string): boolean;
  /** Undefined where no source sentence is close, or the sentence stands in a source as it is. */
  find(sentence: string): Aligned | undefined;
}

/** Least share of words that two sentences must have in common before anything is said about them. */
const LEAST_COVERED = 0.55;
const LEAST_WORDS = 3;

export function alignWith({ sentences, bodySentences, related, words }: SourceIndex): Alignment {
  const inBody = new Set(bodySentences);
  const isCopy = (sentence: string) => words.words.includes(` ${comparable(sentence)} `);
  return {
    isCopy,
    find(sentence) {
      if (isCopy(sentence)) return undefined;
      const wanted = stemsOf(sentence);
      if (wanted.size < LEAST_WORDS) return undefined;
      const scores = related.scores(wanted);
      let total = 0;
      for (const word of wanted) total += related.weight(word);
      let best: number | undefined;
      for (const [index, score] of scores)
        if (
          score > (best === undefined ? 0 : (scores.get(best) ?? 0)) &&
          inBody.has(sentences[index] as SourceSentence)
        )
          best = index;
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
