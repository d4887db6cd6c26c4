/** Calculations with one figure that the sentence states and another of the source: `4.86 above the 1.14 of today`. Pure. */

import { isClose } from '../grounding/match-quantity.ts';
import { type SourceSentence, sentenceAt } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { figuresOf } from './pairs.ts';
import { type Sum, sumsOf } from './sums.ts';

/** Figures that are tried beside the one that is stated. */
const MOST = 24;

interface Stated {
  readonly post: Quantity;
  readonly sentence: string;
  /** The source sentences that the post's one is about, the closest first. */
  readonly about: readonly SourceSentence[];
  readonly sentences: readonly SourceSentence[];
  /** A bare figure with the unit of its sentence. */
  named(quantity: Quantity): Quantity;
}

/** `stated`: the stated figure as the source has it. */
export function sumsWithStated(stated: Quantity, { post, sentence, about, sentences, named }: Stated): Sum[] {
  const first = named(stated);
  const own = sentenceAt(sentences, first.index);
  // A ratio of two figures far apart is one by chance.
  const isRelation = post.dimension === 'multiple' || post.dimension === 'share';
  const others = (
    own === undefined ? [] : isRelation ? [own] : [...new Set([own, ...besideOf(own, sentences), ...about])]
  )
    .flatMap(figuresOf)
    .map(named)
    .filter((figure) => figure.dimension === first.dimension && !isClose(figure.value, first.value))
    .slice(0, MOST);
  return others.flatMap((other) => {
    const [a, b] = first.index <= other.index ? [first, other] : [other, first];
    return sumsOf(a, b, post, sentence);
  });
}

/** The sentence before and the one after. */
function besideOf(own: SourceSentence, sentences: readonly SourceSentence[]): SourceSentence[] {
  const [before, after] = [sentenceAt(sentences, own.from - 1), sentenceAt(sentences, own.end)];
  return [before, after].flatMap((one) => (one === undefined || one === own ? [] : [one]));
}
