/** Gradient-boosted decision trees as flat arrays: each node asks whether a feature is at most a threshold. */

export interface TreeModel {
  /** Root node of each tree. */
  readonly roots: Int32Array;
  readonly feature: Uint16Array;
  readonly threshold: Float32Array;
  /** The next node; a leaf where negative, `~index` into `leaves`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly leaves: Float32Array;
  readonly bias: number;
}

/** Log-odds for the row that begins at `offset`. */
export function sumTrees(model: TreeModel, values: Float32Array, offset: number): number {
  let sum = model.bias;
  for (let tree = 0; tree < model.roots.length; tree += 1) {
    let node = model.roots[tree] ?? 0;
    while (node >= 0) {
      const value = values[offset + (model.feature[node] ?? 0)] ?? 0;
      node = (value <= (model.threshold[node] ?? 0) ? model.left[node] : model.right[node]) ?? -1;
    }
    sum += model.leaves[~node] ?? 0;
  }
  return sum;
}

/** As it is stored: thresholds are numbered per feature, leaves are whole numbers of 1/1000. */
export interface StoredTrees {
  readonly bias: number;
  readonly thresholds: readonly (readonly number[])[];
  /** Per tree: feature, number of the threshold, left, right for each node; children are nodes of the tree, leaves `~index`. */
  readonly nodes: readonly (readonly number[])[];
  readonly leaves: readonly (readonly number[])[];
}

export const LEAF_SCALE = 1000;

export function unpackTrees({ bias, thresholds, nodes, leaves }: StoredTrees): TreeModel {
  const nodeCount = nodes.reduce((sum, tree) => sum + tree.length / 4, 0);
  const model = {
    roots: new Int32Array(nodes.length),
    feature: new Uint16Array(nodeCount),
    threshold: new Float32Array(nodeCount),
    left: new Int32Array(nodeCount),
    right: new Int32Array(nodeCount),
    leaves: Float32Array.from(leaves.flat(), (leaf) => leaf / LEAF_SCALE),
    bias,
  };
  let [node, leaf] = [0, 0];
  nodes.forEach((tree, index) => {
    const [firstNode, firstLeaf] = [node, leaf];
    const target = (child: number) => (child < 0 ? ~(~child + firstLeaf) : child + firstNode);
    model.roots[index] = tree.length === 0 ? ~firstLeaf : firstNode;
    for (let at = 0; at < tree.length; at += 4, node += 1) {
      const [feature = 0, edge = 0, left = 0, right = 0] = tree.slice(at, at + 4);
      model.feature[node] = feature;
      model.threshold[node] = thresholds[feature]?.[edge] ?? 0;
      model.left[node] = target(left);
      model.right[node] = target(right);
    }
    leaf += leaves[index]?.length ?? 0;
  });
  return model;
}
