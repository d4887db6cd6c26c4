/** The figures that a sentence calculates with: those in it, and those that the source gives for the things it names. Pure. */

import { isSame } from '../grounding/match-quantity.ts';
import { type SourceSentence, stemsOf } from '../grounding/source-sentences.ts';
import type { Quantity } from '../quantities/quantity.ts';

export interface Operands {
  /** If there are two or more, only these are used in the calculation. */
  readonly stated: readonly Quantity[];
  /** A figure that the sentence names, tried first. */
  readonly first: Quantity | undefined;
}

/** `others`: the other figures of the sentence; `about`: the source sentences that it is about. */
export function operandsOf(
  post: Quantity,
  sentence: string,
  others: readonly Quantity[],
  about: readonly SourceSentence[],
  known: readonly Quantity[],
): Operands {
  const named = others.flatMap((other) => {
    const found = other.kind === 'plain' ? known.find((one) => isSame(other, one, () => true)) : undefined;
    return found === undefined ? [] : [{ ...found, raw: other.raw }];
  });
  const own = named.filter((figure) => gives(figure, post));
  const [compared] = named;
  // `twenty times the 12 MP of the other`: both sides of the comparison are said.
  if (post.dimension === 'multiple' && compared !== undefined) {
    const sides = named.filter(({ dimension }) => dimension === compared.dimension);
    if (sides.length === 2) return { stated: sides, first: undefined };
  }
  if (own.length > 1) return { stated: own, first: undefined };
  const labelled = labelledFigures(post, sentence, about);
  if (own.length === 0 && labelled.length > 1) return { stated: labelled, first: undefined };
  return { stated: [], first: named[0] };
}

/** Whether figures of this kind add up to, or differ by, what the post says. */
function gives({ dimension }: Quantity, post: Quantity): boolean {
  return dimension === post.dimension || (post.dimension === 'points' && dimension === 'share');
}

/** Figures right after their subject, `서울 18도, 인천 18.9도`, where the sentence names the subject. */
function labelledFigures(post: Quantity, sentence: string, about: readonly SourceSentence[]): Quantity[] {
  const words = stemsOf(sentence);
  const found = new Map<string, Quantity>();
  const several = new Set<string>();
  for (const { text, from, quantities } of about)
    for (const quantity of quantities) {
      if (quantity.kind !== 'plain' || !gives(quantity, post)) continue;
      const at = quantity.index - from;
      const before = /(\p{L}{2,16})\s?\(?$/u.exec(text.slice(Math.max(0, at - 20), at))?.[1] ?? '';
      const [label] = stemsOf(before);
      if (label === undefined || !words.has(label)) continue;
      const known = found.get(label);
      if (known === undefined) found.set(label, quantity);
      else if (known.value !== quantity.value) several.add(label);
    }
  // With several figures of one label it is not known which are meant.
  return found.size === 2 && several.size === 0 ? [...found.values()] : [];
}
