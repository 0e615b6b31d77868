import { InputError } from "../../errors.ts";
import { checkSums, findCategorical } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { nameDerived } from "../derived/derived-columns.ts";
import { type DraftTree, joinTrees } from "../draft-trees.ts";
import { parseModelJson } from "../model-json.ts";
import type { Reader } from "../model-text.ts";
import { CATBOOST } from "../stranger-formats.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { branchingLeafWidth, draftBranchingTree } from "./branching-tree.ts";
import { readCtrs } from "./ctrs.ts";
import { describeFeatures, readColumns } from "./features.ts";
import { type CatboostFile, readCatboostFile } from "./file.ts";
import { readObjective } from "./objective.ts";
import { SplitReader } from "./splits.ts";
import { draftSymmetricTree, symmetricLeafWidth } from "./symmetric-tree.ts";

const CALL = "importCatboost";
const READER: Reader = {
  call: CALL,
  expected: "a CatBoost model in JSON",
  mend: 'Save it with model.save_model("model.json", format="json") and pass the whole text or bytes of that file.',
};

/**
 * Reads a model that CatBoost saved with `save_model("model.json", format="json")`: symmetric, depthwise and lossguide trees, with splits
 * of numbers, of single categories and of statistics of categories (CTRs), of one feature or of several together. Raw predictions are
 * CatBoost's `RawFormulaVal`; responses its `Probability`, or `Exponent` for Poisson and Tweedie.
 *
 * Categories are given as in training: texts or whole numbers, any of them, known or not. Numbers are compared in float32.
 *
 * Cover is the weight of the training rows (`leaf_weights`), NaN where the file has none: then explanations ask for a background.
 *
 * @param file - The file's text, or its bytes in UTF-8.
 * @throws InputError for any other kind of file, by its name, and for a file that is damaged.
 * @example
 * const ensemble = importCatboost(await readFile("model.json", "utf8"));
 * const predictions = ensemble.predict([{ age: 41, city: "Bern" }]);
 */
export function importCatboost(file: Uint8Array | string): TreeEnsemble {
  const model = readCatboostFile(CALL, parseModelJson(READER, file, CATBOOST));
  const columns = readColumns(CALL, model);
  const ctrs = readCtrs(CALL, model, columns);
  const { trees, leafWidth } = draftTrees(model, new SplitReader(CALL, model, columns, ctrs));
  const { derived } = ctrs;
  const nodes = joinTrees({ call: CALL, trees, numFeatures: columns.names.length + derived.columns.length, leafWidth });
  if (model.scale !== 1) for (const leaf of nodes.leafValues.keys()) nodes.leafValues[leaf] *= model.scale;
  const baseScores = readBias(model.bias, leafWidth);
  checkSums(CALL, nodes, baseScores, Number.MAX_VALUE);
  findCategorical(CALL, nodes, [...columns.names, ...nameDerived(derived, columns.names)]);
  const hasCategories = columns.isCategorical.includes(true);
  return new TreeEnsemble({
    format: "catboost",
    features: describeFeatures(columns, model.categoryNames, derived),
    nodes,
    baseScores,
    categoryRule: "given",
    derivedColumns: hasCategories ? derived : null,
    ...readObjective(model.modelInfo, leafWidth),
  });
}

function draftTrees({ symmetricTrees, otherTrees }: CatboostFile, reader: SplitReader): { trees: DraftTree[]; leafWidth: number } {
  const list = symmetricTrees ?? otherTrees ?? [];
  if (list.length === 0) {
    const mend = "Train at least one round: without trees every prediction is the bias.";
    throw new InputError({ call: CALL, argument: "model", expected: "a model with at least one tree", received: "none", mend });
  }
  const leafWidth = symmetricTrees ? symmetricLeafWidth(CALL, list[0]) : branchingLeafWidth(CALL, list[0]);
  const draft = symmetricTrees ? draftSymmetricTree : draftBranchingTree;
  return { trees: list.map((json, t) => draft(CALL, reader, json, t, leafWidth)), leafWidth };
}

/** One number an output: the file has as many, or one for all, or none. */
function readBias(bias: readonly number[], numOutputs: number): Float64Array {
  if (bias.length <= 1) return new Float64Array(numOutputs).fill(bias[0] ?? 0);
  if (bias.length === numOutputs) return Float64Array.from(bias);
  throw damagedFile(CALL, "scale_and_bias", `a bias for ${numOutputs} outputs`, String(bias.length));
}
