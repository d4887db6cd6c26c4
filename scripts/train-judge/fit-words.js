/** Logistic regression over hashed words, by AdaGrad, stored as whole numbers of one byte. */

export const WORD_SCALE = 32;

/** `rows`: `{ buckets, label, weight }`. Deterministic: rows are taken in one pseudo-random order. */
export function fitWords(rows, { buckets, epochs = 4, rate = 0.1, decay = 1e-6 }) {
  const weights = new Float64Array(buckets);
  const squares = new Float64Array(buckets).fill(1e-8);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const row of shuffled(rows, epoch + 1)) {
      if (row.weight === 0) continue;
      let sum = 0;
      for (const bucket of row.buckets) sum += weights[bucket];
      const slope = (1 / (1 + Math.exp(-sum)) - (row.label ? 1 : 0)) * row.weight;
      for (const bucket of row.buckets) {
        const step = slope + decay * weights[bucket];
        squares[bucket] += step * step;
        weights[bucket] -= (rate * step) / Math.sqrt(squares[bucket]);
      }
    }
  }
  return Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * WORD_SCALE))));
}

/** Fisher and Yates, with a linear congruential generator: the same order on every machine. */
export function shuffled(values, seed) {
  const order = [...values];
  let state = seed;
  for (let last = order.length - 1; last > 0; last -= 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const other = state % (last + 1);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
