import { invertDense, multiplyDense, symmetricEigen, transformSymmetric, transposeDense } from "../../numeric/index.ts";
import type { BasisPoints } from "../../numeric/index.ts";
import type { LearnedMargin } from "./learn-margin.ts";
import { turnFree } from "./null-space.ts";
import { evaluateMargin } from "./smooth-matrix.ts";
import { sumColumns } from "./sum-columns.ts";
import { makeIdentity, transformMargin } from "./transform-margin.ts";

/**
 * A margin whose penalty is a multiple of the identity on its first `rank` functions and 0 on the others; both parts have a mean square of 1
 * a function over the rows.
 *
 * @param byRows - whether functions are uncorrelated over the rows, as curves for each level have them; else only the penalty counts, as in
 * split products, and the constant stands first among the functions without a penalty
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.4.2; Wood, Scheipl and Faraway (2013), Straightforward intermediate
 * rank tensor product smoothing in mixed models, doi:10.1007/s11222-012-9314-z
 */
export function naturalMargin(learned: LearnedMargin, points: BasisPoints, byRows: boolean): LearnedMargin {
  const { width, penalties, ranks } = learned;
  const [rank] = ranks;
  const x = evaluateMargin(learned.margin, points.coordinates);
  const gram = weightedGram(x, width, points.counts);
  // Coordinates in which functions are orthonormal over the rows, or as they stand.
  const upper = byRows ? findUpper(gram, width) : makeIdentity(width);
  const back = byRows ? invertDense(upper, width)!.inverse : upper;
  const { values, vectors } = symmetricEigen(transformSymmetric(penalties[0], width, back, width), width);
  const turned = turnFree(takeColumns(vectors, width, rank), width);
  const t = new Float64Array(width * width);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < rank; j++) t[i * width + j] = vectors[i * width + j] / Math.sqrt(values[j]);
    for (let j = rank; j < width; j++) t[i * width + j] = turned[i * (width - rank) + j - rank];
  }
  const inRows = multiplyDense(back, width, width, t, width);
  if (!byRows) separateConstant(inRows, width, rank, gram, sumColumns(points.counts, { width, matrix: x }), totalOf(points.counts));
  scalePart(inRows, width, 0, rank, gram, totalOf(points.counts));
  scalePart(inRows, width, rank, width, gram, totalOf(points.counts));
  return transformMargin(learned, inRows, width);
}

/** X' diag(counts) X. */
function weightedGram(x: Float64Array, width: number, counts: Float64Array): Float64Array {
  const weighted = x.map((value, at) => value * counts[Math.floor(at / width)]);
  return multiplyDense(transposeDense(x, counts.length, width), width, counts.length, weighted, width);
}

function totalOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The upper triangle R with R'R = G, positive definite. */
function findUpper(gram: Float64Array, size: number): Float64Array {
  const upper = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      let rest = gram[i * size + j];
      for (let k = 0; k < i; k++) rest -= upper[k * size + i] * upper[k * size + j];
      upper[i * size + j] = i === j ? Math.sqrt(rest) : rest / upper[i * size + i];
    }
  }
  return upper;
}

/** Columns from `from` on. */
function takeColumns(matrix: Float64Array, size: number, from: number): Float64Array {
  const width = size - from;
  return Float64Array.from({ length: size * width }, (_, at) => matrix[Math.floor(at / width) * size + from + (at % width)]);
}

/** Brings the functions without a penalty to one length and turns them among themselves, so that those that vary least come first. */
function separateConstant(t: Float64Array, width: number, rank: number, gram: Float64Array, sums: Float64Array, numRows: number): void {
  const count = width - rank;
  if (count < 2) return;
  for (let j = rank; j < width; j++) scalePart(t, width, j, j + 1, gram, numRows);
  const free = takeColumns(t, width, rank);
  const means = multiplyDense(sums, 1, width, free, count);
  const spread = transformSymmetric(gram, width, free, count).map(
    (value, at) => value - (means[Math.floor(at / count)] * means[at % count]) / numRows,
  );
  const { vectors } = symmetricEigen(spread, count);
  const turned = multiplyDense(free, width, count, vectors, count);
  for (let i = 0; i < width; i++) for (let j = 0; j < count; j++) t[i * width + rank + j] = turned[i * count + count - 1 - j];
}

/** Scales columns `from` up to `to` by one number, so that their functions have a mean square of 1 over the rows. */
function scalePart(t: Float64Array, width: number, from: number, to: number, gram: Float64Array, numRows: number): void {
  const spread = transformSymmetric(gram, width, t, width);
  let squares = 0;
  for (let j = from; j < to; j++) squares += spread[j * width + j];
  const factor = Math.sqrt((numRows * (to - from)) / squares);
  for (let i = 0; i < width; i++) for (let j = from; j < to; j++) t[i * width + j] *= factor;
}
