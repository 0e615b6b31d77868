import { orthogonalFirst } from "./orthogonal-run.ts";
import {
  cellOf,
  countBlocks,
  inKernel,
  packScaled,
  solveLower,
  solveLowerTransposed,
  triangleLength,
  type TiledTriangle,
} from "./tiled-triangle.ts";

/** G = D P' L L' P D over the kept columns, D the roots of G's diagonal: scaling first keeps columns of any unit apart. */
export interface CholeskyFactor {
  readonly size: number;
  /** L. The row and column of a dropped column are those of the identity. */
  readonly triangle: TiledTriangle;
  /** P: the column that stands at each place of L. */
  readonly order: Int32Array;
  /** D: one number a column. */
  readonly scales: Float64Array;
  /** 1 where a column is kept, 0 where it depends on kept ones before it. */
  readonly kept: Uint8Array;
  readonly rank: number;
  /**
   * For each column what is left of its own diagonal entry after projection on the kept columns before it, as a share: 1 − R².
   * Below −tolerance where G is not positive semidefinite; NaN where G has NaN.
   */
  readonly remainders: Float64Array;
  /** The least remainder of a kept column; 1 where none is kept. */
  readonly smallestRemainder: number;
}

/** A column with less than this left after projection counts as dependent: some hundred times what rounding leaves of an exact copy. */
const TOLERANCE = 1e-11;
/** Columns are taken out of turn only if this much is left of each: nothing is then near to being dependent, in any order. */
const CLEARLY_INDEPENDENT = 1e-6;

/**
 * Cholesky factor of a symmetric matrix, columns from left to right: one that is within `tolerance` of a combination of kept ones before it
 * is dropped, as R's limited pivoting moves it to the end. Where no column comes near to being dependent the levels of the longest factor are
 * eliminated first, which costs next to nothing; `remainders` are then those of that order.
 *
 * @param gram - size × size; only its lower half is read
 * @param options - `tolerance`: the least share of itself that a column must have left (1 − R²) @defaultValue 1e-11
 */
export function factorCholesky(gram: Float64Array, size: number, options: { readonly tolerance?: number } = {}): CholeskyFactor {
  const tolerance = options.tolerance ?? TOLERANCE;
  const scales = Float64Array.from({ length: size }, (_, j) => Math.sqrt(Math.abs(gram[j * size + j])) || 1);
  const { order, numOrthogonal } = orthogonalFirst(gram, size);
  if (numOrthogonal > 0) {
    const found = factorInOrder({ gram, scales, order, numOrthogonal, tolerance });
    if (found.rank === size && found.smallestRemainder >= CLEARLY_INDEPENDENT) return found;
  }
  return factorInOrder({ gram, scales, order: Int32Array.from(scales.keys()), numOrthogonal: 0, tolerance });
}

interface Task {
  readonly gram: Float64Array;
  readonly scales: Float64Array;
  readonly order: Int32Array;
  readonly numOrthogonal: number;
  readonly tolerance: number;
}

function factorInOrder({ gram, scales, order, numOrthogonal, tolerance }: Task): CholeskyFactor {
  const size = order.length;
  const numBlocks = countBlocks(size);
  const leading = numOrthogonal / 4;
  const { lines, left } = inKernel((kernel) => {
    const triangle = kernel.allocate(triangleLength(numBlocks) * 8);
    const remainders = kernel.allocate(numBlocks * 32);
    packScaled(gram, { order, numOrthogonal }, scales, kernel.floats(triangle, triangleLength(numBlocks)));
    kernel.run.factorTriangle(triangle, numBlocks, leading, tolerance, remainders);
    return { lines: kernel.floats(triangle, triangleLength(numBlocks)).slice(), left: kernel.floats(remainders, size).slice() };
  });
  const remainders = new Float64Array(size);
  order.forEach((column, place) => (remainders[column] = left[place]));
  const kept = Uint8Array.from(remainders, (remainder) => (remainder >= tolerance ? 1 : 0));
  const ofKept = remainders.filter((_, j) => kept[j] === 1);
  const smallestRemainder = ofKept.reduce((least, remainder) => Math.min(least, remainder), 1);
  return { size, triangle: { numBlocks, leading, lines }, order, scales, kept, rank: ofKept.length, remainders, smallestRemainder };
}

/** The solution of G x = rhs over the kept columns; 0 where a column is dropped. @param rhs - size numbers */
export function solveCholesky(cholesky: CholeskyFactor, rhs: Float64Array): Float64Array {
  const { scales } = cholesky;
  return solveScaled(
    cholesky,
    rhs.map((value, j) => value / scales[j]),
  ).map((value, j) => value / scales[j]);
}

