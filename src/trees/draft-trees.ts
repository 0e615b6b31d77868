import { damagedFile } from "./damaged-file.ts";
import { type DraftLinearLeaves, joinLinearLeaves } from "./linear-leaves.ts";
import type { TreeNodes } from "./nodes.ts";

/** One tree as a file tells it: nodes under the file's own numbers, the root is 0. Arrays are one entry a node. */
export interface DraftTree {
  /** Child of a row that passes the test; -1 at a leaf. */
  readonly left: Int32Array;
  /** Child of a row that fails the test; -1 at a leaf. */
  readonly right: Int32Array;
  readonly feature: Int32Array;
  /** Left when `x <= threshold`; NaN at categorical tests. */
  readonly threshold: Float64Array;
  readonly flags: Uint8Array;
  readonly cover: Float64Array;
  /** Nodes × leafWidth; read at leaves only. */
  readonly leafValues: Float64Array;
  /** The listed categories of each categorical test, distinct and ascending. */
  readonly categories: ReadonlyMap<number, Int32Array>;
  /** The output that the tree adds to. */
  readonly output: number;
  /** Nodes that the file itself marks as deleted: the root does not lead to them. */
  readonly numDeleted: number;
  /** Linear functions of its leaves, where it has them. */
  readonly linear?: DraftLinearLeaves;
}

/** What a reader knows of the whole model when it joins its trees. */
export interface DraftModel {
  /** The public function that reads the file, for errors. */
  readonly call: string;
  readonly trees: readonly DraftTree[];
  readonly numFeatures: number;
  /** Values a leaf holds. */
  readonly leafWidth: number;
}

/**
 * Joins trees into the one node layout, every tree in depth-first order, so that a parent stands before its children.
 *
 * @throws InputError where children are out of range, shared, circular or unreachable, a feature does not exist, a leaf value
 * is not finite or a cover is negative.
 */
export function joinTrees(model: DraftModel): TreeNodes {
  const orders = model.trees.map((tree, t) => orderNodes(model.call, tree, t));
  const nodes = allocateNodes(model, orders);
  const used = { nodes: 0, leafValues: 0, categories: 0 };
  for (const [t, tree] of model.trees.entries()) {
    nodes.treeStart[t] = used.nodes;
    nodes.treeOutput[t] = tree.output;
    copyTree(model, t, orders[t], nodes, used);
  }
  nodes.treeStart[model.trees.length] = used.nodes;
  const linearLeaves = joinLinearLeaves(model, orders, nodes);
  return linearLeaves ? { ...nodes, linearLeaves } : nodes;
}

/** Node ids from the root, depth first, left before right. */
function orderNodes(call: string, tree: DraftTree, t: number): Int32Array {
  const { left, right } = tree;
  const numNodes = left.length;
  const order = new Int32Array(numNodes);
  const seen = new Uint8Array(numNodes);
  const stack = [0];
  let visited = 0;
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen[id]) throw damagedFile(call, "every node", "the child of one node alone", `node ${id} twice`, `tree ${t}`);
    seen[id] = 1;
    order[visited++] = id;
    if (left[id] < 0) continue;
    for (const child of [right[id], left[id]]) {
      if (!(child > 0 && child < numNodes)) {
        throw damagedFile(call, "a child", `a node from 1 to ${numNodes - 1}`, String(child), `tree ${t}, node ${id}`);
      }
      stack.push(child);
    }
  }
  if (visited !== numNodes - tree.numDeleted) {
    const expected = `${numNodes - tree.numDeleted} (all but the ${tree.numDeleted} deleted)`;
    throw damagedFile(call, "the number of nodes that the root leads to", expected, String(visited), `tree ${t}`);
  }
  return order.subarray(0, visited);
}

function allocateNodes({ trees, leafWidth }: DraftModel, orders: readonly Int32Array[]): TreeNodes {
  let numNodes = 0;
  let numLeaves = 0;
  let numCategories = 0;
  for (const [t, order] of orders.entries()) {
    numNodes += order.length;
    // In a binary tree the leaves are one more than the tests.
    numLeaves += (order.length + 1) / 2;
    for (const id of order) numCategories += trees[t].categories.get(id)?.length ?? 0;
  }
  return {
    treeStart: new Int32Array(trees.length + 1),
    feature: new Int32Array(numNodes).fill(-1),
    threshold: new Float64Array(numNodes).fill(NaN),
    left: new Int32Array(numNodes).fill(-1),
    right: new Int32Array(numNodes).fill(-1),
    flags: new Uint8Array(numNodes),
    categoryStart: new Int32Array(numNodes),
    categoryEnd: new Int32Array(numNodes),
    categories: new Int32Array(numCategories),
    cover: new Float64Array(numNodes),
    leafStart: new Int32Array(numNodes).fill(-1),
    leafValues: new Float64Array(numLeaves * leafWidth),
    leafWidth,
    treeOutput: new Int32Array(trees.length),
  };
}

/** How much of the joint arrays is filled. */
interface Used {
  nodes: number;
  leafValues: number;
  categories: number;
}

function copyTree(model: DraftModel, t: number, order: Int32Array, nodes: TreeNodes, used: Used): void {
  const tree = model.trees[t];
  const position = new Int32Array(tree.left.length);
  order.forEach((id, rank) => (position[id] = used.nodes + rank));
  for (const id of order) {
    const i = used.nodes++;
    const where = `tree ${t}, node ${id}`;
    nodes.cover[i] = checkCover(model.call, tree.cover[id], where);
    nodes.categoryStart[i] = used.categories;
    if (tree.left[id] < 0) {
      nodes.leafStart[i] = used.leafValues;
      copyLeaf(model, tree, id, nodes.leafValues.subarray(used.leafValues), where);
      used.leafValues += model.leafWidth;
    } else {
      copyTest(model, tree, id, nodes, i, where);
      nodes.left[i] = position[tree.left[id]];
      nodes.right[i] = position[tree.right[id]];
      const listed = tree.categories.get(id);
      if (listed) nodes.categories.set(listed, used.categories);
      used.categories += listed?.length ?? 0;
    }
    nodes.categoryEnd[i] = used.categories;
  }
}

function copyTest(model: DraftModel, tree: DraftTree, id: number, nodes: TreeNodes, i: number, where: string): void {
  const feature = tree.feature[id];
  if (!(feature >= 0 && feature < model.numFeatures)) {
    throw damagedFile(model.call, "a split feature", `a column from 0 to ${model.numFeatures - 1}`, String(feature), where);
  }
  nodes.feature[i] = feature;
  nodes.threshold[i] = tree.threshold[id];
  nodes.flags[i] = tree.flags[id];
}

function copyLeaf({ call, leafWidth }: DraftModel, tree: DraftTree, id: number, target: Float64Array, where: string): void {
  for (let k = 0; k < leafWidth; k++) {
    const value = tree.leafValues[id * leafWidth + k];
    if (!Number.isFinite(value)) throw damagedFile(call, "a leaf value", "a finite number", String(value), where);
    target[k] = value;
  }
}

function checkCover(call: string, cover: number, where: string): number {
  if (cover < 0 || cover === Infinity) throw damagedFile(call, "a cover", "a finite number from 0", String(cover), where);
  return cover;
}
