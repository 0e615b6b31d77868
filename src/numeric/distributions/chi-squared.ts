import { gamma } from "./gamma.ts";

/** The chi-squared distribution with `df` degrees of freedom, which need not be whole. */
export interface ChiSquared {
  /** Probability of at most x. */
  cdf(x: number, df: number): number;
  /** Probability of more than x, computed as such: a p-value keeps its digits down to 1e-308. */
  upper(x: number, df: number): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(x: number, df: number): number;
  /** The x whose `cdf` is `p`. */
  quantile(p: number, df: number): number;
}

/**
 * The chi-squared distribution: a gamma distribution of shape df / 2 and scale 2.
 * @example chiSquared.quantile(0.95, 1) // 3.841458820694124
 */
export const chiSquared: ChiSquared = {
  cdf: (x, df) => gamma.cdf(x, df / 2, 2),
  upper: (x, df) => gamma.upper(x, df / 2, 2),
  logUpper: (x, df) => gamma.logUpper(x, df / 2, 2),
  quantile: (p, df) => gamma.quantile(p, df / 2, 2),
};
