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

/** B'SB of a symmetric S. @param basis size × width */
export function encloseDense(matrix: Float64Array, basis: Float64Array, size: number, width: number): Float64Array {
  const half = multiplyDense(matrix, basis, size, width);
  const out = new Float64Array(width * width);
  for (let k = 0; k < size; k++) {
    for (let i = 0; i < width; i++) {
      const value = basis[k * width + i];
      for (let j = 0; j < width; j++) out[i * width + j] += value * half[k * width + j];
    }
  }
  return out;
}

/** A B. @param a any rows × inner @param b inner × width */
export function multiplyDense(a: Float64Array, b: Float64Array, rows: number, width: number): Float64Array {
  const inner = a.length / rows;
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const value = a[i * inner + k];
      for (let j = 0; j < width; j++) out[i * width + j] += value * b[k * width + j];
    }
  }
  return out;
}

/** Writes exact zeros where rounding is all there is: outside the first `rank` rows and columns. */
export function clearBeyond(matrix: Float64Array, width: number, rank: number): Float64Array {
  return matrix.map((value, cell) => (cell % width < rank && cell < rank * width ? value : 0));
}
