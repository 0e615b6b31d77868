import { createRandom } from "../../numeric/index.ts";
import { scaleOf, squaredDistance } from "./nearest-neighbours.ts";
import type { ComparedColumn } from "./synthetic-rows.ts";

/** Synthetic rows that are looked at. */
const LOOKED_AT = 256;
/** Background rows that they are compared with. */
const COMPARED_WITH = 512;
/** Fewest background rows that tell how far apart data lie. */
const FEWEST_ROWS = 20;
/** Background rows nearest to another: beyond this share of their distances a row counts as far. */
const FAR = 0.95;

/**
 * How far synthetic rows lie from the data: the share that is farther from its nearest background row (its own source aside) than 95 % of
 * background rows are from theirs. 0.05 is what rows of the data themselves would have. Of marginal absent features, whose rows mix two.
 * @returns null where the background has too few rows to compare with
 */
export function measureDistance(columns: readonly ComparedColumn[], playerOf: Int32Array, numPlayers: number, seed: number): number | null {
  const numRows = Math.min(columns[0].cells.length, COMPARED_WITH);
  if (numRows < FEWEST_ROWS) return null;
  const random = createRandom(seed);
  const scales = columns.map(scaleOf);
  const nearest = (cells: (column: number) => number, source: number): number => {
    let least = Infinity;
    for (let other = 0; other < numRows; other++) {
      if (other === source) continue;
      let sum = 0;
      for (let j = 0; j < columns.length && sum < least; j++)
        sum += squaredDistance(columns[j], scales[j], cells(j), columns[j].cells[other]);
      least = Math.min(least, sum);
    }
    return least;
  };
  const among = Float64Array.from({ length: numRows }, (_, row) => nearest((j) => columns[j].cells[row], row)).sort();
  const limit = among[Math.min(numRows - 1, Math.floor(FAR * numRows))];
  let far = 0;
  for (let i = 0; i < LOOKED_AT; i++) {
    const row = random.integer(columns[0].own.length);
    const source = random.integer(numRows);
    // Sizes are drawn as the estimates draw them: each as often as any other.
    const threshold = random.next();
    const present = Uint8Array.from({ length: numPlayers }, () => (random.next() < threshold ? 1 : 0));
    if (nearest((j) => (present[playerOf[j]] ? columns[j].own[row] : columns[j].cells[source]), source) > limit) far++;
  }
  return far / LOOKED_AT;
}
