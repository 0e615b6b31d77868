// Small dense matrices, row-major.

/** The root of the sum of squares of all entries. */
export function frobenius(matrix: Float64Array): number {
  return Math.sqrt(matrix.reduce((sum, value) => sum + value * value, 0));
}

/** Σ S / |S|. */
export function sumOfUnits(matrices: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(matrices[0].length);
  for (const matrix of matrices) {
    const length = frobenius(matrix) || 1;
    for (let cell = 0; cell < sum.length; cell++) sum[cell] += matrix[cell] / length;
  }
  return sum;
}

/** Writes exact zeros where rounding is all there is: outside the first `rank` rows and columns. */
export function clearBeyond(matrix: Float64Array, width: number, rank: number): Float64Array {
  return matrix.map((value, cell) => (cell % width < rank && cell < rank * width ? value : 0));
}
