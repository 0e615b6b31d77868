import * as fc from "fast-check";
import type { TreeNodes } from "../../src/trees/index.ts";
import { CATEGORICAL, MISSING_LEFT, OTHERS_LEFT, ZERO_IS_MISSING, goesLeft } from "../../src/trees/index.ts";

/** A tree as a nested object, easy to make at random and to read. */
interface NestedSplit {
  readonly feature: number;
  readonly threshold: number;
  readonly flags: number;
  readonly categories: readonly number[];
  readonly left: NestedTree;
  readonly right: NestedTree;
}
interface NestedLeaf {
  readonly values: readonly number[];
  readonly cover: number;
}
export type NestedTree = NestedSplit | NestedLeaf;

function isSplit(tree: NestedTree): tree is NestedSplit {
  return "left" in tree;
}

function coverOf(tree: NestedTree): number {
  return isSplit(tree) ? coverOf(tree.left) + coverOf(tree.right) : tree.cover;
}

/** Lays nested trees out as the library's node arrays. */
export function layTrees(trees: readonly NestedTree[], outputs: readonly number[], leafWidth = 1): TreeNodes {
  const rows: {
    feature: number;
    threshold: number;
    left: number;
    right: number;
    flags: number;
    start: number;
    end: number;
    cover: number;
    leaf: number;
  }[] = [];
  const treeStart = [0];
  const categories: number[] = [];
  const leafValues: number[] = [];
  const lay = (tree: NestedTree): number => {
    const at = rows.length;
    const start = categories.length;
    if (isSplit(tree)) categories.push(...tree.categories);
    const none = {
      feature: -1,
      threshold: NaN,
      left: -1,
      right: -1,
      flags: 0,
      start,
      end: categories.length,
      cover: coverOf(tree),
      leaf: leafValues.length,
    };
    rows.push(none);
    if (!isSplit(tree)) {
      leafValues.push(...tree.values);
      return at;
    }
    const left = lay(tree.left);
    const right = lay(tree.right);
    rows[at] = { ...none, feature: tree.feature, threshold: tree.threshold, flags: tree.flags, left, right, leaf: -1 };
    return at;
  };
  for (const tree of trees) {
    lay(tree);
    treeStart.push(rows.length);
  }
  const words = (pick: (row: (typeof rows)[number]) => number): Int32Array => Int32Array.from(rows, pick);
  return {
    treeStart: Int32Array.from(treeStart),
    feature: words((row) => row.feature),
    threshold: Float64Array.from(rows, (row) => row.threshold),
    left: words((row) => row.left),
    right: words((row) => row.right),
    flags: Uint8Array.from(rows, (row) => row.flags),
    categoryStart: words((row) => row.start),
    categoryEnd: words((row) => row.end),
    categories: Int32Array.from(categories),
    cover: Float64Array.from(rows, (row) => row.cover),
    leafStart: words((row) => row.leaf),
    leafValues: Float64Array.from(leafValues),
    leafWidth,
    treeOutput: Int32Array.from(outputs),
  };
}

/** Features below this number are numeric, the others categorical. */
export const NUMERIC_FEATURES = 3;
export const ALL_FEATURES = 5;

const leaf = (width: number): fc.Arbitrary<NestedLeaf> =>
  fc.record({
    values: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: width, maxLength: width }),
    // Some leaves that no training row reached.
    cover: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 50 }) }, { weight: 1, arbitrary: fc.constant(0) }),
  });

const numericTest = fc.record({
  feature: fc.integer({ min: 0, max: NUMERIC_FEATURES - 1 }),
  // A coarse grid, so that rows often lie exactly on a threshold and features often come back on a path.
  threshold: fc.integer({ min: -2, max: 2 }),
  flags: fc.constantFrom(0, MISSING_LEFT, ZERO_IS_MISSING, ZERO_IS_MISSING | MISSING_LEFT),
  categories: fc.constant([] as number[]),
});
const categoricalTest = fc.record({
  feature: fc.integer({ min: NUMERIC_FEATURES, max: ALL_FEATURES - 1 }),
  threshold: fc.constant(NaN),
  flags: fc.constantFrom(CATEGORICAL, CATEGORICAL | MISSING_LEFT, CATEGORICAL | OTHERS_LEFT, CATEGORICAL | OTHERS_LEFT | MISSING_LEFT),
  categories: fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 20 }).map((all) => all.sort((a, b) => a - b)),
});

/** A random tree over {@link ALL_FEATURES} features, at most `depth` deep. */
export function nestedTree(depth: number, width = 1): fc.Arbitrary<NestedTree> {
  if (depth === 0) return leaf(width);
  const below = nestedTree(depth - 1, width);
  const split = fc
    .tuple(fc.oneof(numericTest, categoricalTest), below, below)
    .map(([test, left, right]): NestedTree => ({ ...test, left, right }));
  return fc.oneof({ weight: 1, arbitrary: leaf(width) }, { weight: 4, arbitrary: split });
}

/** Random rows for those trees: numbers on and off the grid, categories listed and not, missing cells. */
export function randomRows(maxRows: number): fc.Arbitrary<number[][]> {
  const numeric = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -3, max: 3, noNaN: true }),
    fc.constant(NaN),
    fc.constantFrom(1e-36, -0, Infinity, -Infinity),
  );
  const category = fc.oneof(fc.integer({ min: -1, max: 75 }), fc.constant(NaN));
  const row = fc.tuple(...Array.from({ length: ALL_FEATURES }, (_, j) => (j < NUMERIC_FEATURES ? numeric : category)));
  return fc.array(row, { minLength: 1, maxLength: maxRows });
}

/** The leaf value that a row reaches, by the nodes' own rule. */
export function followTree(nodes: TreeNodes, tree: number, part: number, x: ArrayLike<number>): number {
  let node = nodes.treeStart[tree];
  while (nodes.feature[node] >= 0) node = goesLeft(nodes, node, x[nodes.feature[node]]) ? nodes.left[node] : nodes.right[node];
  return nodes.leafValues[nodes.leafStart[node] + part];
}

/** The mean leaf value when only some features are known and the others are averaged by cover. */
export function followKnown(
  nodes: TreeNodes,
  node: number,
  part: number,
  x: ArrayLike<number>,
  known: (feature: number) => boolean,
): number {
  const feature = nodes.feature[node];
  if (feature < 0) return nodes.leafValues[nodes.leafStart[node] + part];
  const go = (child: number): number => followKnown(nodes, child, part, x, known);
  if (known(feature)) return go(goesLeft(nodes, node, x[feature]) ? nodes.left[node] : nodes.right[node]);
  const whole = nodes.cover[node];
  const share = whole > 0 ? nodes.cover[nodes.left[node]] / whole : 0.5;
  return share * go(nodes.left[node]) + (1 - share) * go(nodes.right[node]);
}
