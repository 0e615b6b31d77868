import { createRandom, type Random } from "../random.ts";
import { dot } from "./dot.ts";
import { symmetricEigen } from "./symmetric-eigen.ts";

/** A symmetric matrix by what it does: writes A X into `out`; both are size × width, row-major. */
export type SymmetricOperator = (x: Float64Array, width: number, out: Float64Array) => void;

/** Some eigenvalues of a symmetric matrix, and their vectors. */
export interface LeadingEigen {
  /** In descending order of size. */
  readonly values: Float64Array;
  /** One unit vector a value; its sign is free. */
  readonly vectors: readonly Float64Array[];
}

/** Vectors that go through the matrix at once: eigenvalues repeated up to so often are found as soon as single ones. */
const BLOCK = 8;
/** Of the largest eigenvalue: what may be left of A v − λ v. */
const TOLERANCE = 1e-14;
/** Less than this of a vector's length left after projection is rounding. */
const NOTHING = 1e-13;
const SEED = 1;

/**
 * The eigenvalues of largest size of a symmetric matrix, by block Lanczos with full orthogonalization: the matrix is projected on the span of
 * start vectors and their images, which grows until the wanted residuals are nothing but rounding.
 *
 * @param count - how many; at most `size`
 * @see Golub and Van Loan (2013), Matrix Computations, 4th edition, sections 10.3.6 and 10.1.5
 */
export function leadingEigen(size: number, count: number, multiply: SymmetricOperator): LeadingEigen {
  const random = createRandom(SEED);
  const basis: Float64Array[] = [];
  const columns: Float64Array[] = [];
  let candidates = Array.from({ length: BLOCK }, () => drawVector(size, random));
  let known = 0;
  // Images are counted in the first block's largest entry, so that no square of a length is too small or too large for a double.
  let unit = 0;
  // Where the search mostly ends; to look for the end costs about as much as two blocks more.
  let nextLook = 2 * count + 3 * BLOCK;
  for (;;) {
    const coupling = extend(basis, candidates, random);
    // Residuals of what was projected before the basis grew: of the images, all but what the new vectors take up lies in its span.
    if (known >= Math.min(nextLook, size)) {
      nextLook = known + 2 * BLOCK;
      const ritz = symmetricEigen(projectionOf(columns, known), known);
      const order = orderBySize(ritz.values).slice(0, count);
      const bound = TOLERANCE * Math.abs(ritz.values[order[0]]);
      if (known === size || order.every((j) => residualOf(coupling, ritz.vectors, known, j) <= bound)) {
        const vectors = order.map((j) => combine(basis, ritz.vectors, known, j));
        return { values: Float64Array.from(order, (j) => ritz.values[j] * unit), vectors };
      }
    }
    candidates = imagesOf(basis.slice(known), size, multiply);
    if (known === 0) unit = largestEntry(candidates) || 1;
    for (const image of candidates) for (let i = 0; i < size; i++) image[i] /= unit;
    known = basis.length;
    for (const image of candidates) columns.push(Float64Array.from(basis, (vector) => dot(vector, image)));
  }
}

function largestEntry(vectors: readonly Float64Array[]): number {
  let largest = 0;
  for (const vector of vectors) for (let i = 0; i < vector.length; i++) largest = Math.max(largest, Math.abs(vector[i]));
  return largest;
}

/** A vector of numbers in [−1, 1). */
function drawVector(size: number, random: Random): Float64Array {
  return Float64Array.from({ length: size }, () => 2 * random.next() - 1);
}

/**
 * Adds to an orthonormal basis as many vectors as there are candidates, or as the space has left, so that it spans these too. A candidate
 * that the basis spans already is replaced by a random vector.
 *
 * @returns for each candidate the coefficients of what was left of it in the vectors that were added
 */
