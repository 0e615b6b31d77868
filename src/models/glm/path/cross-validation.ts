import { createRandom, shuffle, multiply } from "../../../numeric/index.ts";
import type { GlmProblem } from "../glm-fit.ts";
import type { ColumnPenalty, PathSettings } from "./column-penalty.ts";
import { addSums, gaussianSums, residualSquares, subtractSums } from "./gaussian-sums.ts";
import { makeSolver } from "./path-problem.ts";
import type { PathProblem } from "./path-problem.ts";
import { pickNumbers, pickRows } from "./pick-rows.ts";

/** How well each strength of a path predicts rows that it was not fitted to. */
export interface CrossValidation {
  /** Mean unit deviance of held-out rows, one a strength: the mean over folds, by weight. */
  readonly meanDeviance: Float64Array;
  /** Its standard error, from how the folds differ. */
  readonly standardError: Float64Array;
  /** The strength of the least mean deviance. */
  readonly strengthMin: number;
  /** The largest strength whose mean deviance is within one standard error of the least. */
  readonly strengthOneStandardError: number;
  /** Positions of these two in the path. */
  readonly indexMin: number;
  readonly indexOneStandardError: number;
  readonly numFolds: number;
}

/** Held-out deviance of the fits to all but one fold. */
interface Fold {
  readonly weight: number;
  /** One a strength. */
  readonly losses: Float64Array;
}

/**
 * K-fold cross-validation of a path at the strengths of the whole data, standardised anew in each fold.
 *
 * @param folds - for each row its fold, 0 to numFolds − 1
 */
export function crossValidate(
  whole: PathProblem,
  penalty: ColumnPenalty,
  settings: PathSettings,
  strengths: Float64Array,
  folds: Int32Array,
): CrossValidation {
  const numFolds = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  const rowsOf = Array.from({ length: numFolds }, (_, k) => Int32Array.from(Array.from(folds.keys()).filter((i) => folds[i] === k)));
  const parts = rowsOf.map((rows) => rowsOfProblem(whole.problem, rows));
  const sums = whole.fitsFromSums ? parts.map((part) => gaussianSums(part.matrix, part.response, part.weights)) : null;
  const allSums = sums?.reduce((total, part) => addSums(total, part)) ?? null;
  const losses = parts.map((part, k): Fold => {
    let weight = 0;
    for (const value of part.weights) weight += value;
    const trainingWeights = whole.problem.weights.map((value, i) => (folds[i] === k ? 0 : value / (1 - weight)));
    const rest = sums && allSums ? subtractSums(allSums, sums[k], 1 / (1 - weight)) : undefined;
    const solver = makeSolver(whole, trainingWeights, penalty, settings, rest);
    const lossOf = (coefficients: Float64Array): number =>
      (sums ? residualSquares(sums[k], coefficients) : devianceOf(part, coefficients)) / weight;
    return { weight, losses: strengths.map((strength) => lossOf(solver.solve(strength).coefficients)) };
  });
  return summarizeFolds(losses, strengths);
}

/** A random fold for each row, all folds as equal in size as can be. */
export function drawFolds(numRows: number, numFolds: number, seed: number): Int32Array {
  const folds = Int32Array.from({ length: numRows }, (_, i) => i % numFolds);
  shuffle(folds, createRandom(seed));
  return folds;
}

function rowsOfProblem(problem: GlmProblem, rows: Int32Array): GlmProblem {
  return {
    family: problem.family,
    matrix: pickRows(problem.matrix, rows),
    response: pickNumbers(problem.response, rows),
    weights: pickNumbers(problem.weights, rows),
    offset: problem.offset && pickNumbers(problem.offset, rows),
  };
}

function devianceOf({ matrix, response, weights, offset, family }: GlmProblem, coefficients: Float64Array): number {
  const linearPredictor = multiply(matrix, coefficients);
  let deviance = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] === 0) continue;
    const mean = family.link.inverse(linearPredictor[i] + (offset === null ? 0 : offset[i]));
    deviance += weights[i] * family.unitDeviance(response[i], mean);
  }
  return deviance;
}

/** @see Friedman, Hastie and Tibshirani (2010), doi:10.18637/jss.v033.i01, section 6 */
function summarizeFolds(folds: readonly Fold[], strengths: Float64Array): CrossValidation {
  const total = folds.reduce((sum, { weight }) => sum + weight, 0);
  const meanOver = (value: (fold: Fold) => number): number => folds.reduce((sum, fold) => sum + fold.weight * value(fold), 0) / total;
  const meanDeviance = strengths.map((_, k) => meanOver(({ losses }) => losses[k]));
  const standardError = strengths.map((_, k) =>
    Math.sqrt(meanOver(({ losses }) => (losses[k] - meanDeviance[k]) ** 2) / (folds.length - 1)),
  );
  let indexMin = 0;
  meanDeviance.forEach((value, k) => (indexMin = value < meanDeviance[indexMin] ? k : indexMin));
  const bar = meanDeviance[indexMin] + standardError[indexMin];
  const indexOneStandardError = meanDeviance.findIndex((value) => value <= bar);
  return {
    meanDeviance,
    standardError,
    strengthMin: strengths[indexMin],
    strengthOneStandardError: strengths[indexOneStandardError],
    indexMin,
    indexOneStandardError,
    numFolds: folds.length,
  };
}
