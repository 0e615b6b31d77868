import { HALF_LOG_TWO_PI } from "../special/log-gamma.ts";
import { millsRatio } from "../special/mills-ratio.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** The standard normal distribution. */
export interface Normal {
  /** Density at x. */
  density(x: number): number;
  /** Logarithm of the density at x. */
  logDensity(x: number): number;
  /** Probability of at most x. */
  cdf(x: number): number;
  /** Probability of more than x, computed as such: it keeps its digits down to 1e-308. */
  upper(x: number): number;
  /** Logarithm of `cdf`, which does not underflow. */
  logCdf(x: number): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(x: number): number;
  /** The x whose `cdf` is `p`: −Infinity at 0, Infinity at 1, NaN outside. */
  quantile(p: number): number;
}

/**
 * The standard normal distribution: both tails to some 1e-15 relative.
 * @example normal.quantile(0.975) // 1.959963984540054
 */
export const normal: Normal = {
  density: (x) => densityAt(x),
  logDensity: (x) => -0.5 * x * x - HALF_LOG_TWO_PI,
  cdf: (x) => upperTail(-x),
  upper: (x) => upperTail(x),
  logCdf: (x) => logUpperTail(-x),
  logUpper: (x) => logUpperTail(x),
  quantile: normalQuantile,
};

/** 1 / √(2π). */
const INVERSE_ROOT_TWO_PI = 0.3989422804014327;

/** exp(−x²/2) with x² split so that its rounding is not magnified: the first part is a multiple of 1/256 and exact. */
function densityAt(x: number): number {
  const size = Math.abs(x);
  if (size > 40) return 0;
  const head = Math.trunc(size * 16) / 16;
  return INVERSE_ROOT_TWO_PI * Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (size - head) * (size + head));
}

function upperTail(x: number): number {
  if (x < 0) return 1 - upperTail(-x);
  const density = densityAt(x);
  // A rounding must not carry the half at 0 above one half.
  return density === 0 ? 0 : Math.min(0.5, density * millsRatio(x));
}

function logUpperTail(x: number): number {
  if (x < 0) return Math.log1p(-upperTail(-x));
  return x === Infinity ? -Infinity : -0.5 * x * x - HALF_LOG_TWO_PI + Math.log(millsRatio(x));
}
