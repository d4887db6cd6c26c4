/** Finds the source sentence that corresponds to a sentence of a post. Pure. */

import { comparable } from '../grounding/quotes.ts';
import type { RelatedSentences } from '../grounding/related.ts';
import type { SourceIndex } from '../grounding/source-index.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import { isTurning } from './opposites.ts';
import { DOWN, has, UP } from './words.ts';

export interface Aligned {
  readonly source: SourceSentence;
  /** The sentence before and after it, for what is said across both. */
  readonly around: string;
  /** Share of the post sentence's words, by weight, that the source sentence has, 0 to 1. */
  readonly covered: number;
}

export interface Alignment {
  /** Whether a source contains the sentence, punctuation aside: then it is correct. */
  isCopy(sentence: string): boolean;
  /** Undefined where no source sentence is close, or a source contains the sentence as it is. */
  find(sentence: string): Aligned | undefined;
}

/** Minimum share of common words for two sentences to be compared. */
const MIN_COVERED = 0.55;
const MIN_WORDS = 3;

/** A word that is in no source sentence, against one that is in few. */
const UNKNOWN = 0.5;

/** Words of a neighbouring sentence, such as the name that a pronoun stands for, count less. */
const BESIDE = 0.6;

export function alignWith({ sentences, bodySentences, related, words }: SourceIndex): Alignment {
  const inBody = new Set(bodySentences);
  const isCopy = (sentence: string) => words.words.includes(` ${comparable(sentence)} `);
  return {
    isCopy,
    find(sentence) {
      if (isCopy(sentence)) return undefined;
      const wanted = stemsOf(sentence);
      if (wanted.size < MIN_WORDS) return undefined;
      const scores = related.scores(wanted);
      let best: number | undefined;
      for (const [index, score] of scores)
        if (
          score > (best === undefined ? 0 : (scores.get(best) ?? 0)) &&
          inBody.has(sentences[index] as SourceSentence)
        )
          best = index;
      const source = best === undefined ? undefined : sentences[best];
      if (best === undefined || source === undefined) return undefined;
      const covered = coverage(wanted, source, [sentences[best - 1], sentences[best + 1]], related);
      if (covered < MIN_COVERED) return undefined;
      return {
        source,
        covered,
        around: [best - 1, best, best + 1].map((index) => sentences[index]?.text ?? '').join(' '),
      };
    },
  };
}

/** Share of a sentence's words, by weight, that are in the source; words that negate a statement are not counted. */
function coverage(
  wanted: ReadonlySet<string>,
  { words }: SourceSentence,
  beside: readonly (SourceSentence | undefined)[],
  { weight, isKnown }: Pick<RelatedSentences, 'weight' | 'isKnown'>,
): number {
  let [total, found] = [0, 0];
  for (const word of wanted) {
    if (!words.has(word) && (isTurning(word) || has(UP, word) || has(DOWN, word))) continue;
    // A word that the sources do not have says little of which sentence this was made from.
    const value = isKnown(word) ? weight(word) : weight(word) * UNKNOWN;
    total += value;
    if (words.has(word)) found += value;
    else if (beside.some((one) => one?.words.has(word) === true)) found += value * BESIDE;
  }
  return total === 0 ? 0 : found / total;
}
