/** Totals over all places of a source that name the same: `the four Whirlpool sites employ 9,600 people`. Pure. */

import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { inUnitOf, type Sum } from './sums.ts';

const NAME = /(?<![\p{L}\d])\p{Lu}[\p{L}\d’'-]{2,}/gu;
const [FEWEST, MOST] = [3, 12];

/** Of each name of the sentence the sum of the different figures that stand beside it, one a sentence. */
export function totalsByName(post: Quantity, sentence: string, sources: readonly SourceSentence[]): Sum[] {
  if (post.kind !== 'plain' || post.value <= 20) return [];
  const names = new Set([...sentence.matchAll(NAME)].map(([word]) => word.replace(/[’']s?$/, '')));
  return [...names].flatMap((name): Sum[] => {
    const figures = new Map<number, Quantity>();
    for (const { text, quantities } of sources) {
      if (!text.includes(name)) continue;
      const like = quantities.filter(({ kind, dimension }) => kind === 'plain' && dimension === post.dimension);
      const [figure] = like;
      if (figure !== undefined && like.length === 1) figures.set(figure.value, figure);
    }
    const parts = [...figures.values()];
    const [from] = parts;
    if (from === undefined || parts.length < FEWEST || parts.length > MOST) return [];
    const value = parts.reduce((sum, part) => sum + part.value, 0);
    const text = () => `${parts.map(({ raw }) => raw).join(' + ')} = ${inUnitOf(post, value)}`;
    return [{ value, dimension: post.dimension, from, text }];
  });
}
