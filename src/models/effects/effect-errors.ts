import { normal, pickEntries, studentT } from "../../numeric/index.ts";
import { simultaneousValue } from "../gam/effect-band.ts";
import { usesNormal } from "../glm/coefficient-table.ts";
import type { RegressionModel } from "../glm/regression-model.ts";
import type { Contrasts } from "./contrast.ts";

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

/** How many standard errors intervals of all values at once reach to each side; wider in the measure in which Student's t is wider than normal. */
export function simultaneousReach(
  model: RegressionModel,
  { rows, positions }: Contrasts,
  standardErrors: Float64Array,
  confidence: number,
): number {
  const covariance = pickEntries(model.covariance, model.fit.estimates.length, positions).map((value) => value || 0);
  const reach = simultaneousValue({ rows, covariance, numCoefficients: positions.length }, standardErrors, { confidence });
  return (reach * criticalValue(model, confidence)) / normal.quantile((1 + confidence) / 2);
}
