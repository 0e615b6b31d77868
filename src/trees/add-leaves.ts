import type { EncodedRows } from "./encoded-rows.ts";
import { addLinearLeaves } from "./linear-leaves.ts";
import { LeafSums } from "./leaf-sums.ts";
import { goesLeft, type TreeNodes, ZERO_IS_MISSING } from "./nodes.ts";

/**
 * Adds the leaf that each row reaches in each tree to `sums`, tree after tree, in the precision of `sums`.
 *
 * @param leafValues - `nodes.leafValues`, or the same in another precision.
 * @param sums - rows × outputs, row-major; changed in place and returned.
 */
export function addLeaves<T extends Float32Array | Float64Array>(nodes: TreeNodes, leafValues: T, rows: EncodedRows, sums: T): T {
  if (nodes.linearLeaves) return addLinearLeaves(nodes, nodes.linearLeaves, rows, sums, findLeaf);
  const known = prepared.get(nodes);
  const leafSums = known?.leafValues === leafValues ? known : new LeafSums(nodes, leafValues);
  prepared.set(nodes, leafSums);
  leafSums.add(rows, sums);
  return sums;
}

/** The trees in WebAssembly, made once. */
const prepared = new WeakMap<TreeNodes, LeafSums>();

/** The leaf that a row reaches from node `root`; the row's cells begin at `values[start]`. */
export function findLeaf(nodes: TreeNodes, root: number, values: Float64Array, start: number): number {
  const { feature, threshold, left, right, flags } = nodes;
  let i = root;
  for (let j = feature[i]; j >= 0; j = feature[i]) {
    const x = values[start + j];
    // Two plain numbers, nearly every test there is, are compared here; NaN on either side falls through to the full rule.
    if (x <= threshold[i] && flags[i] < ZERO_IS_MISSING) i = left[i];
    else if (x > threshold[i] && flags[i] < ZERO_IS_MISSING) i = right[i];
    else i = goesLeft(nodes, i, x) ? left[i] : right[i];
  }
  return i;
}
