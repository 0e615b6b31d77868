import { lowerGamma, upperGamma } from "../special/incomplete-gamma.ts";
import { logPoissonKernel } from "../special/poisson-kernel.ts";
import { wholeBelow, wholeNumber } from "./whole-number.ts";

/** The Poisson distribution of counts. */
export interface Poisson {
  /** Logarithm of the probability of exactly `y`; −Infinity where it is impossible. */
  logDensity(y: number, mean: number): number;
  /** Probability of at most y. */
  cdf(y: number, mean: number): number;
  /** Probability of more than y, computed as such. */
  upper(y: number, mean: number): number;
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
  cdf(y, mean) {
    const count = wholeBelow(y);
    return count < 0 && mean >= 0 ? 0 : upperGamma(count + 1, mean);
  },
  upper(y, mean) {
    const count = wholeBelow(y);
    return count < 0 && mean >= 0 ? 1 : lowerGamma(count + 1, mean);
  },
};
