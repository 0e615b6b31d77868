import { checkSums } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import { outputLink } from "../output-link.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { numericFeatures } from "./features.ts";
import { readSklearnTree, type SklearnHead } from "./file.ts";
import { nameForestOutputs } from "./outputs.ts";
import { draftSklearnTree } from "./tree.ts";

/** A single tree, or a forest, which predicts the mean of its trees. @throws InputError where the file is damaged */
export function buildForest(call: string, file: SklearnHead): TreeEnsemble {
  const { estimator, trees, nFeatures } = file;
  const leafWidth = readWidth(call, trees[0]);
  const drafts = trees.map((json, t) =>
    draftSklearnTree({ call, where: `tree ${t}`, numFeatures: nFeatures, output: 0, leafWidth, leaves: "value" }, json),
  );
  const nodes = joinTrees({ call, trees: drafts, numFeatures: nFeatures, leafWidth });
  for (const leaf of nodes.leafValues.keys()) nodes.leafValues[leaf] /= trees.length;
  const baseScores = new Float64Array(leafWidth);
  checkSums(call, nodes, baseScores, Number.MAX_VALUE);
  return new TreeEnsemble({
    format: "sklearn",
    objective: estimator,
    features: numericFeatures(call, file),
    outputNames: nameForestOutputs(call, estimator, file.classes, leafWidth),
    nodes,
    baseScores,
    link: outputLink("identity", estimator.endsWith("Classifier") ? { units: "probability" } : {}),
    categoryRule: "given",
    warnings: [],
  });
}

/** How many values the leaves hold, told by the first node of the first tree. */
function readWidth(call: string, tree: unknown): number {
  const { value } = readSklearnTree(call, tree, "tree 0");
  const [first] = value;
  if (Array.isArray(first) && first.length > 0) return first.length;
  throw damagedFile(call, "value[0]", "an array of at least one number", "something else", "tree 0");
}
