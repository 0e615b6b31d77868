import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { checkSums, findCategorical, LARGEST_FLOAT32 } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import { checkFeatureNames, defaultNames } from "../model-names.ts";
import type { Reader } from "../model-text.ts";
import type { ModelFeature } from "../encoded-rows.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { readCategoryLevels, type CategoryLevels } from "./categories.ts";
import { parseXgboost } from "./json.ts";
import { addBiases, readLinearBooster } from "./linear.ts";
import { readObjective } from "./objective.ts";
import { readXgboostFile, type XgboostFile } from "./file.ts";
import { draftXgboostTrees, weighLeaves, type XgboostIterations } from "./trees.ts";

const CALL = "importXgboost";
const READER: Reader = {
  call: CALL,
  expected: "an XGBoost model in JSON or UBJSON",
  mend: 'Save it with booster.save_model("model.json") and pass the whole text or bytes of that file.',
};

export interface ImportXgboostOptions {
  /**
   * Which boosting rounds make the model: `all`, as `Booster.predict` has it; `best`, those up to `best_iteration`, as
   * `XGBModel.predict` has it after early stopping (all of them where the file names no best one); or the first round, counted from
   * 0, and the one after the last, as XGBoost's `iteration_range` (not for `gblinear`).
   * @defaultValue `"all"`
   */
  readonly iterations?: XgboostIterations;
}

/**
 * Reads a model that XGBoost 1.6 to 3.x saved with `save_model`, in JSON or UBJSON: gbtree, dart and gblinear boosters,
 * categorical splits, vector leaves. Raw predictions are XGBoost's own to the bit, because sums run in float32 in the order of the
 * trees; those of several expectiles to one rounding. What the library calls `base_margin` and `missing` is not in the file. `multi:softmax` gives the probabilities of all
 * classes, not the likeliest class; the values of several quantiles are put in order where XGBoost 3.4 or newer wrote the file.
 *
 * Cover is `sum_hessian`; what rounding left below zero counts as zero.
 *
 * @param file - The file's bytes, or the text of a file in JSON.
 * @throws InputError for any other kind of file, by its name, and for a file that is damaged.
 * @example
 * const ensemble = importXgboost(await readFile("model.ubj"));
 * const predictions = ensemble.predict([{ age: 41, income: 52_000 }]);
 */
export function importXgboost(file: Uint8Array | string, options: ImportXgboostOptions = {}): TreeEnsemble {
  refuseUnknownOptions(CALL, options, ["iterations"]);
  const { iterations = "all" } = options;
  if (!isIterations(iterations)) throw unknownIterations(iterations);
  const model = readXgboostFile(CALL, parseXgboost(READER, file));
  const names = nameFeatures(model);
  const linear = readLinearBooster(CALL, model);
  if (linear && typeof iterations !== "string") throw unknownIterations(iterations, "of a linear model");
  const { trees, leafWidth, weights } = draftXgboostTrees(CALL, model, iterations);
  const nodes = joinTrees({ call: CALL, trees, numFeatures: names.length, leafWidth });
  const leafValues = weighLeaves(nodes, weights);
  const { link, outputNames, baseScores, warnings } = readObjective(CALL, model);
  const starts = linear ? addBiases(baseScores, linear.biases) : baseScores;
  checkSums(CALL, nodes, starts.double, LARGEST_FLOAT32);
  const known = readCategoryLevels(CALL, model, names);
  return new TreeEnsemble({
    format: "xgboost",
    objective: model.objective,
    features: describeFeatures(model, names, findCategorical(CALL, nodes, names), known.levels),
    outputNames,
    nodes,
    baseScores: starts.double,
    link,
    singlePrecision: { baseScores: starts.single, leafValues },
    linearTerms: linear && linear.terms,
    categoryRule: "float32",
    warnings: [...warnings, ...known.warnings],
  });
}

function nameFeatures({ featureNames, numFeature }: XgboostFile): readonly string[] {
  const names = featureNames.length > 0 ? featureNames : defaultNames(CALL, numFeature);
  checkFeatureNames(CALL, names, numFeature);
  return names;
}

function describeFeatures(
  { featureTypes: types }: XgboostFile,
  names: readonly string[],
  tested: readonly boolean[],
  levels: CategoryLevels["levels"],
): ModelFeature[] {
  if (types.length > 0 && types.length !== names.length) {
    throw damagedFile(CALL, "feature_types", `${names.length} types`, String(types.length));
  }
  return names.map((name, j) => {
    const categorical = tested[j] || types[j] === "c" || levels[j] !== null;
    return { name, kind: categorical ? "categorical" : "numeric", levels: levels[j] };
  });
}

function isIterations(iterations: unknown): iterations is XgboostIterations {
  if (iterations === "all" || iterations === "best") return true;
  return Array.isArray(iterations) && iterations.length === 2 && iterations.every((round) => Number.isInteger(round) && round >= 0);
}

function unknownIterations(iterations: unknown, of = ""): InputError {
  return new InputError({
    call: CALL,
    argument: "iterations",
    expected: of === "" ? '"all", "best" or [first, end]' : '"all" or "best"',
    received: `${Array.isArray(iterations) ? JSON.stringify(iterations) : describeReceived(iterations)}${of === "" ? "" : ` ${of}`}`,
    mend: 'Leave it out for all rounds, or say "best" for those that XGBModel.predict uses.',
  });
}
