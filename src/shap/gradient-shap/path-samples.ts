import { createRandom } from "../../numeric/index.ts";

/** Points on the straight lines from background rows to an explained row. Points 2h and 2h + 1 are drawn alike, apart from each other. */
export interface PathSamples {
  /** The background row that each line starts from. */
  readonly rows: Int32Array;
  /** How far along its line each point lies, from 0 (background) to 1 (explained row). */
  readonly fractions: Float64Array;
  readonly numPairs: number;
}

/**
 * Draws points, two from each of `numPairs` strata of equal probability. A single uniform number says both the row and the place on its line:
 * the rows' weights, one after another in the given order, make up the unit interval, and where in its own piece the number falls is the fraction.
 * With equal weights and a multiple of the rows as `numPairs`, every row has as many points as any other, spread evenly along its line;
 * with fewer pairs, neighbours in the order share a stratum.
 * @param weights - of the rows, of sum 1
 * @param order - the rows, those alike beside each other
 */
export function drawPathSamples(weights: Float64Array, order: readonly number[], numPairs: number, seed: number): PathSamples {
  const random = createRandom(seed);
  const rows = new Int32Array(2 * numPairs);
  const fractions = new Float64Array(2 * numPairs);
  let pair = 0;
  for (let place = 0; place < 2 * numPairs; place++) {
    pair = place >> 1;
    const uniform = (pair + random.next()) / numPairs;
    const { row, fraction } = locate(uniform, weights, order);
    rows[place] = row;
    fractions[place] = fraction;
  }
  return { rows, fractions, numPairs };
}

function locate(uniform: number, weights: Float64Array, order: readonly number[]): { row: number; fraction: number } {
  let before = 0;
  for (const row of order) {
    const after = before + weights[row];
    if (uniform < after) return { row, fraction: Math.max(0, (uniform - before) / weights[row]) };
    before = after;
  }
  // The weights' sum is 1 but for rounding.
  return { row: order[order.length - 1], fraction: 1 };
}
