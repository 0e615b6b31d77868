import { multiply, selectColumns } from "../../../numeric/index.ts";
import type { BlockMatrix } from "../../../numeric/index.ts";
import { fitProblem } from "../fitting/fit-problem.ts";
import { constantCoefficients } from "../fitting/null-model.ts";
import type { GlmFit, GlmProblem, TrainingData } from "../glm-fit.ts";

/** What a smaller model of the same rows came to. */
export interface Refit {
  readonly deviance: number;
  readonly rank: number;
  readonly converged: boolean;
}

/** Fits the training rows again with some columns of the design alone; an estimated θ or power stays as it is. */
export function refitColumns(fit: GlmFit, { problem }: TrainingData, positions: readonly number[]): Refit {
  const smaller = { ...problem, family: fit.family, matrix: selectColumns(problem.matrix, positions) };
  if (positions.length === 0) return { deviance: devianceOfOffset(smaller), rank: 0, converged: true };
  const intercept = fit.recipe.hasIntercept ? positions.indexOf(fit.recipe.terms[0].positions[0]) : -1;
  const { deviance, rank, converged } = fitProblem(smaller, { fallback: constantCoefficients(smaller, intercept < 0 ? null : intercept) });
  return { deviance, rank, converged };
}

/** The deviance of a model of no columns: the offset is its linear predictor. */
function devianceOfOffset({ matrix, response, weights, offset, family }: GlmProblem): number {
  const { numRows } = matrix;
  return family.work({
    count: numRows,
    response,
    linearPredictor: offset ?? new Float64Array(numRows),
    weights,
    mean: new Float64Array(numRows),
    information: new Float64Array(numRows),
    score: new Float64Array(numRows),
    observed: false,
  });
}

/** One column of a matrix as numbers. */
export function columnValues(matrix: BlockMatrix, position: number): Float64Array {
  const unit = new Float64Array(matrix.numColumns);
  unit[position] = 1;
  return multiply(matrix, unit);
}
