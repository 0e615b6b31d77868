import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readIntegers, readNumbers, type Place } from "../json-numbers.ts";
import { CATEGORICAL, MISSING_LEFT, OTHERS_LEFT } from "../nodes.ts";
import { float64ThresholdForFloat32Less } from "../thresholds.ts";
import type { XgboostTree } from "./tree-file.ts";

/** Deleted nodes carry the largest feature number, of 31 bits or of 32. */
const DELETED = [2 ** 31 - 1, 2 ** 32 - 1];
/** XGBoost keeps categories as whole float32 below this. */
const CATEGORY_LIMIT = 2 ** 24;

/** What a tree is within its model. */
export interface TreeSlot {
  /** The public function that reads the file, for errors. */
  readonly call: string;
  /** The tree's place in the file, for errors. */
  readonly where: string;
  readonly output: number;
  /** Values a leaf must hold. */
  readonly leafWidth: number;
}

/** Turns one tree of the file into the common form. @throws InputError at the first thing that cannot be. */
export function draftXgboostTree(slot: TreeSlot, tree: XgboostTree): DraftTree {
  const numNodes = tree.left.length;
  checkSize(slot, tree);
  const left = Int32Array.from(readIntegers(at(slot, "left_children"), tree.left, numNodes, -1, numNodes - 1));
  const splitIndices = readIntegers(at(slot, "split_indices"), tree.splitIndices, numNodes, 0, DELETED[1]);
  const conditions = readNumbers(at(slot, "split_conditions"), tree.splitConditions, numNodes);
  const flags = readFlags(slot, tree, left);
  return {
    left,
    right: Int32Array.from(readIntegers(at(slot, "right_children"), tree.right, numNodes, -1, DELETED[0])),
    feature: Int32Array.from(splitIndices),
    threshold: conditions.map((condition, i) => threshold(slot, condition, left[i], flags[i], i)),
    flags,
    cover: readCovers(slot, tree, numNodes),
    leafValues: readLeaves(slot, tree, left, conditions).map(Math.fround),
    categories: readCategories(slot, tree),
    output: slot.output,
    numDeleted: countDeleted(slot, tree, splitIndices),
  };
}

function at({ call, where }: TreeSlot, name: string): Place {
  return { call, name, where };
}

function checkSize({ call, where, leafWidth }: TreeSlot, tree: XgboostTree): void {
  if (tree.numNodes !== tree.left.length || tree.numNodes === 0) {
    const expected = `an array of ${Math.max(1, tree.numNodes)}`;
    throw damagedFile(call, "left_children", expected, describeReceived(tree.left), where);
  }
  if (tree.leafWidth !== leafWidth) {
    throw damagedFile(call, "size_leaf_vector", `${leafWidth} as in the first tree`, String(tree.leafWidth), where);
  }
}

function readFlags(slot: TreeSlot, tree: XgboostTree, left: Int32Array): Uint8Array {
  const missingLeft = readIntegers(at(slot, "default_left"), tree.defaultLeft.map(booleanToNumber), left.length, 0, 1);
  const categorical = tree.splitTypes && readIntegers(at(slot, "split_type"), tree.splitTypes, left.length, 0, 1);
  return Uint8Array.from(left, (child, i) => {
    if (child < 0) return 0;
    return (missingLeft[i] === 1 ? MISSING_LEFT : 0) + (categorical?.[i] === 1 ? CATEGORICAL + OTHERS_LEFT : 0);
  });
}

function booleanToNumber(value: unknown): unknown {
  return typeof value === "boolean" ? Number(value) : value;
}

function threshold({ call, where }: TreeSlot, condition: number, left: number, flags: number, node: number): number {
  if (left < 0 || (flags & CATEGORICAL) !== 0) return NaN;
  if (!Number.isNaN(condition)) return float64ThresholdForFloat32Less(condition);
  throw damagedFile(call, `split_conditions[${node}]`, "a number", "NaN", where);
}

function readCovers(slot: TreeSlot, tree: XgboostTree, numNodes: number): Float64Array {
  if (tree.sumHessian === null) return new Float64Array(numNodes).fill(NaN);
  // Covers are float32 in XGBoost; differences of histograms leave some a hair below zero.
  return readNumbers(at(slot, "sum_hessian"), tree.sumHessian, numNodes).map((sum) => Math.max(0, Math.fround(sum)));
}

/** Nodes × leafWidth; only what stands at leaves means anything. */
function readLeaves(slot: TreeSlot, tree: XgboostTree, left: Int32Array, conditions: Float64Array): Float64Array {
  const { call, where, leafWidth } = slot;
  if (leafWidth === 1) return conditions;
  if (tree.leafWeights === null || tree.leafWeights.length === 0) {
    return readNumbers(at(slot, "base_weights"), tree.baseWeights, left.length * leafWidth);
  }
  // From XGBoost 3.1, vector leaves stand in an array of their own, and a leaf's right child is its row there.
  const weights = readNumbers(at(slot, "leaf_weights"), tree.leafWeights, tree.leafWeights.length);
  const values = new Float64Array(left.length * leafWidth);
  for (const [i, child] of left.entries()) {
    if (child >= 0) continue;
    const start = Number(tree.right[i]) * leafWidth;
    if (start < 0 || start + leafWidth > weights.length) {
      const expected = `the row of a leaf in leaf_weights, below ${weights.length / leafWidth}`;
      throw damagedFile(call, `right_children[${i}]`, expected, String(tree.right[i]), where);
    }
    values.set(weights.subarray(start, start + leafWidth), i * leafWidth);
  }
  return values;
}

/** The categories that go right, by node. */
function readCategories(slot: TreeSlot, tree: XgboostTree): Map<number, Int32Array> {
  const { call, where } = slot;
  const numLists = tree.categoryNodes.length;
  const total = tree.categories.length;
  const nodes = readIntegers(at(slot, "categories_nodes"), tree.categoryNodes, numLists, 0, tree.left.length - 1);
  const starts = readIntegers(at(slot, "categories_segments"), tree.categoryStarts, numLists, 0, total);
  const sizes = readIntegers(at(slot, "categories_sizes"), tree.categorySizes, numLists, 0, total);
  const categories = readIntegers(at(slot, "categories"), tree.categories, total, 0, CATEGORY_LIMIT - 1);
  const lists = new Map<number, Int32Array>();
  let end = 0;
  for (const [j, node] of nodes.entries()) {
    if (starts[j] < end || starts[j] + sizes[j] > total || lists.has(node)) {
      const received = `${starts[j]} to ${starts[j] + sizes[j]} of ${total} for node ${node}`;
      throw damagedFile(call, `categories_segments[${j}]`, "a part of categories of its own", received, where);
    }
    end = starts[j] + sizes[j];
    lists.set(node, Int32Array.from(new Set(categories.subarray(starts[j], end))).sort());
  }
  return lists;
}

function countDeleted({ call, where }: TreeSlot, tree: XgboostTree, splitIndices: Float64Array): number {
  const deleted = splitIndices.filter((index) => DELETED.includes(index)).length;
  if (deleted === tree.numDeleted) return deleted;
  throw damagedFile(call, "num_deleted", `${deleted}, the number of nodes marked as deleted`, String(tree.numDeleted), where);
}
