import { describeReceived, InputError } from "../errors.ts";
import { findLeaf } from "./add-leaves.ts";
import type { EncodedRows } from "./encoded-rows.ts";
import { countTrees, type TreeNodes } from "./nodes.ts";

/** The weight of the rows that reach each node; length nodes. */
export function countCovers(nodes: TreeNodes, { values, numRows, numColumns }: EncodedRows, weights: Float64Array): Float64Array {
  const { treeStart, left, right } = nodes;
  const cover = new Float64Array(nodes.feature.length);
  for (let t = 0; t < countTrees(nodes); t++) {
    for (let row = 0; row < numRows; row++) cover[findLeaf(nodes, treeStart[t], values, row * numColumns)] += weights[row];
    // Children come after their parents.
    for (let i = treeStart[t + 1] - 1; i >= treeStart[t]; i--) if (left[i] >= 0) cover[i] = cover[left[i]] + cover[right[i]];
  }
  return cover;
}

/** One weight a row, 1 where none are given. @throws InputError where there are too few or too many, or one is no finite number from 0, or all are 0 */
export function readRowWeights(call: string, numRows: number, weights: ArrayLike<number> | undefined): Float64Array {
  if (weights === undefined) return new Float64Array(numRows).fill(1);
  const refuse = (received: string, where?: string): InputError =>
    new InputError({
      call,
      argument: "weights",
      expected: `${numRows} finite numbers from 0, with a finite sum above 0`,
      received,
      ...(where === undefined ? {} : { where }),
      mend: "Give one weight for each row of data, or leave the option out.",
    });
  if (typeof weights !== "object" || weights === null || weights.length !== numRows) throw refuse(describeReceived(weights));
  let total = 0;
  for (let row = 0; row < numRows; row++) {
    const weight: unknown = weights[row];
    if (typeof weight !== "number" || !(weight >= 0 && weight < Infinity)) throw refuse(describeReceived(weight), `row ${row}`);
    total += weight;
  }
  if (!(total > 0 && total < Infinity)) throw refuse(`a sum of ${total}`);
  return Float64Array.from(weights);
}
