/**
 * The one layout of tree nodes that every reader writes and every explainer reads: a struct of arrays over the nodes of
 * all trees, tree after tree, a parent always before its children. Node ids are positions in these arrays.
 *
 * A numeric test sends a row left when `x <= threshold`, in float64. Formats that compare otherwise (XGBoost: `float32(x) < t`)
 * are rewritten on import to the float64 threshold that decides the same for every double: see `thresholds.ts`.
 */
export interface TreeNodes {
  /** Where each tree begins; length trees + 1. */
  readonly treeStart: Int32Array;
  /** The model's column that the node tests; -1 at a leaf. */
  readonly feature: Int32Array;
  /** Numeric test: left when `x <= threshold`. NaN at leaves and at categorical tests. */
  readonly threshold: Float64Array;
  /** Child for rows that pass the test; -1 at a leaf. */
  readonly left: Int32Array;
  /** Child for rows that fail the test; -1 at a leaf. */
  readonly right: Int32Array;
  /** Sum of the `SplitFlag` bits below; 0 at a leaf. */
  readonly flags: Uint8Array;
  /** Categorical test: the listed categories are `categories[categoryStart[i] .. categoryEnd[i])`, ascending. */
  readonly categoryStart: Int32Array;
  readonly categoryEnd: Int32Array;
  readonly categories: Int32Array;
  /** Training weight or count that reached the node (the format's own cover); NaN where the file does not say. */
  readonly cover: Float64Array;
  /** Where a leaf's values begin in `leafValues` (`leafWidth` of them); -1 at a test. */
  readonly leafStart: Int32Array;
  readonly leafValues: Float64Array;
  /** Values a leaf holds: 1, or the number of outputs for trees with vector leaves. */
  readonly leafWidth: number;
  /** The output that a tree adds to (its first one, when leaves are vectors); length trees. */
  readonly treeOutput: Int32Array;
  /** Linear functions in leaves, of models with one value a leaf; left out where leaves are constant. */
  readonly linearLeaves?: LinearLeaves;
}

/**
 * Leaves that hold a linear function of the row (LightGBM's linear trees): the constant plus coefficient times value over the leaf's terms. Where
 * one of these values is missing, the leaf gives its plain value in `leafValues`.
 */
export interface LinearLeaves {
  /** Laid out as `leafValues`. */
  readonly constants: Float64Array;
  /** Where each node's terms begin; length nodes + 1. Tests have none. */
  readonly termStart: Int32Array;
  readonly termFeature: Int32Array;
  readonly termCoefficient: Float64Array;
}

/** A missing value goes left (else right). */
export const MISSING_LEFT = 1;
/** The node tests membership of a set of categories. */
export const CATEGORICAL = 2;
/** A number within ±1e-35 counts as missing (LightGBM's `zero_as_missing`). */
export const ZERO_IS_MISSING = 4;
/** Categories that are not listed go left and the listed ones right (XGBoost); else the other way round (LightGBM). */
export const OTHERS_LEFT = 8;

/** LightGBM's kZeroThreshold: the float32 nearest to 1e-35, as a double. */
export const ZERO_THRESHOLD: number = Math.fround(1e-35);

/** Number of trees. */
export function countTrees(nodes: TreeNodes): number {
  return nodes.treeStart.length - 1;
}

/** Which child of test node `i` a value belongs to. `x` is a number, or the whole-number code of a category; NaN is missing. */
export function goesLeft(nodes: TreeNodes, i: number, x: number): boolean {
  const flags = nodes.flags[i];
  if (Number.isNaN(x)) return (flags & MISSING_LEFT) !== 0;
  if ((flags & CATEGORICAL) !== 0) return isListed(nodes, i, x) !== ((flags & OTHERS_LEFT) !== 0);
  if ((flags & ZERO_IS_MISSING) !== 0 && Math.abs(x) <= ZERO_THRESHOLD) return (flags & MISSING_LEFT) !== 0;
  return x <= nodes.threshold[i];
}

/** Binary search for a category among those that node `i` lists. */
export function isListed(nodes: TreeNodes, i: number, category: number): boolean {
  let low = nodes.categoryStart[i];
  let high = nodes.categoryEnd[i] - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = nodes.categories[middle];
    if (found === category) return true;
    if (found < category) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
