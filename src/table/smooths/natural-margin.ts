import { multiplyDense, symmetricEigen, transformSymmetric, transposeDense } from "../../numeric/index.ts";
import type { BasisPoints } from "../../numeric/index.ts";
import type { LearnedMargin } from "./learn-margin.ts";
import { evaluateMargin } from "./smooth-matrix.ts";
import { makeIdentity, transformMargin } from "./transform-margin.ts";

/**
 * A margin whose penalty is a multiple of the identity on its first `rank` functions and 0 on the others; both parts have a mean square of 1
 * a function over the rows. Which functions without a penalty stand for all of them is free, and matters where each gets a penalty of its
 * own: here they are the constant, then the coordinates, as far as they are among them, each without what those before it have.
 *
 * @param byRows - whether functions are uncorrelated over the rows, as curves for each level have them; else only the penalty counts, as in
 * split products
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.4.2; Wood, Scheipl and Faraway (2013), Straightforward intermediate
 * rank tensor product smoothing in mixed models, doi:10.1007/s11222-012-9314-z
 */
export function naturalMargin(learned: LearnedMargin, points: BasisPoints, byRows: boolean): LearnedMargin {
  const { width, penalties, ranks } = learned;
  const [rank] = ranks;
  const x = evaluateMargin(learned.margin, points.coordinates);
  const gram = weightedGram(x, width, points.counts);
  const root = byRows ? inverseRoot(gram, width) : makeIdentity(width);
  const { values, vectors } = symmetricEigen(transformSymmetric(penalties[0], width, root, width), width);
  const directions = multiplyDense(root, width, width, vectors, width);
  const metric = byRows ? gram : makeIdentity(width);
  const free = turnFree(takeColumns(directions, width, rank, width), width - rank, metric, fitTargets(x, gram, width, points));
  const t = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < rank; j++) t[i * width + j] = directions[i * width + j] / Math.sqrt(values[j]);
    for (let j = rank; j < width; j++) t[i * width + j] = free[i * (width - rank) + j - rank];
  }
  const spread = transformSymmetric(gram, width, t, width);
  const numRows = points.counts.reduce((sum, count) => sum + count, 0);
  for (const [from, to] of [
    [0, rank],
    [rank, width],
  ]) {
    let squares = 0;
    for (let j = from; j < to; j++) squares += spread[j * width + j];
    const factor = Math.sqrt((numRows * (to - from)) / squares);
    for (let i = 0; i < width; i++) for (let j = from; j < to; j++) t[i * width + j] *= factor;
  }
  return transformMargin(learned, t, width);
}

/** X' diag(counts) X. */
function weightedGram(x: Float64Array, width: number, counts: Float64Array): Float64Array {
  const weighted = x.map((value, at) => value * counts[Math.floor(at / width)]);
  return multiplyDense(transposeDense(x, counts.length, width), width, counts.length, weighted, width);
}

/** The symmetric G^(−1/2). */
function inverseRoot(gram: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(gram, size);
  const scaled = vectors.map((value, at) => value / Math.sqrt(values[at % size]));
  return multiplyDense(scaled, size, size, transposeDense(vectors, size, size), size);
}

/** The coefficients whose functions are nearest to the constant and to each coordinate, a column each; width × targets. */
function fitTargets(x: Float64Array, gram: Float64Array, width: number, { coordinates, counts }: BasisPoints): Float64Array[] {
  const root = inverseRoot(gram, width);
  const inverse = multiplyDense(root, width, width, root, width);
  return [new Float64Array(counts.length).fill(1), ...coordinates].map((target) => {
    const sums = new Float64Array(width);
    for (const [at, value] of x.entries()) {
      const point = Math.floor(at / width);
      sums[at % width] += value * counts[point] * target[point];
    }
    return multiplyDense(inverse, width, width, sums, 1);
  });
}

/** Directions turned among themselves, so that the first ones are what is nearest to the targets. @param free - width × count, orthonormal */
function turnFree(free: Float64Array, count: number, metric: Float64Array, targets: readonly Float64Array[]): Float64Array {
  if (count === 0) return free;
  const width = free.length / count;
  const toCoordinates = multiplyDense(transposeDense(free, width, count), count, width, metric, width);
  const wanted = targets.map((target) => multiplyDense(toCoordinates, count, width, target, 1));
  const units = Array.from({ length: count }, (_, k) => Float64Array.from({ length: count }, (_value, i) => (i === k ? 1 : 0)));
  const basis: Float64Array[] = [];
  for (const candidate of [...wanted, ...units]) {
    if (basis.length === count) break;
    const length = Math.hypot(...candidate);
    const rest = basis.reduce((left, unit) => subtractProjection(subtractProjection(left, unit), unit), candidate);
    const left = Math.hypot(...rest);
    if (left > 1e-6 * length) basis.push(rest.map((value) => value / left));
  }
  const turn = new Float64Array(count * count);
  for (const [j, column] of basis.entries()) for (let i = 0; i < count; i++) turn[i * count + j] = column[i];
  return multiplyDense(free, width, count, turn, count);
}

function subtractProjection(vector: Float64Array, unit: Float64Array): Float64Array {
  const share = vector.reduce((sum, value, i) => sum + value * unit[i], 0);
  return vector.map((value, i) => value - share * unit[i]);
}

/** Columns `from` up to, but not with, `to`. */
function takeColumns(matrix: Float64Array, size: number, from: number, to: number): Float64Array {
  return Float64Array.from(
    { length: size * (to - from) },
    (_, at) => matrix[Math.floor(at / (to - from)) * size + from + (at % (to - from))],
  );
}
