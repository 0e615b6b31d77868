import { logLowerGamma, logUpperGamma, lowerGamma, upperGamma } from "../special/incomplete-gamma.ts";
import { logGamma } from "../special/log-gamma.ts";
import { logPoissonKernel } from "../special/poisson-kernel.ts";
import { findPositiveRoot } from "./find-quantile.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** The gamma distribution: mean shape · scale, variance shape · scale². */
export interface Gamma {
  /** Logarithm of the density at y: −Infinity below 0. */
  logDensity(y: number, shape: number, scale: number): number;
  /** Probability of at most y. */
  cdf(y: number, shape: number, scale: number): number;
  /** Probability of more than y, computed as such. */
  upper(y: number, shape: number, scale: number): number;
  /** Logarithm of `cdf`, which does not underflow. */
  logCdf(y: number, shape: number, scale: number): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(y: number, shape: number, scale: number): number;
  /** The y whose `cdf` is `p`: 0 at 0, Infinity at 1, NaN outside. */
  quantile(p: number, shape: number, scale: number): number;
}

/**
 * The gamma distribution.
 * @example gamma.cdf(2, 1, 2) // 1 − 1/e
 */
export const gamma: Gamma = {
  logDensity(y, shape, scale) {
    if (Number.isNaN(y) || !(shape > 0 && scale > 0)) return NaN;
    if (y < 0) return -Infinity;
    const x = y / scale;
    if (shape >= 1) return logPoissonKernel(shape - 1, x) - Math.log(scale);
    return x === 0 ? Infinity : logPoissonKernel(shape, x) + Math.log(shape / x) - Math.log(scale);
  },
  cdf: (y, shape, scale) => lowerGamma(shape, standardise(y, scale)),
  upper: (y, shape, scale) => upperGamma(shape, standardise(y, scale)),
  logCdf: (y, shape, scale) => logLowerGamma(shape, standardise(y, scale)),
  logUpper: (y, shape, scale) => logUpperGamma(shape, standardise(y, scale)),
  quantile: (p, shape, scale) => scale * standardQuantile(p, shape),
};

function standardise(y: number, scale: number): number {
  return scale > 0 ? Math.max(0, y / scale) : NaN;
}

/** The quantile for scale 1, found in the smaller tail and on its logarithm. */
function standardQuantile(p: number, shape: number): number {
  if (!(p >= 0 && p <= 1 && shape > 0)) return NaN;
  if (p === 0) return 0;
  if (p === 1) return Infinity;
  const start = startingPoint(p, shape);
  if (p < 0.5) {
    const target = Math.log(p);
    return findPositiveRoot((x) => logLowerGamma(shape, x) - target, start);
  }
  const target = Math.log1p(-p);
  return findPositiveRoot((x) => target - logUpperGamma(shape, x), start);
}

/** The leading term at the lower end, P ≈ xᵃ / Γ(a + 1), or Wilson and Hilferty's cube of a normal variable (1931). */
function startingPoint(p: number, shape: number): number {
  const cubeRoot = 1 + normalQuantile(p) / (3 * Math.sqrt(shape)) - 1 / (9 * shape);
  const x = shape * cubeRoot ** 3;
  if (shape >= 1 && x > 0.1 * shape) return x;
  const lowest = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape);
  return Math.min(Math.max(lowest, 1e-300), shape + 1);
}
