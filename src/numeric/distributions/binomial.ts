import { logBinomialKernel } from "../special/binomial-kernel.ts";
import { lowerBeta } from "../special/incomplete-beta.ts";
import { wholeBelow, wholeNumber } from "./whole-number.ts";

/** The binomial distribution: successes in a number of trials, each with the same probability. */
export interface Binomial {
  /** Logarithm of the probability of exactly `successes`; −Infinity where it is impossible. */
  logDensity(successes: number, trials: number, probability: number): number;
  /** Probability of at most `successes`. */
  cdf(successes: number, trials: number, probability: number): number;
  /** Probability of more than `successes`, computed as such. */
  upper(successes: number, trials: number, probability: number): number;
}

/**
 * The binomial distribution.
 * @example binomial.logDensity(1, 2, 0.5) // log(1/2)
 */
export const binomial: Binomial = {
  logDensity(successes, trials, probability) {
    const n = wholeNumber(trials);
    if (!isProper(n, probability) || Number.isNaN(successes)) return NaN;
    const x = wholeNumber(successes);
    if (!(x >= 0 && x <= n)) return -Infinity;
    return logBinomialKernel(x, n - x, probability, 1 - probability);
  },
  cdf: (successes, trials, probability) => tail(successes, trials, probability, false),
  upper: (successes, trials, probability) => tail(successes, trials, probability, true),
};

function tail(successes: number, trials: number, probability: number, upper: boolean): number {
  const n = wholeNumber(trials);
  const x = wholeBelow(successes);
  if (!isProper(n, probability) || Number.isNaN(x)) return NaN;
  if (x < 0) return upper ? 1 : 0;
  if (x >= n) return upper ? 0 : 1;
  return upper ? lowerBeta(x + 1, n - x, probability) : lowerBeta(n - x, x + 1, 1 - probability, probability);
}

function isProper(trials: number, probability: number): boolean {
  return trials >= 0 && trials < Infinity && probability >= 0 && probability <= 1;
}
