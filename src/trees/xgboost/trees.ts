import { describeReceived, InputError } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readIntegers, readNumbers } from "../json-numbers.ts";
import { countTrees, type TreeNodes } from "../nodes.ts";
import type { XgboostFile } from "./file.ts";
import { readXgboostTree } from "./tree-file.ts";
import { draftXgboostTree } from "./tree.ts";

/** Which boosting rounds make the model; see `ImportXgboostOptions`. */
export type XgboostIterations = "all" | "best";

/** Trees of one leaf width: 1, or one value an output. */
export interface DraftedTrees {
  readonly trees: readonly DraftTree[];
  readonly leafWidth: number;
  /** What DART multiplies each tree by; null for other boosters. */
  readonly weights: Float64Array | null;
}

/** Reads the trees that predict. @throws InputError where there are none, or one is damaged. */
export function draftXgboostTrees(call: string, file: XgboostFile, iterations: XgboostIterations): DraftedTrees {
  const numTrees = file.trees.length;
  if (numTrees === 0) throw noTrees(call);
  const { numOutputs } = file;
  const { leafWidth } = readXgboostTree(call, file.trees[0], "tree 0");
  checkOutputs(call, file, leafWidth);
  const outputs = readIntegers({ call, name: "tree_info" }, file.treeInfo, numTrees, 0, numOutputs - leafWidth);
  const weights = file.treeWeights && readNumbers({ call, name: "weight_drop" }, file.treeWeights, numTrees);
  const used = iterations === "all" ? numTrees : countBestTrees(call, file, leafWidth);
  const trees = file.trees.slice(0, used).map((json, t) => {
    const where = `tree ${t}`;
    const slot = { call, where, leafWidth, output: outputs[t] };
    return draftXgboostTree(slot, readXgboostTree(call, json, where));
  });
  return { trees, leafWidth, weights };
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
    for (let i = nodes.treeStart[t]; i < nodes.treeStart[t + 1]; i++) {
      const start = nodes.leafStart[i];
      if (start < 0) continue;
      for (let leaf = start; leaf < start + nodes.leafWidth; leaf++) {
        single[leaf] = nodes.leafValues[leaf] * Math.fround(weights[t]);
        nodes.leafValues[leaf] *= weights[t];
      }
    }
  }
  return single;
}

/** The trees of the rounds up to the best one; all where the file names none. */
function countBestTrees(call: string, file: XgboostFile, leafWidth: number): number {
  const numTrees = file.trees.length;
  if (file.bestIteration === null) return numTrees;
  const rounds = file.bestIteration + 1;
  const starts = file.iterationStarts;
  const end = starts ? starts[rounds] : rounds * file.numParallelTree * (leafWidth > 1 ? 1 : file.numOutputs);
  if (typeof end === "number" && Number.isInteger(end) && end > 0 && end <= numTrees) return end;
  throw damagedFile(call, "the end of the best iteration", `a tree from 1 to ${numTrees}`, describeReceived(end));
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
