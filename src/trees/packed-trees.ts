import { type PackedNumbers, packNumbers } from "../numeric/index.ts";
import { damagedFile } from "./damaged-file.ts";
import type { DraftTree } from "./draft-trees.ts";
import type { DraftLinearLeaves } from "./linear-leaves.ts";
import { CATEGORICAL, type LinearLeaves, MISSING_LEFT, OTHERS_LEFT, type TreeNodes, ZERO_IS_MISSING } from "./nodes.ts";

/**
 * Trees as plain data. Nodes stand tree after tree, each in depth-first order, left before right, so that the features alone tell
 * which child is which.
 */
export interface PackedTrees {
  /** The column that each node tests; -1 at a leaf. */
  feature: PackedNumbers;
  /** One a node. */
  cover: PackedNumbers;
  /** One a test. */
  flags: PackedNumbers;
  /** One a numeric test. */
  threshold: PackedNumbers;
  /** How many categories each categorical test lists. */
  numCategories: PackedNumbers;
  categories: PackedNumbers;
  /** Leaves × leafWidth. */
  leafValues: PackedNumbers;
  leafWidth: number;
  /** One a tree. */
  treeOutput: PackedNumbers;
  /** Linear functions in leaves; null or left out where there are none. */
  linearLeaves?: PackedLinearLeaves | null | undefined;
}

/** Leaves stand in the order of the nodes. */
interface PackedLinearLeaves {
  /** One a leaf. */
  constants: PackedNumbers;
  /** How many terms each leaf has. */
  numTerms: PackedNumbers;
  termFeature: PackedNumbers;
  termCoefficient: PackedNumbers;
}

/** The arrays of {@link PackedLinearLeaves}, unpacked. */
export type UnpackedLinearLeaves = { readonly [field in keyof PackedLinearLeaves]: Float64Array };

/** The arrays of {@link PackedTrees}, unpacked. */
export type UnpackedTrees = { readonly [field in Exclude<keyof PackedTrees, "leafWidth" | "linearLeaves">]: Float64Array } & {
  readonly leafWidth: number;
  readonly linearLeaves: UnpackedLinearLeaves | null;
};

/** Every node id, tree after tree, each in depth-first order. */
export function depthFirst({ treeStart, left, right }: TreeNodes): Int32Array {
  const order = new Int32Array(treeStart[treeStart.length - 1]);
  const stack: number[] = [];
  let next = 0;
  for (let t = 0; t < treeStart.length - 1; t++) {
    stack.push(treeStart[t]);
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      order[next++] = i;
      if (left[i] >= 0) stack.push(right[i], left[i]);
    }
  }
  return order.subarray(0, next);
}

/** Leaf values in the order of the leaves among `order`; `values` is laid out as `nodes.leafValues`. */
export function leavesInOrder({ leafStart, leafWidth }: TreeNodes, order: Int32Array, values: ArrayLike<number>): Float64Array {
  const starts = order.filter((i) => leafStart[i] >= 0).map((i) => leafStart[i]);
  return Float64Array.from(
    { length: starts.length * leafWidth },
    (_, cell) => values[starts[Math.floor(cell / leafWidth)] + (cell % leafWidth)],
  );
}

/** Packs trees. @param order - {@link depthFirst} of the nodes */
export function packTrees(nodes: TreeNodes, order: Int32Array): PackedTrees {
  const { feature, cover, flags, threshold, categoryStart, categoryEnd, categories, leafWidth } = nodes;
  const tests = order.filter((i) => feature[i] >= 0);
  const listing = tests.filter((i) => (flags[i] & CATEGORICAL) !== 0);
  return {
    feature: packAt(order, feature),
    cover: packAt(order, cover),
    flags: packAt(tests, flags),
    threshold: packAt(
      tests.filter((i) => (flags[i] & CATEGORICAL) === 0),
      threshold,
    ),
    numCategories: packNumbers(Array.from(listing, (i) => categoryEnd[i] - categoryStart[i])),
    categories: packNumbers(Array.from(listing, (i) => [...categories.subarray(categoryStart[i], categoryEnd[i])]).flat()),
    leafValues: packNumbers(leavesInOrder(nodes, order, nodes.leafValues)),
    leafWidth,
    treeOutput: packNumbers(nodes.treeOutput),
    linearLeaves: nodes.linearLeaves ? packLinearLeaves(nodes, nodes.linearLeaves, order) : null,
  };
}

function packLinearLeaves(nodes: TreeNodes, linear: LinearLeaves, order: Int32Array): PackedLinearLeaves {
  const { termStart, termFeature, termCoefficient } = linear;
  const leaves = order.filter((i) => nodes.leafStart[i] >= 0);
  const terms = Array.from(leaves, (i) => Array.from({ length: termStart[i + 1] - termStart[i] }, (_, k) => termStart[i] + k));
  const all = Int32Array.from(terms.flat());
  return {
    constants: packNumbers(leavesInOrder(nodes, order, linear.constants)),
    numTerms: packNumbers(terms.map(({ length }) => length)),
    termFeature: packAt(all, termFeature),
    termCoefficient: packAt(all, termCoefficient),
  };
}

function packAt(ids: Int32Array, values: ArrayLike<number>): PackedNumbers {
  return packNumbers(Array.from(ids, (i) => values[i]));
}

/** How far the arrays are read. */
interface Place {
  node: number;
  test: number;
  threshold: number;
  list: number;
  category: number;
  leafValue: number;
  linearLeaf: number;
  term: number;
}

