import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { float64Below } from "../thresholds.ts";
import type { CartNode } from "./nodes.ts";

/** More values than this in the leaves of one tree would come of a damaged file: a class number out of all reason. */
const MOST_VALUES = 2 ** 26;

/** How the nodes of ml-cart become the common form. */
export interface CartReading {
  readonly call: string;
  readonly where: string;
  /** Values a leaf holds. */
  readonly leafWidth: number;
  /** Writes what a leaf holds; `target` is all zeros. */
  writeLeaf(values: readonly number[], target: Float64Array): void;
  /** The model's column of each column that the tree was given; left out where it was given all. */
  readonly columns?: ArrayLike<number>;
}

/** A tree of ml-cart, whose tests are `x < limit` in float64: missing values go right. @throws InputError where it has too many classes */
export function draftCartTree(reading: CartReading, nodes: readonly CartNode[]): DraftTree {
  const { call, where, leafWidth, columns } = reading;
  if (nodes.length * leafWidth > MOST_VALUES) {
    throw damagedFile(call, "the number of classes", `at most ${Math.floor(MOST_VALUES / nodes.length)}`, String(leafWidth), where);
  }
  const leafValues = new Float64Array(nodes.length * leafWidth);
  for (const [i, { left, values }] of nodes.entries()) {
    if (left < 0) reading.writeLeaf(values, leafValues.subarray(i * leafWidth, (i + 1) * leafWidth));
  }
  return {
    left: Int32Array.from(nodes, ({ left }) => left),
    right: Int32Array.from(nodes, ({ right }) => right),
    // Outside of the tree's own columns: -1, which is no column.
    feature: Int32Array.from(nodes, ({ column }) => (columns === undefined || column < 0 ? column : (columns[column] ?? -1))),
    threshold: Float64Array.from(nodes, ({ limit }) => float64Below(limit)),
    flags: new Uint8Array(nodes.length),
    cover: completeCovers(nodes),
    leafValues,
    categories: new Map(),
    output: 0,
    numDeleted: 0,
  };
}

/** Small and pure leaves do not say how many rows they saw: where the sibling does, it is what remains of the parent's. */
function completeCovers(nodes: readonly CartNode[]): Float64Array {
  const cover = Float64Array.from(nodes, (node) => node.cover);
  for (const [i, { left, right }] of nodes.entries()) {
    if (left < 0) continue;
    if (Number.isNaN(cover[left])) cover[left] = cover[i] - cover[right];
    else if (Number.isNaN(cover[right])) cover[right] = cover[i] - cover[left];
  }
  return cover;
}

/** Writes a leaf as it is: classes that it does not know of have a share of 0. */
export function writeValues(values: readonly number[], target: Float64Array): void {
  target.set(values);
}
