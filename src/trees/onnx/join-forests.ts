import { damagedFile } from "../damaged-file.ts";
import { joinTrees, type DraftTree } from "../draft-trees.ts";
import type { TreeNodes } from "../nodes.ts";
import type { OnnxForest } from "./forest.ts";
import { numberEqualTrees } from "./merge-sets.ts";
import { plainTests, type CellType, type PlainTests } from "./tests.ts";
import { TreeWriter, WorkBudget } from "./tree-writer.ts";
import { orderFromLeaves } from "./walk.ts";
import { writeTree, type ForestPlan } from "./write-tree.ts";

/** A forest and how it counts in the model. */
export interface WeighedForest {
  readonly forest: OnnxForest;
  /** The model's column of each column of the operator. */
  readonly columns: readonly number[];
  readonly cells: CellType;
  /** The output of each target, or -1 for one that is left out. */
  readonly outputs: readonly number[];
  /** Leaves are multiplied by this. */
  readonly scale: number;
}

/** All trees of a model, and which of its columns they take as categories. */
export interface JointForests {
  readonly nodes: TreeNodes;
  readonly isCategory: readonly boolean[];
}

/** Categories are whole numbers below this. */
const MOST_CATEGORIES = 2 ** 31 - 1;
/** Leaves × outputs of vector leaves, beyond what the file's own weights would fill. */
const MOST_LEAF_VALUES = 2 ** 24;

/** @throws InputError where trees are circular, too large once written out, or name columns that there are not */
export function joinForests(call: string, forests: readonly WeighedForest[], numColumns: number, numOutputs: number): JointForests {
  const tests = forests.map(({ forest, cells }) => plainTests(forest, cells));
  for (const [f, plain] of tests.entries()) checkFeatures(call, forests[f], plain);
  const isCategory = findCategories(forests, tests, numColumns);
  const numNodes = forests.reduce((count, { forest }) => count + forest.modes.length, 0);
  const budget = new WorkBudget(call, 20 * numNodes + 100_000);
  const written: WrittenTree[] = forests.flatMap((weighed, f) => {
    const { forest, columns, cells } = weighed;
    const same = numberEqualTrees(forest, tests[f], orderFromLeaves(call, forest));
    const plan: ForestPlan = { forest, tests: tests[f], cells, same, columns, isCategory, budget };
    return Array.from(forest.roots, (root) => {
      const writer = new TreeWriter();
      writeTree(plan, root, writer);
      return { writer, weighed };
    });
  });
  const leafWidth = written.some(hasVectorLeaves) ? numOutputs : 1;
  checkSize(call, written, leafWidth);
  const trees = written.map((tree) => finishTree(tree, leafWidth));
  return { nodes: joinTrees({ call, trees, numFeatures: numColumns, leafWidth }), isCategory };
}

function checkFeatures(call: string, { forest, columns }: WeighedForest, { features }: PlainTests): void {
  const bad = features.find((feature) => feature >= columns.length);
  if (bad === undefined) return;
  throw damagedFile(call, "nodes_featureids", `numbers below ${columns.length}, the number of columns`, String(bad), forest.where);
}

/** A column is a category where all its tests are of equality with whole numbers. */
function findCategories(forests: readonly WeighedForest[], tests: readonly PlainTests[], numColumns: number): boolean[] {
  const inSets = new Uint8Array(numColumns);
  const asNumber = new Uint8Array(numColumns);
  for (const [f, { columns }] of forests.entries()) {
    const { features, sets } = tests[f];
    for (const [i, feature] of features.entries()) {
      if (feature < 0) continue;
      const listed = sets.get(i);
      if (listed?.every((value) => Number.isInteger(value) && value >= 0 && value < MOST_CATEGORIES) !== true)
        asNumber[columns[feature]] = 1;
      else inSets[columns[feature]] = 1;
    }
  }
  return Array.from(inSets, (found, j) => found === 1 && asNumber[j] === 0);
}

/** A tree that is written, and the forest that it is of. */
interface WrittenTree {
  readonly writer: TreeWriter;
  readonly weighed: WeighedForest;
}

/** Whether the leaves of one tree count for several outputs. */
function hasVectorLeaves({ writer, weighed: { forest, outputs } }: WrittenTree): boolean {
  const { weightStart, targets } = forest;
  let output = -1;
  for (const leaf of writer.leaves) {
    if (leaf < 0) continue;
    for (let w = weightStart[leaf]; w < weightStart[leaf + 1]; w++) {
      const one = outputs[targets[w]];
      if (one >= 0 && output >= 0 && one !== output) return true;
      if (one >= 0) output = one;
    }
  }
  return false;
}

function checkSize(call: string, written: readonly WrittenTree[], leafWidth: number): void {
  const numNodes = written.reduce((count, { writer }) => count + writer.leaves.length, 0);
  const numWeights = written.reduce((count, tree) => count + countWeights(tree), 0);
  const most = Math.max(MOST_LEAF_VALUES, 4 * numWeights);
  if (numNodes * leafWidth <= most) return;
  throw damagedFile(call, "the number of outputs", `at most ${Math.floor(most / numNodes)} for ${numNodes} nodes`, String(leafWidth));
}

function countWeights({
  writer: { leaves },
  weighed: {
    forest: { weightStart },
  },
}: WrittenTree): number {
  return leaves.reduce((count, leaf) => count + (leaf < 0 ? 0 : weightStart[leaf + 1] - weightStart[leaf]), 0);
}

function finishTree({ writer, weighed: { forest, outputs, scale } }: WrittenTree, leafWidth: number): DraftTree {
  const { weightStart, targets, weights } = forest;
  const leafValues = new Float64Array(writer.leaves.length * leafWidth);
  let output = 0;
  for (const [i, leaf] of writer.leaves.entries()) {
    if (leaf < 0) continue;
    for (let w = weightStart[leaf]; w < weightStart[leaf + 1]; w++) {
      const one = outputs[targets[w]];
      if (one < 0) continue;
      if (leafWidth === 1) output = one;
      leafValues[i * leafWidth + (leafWidth === 1 ? 0 : one)] += weights[w] * scale;
    }
  }
  return writer.finish(leafValues, output);
}
