import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { type Place, readIntegers, readNumbers } from "../json-numbers.ts";
import { MISSING_LEFT } from "../nodes.ts";
import { float64ThresholdForFloat32AtMost } from "../thresholds.ts";
import { readSklearnTree, type SklearnTree } from "./file.ts";

/** One tree and what its file says of all of them. */
export interface TreeSlot {
  readonly call: string;
  /** For example `tree 3`. */
  readonly where: string;
  readonly numFeatures: number;
}

/** How a tree of scikit-learn's tree module becomes the common form. */
export interface TreeReading extends TreeSlot {
  readonly output: number;
  /** Values a leaf holds. */
  readonly leafWidth: number;
  /** What is read as a leaf's value. */
  readonly leaves: "value" | "n_node_samples";
  /** The model's column of each column that the tree was given; absent where it was given all. */
  readonly columns?: readonly unknown[];
}

/**
 * A tree of the tree module, whose tests are `float32(x) <= threshold`, the threshold a double.
 *
 * @throws InputError at the first thing that cannot be.
 */
export function draftSklearnTree(reading: TreeReading, json: unknown): DraftTree {
  const { call, where, numFeatures, leafWidth, leaves, columns } = reading;
  const tree = readSklearnTree(call, json, where);
  const shape = readShape({ call, where, numFeatures: columns?.length ?? numFeatures }, tree);
  const numNodes = shape.left.length;
  const place = (name: string): Place => ({ call, where, name });
  const mapped = columns && readIntegers(place("features"), columns, columns.length, 0, numFeatures - 1);
  const samples = tree.n_node_samples ?? [];
  return {
    ...shape,
    feature: mapped ? shape.feature.map((j) => (j < 0 ? -1 : mapped[j])) : shape.feature,
    threshold: shape.threshold.map(float64ThresholdForFloat32AtMost),
    flags: readMissing(place("missing_go_to_left"), tree, numNodes),
    cover: readCovers(place("weighted_n_node_samples"), tree.weighted_n_node_samples ?? tree.n_node_samples, numNodes),
    leafValues:
      leaves === "value" ? readVectors(place("value"), tree.value, numNodes, leafWidth) : readNumbers(place(leaves), samples, numNodes),
    categories: new Map(),
    output: reading.output,
    numDeleted: 0,
  };
}

/** The tests of a tree: both kinds of trees have these. */
export function readShape(
  { call, where, numFeatures }: TreeSlot,
  tree: SklearnTree,
): Pick<DraftTree, "left" | "right" | "feature" | "threshold"> {
  const numNodes = tree.children_left.length;
  const place = (name: string): Place => ({ call, where, name });
  if (numNodes === 0) throw damagedFile(call, "children_left", "an array of at least one node", "none", where);
  return {
    left: Int32Array.from(readIntegers(place("children_left"), tree.children_left, numNodes, -1, numNodes - 1)),
    right: Int32Array.from(readIntegers(place("children_right"), tree.children_right, numNodes, -1, numNodes - 1)),
    feature: Int32Array.from(readIntegers(place("feature"), tree.feature, numNodes, -2, numFeatures - 1)),
    threshold: readNumbers(place("threshold"), tree.threshold.map(readInfinity), numNodes),
  };
}

export function readMissing(place: Place, tree: SklearnTree, numNodes: number): Uint8Array {
  if (tree.missing_go_to_left === undefined) return new Uint8Array(numNodes);
  return Uint8Array.from(readIntegers(place, tree.missing_go_to_left, numNodes, 0, 1), (left) => (left ? MISSING_LEFT : 0));
}

/** NaN where the file has none. */
export function readCovers(place: Place, covers: readonly unknown[] | undefined, numNodes: number): Float64Array {
  return covers === undefined ? new Float64Array(numNodes).fill(NaN) : readNumbers(place, covers, numNodes);
}

/** JSON knows no infinities: the file has them as texts. */
function readInfinity(value: unknown): unknown {
  return value === "Infinity" ? Infinity : value === "-Infinity" ? -Infinity : value;
}

/** One list of `width` numbers a node, flat. */
function readVectors(place: Place, lists: readonly unknown[], numNodes: number, width: number): Float64Array {
  if (lists.length !== numNodes) throw damagedFile(place.call, place.name, `an array of ${numNodes}`, describeReceived(lists), place.where);
  const flat = new Float64Array(numNodes * width);
  for (const [i, list] of lists.entries()) {
    const where = { ...place, name: `${place.name}[${i}]` };
    if (!Array.isArray(list)) throw damagedFile(place.call, where.name, `an array of ${width}`, describeReceived(list), place.where);
    flat.set(readNumbers(where, list, width), i * width);
  }
  return flat;
}
