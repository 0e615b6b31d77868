import { checkSums } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import { readNumbers } from "../json-numbers.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { numericFeatures } from "./features.ts";
import type { BoostingFile } from "./file.ts";
import { readLoss } from "./objective.ts";
import { nameBoostedOutputs } from "./outputs.ts";
import { draftSklearnTree } from "./tree.ts";

/** Gradient boosting: what it starts from, and the trees' leaves times the learning rate. @throws InputError where the file is damaged */
export function buildBoosting(call: string, file: BoostingFile): TreeEnsemble {
  const { estimator, trees, nFeatures, numClass, learning_rate: rate } = file;
  if (trees.length % numClass !== 0) {
    throw damagedFile(call, "the number of trees", `a multiple of ${numClass}, the number of classes`, String(trees.length));
  }
  const drafts = trees.map((json, t) =>
    draftSklearnTree({ call, where: `tree ${t}`, numFeatures: nFeatures, output: t % numClass, leafWidth: 1, leaves: "value" }, json),
  );
  const nodes = joinTrees({ call, trees: drafts, numFeatures: nFeatures, leafWidth: 1 });
  for (const leaf of nodes.leafValues.keys()) nodes.leafValues[leaf] *= rate;
  const baseScores = readNumbers({ call, name: "init" }, file.init, numClass);
  checkSums(call, nodes, baseScores, Number.MAX_VALUE);
  return new TreeEnsemble({
    format: "sklearn",
    objective: `${estimator} ${file.loss ?? ""}`.trim(),
    features: numericFeatures(call, file),
    outputNames: nameBoostedOutputs(call, file.classes, numClass),
    nodes,
    baseScores,
    ...readLoss(estimator, file.loss, numClass),
    categoryRule: "given",
  });
}
