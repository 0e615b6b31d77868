import type { EncodedRows } from "../../../trees/index.ts";
import type { TreeGame } from "../tree-game.ts";

/**
 * What linear terms give each player, added to values of rows. A term is a function of one column, so that it joins with no other: its
 * value is weight times what the row has, less the same of what stands for absence; every index that gives a lone feature its due agrees.
 * Without a background nothing does, as in XGBoost's own contributions.
 */
export interface LinearValues {
  /** @param values - rows × players × outputs; changed in place and returned */
  add(rows: EncodedRows, values: Float64Array): Float64Array;
}

/** The linear terms of a game; null where there are none. */
export function prepareLinear({ ensemble, players, background }: TreeGame): LinearValues | null {
  if (!ensemble.linearTerms) return null;
  const { numOutputs } = ensemble;
  const { weights } = ensemble.linearTerms;
  const means = background ? meanTerms(weights, numOutputs, background.rows, background.weights) : new Float64Array(weights.length);
  const numPlayers = players.features.length;
  return {
    add({ values: cells, numRows, numColumns }, values) {
      for (let row = 0; row < numRows; row++) {
        for (let j = 0; j < numColumns; j++) {
          const x = cells[row * numColumns + j];
          const start = (row * numPlayers + players.playerOf[j]) * numOutputs;
          for (let k = 0; k < numOutputs; k++) {
            const term = Number.isNaN(x) ? 0 : weights[j * numOutputs + k] * x;
            values[start + k] += term - means[j * numOutputs + k];
          }
        }
      }
      return values;
    },
  };
}

/** Weighted mean of each term over rows: columns × outputs. */
function meanTerms(
  terms: Float64Array,
  numOutputs: number,
  { values, numRows, numColumns }: EncodedRows,
  weights: Float64Array,
): Float64Array {
  const sums = new Float64Array(terms.length);
  let total = 0;
  for (let row = 0; row < numRows; row++) {
    total += weights[row];
    for (let j = 0; j < numColumns; j++) {
      const x = values[row * numColumns + j];
      if (Number.isNaN(x)) continue;
      for (let k = 0; k < numOutputs; k++) sums[j * numOutputs + k] += weights[row] * x * terms[j * numOutputs + k];
    }
  }
  return sums.map((sum) => sum / total);
}