/** The solution for G scaled to a diagonal of ones. */
function solveScaled({ size, triangle, order, kept }: CholeskyFactor, rhs: Float64Array): Float64Array {
  const x = new Float64Array(4 * triangle.numBlocks);
  order.forEach((column, place) => (x[place] = kept[column] ? rhs[column] : 0));
  solveLower(triangle, x);
  solveLowerTransposed(triangle, x);
  const out = new Float64Array(size);
  order.forEach((column, place) => (out[column] = x[place]));
  return out;
}

/**
 * The inverse of G over the kept columns.
 * @param dropped - what stands in rows and columns of dropped ones @defaultValue 0
 * @returns size × size, both halves filled
 */
export function invertCholesky({ size, triangle, order, scales, kept }: CholeskyFactor, dropped = 0): Float64Array {
  const { numBlocks, leading, lines } = triangle;
  return inKernel((kernel) => {
    const [factor, inverse] = [kernel.store(lines), kernel.allocate(lines.byteLength)];
    kernel.run.invertTriangle(factor, numBlocks, leading, inverse);
    kernel.run.multiplyInverse(inverse, numBlocks, leading, factor);
    const tiles = kernel.floats(factor, lines.length);
    const out = new Float64Array(size * size);
    for (let place = 0; place < size; place++) {
      const i = order[place];
      for (let other = 0; other <= place; other++) {
        const j = order[other];
        const value = kept[i] && kept[j] ? tiles[tileCell(place, other)] / (scales[i] * scales[j]) : dropped;
        out[i * size + j] = out[j * size + i] = value;
      }
    }
    return out;
  });
}

/** Where entry (i, j), j ≤ i, of a matrix in 4 × 4 tiles (0,0) (1,0) (1,1) (2,0) … stands. */
function tileCell(i: number, j: number): number {
  const block = i >> 2;
  return 16 * ((block * (block + 1)) / 2 + (j >> 2)) + 4 * (i & 3) + (j & 3);
}

/** log |G| over the kept columns. */
export function logDeterminant({ triangle, order, scales, kept }: CholeskyFactor): number {
  return order.reduce((sum, column, place) => {
    return kept[column] ? sum + 2 * Math.log(triangle.lines[cellOf(place, place)] * scales[column]) : sum;
  }, 0);
}

/**
 * The reciprocal of the condition number of G scaled to a diagonal of ones, over the kept columns, in the 1-norm, estimated from a few
 * solutions: never below the truth by more than rounding, and seldom more than three times above it.
 *
 * @see Higham (1988), doi:10.1145/50063.214386
 */
export function reciprocalCondition(cholesky: CholeskyFactor, gram: Float64Array): number {
  const { size, scales, kept, rank } = cholesky;
  if (rank === 0) return 1;
  const sums = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    if (!kept[i]) continue;
    for (let j = 0; j < i; j++) {
      if (!kept[j]) continue;
      const entry = Math.abs(gram[i * size + j]) / (scales[i] * scales[j]);
      sums[i] += entry;
      sums[j] += entry;
    }
    sums[i] += Math.abs(gram[i * size + i]) / (scales[i] * scales[i]);
  }
  const norm = sums.reduce((most, sum) => Math.max(most, sum), 0);
  return 1 / (norm * estimateInverseNorm(cholesky));
}

/** Most steps of the search: it settles in two or three. */
const MOST_STEPS = 5;

/** Estimate from below of the 1-norm of the scaled inverse over the kept columns. */
function estimateInverseNorm(cholesky: CholeskyFactor): number {
  const { size, kept, rank } = cholesky;
  let x = Float64Array.from(kept, (keep) => keep / rank);
  let estimate = 0;
  for (let step = 0; step < MOST_STEPS; step++) {
    const image = solveScaled(cholesky, x);
    const length = sumOfSizes(image);
    if (length <= estimate) break;
    estimate = length;
    const gradient = solveScaled(
      cholesky,
      image.map((value) => (value < 0 ? -1 : 1)),
    );
    let best = 0;
    for (let j = 1; j < size; j++) if (Math.abs(gradient[j]) > Math.abs(gradient[best])) best = j;
    x = new Float64Array(size);
    x[best] = 1;
  }
  // Higham's safeguard against a search that stops too low.
  let place = 0;
  const alternating = Float64Array.from(kept, (keep) => (keep ? (place % 2 === 0 ? 1 : -1) * (1 + place++ / Math.max(rank - 1, 1)) : 0));
  return Math.max(estimate, (2 * sumOfSizes(solveScaled(cholesky, alternating))) / (3 * rank));
}

function sumOfSizes(x: Float64Array): number {
  return x.reduce((sum, value) => sum + Math.abs(value), 0);
}
