/** Gradient boosting of binary decisions over histograms: leaf-wise trees, as LightGBM grows them, in plain JavaScript. */

export const TREE_OPTIONS = {
  trees: 300,
  rate: 0.08,
  leaves: 31,
  minLeaf: 60,
  featureShare: 0.3,
  rowShare: 0.6,
  /** Light rows are drawn as seldom as this, and then count as much more. */
  lightShare: 0.15,
  ridge: 5,
  maxBins: 64,
};

/** `table.columns`: one Uint8Array of bins a feature, `table.edges`: the thresholds between bins. Gives the stored form of trees.ts. */
export function fitTrees({ columns, edges }, labels, weights, options = TREE_OPTIONS) {
  const rows = labels.length;
  const random = createRandom(7);
  const bias = startBias(labels, weights);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / rows;
  const shares = weights.map((weight) => (weight === 0 ? 0 : Math.max(options.lightShare, Math.min(1, weight / mean))));
  const scores = new Float64Array(rows).fill(bias);
  const [slopes, curves] = [new Float64Array(rows), new Float64Array(rows)];
  const model = { bias: round(bias, 4), thresholds: edges, nodes: [], leaves: [] };
  for (let tree = 0; tree < options.trees; tree += 1) {
    for (let row = 0; row < rows; row += 1) {
      const chance = 1 / (1 + Math.exp(-scores[row]));
      const weight = shares[row] === 0 ? 0 : weights[row] / shares[row];
      slopes[row] = (chance - labels[row]) * weight;
      curves[row] = Math.max(chance * (1 - chance), 1e-6) * weight;
    }
    const sample = Int32Array.from(
      (function* chosen() {
        for (let row = 0; row < rows; row += 1) if (random() < options.rowShare * shares[row]) yield row;
      })(),
    );
    const features = [...columns.keys()].filter(() => random() < options.featureShare);
    const grown = growTree({ columns, features, slopes, curves, sample, options });
    model.nodes.push(grown.nodes);
    model.leaves.push(grown.leaves);
    for (let row = 0; row < rows; row += 1) scores[row] += grown.leaves[leafOf(grown.nodes, columns, row)] / 1000;
    if ((tree + 1) % 50 === 0)
      console.error(`  ${tree + 1} trees, loss ${meanLoss(scores, labels, weights).toFixed(4)}`);
  }
  return model;
}

function growTree({ columns, features, slopes, curves, sample, options }) {
  const context = { columns, features, slopes, curves, options };
  const nodes = [];
  const root = describeLeaf(sample, histogramOf(sample, context), context);
  const open = [root];
  while (open.length < options.leaves) {
    const next = open.reduce(
      (best, leaf) => ((leaf.split?.gain ?? 0) > (best?.split?.gain ?? 0) ? leaf : best),
      undefined,
    );
    if (next === undefined) break;
    open.splice(open.indexOf(next), 1);
    const node = nodes.length / 4;
    nodes.push(next.split.feature, next.split.bin, 0, 0);
    if (next.slot !== undefined) nodes[next.slot] = node;
    const [left, right] = splitLeaf(next, context);
    left.slot = node * 4 + 2;
    right.slot = node * 4 + 3;
    open.push(left, right);
  }
  const leaves = open.map((leaf, index) => {
    if (leaf.slot !== undefined) nodes[leaf.slot] = ~index;
    return Math.round((-options.rate * leaf.slope * 1000) / (leaf.curve + options.ridge));
  });
  return { nodes, leaves };
}

function splitLeaf({ rows, histogram, split }, context) {
  const column = context.columns[split.feature];
  const [left, right] = [[], []];
  for (const row of rows) (column[row] <= split.bin ? left : right).push(row);
  const small = left.length <= right.length ? left : right;
  const smaller = histogramOf(small, context);
  const larger = histogram; // the parent's is not needed any more
  for (let at = 0; at < larger.length; at += 1) larger[at] -= smaller[at];
  return [left, right].map((part) => describeLeaf(Int32Array.from(part), part === small ? smaller : larger, context));
}

const CELL = 3;

