/**
 * The vector v of the Householder reflection H = I − 2vv'/v'v that turns c into a multiple of the unit vector of its first entry other than 0:
 * the other columns of H span what is orthogonal to c. Entries of c that are 0 stay 0 in v.
 *
 * @param c - not all 0
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, section 5.1
 */
export function findReflector(c: Float64Array): Float64Array {
  const first = c.findIndex((value) => value !== 0);
  const largest = c.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const v = c.map((value) => value / largest);
  const length = Math.sqrt(v.reduce((sum, value) => sum + value * value, 0));
  v[first] += v[first] < 0 ? -length : length;
  return v;
}

/** X H without the column of v's first entry other than 0. @param x - numRows × v.length, row-major @returns numRows × (v.length − 1) */
export function reflectRows(x: Float64Array, numRows: number, v: ArrayLike<number>): Float64Array {
  const size = v.length;
  let first = 0;
  while (v[first] === 0) first++;
  let squares = 0;
  for (let j = 0; j < size; j++) squares += v[j] * v[j];
  const out = new Float64Array(numRows * (size - 1));
  for (let i = 0, to = 0; i < numRows; i++) {
    let sum = 0;
    for (let j = 0; j < size; j++) sum += x[i * size + j] * v[j];
    const share = (2 * sum) / squares;
    for (let j = 0; j < size; j++) if (j !== first) out[to++] = x[i * size + j] - share * v[j];
  }
  return out;
}

/** H S H without the row and the column of v's first entry other than 0. @param s - symmetric, v.length × v.length */
export function reflectSymmetric(s: Float64Array, v: ArrayLike<number>): Float64Array {
  const size = v.length;
  const half = reflectRows(s, size, v);
  const turned = new Float64Array(half.length);
  for (let i = 0; i < size; i++) for (let j = 0; j < size - 1; j++) turned[j * size + i] = half[i * (size - 1) + j];
  return makeSymmetric(reflectRows(turned, size - 1, v), size - 1);
}

/** The mean of a matrix and its transpose, written over it. */
export function makeSymmetric(s: Float64Array, size: number): Float64Array {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) s[i * size + j] = s[j * size + i] = (s[i * size + j] + s[j * size + i]) / 2;
  }
  return s;
}
