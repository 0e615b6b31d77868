import type { PointMatrix } from "./smooth-matrix.ts";

/** What functions sum to over rows. @param counts - how many rows each point has */
export function sumColumns(counts: Float64Array, { width, matrix }: PointMatrix): Float64Array {
  const sums = new Float64Array(width);
  for (let point = 0; point < counts.length; point++) {
    for (let column = 0; column < width; column++) sums[column] += counts[point] * matrix[point * width + column];
  }
  return sums;
}

/** ‖X‖∞: the largest sum of sizes in a row. */
export function largestRow({ width, matrix }: PointMatrix): number {
  let largest = 0;
  for (let at = 0; at < matrix.length; at += width) {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += Math.abs(matrix[at + column]);
    if (sum > largest) largest = sum;
  }
  return largest;
}
