const LOWEST = 0.2;
const HIGHEST = 0.55;
/** One half is best for F1; it is slightly higher here, because wrong text harms a post more than a lost line. */
const SHARE_OF_BEST = 0.55;

/**
 * The chance above which a block is kept: half of the F1 that can be expected of the best choice. Where the judge is sure, the threshold is near one half;
 * where it is not, keeping a doubtful block costs less than losing it.
 */
export function chooseThreshold(chances: readonly number[], weights: readonly number[]): number {
  const order = chances.map((_, index) => index).sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0));
  const expected = order.reduce((sum, index) => sum + (chances[index] ?? 0) * (weights[index] ?? 0), 0);
  let [right, taken, best] = [0, 0, 0];
  for (const index of order) {
    right += (chances[index] ?? 0) * (weights[index] ?? 0);
    taken += weights[index] ?? 0;
    best = Math.max(best, (2 * right) / (taken + expected || 1));
  }
  return Math.min(HIGHEST, Math.max(LOWEST, best * SHARE_OF_BEST));
}
