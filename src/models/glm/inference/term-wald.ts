import { factorCholesky, solveCholesky } from "../../../numeric/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { knownCovariance } from "../covariance.ts";
import { chiSquaredTail } from "./reference-distribution.ts";
import type { TermComparison } from "./term-comparisons.ts";
import type { TermTest } from "./term-tests.ts";
import { pickForms, quadraticForm } from "./wald.ts";
import type { FormEstimates } from "./wald.ts";

/** Wald tests of terms: of their coefficients as they would be with those set to 0 that neither model has. */
export function waldOfTerms(call: string, fit: GlmFit, comparisons: readonly TermComparison[]): TermTest[] {
  const covariance = knownCovariance(call, fit);
  const active = (positions: readonly number[]): number[] => positions.filter((position) => fit.aliased[position] === 0);
  return comparisons.map(({ term, tested, left }) => {
    const [own, others] = [active(tested), active(left)];
    if (own.length === 0) return { term, degreesOfFreedom: 0, statistic: NaN, pValue: NaN, deviance: null };
    const both = pickForms(fit.estimates, covariance, [...own, ...others]);
    const { statistic, rank } = quadraticForm(conditionLast(both, own.length));
    return { term, degreesOfFreedom: rank, statistic, pValue: chiSquaredTail(statistic, rank), deviance: null };
  });
}

/**
 * The first estimates given that the last ones are 0: `b₁ − C₁₂ C₂₂⁻¹ b₂`, of covariance `C₁₁ − C₁₂ C₂₂⁻¹ C₂₁`. For a gaussian model this is
 * the fit without the last ones.
 */
function conditionLast({ values, covariance }: FormEstimates, numFirst: number): FormEstimates {
  const size = values.length;
  const numLast = size - numFirst;
  if (numLast === 0) return { values, covariance };
  const last = new Float64Array(numLast * numLast).map(
    (_, cell) => covariance[(numFirst + Math.floor(cell / numLast)) * size + numFirst + (cell % numLast)],
  );
  const factor = factorCholesky(last, numLast);
  const cross = (i: number): Float64Array => covariance.slice(i * size + numFirst, (i + 1) * size);
  const firstOf = Float64Array.from({ length: numFirst }, (_, i) => values[i]);
  const conditioned = new Float64Array(numFirst * numFirst);
  for (let i = 0; i < numFirst; i++) {
    const weights = solveCholesky(factor, cross(i));
    for (let k = 0; k < numLast; k++) firstOf[i] -= weights[k] * values[numFirst + k];
    for (let j = 0; j < numFirst; j++) {
      conditioned[i * numFirst + j] = covariance[i * size + j];
      for (let k = 0; k < numLast; k++) conditioned[i * numFirst + j] -= weights[k] * covariance[j * size + numFirst + k];
    }
  }
  return { values: firstOf, covariance: conditioned };
}
