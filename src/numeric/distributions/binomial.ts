import { logBinomialKernel } from "./binomial-kernel.ts";
import { wholeNumber } from "./whole-number.ts";

/** The binomial distribution: successes in a number of trials, each with the same probability. */
export interface Binomial {
  /** Logarithm of the probability of exactly `successes`; −Infinity where it is impossible. */
  logDensity(successes: number, trials: number, probability: number): number;
}

/**
 * The binomial distribution.
 * @example binomial.logDensity(1, 2, 0.5) // log(1/2)
 */
export const binomial: Binomial = {
  logDensity(successes, trials, probability) {
    const n = wholeNumber(trials);
    if (!(n >= 0 && probability >= 0 && probability <= 1) || Number.isNaN(successes)) return NaN;
    const x = wholeNumber(successes);
    if (!(x >= 0 && x <= n)) return -Infinity;
    return logBinomialKernel(x, n - x, probability, 1 - probability);
  },
};
