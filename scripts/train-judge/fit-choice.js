/** Learns to choose one of several candidates: a conditional logit, by gradient descent with a ridge. */

const STEPS = 800;
const RATE = 0.5;
const RIDGE = 0.003;
/** A label that is lacking says less than one that is there. */
const NOTHING = 0.7;

/**
 * `cases`: each with candidates of `{ evidence, isRight }`; one more stands for nothing. Gives the weight of each
 * piece of evidence, with two digits; `none` is the sum that a candidate has to reach.
 */
export function fitChoice(cases) {
  const names = [
    ...new Set(cases.flatMap(({ candidates }) => candidates.flatMap(({ evidence }) => Object.keys(evidence)))),
  ].sort();
  const width = names.length + 1;
  const rows = cases.map(({ candidates }) => {
    const vectors = candidates.map(({ evidence }) =>
      Float64Array.from([...names.map((name) => evidence[name] ?? 0), 0]),
    );
    const rights = candidates.map(({ isRight }) => isRight);
    vectors.push(Float64Array.from({ length: width }, (_, at) => (at === width - 1 ? 1 : 0)));
    rights.push(!rights.includes(true));
    return { vectors, rights, weight: candidates.some(({ isRight }) => isRight) ? 1 : NOTHING };
  });
  const weights = new Float64Array(width);
  const squares = new Float64Array(width).fill(1e-6);
  for (let step = 0; step < STEPS; step += 1) {
    const slope = slopeOf(rows, weights);
    for (let at = 0; at < width; at += 1) {
      slope[at] = slope[at] / rows.length + RIDGE * weights[at];
      squares[at] = 0.99 * squares[at] + 0.01 * slope[at] * slope[at];
      weights[at] -= (RATE * slope[at]) / (Math.sqrt(squares[at]) + 1e-2) / (10 + step / 20);
    }
  }
  return Object.fromEntries([...names, 'none'].map((name, at) => [name, Number(weights[at].toFixed(2))]));
}

/** Of minus the log of the chance that a right candidate is chosen. */
function slopeOf(rows, weights) {
  const slope = new Float64Array(weights.length);
  for (const { vectors, rights, weight } of rows) {
    const powers = vectors.map((vector) => Math.exp(dot(vector, weights)));
    const all = powers.reduce((sum, power) => sum + power, 0);
    const right = powers.reduce((sum, power, index) => sum + (rights[index] ? power : 0), 0);
    vectors.forEach((vector, index) => {
      const share = powers[index] / all - (rights[index] ? powers[index] / right : 0);
      for (let at = 0; at < slope.length; at += 1) slope[at] += weight * share * vector[at];
    });
  }
  return slope;
}

function dot(vector, weights) {
  let sum = 0;
  for (let at = 0; at < vector.length; at += 1) sum += vector[at] * weights[at];
  return sum;
}
