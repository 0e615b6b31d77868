import type { GlmProblem } from "../glm-fit.ts";
import type { ColumnPenalty, PathSettings } from "./column-penalty.ts";
import { centreFarColumns, columnSpread } from "./column-spread.ts";
import { gaussianSolver } from "./gaussian-solver.ts";
import { gaussianSums } from "./gaussian-sums.ts";
import type { GaussianSums } from "./gaussian-sums.ts";
import { NewtonSolver } from "./newton-solver.ts";
import { preparePathColumns } from "./path-columns.ts";
import type { PathSolver } from "./path-solver.ts";

/** Sums of products of more columns than this would cost more than they save. */
const MOST_COLUMNS_OF_SUMS = 2000;

/** A problem as paths are fitted on it: columns (and, for least squares, the response) moved to where sums keep their digits. */
export interface PathProblem {
  /** Weights sum to 1. */
  readonly problem: GlmProblem;
  readonly totalWeight: number;
  /** Position of the intercept; −1 for none. */
  readonly intercept: number;
  /** Whether the family is gaussian with the identity link; the offset has then been taken from the response. */
  readonly isLeastSquares: boolean;
  /** Whether sums of products are all that fitting needs of the rows. */
  readonly fitsFromSums: boolean;
  /** Standard deviations of the columns. */
  readonly deviations: Float64Array;
  /** What was taken from each column. */
  readonly shifts: Float64Array;
  /** What was taken from the response. */
  readonly responseShift: number;
}

/** @param intercept - its position; −1 for none */
export function preparePathProblem(given: GlmProblem, intercept: number): PathProblem {
  let totalWeight = 0;
  for (const weight of given.weights) totalWeight += weight;
  const weights = given.weights.map((weight) => weight / totalWeight);
  const isLeastSquares = given.family.name === "gaussian" && given.family.link.name === "identity";
  const spread = columnSpread(given.matrix, weights);
  const near = { matrix: given.matrix, shifts: new Float64Array(given.matrix.numColumns) };
  const far = intercept < 0 ? near : centreFarColumns(given.matrix, spread);
  const problem = { ...given, matrix: far.matrix, weights };
  const fitsFromSums = isLeastSquares && given.matrix.numColumns <= MOST_COLUMNS_OF_SUMS;
  const common = { totalWeight, intercept, isLeastSquares, fitsFromSums, deviations: spread.deviations, shifts: far.shifts };
  if (!isLeastSquares) return { ...common, problem, responseShift: 0 };
  const { offset } = given;
  const response = offset === null ? given.response : given.response.map((value, i) => value - offset[i]);
  const responseShift = intercept < 0 ? 0 : weightedMean(response, weights);
  return { ...common, problem: { ...problem, offset: null, response: response.map((value) => value - responseShift) }, responseShift };
}

/** Coefficients for the columns and the response as they came. */
export function undoShifts({ intercept, shifts, responseShift }: PathProblem, coefficients: Float64Array): Float64Array {
  const undone = coefficients.slice();
  if (intercept < 0) return undone;
  undone[intercept] += responseShift;
  for (let j = 0; j < shifts.length; j++) if (shifts[j] !== 0) undone[intercept] -= shifts[j] * coefficients[j];
  return undone;
}

/**
 * A solver for a problem or, by other weights, for some of its rows.
 *
 * @param weights - one a row, summing to 1
 * @param sums - of these rows, where they are known already
 */
export function makeSolver(
  { problem, intercept, isLeastSquares, fitsFromSums, ...whole }: PathProblem,
  weights: Float64Array,
  penalty: ColumnPenalty,
  settings: PathSettings,
  sums?: GaussianSums,
): PathSolver {
  // glmnet brings a gaussian response to unit deviation, which multiplies the squared part of the penalty.
  const ridgeScale = isLeastSquares ? 1 / (deviationOf(problem.response, weights, intercept >= 0) || 1) : 1;
  const deviations = weights === problem.weights ? whole.deviations : columnSpread(problem.matrix, weights).deviations;
  const columns = preparePathColumns(problem.matrix, deviations, penalty, ridgeScale);
  if (fitsFromSums) {
    return gaussianSolver(sums ?? gaussianSums(problem.matrix, problem.response, weights), columns, settings.tolerance);
  }
  return new NewtonSolver({ ...problem, matrix: columns.matrix, weights }, columns, settings);
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * values[i];
  return sum;
}

function deviationOf(values: Float64Array, weights: Float64Array, centred: boolean): number {
  const mean = centred ? weightedMean(values, weights) : 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += weights[i] * (values[i] - mean) ** 2;
  return Math.sqrt(sum);
}
