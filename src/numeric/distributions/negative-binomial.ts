import { logBinomialKernel } from "../special/binomial-kernel.ts";
import { lowerBeta } from "../special/incomplete-beta.ts";
import { poisson } from "./poisson.ts";
import { wholeBelow, wholeNumber } from "./whole-number.ts";

/** The negative binomial distribution of counts: variance mean + mean² / theta; theta = Infinity is the Poisson distribution. */
export interface NegativeBinomial {
  /** Logarithm of the probability of exactly `y`; −Infinity where it is impossible. */
  logDensity(y: number, mean: number, theta: number): number;
  /** Probability of at most y. */
  cdf(y: number, mean: number, theta: number): number;
  /** Probability of more than y, computed as such. */
  upper(y: number, mean: number, theta: number): number;
}

/**
 * The negative binomial distribution by mean and theta.
 * @example negativeBinomial.logDensity(0, 1, 1) // log(1/2)
 */
export const negativeBinomial: NegativeBinomial = {
  logDensity(y, mean, theta) {
    if (theta === Infinity) return poisson.logDensity(y, mean);
    if (!isProper(mean, theta) || Number.isNaN(y)) return NaN;
    const count = wholeNumber(y);
    if (!(count >= 0 && count < Infinity)) return -Infinity;
    if (count === 0) return -theta * Math.log1p(mean / theta);
    const [rest, probability] = shares(mean, theta);
    return Math.log(theta / (theta + count)) + logBinomialKernel(count, theta, probability, rest);
  },
  cdf(y, mean, theta) {
    if (theta === Infinity) return poisson.cdf(y, mean);
    const count = wholeBelow(y);
    if (!isProper(mean, theta) || Number.isNaN(count)) return NaN;
    return count < 0 ? 0 : lowerBeta(theta, count + 1, ...shares(mean, theta));
  },
  upper(y, mean, theta) {
    if (theta === Infinity) return poisson.upper(y, mean);
    const count = wholeBelow(y);
    if (!isProper(mean, theta) || Number.isNaN(count)) return NaN;
    const [rest, probability] = shares(mean, theta);
    return count < 0 ? 1 : lowerBeta(count + 1, theta, probability, rest);
  },
};

function isProper(mean: number, theta: number): boolean {
  return mean >= 0 && mean < Infinity && theta > 0;
}

/** theta / (theta + mean) and its complement. */
function shares(mean: number, theta: number): [rest: number, probability: number] {
  return [1 / (1 + mean / theta), 1 / (1 + theta / mean)];
}
