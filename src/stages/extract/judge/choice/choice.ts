import type { Outline } from '../outline.ts';

/** What a rule may look at, and the choice that it may change. */
export interface Choice {
  readonly outline: Outline;
  /** For each block the chance that it belongs to the text. */
  readonly chances: readonly number[];
  readonly weights: readonly number[];
  readonly kept: boolean[];
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

/** The indexes of blocks from `first` up to, without, `end`. */
export function range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, offset) => first + offset);
}
