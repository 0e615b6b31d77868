import { makeSymmetric } from "./reflector.ts";

/** A B of small dense matrices, row-major. @param a - rows × inner @param b - inner × columns */
export function multiplyDense(a: ArrayLike<number>, rows: number, inner: number, b: ArrayLike<number>, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k];
      if (factor === 0) continue;
      for (let j = 0; j < columns; j++) out[i * columns + j] += factor * b[k * columns + j];
    }
  }
  return out;
}

/** The transpose. @param a - rows × columns, row-major */
export function transposeDense(a: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}

/** The entries where some rows meet some columns. @param width - columns of the matrix @returns rows.length × columns.length */
export function pickEntries(
  matrix: ArrayLike<number>,
  width: number,
  rows: ArrayLike<number>,
  columns: ArrayLike<number> = rows,
): Float64Array {
  const out = new Float64Array(rows.length * columns.length);
  for (let i = 0, to = 0; i < rows.length; i++) {
    for (let j = 0, from = rows[i] * width; j < columns.length; j++) out[to++] = matrix[from + columns[j]];
  }
  return out;
}

/** T'ST. @param s - symmetric, size × size @param t - size × columns */
export function transformSymmetric(s: Float64Array, size: number, t: ArrayLike<number>, columns: number): Float64Array {
  const half = multiplyDense(s, size, size, t, columns);
  return makeSymmetric(multiplyDense(transposeDense(t, size, columns), columns, size, half, columns), columns);
}

/** The Kronecker product of square matrices: of indices (i, j) the last changes fastest. */
export function kronecker(a: ArrayLike<number>, sizeA: number, b: ArrayLike<number>, sizeB: number): Float64Array {
  const size = sizeA * sizeB;
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const factor = a[Math.floor(i / sizeB) * sizeA + Math.floor(j / sizeB)];
      if (factor !== 0) out[i * size + j] = factor * b[(i % sizeB) * sizeB + (j % sizeB)];
    }
  }
  return out;
}

/**
 * The inverse of a small matrix by elimination with row pivoting, and 1/(‖A‖₁‖A⁻¹‖₁); null where a pivot is 0.
 *
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 3.4
 */
export function invertDense(a: ArrayLike<number>, size: number): { inverse: Float64Array; reciprocalCondition: number } | null {
  const left = Float64Array.from(a);
  const inverse = new Float64Array(size * size);
  for (let k = 0; k < size; k++) inverse[k * size + k] = 1;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(left[i * size + k]) > Math.abs(left[pivot * size + k])) pivot = i;
    if (left[pivot * size + k] === 0) return null;
    for (const rows of [left, inverse]) swapRows(rows, size, k, pivot);
    const factor = 1 / left[k * size + k];
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const share = left[i * size + k] * factor;
      if (share === 0) continue;
      for (const rows of [left, inverse]) for (let j = 0; j < size; j++) rows[i * size + j] -= share * rows[k * size + j];
    }
    for (const rows of [left, inverse]) for (let j = 0; j < size; j++) rows[k * size + j] *= factor;
  }
  return { inverse, reciprocalCondition: 1 / (largestColumnSum(a, size) * largestColumnSum(inverse, size)) };
}

function swapRows(rows: Float64Array, size: number, one: number, other: number): void {
  if (one === other) return;
  for (let j = 0; j < size; j++) {
    const kept = rows[one * size + j];
    rows[one * size + j] = rows[other * size + j];
    rows[other * size + j] = kept;
  }
}

/** ‖A‖₁ of a square matrix: the largest sum of sizes in a column. */
export function largestColumnSum(a: ArrayLike<number>, size: number): number {
  let largest = 0;
  for (let j = 0; j < size; j++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += Math.abs(a[i * size + j]);
    if (sum > largest) largest = sum;
  }
  return largest;
}
