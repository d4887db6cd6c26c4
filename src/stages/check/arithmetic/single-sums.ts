/** Results from one figure of the source, and totals of all figures of a sentence. Pure. */

import type { SourceSentence } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { isChange, isRest, isTotal } from './asks.ts';
import { isPrecise } from './pairs.ts';
import { inUnitOf, percent, type Sum, shown } from './sums.ts';

/** `up by 50 percent`: one and a half times as much. */
export function multiples(post: Quantity, about: readonly SourceSentence[]): Sum[] {
  if (post.dimension !== 'multiple' || post.value <= 1) return [];
  return about
    .filter(({ text }) => isChange(text))
    .flatMap(({ quantities }) => quantities)
    .filter(({ dimension, kind }) => dimension === 'share' && kind === 'plain')
    .map((from) => {
      const value = 1 + from.value;
      return { value, dimension: 'multiple', from, text: () => `100 % + ${from.raw} = ${shown(value)}×` };
    });
}

/** Results from one figure: the rest of a share, a rate from an interval. */
export function singles(post: Quantity, sentence: string, figures: readonly Quantity[]): Sum[] {
  if (post.dimension !== 'share') return [];
  return figures.flatMap((from) =>
    from.dimension === 'share'
      ? [
          {
            value: 1 - from.value,
            dimension: 'share',
            isUnasked: !isRest(sentence),
            from,
            text: () => `100 % − ${from.raw} = ${percent(1 - from.value)}`,
          },
        ]
      : [],
  );
}

/** The total of all figures of one kind in a sentence. */
export function totals(post: Quantity, sentence: string, groups: readonly (readonly Quantity[])[]): Sum[] {
  if (!isTotal(sentence) && !isPrecise(post)) return [];
  return groups.flatMap((figures) => {
    const like = figures.filter(({ dimension }) => dimension === post.dimension);
    const [from] = like;
    if (from === undefined || like.length < 3) return [];
    const value = like.reduce((sum, figure) => sum + figure.value, 0);
    return [
      {
        value,
        dimension: post.dimension,
        from,
        text: () => `${like.map(({ raw }) => raw).join(' + ')} = ${inUnitOf(post, value)}`,
      },
    ];
  });
}
