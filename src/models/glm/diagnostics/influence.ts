import { denseRows } from "../../../numeric/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { zeroAliased } from "../zero-aliased.ts";
import { leverages } from "./leverage.ts";
import { deletedDispersion, residualsOf } from "./residuals.ts";
import { trainingOf } from "./training.ts";

/** Rows that are looked at together. */
const PANEL = 1024;

/**
 * How far each training row moves each coefficient, in standard errors of the fit without the row: R's `dfbetas`, by one step. As in R the
 * dispersion behind those errors is estimated for every family.
 *
 * @returns rows × coefficients, row-major; NaN where a coefficient is aliased
 * @see Belsley, Kuh and Welsch (1980), Regression Diagnostics, doi:10.1002/0471725153; Pregibon (1981), doi:10.1214/aos/1176345513
 */
export function dfbetasOf(fit: GlmFit): Float64Array {
  const { problem, linearPredictor, mean } = trainingOf("GlmModel.dfbetas", fit);
  const { matrix, weights, family } = problem;
  const p = matrix.numColumns;
  const inverse = zeroAliased(fit.unscaledCovariance);
  const deviance = residualsOf(fit, "deviance");
  const leverage = leverages(fit);
  const dispersion = deletedDispersion(fit, deviance, leverage);
  const moved = new Float64Array(matrix.numRows * p);
  for (let start = 0; start < matrix.numRows; start += PANEL) {
    const end = Math.min(start + PANEL, matrix.numRows);
    const rows = denseRows(matrix, start, end);
    for (let row = start; row < end; row++) {
      const slope = Math.abs(family.link.slope(linearPredictor[row]));
      const root = weights[row] > 0 ? slope * Math.sqrt(weights[row] / family.variance(mean[row])) : 0;
      const push = (root * deviance[row]) / (1 - leverage[row]) / Math.sqrt(dispersion(row));
      writeMoves({ rows, at: (row - start) * p, inverse, aliased: fit.aliased, push, moved, to: row * p });
    }
  }
  return moved;
}

/** (X'WX)⁻¹ x × push / √diagonal of one row. */
function writeMoves(step: {
  readonly rows: Float64Array;
  readonly at: number;
  readonly inverse: Float64Array;
  readonly aliased: Uint8Array;
  readonly push: number;
  readonly moved: Float64Array;
  readonly to: number;
}): void {
  const { rows, at, inverse, aliased, push, moved, to } = step;
  const p = aliased.length;
  for (let j = 0; j < p; j++) {
    let sum = 0;
    for (let k = 0; k < p; k++) sum += inverse[j * p + k] * rows[at + k];
    moved[to + j] = aliased[j] ? NaN : (sum * push) / Math.sqrt(inverse[j * p + j]);
  }
}

/** How far each training row moves its own prediction, in standard errors of the fit without it: R's `dffits`. */
export function dffitsOf(fit: GlmFit): Float64Array {
  const deviance = residualsOf(fit, "deviance");
  const leverage = leverages(fit);
  const dispersion = deletedDispersion(fit, deviance, leverage);
  return deviance.map((residual, row) => (residual * Math.sqrt(leverage[row])) / (1 - leverage[row]) / Math.sqrt(dispersion(row)));
}
