import type { Outline, TextBlock } from '../outline.ts';

/** Input of a rule, and the choice that it may change. */
export interface Choice {
  readonly outline: Outline;
  /** For each block the probability that it belongs to the text. */
  readonly chances: readonly number[];
  readonly weights: readonly number[];
  readonly kept: boolean[];
  /** Blocks that a rule dropped for good, with all in their box. */
  readonly dropped: boolean[];
}

export function drop({ kept, dropped }: Choice, first: number, end: number): void {
  kept.fill(false, first, end);
  dropped.fill(true, first, end);
}

/** Share of the weight of these blocks that is kept. */
export function shareKept({ kept, weights }: Choice, indexes: readonly number[]): number {
  let [held, all] = [0, 0];
  for (const index of indexes) {
    all += weights[index] ?? 0;
    held += kept[index] === true ? (weights[index] ?? 0) : 0;
  }
  return all === 0 ? 0 : held / all;
}

/** The judge is sure that such a block does not belong. */
const SURELY_NOT = 0.05;

export function fill({ chances, kept }: Choice, indexes: readonly number[]): void {
  for (const index of indexes) kept[index] ||= (chances[index] ?? 0) > SURELY_NOT;
}

/** Indexes of blocks from `first` to `end`, exclusive. */
export function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, offset) => first + offset);
}

/** A sentence or more, without the links of a menu. */
export function isProse({ line, linkChars, heading }: TextBlock): boolean {
  return heading === 0 && line.sentenceEnds > 0 && line.weight >= 60 && linkChars < line.chars * 0.3;
}

const MOST_OF_IT = 0.5;

/** True where most of what is kept are paragraphs, as in an article; a front page is made of short lines. */
export function isRunningText({ outline, weights, kept }: Choice): boolean {
  let [prose, all] = [0, 0];
  outline.blocks.forEach((block, index) => {
    if (kept[index] !== true) return;
    all += weights[index] ?? 0;
    if (isProse(block)) prose += weights[index] ?? 0;
  });
  return prose > all * MOST_OF_IT;
}
