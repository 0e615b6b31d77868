import type { GlmFit } from "../glm/glm-fit.ts";
import type { PenaltyBlock } from "./fitting/penalty-block.ts";
import type { EstimatedParameter, SmoothingMethod } from "./fitting/smoothing-fit.ts";

/** A smooth term with its inference. */
export interface FittedSmooth {
  /** mgcv's label: `s(age)`, `te(lon,lat)`, `s(hour):regionnorth`. */
  readonly label: string;
  /** Position of its first column in the design, and how many there are. */
  readonly first: number;
  readonly size: number;
  /** λ of each penalty, as mgcv scales penalties. */
  readonly smoothingParameters: readonly number[];
  /** How many coefficients it is worth after smoothing. */
  readonly effectiveDegreesOfFreedom: number;
  /** Those that the test refers to. */
  readonly referenceDegreesOfFreedom: number;
  /** F where the dispersion is estimated, else chi-squared. */
  readonly statistic: number;
  /** Of the hypothesis that the smooth is 0 everywhere. */
  readonly pValue: number;
  readonly isRandomEffect: boolean;
}

/** What the uncertainty of the smoothing parameters makes of a fit. */
export interface CorrectedFit {
  /** Covariance of the coefficients with that uncertainty; p × p, row-major. */
  readonly covariance: Float64Array;
  /** p effective degrees of freedom (mgcv's edf2). */
  readonly degreesOfFreedom: Float64Array;
}

/** What is needed to find {@link CorrectedFit}, which is only done when it is asked for. */
export interface SmoothingSearch {
  readonly penalties: readonly PenaltyBlock[];
  /** λ of each matrix of each block, and of each parameter that was chosen. */
  readonly smoothing: readonly (readonly number[])[];
  readonly parameters: Float64Array;
  readonly parametersAtInfinity: readonly number[];
  /**
   * Derivatives of the p coefficients by the logarithm of each parameter, then by the family's own ones that were estimated, on their scales without
   * bounds; p × (parameters + estimated parameters), row-major.
   */
  readonly directions: Float64Array;
  /** Of the criterion by the logarithms of the parameters and of the dispersion. */
  readonly hessian: Float64Array;
  /** The dispersion of the criterion. */
  readonly dispersion: number;
  readonly gamma: number;
  readonly fisherGram: Float64Array;
}

/**
 * What fitting a generalized additive model found: `unscaledCovariance` is (X'WX + S)⁻¹, so that dispersion × it is the covariance of the
 * coefficients given the data; `residualDegreesOfFreedom` are observations less effective degrees of freedom.
 */
export interface GamFit extends GlmFit {
  readonly method: SmoothingMethod;
  /** Value of the criterion that chose the smoothing parameters: a minus log restricted likelihood, or a GCV or UBRE score. */
  readonly criterion: number;
  readonly smooths: readonly FittedSmooth[];
  /** θ, power and the like, where the family's were estimated along with the smoothing. */
  readonly estimatedParameters: readonly EstimatedParameter[];
  /** The most different numbers of a covariate that smooths saw, each the mean of its cell; null where they saw the rows as they are. */
  readonly cells: number | null;
  /** p effective degrees of freedom by coefficient (mgcv's edf), and their upper bounds (edf1). */
  readonly degreesOfFreedom: Float64Array;
  readonly referenceDegreesOfFreedom: Float64Array;
  /** Covariance of the coefficients over samples from a fixed truth (mgcv's Ve); p × p, row-major. */
  readonly samplingCovariance: Float64Array;
  /** Share of the response's variance that is explained, fewer for more degrees of freedom. */
  readonly adjustedRSquared: number;
  /** Null until it is asked for, and where the method gives none. */
  readonly corrected: CorrectedFit | null;
  /** Null in a restored model. */
  readonly search: SmoothingSearch | null;
}
