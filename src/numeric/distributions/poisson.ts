import { devianceTerm } from "../special/deviance-term.ts";
import { stirlingError } from "../special/stirling-error.ts";
import { wholeNumber } from "./whole-number.ts";

/** The Poisson distribution of counts. */
export interface Poisson {
  /** Logarithm of the probability of exactly `y`; −Infinity where it is impossible. */
  logDensity(y: number, mean: number): number;
}

/**
 * The Poisson distribution.
 * @example poisson.logDensity(0, 2) // -2
 */
export const poisson: Poisson = {
  logDensity(y, mean) {
    if (!(mean >= 0) || Number.isNaN(y)) return NaN;
    const count = wholeNumber(y);
    return count >= 0 && count < Infinity ? logPoissonKernel(count, mean) : -Infinity;
  },
};

/**
 * log of meanˣ e^−mean / Γ(x + 1) for real x ≥ 0: the saddle-point form, exact for large x.
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3
 */
export function logPoissonKernel(x: number, mean: number): number {
  if (x === 0) return -mean;
  if (mean === 0 || mean === Infinity) return -Infinity;
  return -stirlingError(x) - devianceTerm(x, mean) - 0.5 * Math.log(2 * Math.PI * x);
}
