import { describeReceived, InputError } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readIntegers, readNumbers } from "../json-numbers.ts";
import { countTrees, type TreeNodes } from "../nodes.ts";
import type { XgboostFile } from "./file.ts";
import { readXgboostTree } from "./tree-file.ts";
import { draftXgboostTree } from "./tree.ts";

/** Which boosting rounds make the model; see `ImportXgboostOptions`. */
export type XgboostIterations = "all" | "best" | readonly [first: number, end: number];

/** Trees of one leaf width: 1, or one value an output. */
export interface DraftedTrees {
  readonly trees: readonly DraftTree[];
  readonly leafWidth: number;
  /** What DART multiplies each tree by; null for other boosters. */
  readonly weights: Float64Array | null;
}

/** Reads the trees that predict; none of a linear booster. @throws InputError where there are none, or one is damaged. */
export function draftXgboostTrees(call: string, file: XgboostFile, iterations: XgboostIterations): DraftedTrees {
  const numTrees = file.trees.length;
  if (file.linearWeights !== null) return { trees: [], leafWidth: 1, weights: null };
  if (numTrees === 0) throw noTrees(call);
  const { numOutputs } = file;
  const { leafWidth } = readXgboostTree(call, file.trees[0], "tree 0");
  checkOutputs(call, file, leafWidth);
  const outputs = readIntegers({ call, name: "tree_info" }, file.treeInfo, numTrees, 0, numOutputs - leafWidth);
  const weights = file.treeWeights && readNumbers({ call, name: "weight_drop" }, file.treeWeights, numTrees);
  const [first, end] = chooseTrees(call, file, leafWidth, iterations);
  const trees = file.trees.slice(first, end).map((json, i) => {
    const where = `tree ${first + i}`;
    const slot = { call, where, leafWidth, output: outputs[first + i] };
    return draftXgboostTree(slot, readXgboostTree(call, json, where));
  });
  return { trees, leafWidth, weights: weights && weights.subarray(first, end) };
}

function checkOutputs(call: string, { numOutputs, trees }: XgboostFile, leafWidth: number): void {
  if (leafWidth > 1 && leafWidth !== numOutputs) {
    throw damagedFile(call, "size_leaf_vector", `1 or ${numOutputs}, the number of outputs`, String(leafWidth), "tree 0");
  }
  if (leafWidth === 1 && numOutputs > trees.length) {
    throw damagedFile(call, "the number of outputs", `at most ${trees.length}, the number of trees`, String(numOutputs));
  }
}

/**
 * Multiplies the leaves of a DART model by the weights of their trees, in place.
 *
 * @returns The leaves as XGBoost adds them: the product of two float32, rounded to one.
 */
export function weighLeaves(nodes: TreeNodes, weights: Float64Array | null): Float32Array {
  const single = Float32Array.from(nodes.leafValues);
  if (weights === null) return single;
  for (let t = 0; t < countTrees(nodes); t++) {
    const weight = inFewestDigits(weights[t]);
    for (let i = nodes.treeStart[t]; i < nodes.treeStart[t + 1]; i++) {
      const start = nodes.leafStart[i];
      if (start < 0) continue;
      for (let leaf = start; leaf < start + nodes.leafWidth; leaf++) {
        single[leaf] = nodes.leafValues[leaf] * Math.fround(weights[t]);
        nodes.leafValues[leaf] *= weight;
      }
    }
  }
  return single;
}

/**
 * The number with the fewest digits that is the same float32. A file in JSON writes its weights so, and one in UBJSON is read as if it
 * did: both are the same model in float64 too.
 */
function inFewestDigits(x: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(x.toPrecision(digits));
    if (Math.fround(short) === Math.fround(x)) return short;
  }
  return Number(x.toPrecision(9));
}

/** The first tree that counts, and the one after the last. */
function chooseTrees(call: string, file: XgboostFile, leafWidth: number, iterations: XgboostIterations): [first: number, end: number] {
  const numTrees = file.trees.length;
  if (iterations === "all") return [0, numTrees];
  if (iterations === "best") {
    if (file.bestIteration === null) return [0, numTrees];
    const end = findTree(file, leafWidth, file.bestIteration + 1);
    if (isTree(end, 1, numTrees)) return [0, end];
    throw damagedFile(call, "the end of the best iteration", `a tree from 1 to ${numTrees}`, describeReceived(end));
  }
  const [first, end] = iterations.map((round) => findTree(file, leafWidth, round));
  if (isTree(first, 0, numTrees - 1) && isTree(end, first + 1, numTrees)) return [first, end];
  throw new InputError({
    call,
    argument: "iterations",
    expected: "a range of rounds that the model has",
    received: `[${iterations.join(", ")}] in a model of ${numTrees} trees`,
    mend: "Give the first round, counted from 0, and the one after the last, as XGBoost's iteration_range.",
  });
}

/** Where the trees of a boosting round begin, as the file says, which may be anything. */
function findTree({ iterationStarts, numParallelTree, numOutputs }: XgboostFile, leafWidth: number, round: number): unknown {
  return iterationStarts ? iterationStarts[round] : round * numParallelTree * (leafWidth > 1 ? 1 : numOutputs);
}

function isTree(tree: unknown, least: number, most: number): tree is number {
  return typeof tree === "number" && Number.isInteger(tree) && tree >= least && tree <= most;
}

function noTrees(call: string): InputError {
  return new InputError({
    call,
    argument: "model",
    expected: "a model with at least one tree",
    received: "none",
    mend: "Train at least one round: without trees every prediction is the base score.",
  });
}
