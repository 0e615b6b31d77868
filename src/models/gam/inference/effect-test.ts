import { multiplyDense, symmetricEigen, transformSymmetric } from "../../../numeric/index.ts";
import { upperOfMixture } from "./smooth-test.ts";
import type { ReferenceScale, SmoothTest } from "./smooth-test.ts";
import { upperCholesky } from "./upper-cholesky.ts";

/** The coefficients of a fully penalized smooth; matrices are size × size, at dispersion 1. */
export interface EffectCoefficients {
  readonly estimates: Float64Array;
  /** Their part of (X'WX + S)⁻¹. */
  readonly unscaledCovariance: Float64Array;
  /** Their covariance over samples in which the effect is 0 and other random effects vary as estimated. */
  readonly nullCovariance: Float64Array;
  readonly dispersion: number;
}

/** Weights below this share of the largest are rounding. */
const ROUNDING = 1e-11;

/**
 * Whether a random effect, or any smooth whose penalties leave nothing free, is 0: the penalized likelihood ratio `b' V⁻¹ b`, V the covariance of
 * b given the data, which under the hypothesis is a weighted sum of chi-squared variables. (Its variance parameter lies on the edge of its range
 * then, so that a Wald test would be wrong.)
 *
 * @see Wood (2013), A simple test for random effects in regression models, doi:10.1093/biomet/ast038
 */
export function testEffect(effect: EffectCoefficients, scale: ReferenceScale): SmoothTest {
  const { estimates, unscaledCovariance, nullCovariance, dispersion } = effect;
  const { residualDegreesOfFreedom: df } = scale;
  const k = estimates.length;
  const { values, vectors } = symmetricEigen(unscaledCovariance, k);
  // b'V⁻¹b = |w'b|² with w the eigenvectors over the roots of their values.
  const whiten = vectors.map((value, cell) => value / Math.sqrt(Math.max(values[cell % k], Number.MIN_VALUE)));
  const white = estimates.map((_, j) => estimates.reduce((sum, value, i) => sum + whiten[i * k + j] * value, 0));
  const statistic = white.reduce((sum, value) => sum + value * value, 0) / dispersion;
  const weights = symmetricEigen(transformSymmetric(nullCovariance, k, whiten, k), k).values;
  const used = weights.filter((weight) => weight > ROUNDING * weights[0]);
  const pValue = used.length === 0 ? NaN : upperOfMixture(statistic, used, scale);
  return { statistic: df === Infinity ? statistic : statistic / used.length, referenceDegreesOfFreedom: used.length, pValue };
}

/**
 * F_o Ψ F_o' of other random effects: how they vary the estimates of the rest, at dispersion 1, Ψ the inverse of their λS.
 *
 * @param influence F, p × p @param penalty λS of the effect, size × size, in the columns from `first` on
 * @returns p × p; null where the penalty is not positive definite
 */
export function variationBy(influence: Float64Array, penalty: Float64Array, first: number, numColumns: number): Float64Array | null {
  const k = Math.round(Math.sqrt(penalty.length));
  if (!upperCholesky(penalty, k)) return null;
  const { values, vectors } = symmetricEigen(penalty, k);
  const part = Float64Array.from(
    { length: numColumns * k },
    (_, cell) => influence[Math.floor(cell / k) * numColumns + first + (cell % k)],
  );
  const scaled = multiplyDense(
    part,
    numColumns,
    k,
    vectors.map((value, cell) => value / Math.sqrt(values[cell % k])),
    k,
  );
  return Float64Array.from({ length: numColumns * numColumns }, (_, cell) => {
    const [i, j] = [Math.floor(cell / numColumns), cell % numColumns];
    let sum = 0;
    for (let a = 0; a < k; a++) sum += scaled[i * k + a] * scaled[j * k + a];
    return sum;
  });
}
