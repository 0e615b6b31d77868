import { normal, studentT } from "../../numeric/index.ts";
import { usesNormal } from "../glm/coefficient-table.ts";
import type { RegressionModel } from "../glm/regression-model.ts";

/** row' V row over some positions of V; aliased columns count for nothing. */
export function quadratic(row: Float64Array, covariance: Float64Array, positions: readonly number[], size: number): number {
  let sum = 0;
  for (let a = 0; a < row.length; a++) {
    if (row[a] === 0) continue;
    for (let b = 0; b < row.length; b++) if (row[b] !== 0) sum += row[a] * row[b] * (covariance[positions[a] * size + positions[b]] || 0);
  }
  return sum;
}

/** The quantile that intervals reach to, in standard errors; NaN where no degrees of freedom are left. */
export function criticalValue({ fit }: RegressionModel, confidence: number): number {
  const probability = (1 + confidence) / 2;
  if (usesNormal(fit)) return normal.quantile(probability);
  return fit.residualDegreesOfFreedom > 0 ? studentT.quantile(probability, fit.residualDegreesOfFreedom) : NaN;
}
