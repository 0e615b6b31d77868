import type { Warning } from "../../../errors.ts";
import type { Family } from "../../families/family.ts";

/**
 * How smoothing parameters are chosen: by restricted or marginal likelihood, generalized cross validation or the unbiased risk estimate, each exactly;
 * or by an approximation to restricted likelihood, `fREML` (of the working linear model) and `EFS` (extended Fellner-Schall).
 */
export type SmoothingMethod = "REML" | "ML" | "GCV" | "UBRE" | "fREML" | "EFS";

/** How a fit is to be sought. */
export interface SmoothingSettings {
  readonly method: SmoothingMethod;
  /** Rows with weight, frequencies counted. */
  readonly numObservations: number;
  /** The dispersion where the family leaves it open and it is known all the same; null: it is sought. */
  readonly dispersion: number | null;
  /** Above 1 for smoother fits. */
  readonly gamma: number;
  /** Coefficients to start from; null: the family's start means. */
  readonly start: Float64Array | null;
  /** Coefficients with valid means to fall back on when the first step leads out of the range; null: none are known. */
  readonly fallback: Float64Array | null;
  /** λ of each parameter to start from; null: chosen from the data. */
  readonly startSmoothing: readonly number[] | null;
  /** Values of all of the family's own parameters to start from, where some are to be estimated; null or absent: the middle of their scales. */
  readonly startParameters?: readonly number[] | null;
  readonly maxIterations: number;
  /** Stop when the criterion would fall by less, in units of the log-likelihood. */
  readonly tolerance: number;
}

/** A parameter of the family's own that was estimated. */
export interface EstimatedParameter {
  readonly name: string;
  readonly value: number;
  /** Null where the parameter stands at a limit. */
  readonly standardError: number | null;
}

/** What a search for smoothing parameters ended with. Vectors and matrices have p rows; 0 where a column is left out. */
export interface SmoothingFit {
  readonly coefficients: Float64Array;
  /** With the values of its own parameters, if some were estimated. */
  readonly family: Family;
  readonly estimatedParameters: readonly EstimatedParameter[];
  /** 1 for columns outside the smooths that depend on others. */
  readonly aliased: Uint8Array;
  /** Coefficients that are free: p, less what depends on other columns, less what constraints bind. */
  readonly rank: number;
  /** λ of each matrix of each block. */
  readonly smoothing: readonly (readonly number[])[];
  /** λ of each parameter that was sought, in ascending order of the parameters' numbers. */
  readonly parameters: Float64Array;
  /** The dispersion that the criterion ended with; 1 or the given one where it was not sought. */
  readonly dispersion: number;
  readonly method: SmoothingMethod;
  readonly criterion: number;
  /** Of the criterion (of GCV and UBRE in units of the log-likelihood) by log λ of the parameters, then the family's own parameters on their scales without bounds, then log dispersion, where these are sought. */
  readonly gradient: Float64Array;
  /** Second derivatives; square, row-major. */
  readonly outerHessian: Float64Array;
  /**
   * d coefficients / d log λ, then by the family's own parameters that were sought, on their scales without bounds; p × (parameters + own parameters),
   * row-major.
   */
  readonly directions: Float64Array;
  readonly deviance: number;
  /** Σ weight (y − mean)² / variance. */
  readonly pearson: number;
  /** X'WX with the expected information, at dispersion 1; p × p. */
  readonly fisherGram: Float64Array;
  /** (X'WX + ΣλS)⁻¹ with the expected information; p × p, 0 outside what is free. */
  readonly fisherInverse: Float64Array;
  /** (X'WX + ΣλS)⁻¹ with the observed information; p × p, 0 outside what is free. */
  readonly newtonInverse: Float64Array;
  /** Places that the coefficients went to, for all smoothing parameters that were tried. */
  readonly innerIterations: number;
  readonly outerIterations: number;
  readonly converged: boolean;
  /** For each block the rows of its shape's inequalities that hold with equality. */
  readonly binding: readonly (readonly number[])[];
  /** Positions, in `parameters`, of those at infinity: the criterion falls as long as they grow. */
  readonly parametersAtInfinity: readonly number[];
  readonly warnings: readonly Warning[];
}
