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
