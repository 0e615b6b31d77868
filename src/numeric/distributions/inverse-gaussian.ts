import { gaussLegendre } from "../gauss-legendre.ts";
import { log1mExp } from "../special/log-exp.ts";
import { HALF_LOG_TWO_PI } from "../special/log-gamma.ts";
import { millsRatio } from "../special/mills-ratio.ts";
import { millsSlope } from "../special/mills-slope.ts";
import { normal } from "./normal.ts";

/** The inverse Gaussian distribution: variance dispersion · mean³; the mean may be Infinity (the Lévy distribution). */
export interface InverseGaussian {
  /** Logarithm of the density at y: −Infinity at 0 and below. */
  logDensity(y: number, mean: number, dispersion: number): number;
  /** Probability of at most y. */
  cdf(y: number, mean: number, dispersion: number): number;
  /** Probability of more than y, computed as such. */
  upper(y: number, mean: number, dispersion: number): number;
  /** Logarithm of `cdf`, which does not underflow. */
  logCdf(y: number, mean: number, dispersion: number): number;
  /** Logarithm of `upper`, which does not underflow. */
  logUpper(y: number, mean: number, dispersion: number): number;
}

/**
 * The inverse Gaussian distribution by mean and dispersion.
 * @example inverseGaussian.logDensity(1, 1, 1) // −½ log 2π
 * @see Giner and Smyth (2016), doi:10.32614/RJ-2016-024 (what must be stable, and where)
 */
export const inverseGaussian: InverseGaussian = {
  logDensity(y, mean, dispersion) {
    if (!isProper(mean, dispersion) || Number.isNaN(y)) return NaN;
    if (y <= 0 || y === Infinity) return -Infinity;
    const z = (y / mean - 1) / (Math.sqrt(dispersion) * Math.sqrt(y));
    return -0.5 * z * z - HALF_LOG_TWO_PI - 0.5 * Math.log(dispersion) - 1.5 * Math.log(y);
  },
  cdf: (y, mean, dispersion) => Math.exp(logCdf(y, mean, dispersion)),
  upper: (y, mean, dispersion) => Math.exp(logUpper(y, mean, dispersion)),
  logCdf,
  logUpper,
};

/** Exact on steps up to 1 for the ratio's slope, whose Taylor series converges everywhere. */
const QUADRATURE = gaussLegendre(12);

function isProper(mean: number, dispersion: number): boolean {
  return mean > 0 && dispersion > 0 && dispersion < Infinity;
}

/**
 * With z = (y/mean − 1)/√(dispersion y) and z′ = (y/mean + 1)/√(dispersion y), the distribution function is
 * Φ(z) + exp(2/(dispersion mean)) Φ(−z′), and the second term is the normal density at z times Mills' ratio at z′: nothing overflows.
 */
function logCdf(y: number, mean: number, dispersion: number): number {
  if (!isProper(mean, dispersion) || Number.isNaN(y)) return NaN;
  if (y <= 0) return -Infinity;
  if (y === Infinity) return 0;
  const root = Math.sqrt(dispersion) * Math.sqrt(y);
  const z = (y / mean - 1) / root;
  if (z > 0) return log1mExp(-logUpper(y, mean, dispersion));
  const lower = normal.logDensity(z) + Math.log(millsRatio(-z) + millsRatio((y / mean + 1) / root));
  // For a large dispersion nearly all lies below the mean: then the other tail is the small one.
  return lower < -Math.LN2 ? lower : log1mExp(-logUpper(y, mean, dispersion));
}

function logUpper(y: number, mean: number, dispersion: number): number {
  if (!isProper(mean, dispersion) || Number.isNaN(y)) return NaN;
  if (y <= 0) return 0;
  if (y === Infinity) return -Infinity;
  const root = Math.sqrt(dispersion) * Math.sqrt(y);
  const z = (y / mean - 1) / root;
  const step = 2 / root;
  if (step < 1) return normal.logDensity(z) + Math.log(millsFall(z, step));
  const zPrime = (y / mean + 1) / root;
  if (z > 0) return normal.logDensity(z) + Math.log(millsRatio(z) - millsRatio(zPrime));
  return Math.log1p(-Math.exp(normal.logDensity(z)) * (millsRatio(-z) + millsRatio(zPrime)));
}

/** Mills' ratio at z less that at z + step, for steps up to 1: the integral of its slope. */
function millsFall(z: number, step: number): number {
  let sum = 0;
  for (let k = 0; k < QUADRATURE.nodes.length; k++) sum += QUADRATURE.weights[k] * millsSlope(z + step * QUADRATURE.nodes[k]);
  return step * sum;
}
