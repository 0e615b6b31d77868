import { checkSums } from "../check-model.ts";
import { type DraftTree, joinTrees } from "../draft-trees.ts";
import { nameOutputs } from "../model-names.ts";
import { outputLink } from "../output-link.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";

/** What both packages' models come down to. */
export interface CartModel {
  readonly call: string;
  readonly format: string;
  readonly objective: string;
  readonly trees: readonly DraftTree[];
  readonly leafWidth: number;
  readonly isClassifier: boolean;
  readonly names: readonly string[];
}

/** A model that predicts the mean of its trees. @throws InputError where its parts do not fit together */
export function buildCartEnsemble(model: CartModel): TreeEnsemble {
  const { call, trees, leafWidth, isClassifier, names } = model;
  const nodes = joinTrees({ call, trees, numFeatures: names.length, leafWidth });
  for (const leaf of nodes.leafValues.keys()) nodes.leafValues[leaf] /= trees.length;
  const baseScores = new Float64Array(leafWidth);
  checkSums(call, nodes, baseScores, Number.MAX_VALUE);
  const units = trees.length === 1 ? "probability" : "share of the votes";
  return new TreeEnsemble({
    format: model.format,
    objective: model.objective,
    features: names.map((name) => ({ name, kind: "numeric", levels: null })),
    outputNames: isClassifier ? Array.from({ length: leafWidth }, (_, k) => `class ${k}`) : nameOutputs(1, "target"),
    nodes,
    baseScores,
    link: outputLink("identity", isClassifier ? { units } : {}),
    categoryRule: "given",
    warnings: [],
  });
}
