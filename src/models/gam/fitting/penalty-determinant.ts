import { factorCholesky, invertCholesky, logDeterminant } from "../../../numeric/index.ts";

/** log |Σ λS|₊ of one block and its derivatives by the log λ of its matrices. */
export interface PenaltyDeterminant {
  readonly value: number;
  /** One a matrix: λ tr((ΣλS)⁻ S). */
  readonly first: Float64Array;
  /** Square, row-major. */
  readonly second: Float64Array;
}

/** Of matrices given by their diagonals, on the coordinates where any is positive. */
export function diagonalDeterminant(
  diagonals: readonly Float64Array[],
  smoothing: readonly number[],
  penalized: readonly number[],
): PenaltyDeterminant {
  const count = diagonals.length;
  const first = new Float64Array(count);
  const second = new Float64Array(count * count);
  let value = 0;
  for (const j of penalized) {
    const sum = diagonals.reduce((total, diagonal, k) => total + smoothing[k] * diagonal[j], 0);
    value += Math.log(sum);
    for (let k = 0; k < count; k++) {
      const share = (smoothing[k] * diagonals[k][j]) / sum;
      first[k] += share;
      // A single matrix has a share of 1 exactly, and no second derivative.
      for (let l = 0; l < count; l++) second[k * count + l] += share * (Number(k === l) - (smoothing[l] * diagonals[l][j]) / sum);
    }
  }
  return { value, first, second };
}

/**
 * Of matrices that are zero outside their first `rank` rows and columns, where their sum is positive definite; aligned, where their sizes differ
 * by much.
 *
 * @param matrices each width × width, row-major
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x, section 3.1
 */
export function denseDeterminant(
  matrices: readonly Float64Array[],
  smoothing: readonly number[],
  { width, rank }: { readonly width: number; readonly rank: number },
): PenaltyDeterminant {
  const count = matrices.length;
  const sum = new Float64Array(rank * rank);
  matrices.forEach((matrix, k) => {
    for (let i = 0; i < rank; i++) for (let j = 0; j < rank; j++) sum[i * rank + j] += smoothing[k] * matrix[i * width + j];
  });
  const factor = factorCholesky(sum, rank, { tolerance: 0 });
  const inverse = invertCholesky(factor);
  const products = matrices.map((matrix, k) => multiplyScaled(inverse, matrix, smoothing[k], { width, rank }));
  const first = Float64Array.from(products, (product) =>
    product.reduce((trace, value, cell) => trace + (cell % (rank + 1) === 0 ? value : 0), 0),
  );
  const second = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    for (let l = 0; l <= k; l++) second[k * count + l] = second[l * count + k] = -traceOfProduct(products[k], products[l], rank);
    second[k * count + k] += first[k];
  }
  return { value: logDeterminant(factor), first, second };
}

/** factor × A B. @param a rank × rank @param b width × width, of which the first rows and columns count */
function multiplyScaled(
  a: Float64Array,
  b: Float64Array,
  scale: number,
  { width, rank }: { readonly width: number; readonly rank: number },
): Float64Array {
  const out = new Float64Array(rank * rank);
  for (let i = 0; i < rank; i++) {
    for (let k = 0; k < rank; k++) {
      const value = scale * a[i * rank + k];
      for (let j = 0; j < rank; j++) out[i * rank + j] += value * b[k * width + j];
    }
  }
  return out;
}

/** tr(A B). */
function traceOfProduct(a: Float64Array, b: Float64Array, size: number): number {
  let trace = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) trace += a[i * size + j] * b[j * size + i];
  return trace;
}
