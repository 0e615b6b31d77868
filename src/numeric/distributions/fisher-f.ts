import { logLowerBeta, lowerBeta } from "../special/incomplete-beta.ts";
import { chiSquared } from "./chi-squared.ts";
import { findPositiveRoot } from "./find-quantile.ts";
import { gamma } from "./gamma.ts";

/** Fisher's F distribution with `df1` and `df2` degrees of freedom, which need not be whole and may be Infinity. */
export interface FisherF {
  /** Probability of at most f. */
  cdf(f: number, df1: number, df2: number): number;
  /** Probability of more than f, computed as such: the p-value. */
  upper(f: number, df1: number, df2: number): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(f: number, df1: number, df2: number): number;
  /** The f whose `cdf` is `p`: 0 at 0, Infinity at 1, NaN outside. */
  quantile(p: number, df1: number, df2: number): number;
}

/**
 * Fisher's F distribution.
 * @example fisherF.upper(4.964602743730711, 1, 10) // 0.05
 */
export const fisherF: FisherF = {
  cdf(f, df1, df2) {
    if (df2 === Infinity) return df1 === Infinity ? step(f) : chiSquared.cdf(df1 * f, df1);
    return df1 === Infinity ? chiSquared.upper(df2 / Math.max(0, f), df2) : lowerBeta(df1 / 2, df2 / 2, ...shares(f, df1, df2));
  },
  upper(f, df1, df2) {
    return Math.exp(logUpper(f, df1, df2));
  },
  logUpper,
  quantile,
};

function logUpper(f: number, df1: number, df2: number): number {
  if (df2 === Infinity) return df1 === Infinity ? Math.log1p(-step(f)) : chiSquared.logUpper(df1 * f, df1);
  if (df1 === Infinity) return gamma.logCdf(df2 / Math.max(0, f), df2 / 2, 2);
  const [below, above] = shares(f, df1, df2);
  return logLowerBeta(df2 / 2, df1 / 2, above, below);
}

function logCdf(f: number, df1: number, df2: number): number {
  if (df2 === Infinity) return gamma.logCdf(df1 * f, df1 / 2, 2);
  if (df1 === Infinity) return chiSquared.logUpper(df2 / f, df2);
  return logLowerBeta(df1 / 2, df2 / 2, ...shares(f, df1, df2));
}

/** df1 f / (df1 f + df2) and its complement. */
function shares(f: number, df1: number, df2: number): [below: number, above: number] {
  const odds = Math.max(0, f) * (df1 / df2);
  return [1 / (1 + 1 / odds), 1 / (1 + odds)];
}

/** Both degrees infinite: F is 1. */
function step(f: number): number {
  return Number.isNaN(f) ? NaN : Number(f >= 1);
}

function quantile(p: number, df1: number, df2: number): number {
  if (!(p >= 0 && p <= 1 && df1 > 0 && df2 > 0)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  if (df1 === Infinity && df2 === Infinity) return 1;
  if (p < 0.5) {
    const target = Math.log(p);
    return findPositiveRoot((f) => logCdf(f, df1, df2) - target, 1);
  }
  const target = Math.log1p(-p);
  return findPositiveRoot((f) => target - logUpper(f, df1, df2), 1);
}
