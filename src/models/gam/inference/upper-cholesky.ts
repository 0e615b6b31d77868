/** What is left of a diagonal entry after projection on the columns before, as a share, where a column depends on them: rounding. */
const DEPENDENT = 1e-14;

/** R of A = R'R, upper triangular, size × size, row-major, in the order of the columns; null where A is not positive definite. */
export function upperCholesky(matrix: Float64Array, size: number): Float64Array | null {
  const upper = upperCholeskyOfRest(matrix, size);
  for (let i = 0; i < size; i++) if (upper[i * size + i] === Infinity) return null;
  return upper;
}

/** The same where columns may depend on earlier ones: these have an infinite diagonal entry, so that they are 0 in the inverse. */
export function upperCholeskyOfRest(matrix: Float64Array, size: number): Float64Array {
  const upper = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    let rest = matrix[i * size + i];
    for (let k = 0; k < i; k++) rest -= upper[k * size + i] ** 2;
    const root = rest > DEPENDENT * matrix[i * size + i] ? Math.sqrt(rest) : Infinity;
    upper[i * size + i] = root;
    for (let j = i + 1; j < size; j++) {
      let cell = matrix[i * size + j];
      for (let k = 0; k < i; k++) cell -= upper[k * size + i] * upper[k * size + j];
      upper[i * size + j] = cell / root;
    }
  }
  return upper;
}

/** R⁻¹, upper triangular. */
export function invertUpper(upper: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    inverse[j * size + j] = 1 / upper[j * size + j];
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += upper[i * size + k] * inverse[k * size + j];
      inverse[i * size + j] = -sum / upper[i * size + i];
    }
  }
  return inverse;
}
