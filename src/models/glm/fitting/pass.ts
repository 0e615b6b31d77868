import type { Family, ParameterLikelihood, SaturatedLikelihood } from "../../families/family.ts";

/** What one pass over the rows is to compute. All coefficients belong to the p columns of the design; those left out are 0. */
export type PassRequest = WorkingRequest | RemainderRequest | SlopeRequest;

/** Derivatives of the log-likelihood at dispersion 1, and the deviance. */
export interface WorkingRequest {
  readonly kind: "working";
  /** Where; null: at the family's start means, which need no coefficients. */
  readonly coefficients: Float64Array | null;
  readonly family: Family;
  /** The observed instead of the expected information. */
  readonly observed: boolean;
  /** How the curvature is to be summed: as XᵀWX, as the R factor of √W X, or not at all. */
  readonly curvature: "gram" | "qr" | "none";
  /** p × p: with it, Firth's correction is added to the score; null for the plain score. */
  readonly firth: Float64Array | null;
}

/** How much of some columns is left after a weighted regression on others. */
export interface RemainderRequest {
  readonly kind: "remainder";
  readonly family: Family;
  /** Where the weights are taken; null: at the start means. */
  readonly coefficients: Float64Array | null;
  /** Positions of the columns. */
  readonly columns: readonly number[];
  /** For each of these columns, p coefficients on the others. */
  readonly onOthers: readonly Float64Array[];
}

/** How the information XᵀWX, weighed by an inverse P, changes with the coefficients; and the saturated log-likelihood. */
export interface SlopeRequest {
  readonly kind: "slope";
  readonly family: Family;
  readonly coefficients: Float64Array;
  /** P, p × p and symmetric: for Laplace's approximation the inverse of the penalized information; null where the product is not wanted. */
  readonly inverse: Float64Array | null;
  /** Of the observed instead of the expected information. */
  readonly observed: boolean;
  /** Where the log-likelihood is taken. */
  readonly dispersion: number;
  /**
   * Whether to differentiate by the family's own parameters, all of `family.parameters`, which must have values (`family.withParameters`).
   * @defaultValue false
   */
  readonly byParameters?: boolean;
}

/** The sums of a {@link WorkingRequest}. */
export interface WorkingSums {
  readonly kind: "working";
  /** NaN or infinite where a mean is invalid: the other sums then mean nothing. */
  readonly deviance: number;
  /** Σ weight (y − mean)² / variance. */
  readonly pearson: number;
  /** p numbers: the score; at the start means the right-hand side whose solution is the first estimate. */
  readonly score: Float64Array;
  /** p × p, row-major; null where no curvature or a QR factor was asked for. */
  readonly gram: Float64Array | null;
  /** Upper triangular R of √W [X | z], (p + 1) × (p + 1), row-major, with X z = score in the least-squares sense; else null. */
  readonly factor: Float64Array | null;
}

/** The sums of a {@link SlopeRequest}. */
export interface SlopeSums {
  readonly kind: "slope";
  /**
   * p numbers: Xᵀ(h · dW/dη), with h = xᵀP x of each row and dW/dη the slope of its information. For any direction d of the coefficients,
   * `product · d` is the trace of P dXᵀWX along d: half of it is the slope of ½ log |XᵀWX + S|. Zeros where no P was given.
   */
  readonly product: Float64Array;
  /** The saturated log-likelihood at the dispersion, and its first and second derivative by the dispersion's logarithm. */
  readonly saturated: SaturatedLikelihood;
  /** How all this changes with the family's own parameters, if that was asked for and it has some; else null. */
  readonly byParameters: ParameterSums | null;
}

/**
 * Derivatives by the q own parameters of a family, on the scales without bounds on which they are sought (`parameter.toFree`), the coefficients
 * given. With V = −log-likelihood + β'Sβ / (2 dispersion) + ½ log |XᵀWX + S| + …, and P the inverse of the last matrix, W observed:
 *
 * - dβ/dθ = P `score`, of each parameter;
 * - dV/dθ = −`gradient` + ½ (`trace` + `product` · dβ/dθ);
 * - d²V/dθ dθ′ ≈ −`hessian` − `score`ᵀ P `score`′ / dispersion, without what W's own change adds;
 * - d²V/dθ dρ ≈ `score`ᵀ P λSβ / dispersion for ρ = log λ, and d²V/dθ d log(dispersion) = −`withDispersion`.
 *
 * @see Wood, Pya and Säfken (2016), doi:10.1080/01621459.2016.1180986 (§3)
 */
export interface ParameterSums extends ParameterLikelihood {
  /** q arrays of p numbers: Xᵀ d score / d parameter, at dispersion 1. */
  readonly score: readonly Float64Array[];
  /** q numbers: Σ h d W / d parameter, at dispersion 1. */
  readonly trace: Float64Array;
}

/** The sums of a {@link RemainderRequest}, one a column. */
export interface RemainderSums {
  readonly kind: "remainder";
  /** Σ W r² of what is left of the column. */
  readonly left: Float64Array;
  /** Σ W x² of the column itself. */
  readonly total: Float64Array;
  /** For each column the p numbers XᵀW r, to refine `onOthers` with. */
  readonly products: readonly Float64Array[];
}

export type PassSums = WorkingSums | RemainderSums | SlopeSums;
