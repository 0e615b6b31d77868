import { factorCholesky, logDeterminant } from "../../../numeric/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import { knownCovariance } from "../covariance.ts";

/** How much of a term's precision is lost because other terms go with it. */
export interface VarianceInflation {
  readonly term: string;
  /** By how much the other terms multiply the variance of the term's estimates (their squared volume, for several columns): 1 is no loss. */
  readonly factor: number;
  readonly degreesOfFreedom: number;
  /** factor^(1 / (2 degrees of freedom)): comparable between terms; how much wider the intervals are. */
  readonly scaled: number;
}

/**
 * Generalized variance inflation factors of the terms, from the correlations of the estimates without the intercept. Empty where there are
 * fewer than two terms.
 *
 * @throws InputError where the fit has no standard errors
 * @see Fox and Monette (1992), doi:10.1080/01621459.1992.10475190
 */
export function varianceInflation(fit: GlmFit): VarianceInflation[] {
  const p = fit.estimates.length;
  const covariance = knownCovariance("GlmModel.varianceInflation", fit);
  const terms = fit.recipe.terms
    .filter(({ factors }) => factors.length > 0)
    .map(({ label, positions }) => ({ label, positions: positions.filter((position) => !fit.aliased[position]) }))
    .filter(({ positions }) => positions.length > 0);
  if (terms.length < 2) return [];
  const logDeterminantOf = (positions: readonly number[]): number => logDeterminant(correlation(covariance, p, positions));
  const all = terms.flatMap(({ positions }) => positions);
  const whole = logDeterminantOf(all);
  return terms.map(({ label, positions }) => {
    const others = all.filter((position) => !positions.includes(position));
    const logFactor = logDeterminantOf(positions) + logDeterminantOf(others) - whole;
    const degreesOfFreedom = positions.length;
    return { term: label, factor: Math.exp(logFactor), degreesOfFreedom, scaled: Math.exp(logFactor / (2 * degreesOfFreedom)) };
  });
}

/** The factored correlation matrix of some estimates. */
function correlation(covariance: Float64Array, size: number, positions: readonly number[]): ReturnType<typeof factorCholesky> {
  const m = positions.length;
  const part = new Float64Array(m * m);
  for (const [i, row] of positions.entries()) {
    for (const [j, column] of positions.entries()) {
      const scale = Math.sqrt(covariance[row * size + row] * covariance[column * size + column]);
      part[i * m + j] = covariance[row * size + column] / scale;
    }
  }
  return factorCholesky(part, m, { tolerance: 0 });
}