function extend(basis: Float64Array[], candidates: readonly Float64Array[], random: Random): readonly Float64Array[] {
  const before = basis.length;
  return candidates.map((candidate) => {
    const coefficients = new Float64Array(candidates.length);
    if (basis.length === candidate.length) return coefficients;
    for (let k = before; k < basis.length; k++) coefficients[k - before] = dot(basis[k], candidate);
    let vector = candidate;
    let length = reduceToUnit(vector, basis);
    coefficients[basis.length - before] = length;
    while (length === 0) {
      vector = drawVector(vector.length, random);
      length = reduceToUnit(vector, basis);
    }
    basis.push(vector);
    return coefficients;
  });
}

/**
 * Makes a vector orthogonal to a basis (twice, which leaves no more than rounding) and of length one.
 * @returns how long it was before that; 0 where nothing was left of it
 */
function reduceToUnit(vector: Float64Array, basis: readonly Float64Array[]): number {
  const whole = Math.sqrt(dot(vector, vector));
  for (let round = 0; round < 2; round++) {
    const numInFours = basis.length - (basis.length % 4);
    for (let k = 0; k < numInFours; k += 4) removeFour(vector, basis[k], basis[k + 1], basis[k + 2], basis[k + 3]);
    for (let k = numInFours; k < basis.length; k++) {
      const share = dot(basis[k], vector);
      for (let i = 0; i < vector.length; i++) vector[i] -= share * basis[k][i];
    }
  }
  const left = Math.sqrt(dot(vector, vector));
  if (left <= NOTHING * whole) return 0;
  for (let i = 0; i < vector.length; i++) vector[i] /= left;
  return left;
}

/** Makes a vector orthogonal to four orthonormal ones at once, whose sums run side by side. */
function removeFour(vector: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array): void {
  let [ofA, ofB, ofC, ofD] = [0, 0, 0, 0];
  for (let i = 0; i < vector.length; i++) {
    const entry = vector[i];
    ofA += entry * a[i];
    ofB += entry * b[i];
    ofC += entry * c[i];
    ofD += entry * d[i];
  }
  for (let i = 0; i < vector.length; i++) vector[i] -= ofA * a[i] + ofB * b[i] + ofC * c[i] + ofD * d[i];
}

/** The matrix times each vector. */
function imagesOf(vectors: readonly Float64Array[], size: number, multiply: SymmetricOperator): Float64Array[] {
  const width = vectors.length;
  const packed = new Float64Array(size * width);
  for (const [k, vector] of vectors.entries()) for (let i = 0; i < size; i++) packed[i * width + k] = vector[i];
  const out = new Float64Array(size * width);
  multiply(packed, width, out);
  return vectors.map((_, k) => Float64Array.from({ length: size }, (__, i) => out[i * width + k]));
}

/** The projected matrix, from columns of which each reaches down to the block that it belongs to. */
function projectionOf(columns: readonly Float64Array[], size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (const [j, column] of columns.entries()) {
    for (let i = 0; i <= j; i++) matrix[i * size + j] = matrix[j * size + i] = column[i];
  }
  return matrix;
}

function orderBySize(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((one, other) => Math.abs(values[other]) - Math.abs(values[one]));
}

/** |A v − λ v| of the vector that column j of `vectors` makes of the basis: what the last block's images have outside of it. */
function residualOf(coupling: readonly Float64Array[], vectors: Float64Array, size: number, j: number): number {
  const first = size - coupling.length;
  let sum = 0;
  for (let k = 0; k < coupling.length; k++) {
    let entry = 0;
    for (let c = 0; c < coupling.length; c++) entry += coupling[c][k] * vectors[(first + c) * size + j];
    sum += entry * entry;
  }
  return Math.sqrt(sum);
}

/** Column j of `vectors` as coefficients of the first vectors of the basis. */
function combine(basis: readonly Float64Array[], vectors: Float64Array, size: number, j: number): Float64Array {
  const out = new Float64Array(basis[0].length);
  for (let k = 0; k < size; k++) {
    const share = vectors[k * size + j];
    for (let i = 0; i < out.length; i++) out[i] += share * basis[k][i];
  }
  return out;
}
