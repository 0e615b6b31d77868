import { CellFinder, chooseEdges, type NumberRange, StridedSample } from "./cells.ts";
import { findDistinctPoints, type DistinctPoints } from "./distinct-points.ts";

/** Combinations of cells that are looked up in a table; more are hashed. */
const MOST_COMBINATIONS = 2 ** 24;

/**
 * The points of rows after each column's numbers were gathered into cells and moved to the mean of their cell. A column of at most so many
 * different numbers stays as it is. Half of the cells are of equal width and half hold equally many rows, so that neither a stray number
 * nor a crowd shares one cell.
 *
 * @param columns - one array a coordinate, at least one, all finite
 * @param cells - at most so many numbers are left of each column; at least 2, or Infinity
 * @see Wood, Li, Shaddick and Augustin (2017), doi:10.1080/01621459.2016.1195744; Li and Wood (2020), doi:10.1007/s11222-019-09864-2
 */
export function findRoundedPoints(columns: readonly Float64Array[], cells: readonly number[]): DistinctPoints {
  const rounded = columns.map((values, k) => roundColumn(values, cells[k]));
  return rounded.length === 1 ? rounded[0] : combine(rounded);
}

function roundColumn(values: Float64Array, cells: number): DistinctPoints {
  if (!exceeds(values, cells)) return findDistinctPoints([values]);
  const range = rangeOf(values);
  const sample = new StridedSample();
  sample.add(values);
  const finder = new CellFinder(chooseEdges(range, sample.sorted(), cells), range);
  return { ...gather(values, finder.find(values), finder.numCells), isRounded: true };
}

/** Whether there are more different numbers than `most`. */
function exceeds(values: Float64Array, most: number): boolean {
  const seen = new Set<number>();
  for (let row = 0; row < values.length; row++) {
    seen.add(values[row]);
    if (seen.size > most) return true;
  }
  return false;
}

function rangeOf(values: Float64Array): NumberRange {
  let low = Infinity;
  let high = -Infinity;
  for (let row = 0; row < values.length; row++) {
    if (values[row] < low) low = values[row];
    if (values[row] > high) high = values[row];
  }
  return [low, high];
}

/** Leaves out cells without rows; `codes` is written over. */
function gather(values: Float64Array | null, codes: Int32Array, numCells: number): DistinctPoints {
  const counts = new Float64Array(numCells);
  const sums = new Float64Array(numCells);
  const firstRows = new Int32Array(numCells);
  for (let row = codes.length - 1; row >= 0; row--) {
    const code = codes[row];
    counts[code]++;
    if (values !== null) sums[code] += values[row];
    firstRows[code] = row;
  }
  const kept = [...counts.keys()].filter((code) => counts[code] > 0);
  const placeOf = new Int32Array(numCells);
  for (const [place, code] of kept.entries()) placeOf[code] = place;
  for (let row = 0; row < codes.length; row++) codes[row] = placeOf[codes[row]];
  return {
    coordinates: [Float64Array.from(kept, (code) => sums[code] / counts[code])],
    counts: Float64Array.from(kept, (code) => counts[code]),
    codes,
    firstRows: Int32Array.from(kept, (code) => firstRows[code]),
  };
}

/** The combinations of cells that rows have, in lexicographic order. */
function combine(columns: readonly DistinctPoints[]): DistinctPoints {
  const numCombinations = columns.reduce((product, { counts }) => product * counts.length, 1);
  if (numCombinations > MOST_COMBINATIONS) {
    return findDistinctPoints(columns.map(({ codes, coordinates: [values] }) => Float64Array.from(codes, (code) => values[code])));
  }
  const keys = columns[0].codes.slice();
  for (const { codes, counts } of columns.slice(1)) {
    for (let row = 0; row < keys.length; row++) keys[row] = keys[row] * counts.length + codes[row];
  }
  const { counts, codes, firstRows } = gather(null, keys, numCombinations);
  const coordinates = columns.map(({ codes: own, coordinates: [values] }) => Float64Array.from(firstRows, (row) => values[own[row]]));
  return { coordinates, counts, codes, firstRows };
}
