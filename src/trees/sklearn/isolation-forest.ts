import { checkSums } from "../check-model.ts";
import { damagedFile } from "../damaged-file.ts";
import { joinTrees } from "../draft-trees.ts";
import type { TreeNodes } from "../nodes.ts";
import { outputLink } from "../output-link.ts";
import { TreeEnsemble } from "../tree-ensemble.ts";
import { numericFeatures } from "./features.ts";
import type { IsolationFile } from "./file.ts";
import { draftSklearnTree } from "./tree.ts";

const EULER = 0.5772156649015329;

/**
 * An isolation forest: raw predictions are mean path lengths, the response is the anomaly score `2^(-mean path length / c(max_samples))`.
 *
 * @throws InputError where the file is damaged
 * @see Liu, Ting & Zhou (2008), doi:10.1109/ICDM.2008.17
 */
export function buildIsolationForest(call: string, file: IsolationFile): TreeEnsemble {
  const { trees, nFeatures, features, max_samples: maxSamples } = file;
  if (features.length !== trees.length) throw damagedFile(call, "features", `${trees.length} lists, one a tree`, String(features.length));
  if (maxSamples < 2) throw damagedFile(call, "max_samples", "at least 2 rows a tree", String(maxSamples));
  const drafts = trees.map((json, t) => {
    const columns: unknown = features[t];
    if (!Array.isArray(columns)) throw damagedFile(call, `features[${t}]`, "an array of columns", "something else");
    return draftSklearnTree(
      { call, where: `tree ${t}`, numFeatures: nFeatures, output: 0, leafWidth: 1, leaves: "n_node_samples", columns },
      json,
    );
  });
  const nodes = joinTrees({ call, trees: drafts, numFeatures: nFeatures, leafWidth: 1 });
  turnIntoPathLengths(nodes, trees.length);
  const baseScores = new Float64Array(1);
  checkSums(call, nodes, baseScores, Number.MAX_VALUE);
  return new TreeEnsemble({
    format: "sklearn",
    objective: file.estimator,
    features: numericFeatures(call, file),
    outputNames: ["anomaly score"],
    nodes,
    baseScores,
    link: outputLink("halving", { divisor: averagePathLength(maxSamples), units: "mean path length" }),
    categoryRule: "given",
    warnings: [],
  });
}

/** Leaves that hold their number of rows get `(depth + c(rows)) / trees`: how far a tree that went on splitting them would lead. */
function turnIntoPathLengths({ left, right, leafStart, leafValues }: TreeNodes, numTrees: number): void {
  const depth = new Float64Array(left.length);
  for (const [i, leaf] of leafStart.entries()) {
    // Parents stand before their children, and roots keep 0.
    if (leaf < 0) depth[left[i]] = depth[right[i]] = depth[i] + 1;
    else leafValues[leaf] = (depth[i] + averagePathLength(leafValues[leaf])) / numTrees;
  }
}

/** c(n): the mean path length of an unsuccessful search in a binary tree of `n` rows. */
function averagePathLength(n: number): number {
  if (n <= 1) return 0;
  return n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n;
}
