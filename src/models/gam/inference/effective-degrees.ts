import { makeSymmetric, multiplyDense } from "../../../numeric/index.ts";

/** A penalized fit as inference sees it: matrices are p × p, row-major. */
export interface PenalizedEstimates {
  /** p numbers. */
  readonly estimates: Float64Array;
  /** X'WX with Fisher's weights. */
  readonly fisherGram: Float64Array;
  /** (X'WX + S)⁻¹ with Fisher's weights. */
  readonly unscaledCovariance: Float64Array;
}

/** What penalties leave of each coefficient. */
export interface EffectiveDegrees {
  /** F = (X'WX + S)⁻¹ X'WX: what a change of the unpenalized estimates does to the penalized ones; p × p. */
  readonly influence: Float64Array;
  /** diag F: p effective degrees of freedom. */
  readonly edf: Float64Array;
  /** diag(2F − FF): an upper bound on them, the reference degrees of freedom of tests. */
  readonly edf1: Float64Array;
}

/** Effective degrees of freedom by coefficient. @see Wood (2017), Generalized Additive Models, section 6.1.2, doi:10.1201/9781315370279 */
export function effectiveDegrees({ estimates, fisherGram, unscaledCovariance }: PenalizedEstimates): EffectiveDegrees {
  const p = estimates.length;
  const influence = multiplyDense(unscaledCovariance, p, p, fisherGram, p);
  const edf = estimates.map((_, j) => influence[j * p + j]);
  const edf1 = edf.map((own, j) => {
    let square = 0;
    for (let k = 0; k < p; k++) square += influence[j * p + k] * influence[k * p + j];
    return 2 * own - square;
  });
  return { influence, edf, edf1 };
}

/** F (X'WX + S)⁻¹: the covariance of estimates over samples from a truth that the penalties do not shape, at dispersion 1. */
export function samplingCovariance({ influence }: EffectiveDegrees, unscaledCovariance: Float64Array, size: number): Float64Array {
  return makeSymmetric(multiplyDense(influence, size, size, unscaledCovariance, size), size);
}