/** Sums of slope, curve and count for each bin of each chosen feature. */
function histogramOf(rows, { columns, features, slopes, curves, options }) {
  const width = options.maxBins * CELL;
  const histogram = new Float64Array(features.length * width);
  const count = rows.length;
  const [ownSlopes, ownCurves] = [new Float64Array(count), new Float64Array(count)];
  for (let index = 0; index < count; index += 1) {
    ownSlopes[index] = slopes[rows[index]];
    ownCurves[index] = curves[rows[index]];
  }
  features.forEach((feature, at) => {
    const column = columns[feature];
    const base = at * width;
    for (let index = 0; index < count; index += 1) {
      const cell = base + column[rows[index]] * CELL;
      histogram[cell] += ownSlopes[index];
      histogram[cell + 1] += ownCurves[index];
      histogram[cell + 2] += 1;
    }
  });
  return histogram;
}

function describeLeaf(rows, histogram, context) {
  let [slope, curve] = [0, 0];
  for (const row of rows) {
    slope += context.slopes[row];
    curve += context.curves[row];
  }
  return {
    rows,
    histogram,
    slope,
    curve,
    split: bestSplit({ rows, histogram, slope, curve }, context),
    slot: undefined,
  };
}

function bestSplit({ rows, histogram, slope, curve }, { features, options }) {
  const { minLeaf, ridge, maxBins } = options;
  let best = { gain: 1e-4 };
  const own = (slope * slope) / (curve + ridge);
  for (let at = 0; at < features.length; at += 1) {
    let [leftSlope, leftCurve, leftCount] = [0, 0, 0];
    for (let bin = 0; bin < maxBins - 1; bin += 1) {
      const cell = (at * maxBins + bin) * CELL;
      leftSlope += histogram[cell];
      leftCurve += histogram[cell + 1];
      leftCount += histogram[cell + 2];
      if (leftCount < minLeaf) continue;
      if (rows.length - leftCount < minLeaf) break;
      const [rightSlope, rightCurve] = [slope - leftSlope, curve - leftCurve];
      const gain =
        (leftSlope * leftSlope) / (leftCurve + ridge) + (rightSlope * rightSlope) / (rightCurve + ridge) - own;
      if (gain > best.gain) best = { gain, feature: features[at], bin };
    }
  }
  return best.feature === undefined ? undefined : best;
}

function leafOf(nodes, columns, row) {
  let node = nodes.length === 0 ? -1 : 0;
  while (node >= 0)
    node = columns[nodes[node * 4]][row] <= nodes[node * 4 + 1] ? nodes[node * 4 + 2] : nodes[node * 4 + 3];
  return ~node;
}

/** Thresholds at quantiles, rounded so that the stored ones decide exactly as the ones that were trained with. */
export function binTable(values, width, maxBins = TREE_OPTIONS.maxBins) {
  const rows = values.length / width;
  const step = Math.max(1, Math.floor(rows / 20_000));
  const [columns, edges] = [[], []];
  for (let feature = 0; feature < width; feature += 1) {
    const seen = [];
    for (let row = 0; row < rows; row += step) seen.push(values[row * width + feature]);
    const cuts = cutsOf(
      seen.sort((a, b) => a - b),
      maxBins,
    );
    const column = new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) column[row] = binOf(values[row * width + feature], cuts);
    columns.push(column);
    edges.push(cuts);
  }
  return { columns, edges };
}

function cutsOf(sorted, maxBins) {
  const distinct = [...new Set(sorted)];
  const middles = distinct.slice(1).map((value, index) => (value + distinct[index]) / 2);
  if (middles.length < maxBins) return unique(middles);
  const cuts = [];
  for (let cut = 1; cut < maxBins; cut += 1) cuts.push(sorted[Math.floor((cut * sorted.length) / maxBins)]);
  return unique(cuts).slice(0, maxBins - 1);
}

function unique(values) {
  return [...new Set(values.map((value) => Math.fround(Number(value.toPrecision(4)))))]
    .map((value) => round(value, 6))
    .sort((a, b) => a - b);
}

function binOf(value, cuts) {
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= Math.fround(cuts[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function startBias(labels, weights) {
  let [kept, all] = [0, 0];
  for (let row = 0; row < labels.length; row += 1) {
    kept += labels[row] * weights[row];
    all += weights[row];
  }
  return Math.log(kept / (all - kept));
}

function meanLoss(scores, labels, weights) {
  let [loss, all] = [0, 0];
  for (let row = 0; row < scores.length; row += 1) {
    loss += weights[row] * Math.log(1 + Math.exp(labels[row] === 1 ? -scores[row] : scores[row]));
    all += weights[row];
  }
  return loss / all;
}

function round(value, digits) {
  return Number(value.toFixed(digits));
}

function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