/**
 * Trees as readers of files have them, to be joined and checked further.
 *
 * @throws InputError where an array ends too early or is too long, flags are unknown, or categories are no ascending codes.
 */
export function draftPackedTrees(call: string, packed: UnpackedTrees): DraftTree[] {
  const place: Place = { node: 0, test: 0, threshold: 0, list: 0, category: 0, leafValue: 0, linearLeaf: 0, term: 0 };
  const trees = Array.from(packed.treeOutput, (output, t) => draftTree(call, packed, place, output, `tree ${t}`));
  const read: readonly (readonly [keyof PackedTrees, number])[] = [
    ["feature", place.node],
    ["cover", place.node],
    ["flags", place.test],
    ["threshold", place.threshold],
    ["numCategories", place.list],
    ["categories", place.category],
    ["leafValues", place.leafValue],
  ];
  for (const [field, length] of read) {
    const found = (packed[field] as Float64Array).length;
    if (found !== length) throw damagedFile(call, `trees.${field}`, `${length} numbers for the nodes that there are`, String(found));
  }
  return trees;
}

/** The linear functions of the next tree's leaves; their lengths are checked before. */
function draftLinear(linear: UnpackedLinearLeaves, feature: Int32Array, place: Place): DraftLinearLeaves {
  const constants = new Float64Array(feature.length);
  const termStart = new Int32Array(feature.length + 1);
  const first = place.term;
  for (let id = 0; id < feature.length; id++) {
    if (feature[id] < 0) {
      constants[id] = linear.constants[place.linearLeaf];
      place.term += linear.numTerms[place.linearLeaf++];
    }
    termStart[id + 1] = place.term - first;
  }
  const termFeature = Int32Array.from(linear.termFeature.subarray(first, place.term));
  return { constants, termStart, termFeature, termCoefficient: linear.termCoefficient.slice(first, place.term) };
}

function draftTree(call: string, packed: UnpackedTrees, place: Place, output: number, where: string): DraftTree {
  const start = place.node;
  const numNodes = countNodes(call, packed.feature, start, where);
  const { leafWidth } = packed;
  const feature = Int32Array.from(packed.feature.subarray(start, start + numNodes));
  const tree = {
    ...linkChildren(feature),
    feature,
    threshold: new Float64Array(numNodes).fill(NaN),
    flags: new Uint8Array(numNodes),
    // What the array does not hold is found missing at the end, by its length.
    cover: Float64Array.from(feature, (_, id) => packed.cover[start + id] ?? NaN),
    leafValues: new Float64Array(numNodes * leafWidth),
    categories: new Map<number, Int32Array>(),
    output,
    numDeleted: 0,
    ...(packed.linearLeaves ? { linear: draftLinear(packed.linearLeaves, feature, place) } : {}),
  };
  for (let id = 0; id < numNodes; id++) {
    if (feature[id] < 0) {
      tree.leafValues.set(packed.leafValues.subarray(place.leafValue, place.leafValue + leafWidth), id * leafWidth);
      place.leafValue += leafWidth;
      continue;
    }
    const at = `${where}, node ${id}`;
    tree.flags[id] = readFlags(call, packed.flags[place.test++], at);
    if ((tree.flags[id] & CATEGORICAL) === 0) tree.threshold[id] = packed.threshold[place.threshold++];
    else tree.categories.set(id, readCategories(call, packed, place, at));
  }
  place.node += numNodes;
  return tree;
}

/** Nodes of the tree whose root is `start`: a test opens two places, every node fills one. */
function countNodes(call: string, feature: Float64Array, start: number, where: string): number {
  let open = 1;
  let end = start;
  for (; open > 0; end++) {
    if (end >= feature.length) throw damagedFile(call, "trees.feature", "long enough for every child", "its end", where);
    open += feature[end] >= 0 ? 1 : -1;
  }
  return end - start;
}

function linkChildren(feature: Int32Array): { left: Int32Array; right: Int32Array } {
  const left = new Int32Array(feature.length).fill(-1);
  const right = new Int32Array(feature.length).fill(-1);
  const waiting: number[] = [];
  for (let id = 0; id < feature.length; id++) {
    if (feature[id] >= 0) {
      left[id] = id + 1;
      waiting.push(id);
    } else {
      const parent = waiting.pop();
      if (parent !== undefined) right[parent] = id + 1;
    }
  }
  return { left, right };
}

function readFlags(call: string, flags: number, where: string): number {
  const known = MISSING_LEFT | CATEGORICAL | ZERO_IS_MISSING | OTHERS_LEFT;
  if (Number.isInteger(flags) && flags >= 0 && (flags & ~known) === 0) return flags;
  throw damagedFile(call, "trees.flags", `a sum of flags, from 0 to ${known}`, String(flags), where);
}

function readCategories(call: string, { numCategories, categories }: UnpackedTrees, place: Place, where: string): Int32Array {
  const end = place.category + numCategories[place.list++];
  if (!(Number.isInteger(end) && end >= place.category && end <= categories.length)) {
    throw damagedFile(call, "trees.numCategories", `up to ${categories.length}, all that there are`, String(end), where);
  }
  const listed = categories.subarray(place.category, end);
  place.category = end;
  const good = listed.every((code, i) => Number.isInteger(code) && code > (i === 0 ? -1 : listed[i - 1]) && code < 2 ** 31);
  if (good) return Int32Array.from(listed);
  throw damagedFile(call, "trees.categories", "whole numbers from 0, ascending", "others", where);
}
