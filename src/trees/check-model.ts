import { damagedFile } from "./damaged-file.ts";
import { CATEGORICAL, countTrees, type TreeNodes } from "./nodes.ts";

/** The largest finite float32. */
export const LARGEST_FLOAT32: number = 2 ** 128 - 2 ** 104;

/**
 * Which columns the trees test as categories; length numFeatures.
 *
 * @throws InputError where a column is tested as a number and as a category.
 */
export function findCategorical(call: string, nodes: TreeNodes, names: readonly string[]): boolean[] {
  const asCategory = names.map(() => false);
  const asNumber = names.map(() => false);
  for (const [i, feature] of nodes.feature.entries()) {
    if (feature < 0) continue;
    if ((nodes.flags[i] & CATEGORICAL) !== 0) asCategory[feature] = true;
    else asNumber[feature] = true;
  }
  nodes.linearLeaves?.termFeature.forEach((feature) => (asNumber[feature] = true));
  const mixed = names.find((_, j) => asCategory[j] && asNumber[j]);
  if (mixed === undefined) return asCategory;
  throw damagedFile(call, `feature ${JSON.stringify(mixed)}`, "numeric or categorical throughout", "tests of both kinds");
}

/**
 * Makes sure that no row can sum to infinity, whichever leaves it reaches.
 *
 * @param largest - The largest number of the arithmetic that the sums are made in.
 * @throws InputError where the largest leaves of all trees together exceed half of it: the rest is for rounding on the way.
 */
export function checkSums(call: string, nodes: TreeNodes, baseScores: Float64Array, largest: number): void {
  const reach = baseScores.map(Math.abs);
  for (let t = 0; t < countTrees(nodes); t++) {
    for (let k = 0; k < nodes.leafWidth; k++) {
      let most = 0;
      for (let i = nodes.treeStart[t]; i < nodes.treeStart[t + 1]; i++) {
        if (nodes.leafStart[i] >= 0) most = Math.max(most, largestConstant(nodes, nodes.leafStart[i] + k));
      }
      reach[nodes.treeOutput[t] + k] += most;
    }
  }
  const bad = reach.find((sum) => !(sum <= largest / 2));
  if (bad !== undefined) throw damagedFile(call, "the sum of the largest leaf values", `at most ${largest / 2}`, String(bad));
}

/** The larger of what a leaf gives, and what it gives before its terms. */
function largestConstant({ leafValues, linearLeaves }: TreeNodes, leaf: number): number {
  return Math.max(Math.abs(leafValues[leaf]), linearLeaves ? Math.abs(linearLeaves.constants[leaf]) : 0);
}
