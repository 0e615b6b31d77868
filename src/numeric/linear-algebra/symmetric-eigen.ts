import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Q diag(values) Q' of a symmetric matrix. */
export interface SymmetricEigen {
  /** Descending. */
  readonly values: Float64Array;
  /** Q, size × size, row-major: column j is the unit vector of values[j]; its sign is free. */
  readonly vectors: Float64Array;
}

/**
 * All eigenvalues and vectors of a symmetric matrix, for sizes up to some hundreds: the work is of order size³.
 *
 * @param matrix - size × size; only its lower half counts
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 8.3 (tridiagonal reduction and implicit shifts)
 */
export function symmetricEigen(matrix: Float64Array, size: number): SymmetricEigen {
  const whole = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      whole.set(i, j, matrix[i * size + j]);
      whole.set(j, i, matrix[i * size + j]);
    }
  }
  const found = new EigenvalueDecomposition(whole, { assumeSymmetric: true });
  const ascending = found.realEigenvalues;
  const from = found.eigenvectorMatrix;
  const values = new Float64Array(size);
  const vectors = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const column = size - 1 - j;
    values[j] = ascending[column];
    for (let i = 0; i < size; i++) vectors[i * size + j] = from.get(i, column);
  }
  return { values, vectors };
}
