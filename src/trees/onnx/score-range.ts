import { damagedFile } from "../damaged-file.ts";
import { countTrees, type TreeNodes } from "../nodes.ts";
import type { Scores } from "./scores.ts";

/** Sums of float32 that should be 1 may be more by rounding. */
const SLACK = 1e-4;

/** The smallest and largest sum of each output, as far as the leaves alone tell. */
function reach(nodes: TreeNodes, baseScores: Float64Array): { readonly least: Float64Array; readonly most: Float64Array } {
  const least = baseScores.slice();
  const most = baseScores.slice();
  const { treeStart, treeOutput, leafStart, leafValues, leafWidth } = nodes;
  for (let t = 0; t < countTrees(nodes); t++) {
    for (let k = 0; k < leafWidth; k++) {
      let [low, high] = [Infinity, -Infinity];
      for (let i = treeStart[t]; i < treeStart[t + 1]; i++) {
        if (leafStart[i] < 0) continue;
        const value = leafValues[leafStart[i] + k];
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      least[treeOutput[t] + k] += low;
      most[treeOutput[t] + k] += high;
    }
  }
  return { least, most };
}

/** @throws InputError where a sum can leave the interval from 0 to 1, of which alone there is a probit */
export function checkProbit(call: string, nodes: TreeNodes, baseScores: Float64Array): void {
  const { least, most } = reach(nodes, baseScores);
  for (const [k, low] of least.entries()) {
    if (low >= 0 && most[k] <= 1) continue;
    throw damagedFile(call, "scores with post_transform PROBIT", "between 0 and 1", `sums that reach from ${low} to ${most[k]}`);
  }
}

/** What the raw scale is in words; null for what the link says. */
export function describeUnits({ link, objective }: Scores, nodes: TreeNodes, baseScores: Float64Array): string | null {
  if (link !== "identity" || !objective.startsWith("TreeEnsembleClassifier")) return null;
  const { least, most } = reach(nodes, baseScores);
  return least.every((low, k) => low >= -SLACK && most[k] <= 1 + SLACK) ? "probability" : null;
}
