import { rowQuadratics } from "../../../numeric/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { zeroAliased } from "../zero-aliased.ts";
import { trainingOf } from "./training.ts";

/** From here on a leverage is 1 but for rounding, as R has it. */
const FULL = 1 - 10 * Number.EPSILON;

/** Diagonal of the hat matrix: `W x' (X' W X)⁻¹ x`; one a training row. */
export function leverages(fit: GlmFit, call = "GlmModel.leverage"): Float64Array {
  const { problem, linearPredictor, mean } = trainingOf(call, fit);
  const { family, weights } = problem;
  const inverse = zeroAliased(fit.unscaledCovariance);
  return rowQuadratics(problem.matrix, inverse).map((square, row) => {
    const slope = family.link.slope(linearPredictor[row]);
    if (!(weights[row] > 0) || slope === 0) return 0;
    const leverage = ((weights[row] * slope * slope) / family.variance(mean[row])) * square;
    return leverage > FULL ? 1 : leverage;
  });
}

/** `r² h / (p dispersion (1 − h)²)` with r the Pearson residual and h the leverage. @see Cook (1977), doi:10.2307/1268249 */
export function cooksDistances(fit: GlmFit, call = "GlmModel.cooksDistance"): Float64Array {
  const { problem, mean } = trainingOf(call, fit);
  const { response, weights, family } = problem;
  return leverages(fit).map((leverage, row) => {
    const square = ((response[row] - mean[row]) ** 2 * weights[row]) / family.variance(mean[row]);
    return (square * leverage) / (fit.rank * fit.dispersion * (1 - leverage) ** 2);
  });
}
