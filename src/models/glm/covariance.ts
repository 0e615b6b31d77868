import { describeReceived, InputError } from "../../errors.ts";
import type { GlmFit } from "./glm-fit.ts";
import { zeroAliased } from "./zero-aliased.ts";

/** Whether the fit leaves standard errors. */
export function hasCovariance({ restriction, dispersion }: GlmFit): boolean {
  return (restriction === null || restriction === "firth") && Number.isFinite(dispersion);
}

/** Covariance of the estimates: a given one, or dispersion × inverse information; NaN where aliased. */
export function covarianceOf({ givenCovariance, unscaledCovariance, dispersion }: GlmFit): Float64Array {
  return givenCovariance?.slice() ?? unscaledCovariance.map((value) => dispersion * value);
}

/** Variance of one estimate, as {@link covarianceOf} has it. */
export function varianceOf({ givenCovariance, unscaledCovariance, dispersion, estimates }: GlmFit, column: number): number {
  const cell = column * estimates.length + column;
  return givenCovariance ? givenCovariance[cell] : dispersion * unscaledCovariance[cell];
}

/** Covariance of the estimates with 0 for aliased ones. @throws InputError where the fit leaves none */
export function knownCovariance(call: string, fit: GlmFit): Float64Array {
  if (hasCovariance(fit)) return zeroAliased(covarianceOf(fit));
  throw new InputError({
    call,
    argument: "model",
    expected: "one with standard errors",
    received: fit.restriction === null ? "one without residual degrees of freedom" : `one fitted with ${fit.restriction}`,
    mend: "Fit it by maximum likelihood to more rows than it has coefficients.",
  });
}

/** A fit with another covariance of its estimates. @throws {@link InputError} unless it is p × p and symmetric */
export function withCovariance(call: string, fit: GlmFit, covariance: Float64Array): GlmFit {
  knownCovariance(call, fit);
  const p = fit.estimates.length;
  const isFloats = covariance instanceof Float64Array && covariance.length === p * p;
  if (!isFloats || !isCovariance(covariance, fit.aliased)) {
    throw new InputError({
      call,
      argument: "covariance",
      expected: `a Float64Array of ${p} × ${p} numbers, symmetric, with a diagonal of at least 0`,
      received: isFloats ? "one that is not symmetric or has other numbers" : describeReceived(covariance),
      mend: "Make it with model.robustCovariance().",
    });
  }
  const blank = (_: number, cell: number): boolean => fit.aliased[Math.floor(cell / p)] === 1 || fit.aliased[cell % p] === 1;
  return { ...fit, givenCovariance: covariance.map((entry, cell) => (blank(entry, cell) ? NaN : entry)) };
}

/** Entries of halves may differ by rounding. */
const ROUNDING = 1e-8;

function isCovariance(matrix: Float64Array, aliased: Uint8Array): boolean {
  const p = aliased.length;
  return matrix.every((entry, cell) => {
    const [i, j] = [Math.floor(cell / p), cell % p];
    if (aliased[i] || aliased[j]) return true;
    const scale = Math.sqrt(matrix[i * p + i] * matrix[j * p + j]);
    return Number.isFinite(entry) && matrix[i * p + i] >= 0 && Math.abs(entry - matrix[j * p + i]) <= ROUNDING * scale;
  });
}
