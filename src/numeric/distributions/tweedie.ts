import { powerDevianceTerm } from "../special/power-deviance.ts";
import { gamma } from "./gamma.ts";
import { inverseGaussian } from "./inverse-gaussian.ts";
import { normal } from "./normal.ts";
import { poisson } from "./poisson.ts";
import { compoundPoisson, logCompoundDensity, logCompoundLower, logCompoundUpper } from "./tweedie-compound.ts";
import { logStableDensity } from "./tweedie-stable.ts";

/** The Tweedie distributions: variance dispersion · mean^power, for a power of 0 or at least 1. */
export interface Tweedie {
  /**
   * Logarithm of the density at y; between the powers 1 and 2, logarithm of the probability at y = 0. At power 1, logarithm of the
   * probability of y, a multiple of the dispersion. NaN for powers that have no distribution.
   */
  logDensity(y: number, mean: number, dispersion: number, power: number): number;
  /** Probability of at most y; NaN for powers above 2 other than 3, and for powers that have no distribution. */
  cdf(y: number, mean: number, dispersion: number, power: number): number;
  /** Probability of more than y, computed as such; NaN as for `cdf`. */
  upper(y: number, mean: number, dispersion: number, power: number): number;
}

/**
 * The Tweedie distributions, among them the normal (power 0), Poisson (1), gamma (2) and inverse Gaussian (3) ones.
 * @example tweedie.logDensity(0, 2, 1, 1.5) // −2 √2: no event
 */
export const tweedie: Tweedie = { logDensity, cdf, upper };

function isProper(y: number, mean: number, dispersion: number, power: number): boolean {
  return (
    !Number.isNaN(y) &&
    dispersion > 0 &&
    dispersion < Infinity &&
    (power === 0 || power >= 1) &&
    (power === 0 || mean > 0) &&
    mean < Infinity
  );
}

function logDensity(y: number, mean: number, dispersion: number, power: number): number {
  if (!isProper(y, mean, dispersion, power)) return NaN;
  if (power === 0) return normal.logDensity((y - mean) / Math.sqrt(dispersion)) - 0.5 * Math.log(dispersion);
  if (power === 1) return poisson.logDensity(y / dispersion, mean / dispersion);
  if (power === 2) return gamma.logDensity(y, 1 / dispersion, mean * dispersion);
  if (power === 3) return inverseGaussian.logDensity(y, mean, dispersion);
  if (y < 0 || y === Infinity) return -Infinity;
  if (power > 2) return y === 0 ? -Infinity : logStableDensity(y, mean, dispersion, power);
  return y === 0 ? -compoundPoisson(mean, dispersion, power).rate : logCompoundDensity(y, mean, dispersion, power);
}

function cdf(y: number, mean: number, dispersion: number, power: number): number {
  if (!isProper(y, mean, dispersion, power)) return NaN;
  if (power === 0) return normal.cdf((y - mean) / Math.sqrt(dispersion));
  if (power === 1) return poisson.cdf(y / dispersion, mean / dispersion);
  if (power === 2) return gamma.cdf(y, 1 / dispersion, mean * dispersion);
  if (power === 3) return inverseGaussian.cdf(y, mean, dispersion);
  if (power > 2) return NaN;
  if (y < 0) return 0;
  if (y === Infinity) return 1;
  const parts = compoundPoisson(mean, dispersion, power);
  const zero = Math.exp(-parts.rate);
  if (y === 0) return zero;
  if (isOutOfReach(y, mean, dispersion, power)) return y < mean ? 0 : 1;
  return y < mean ? zero + Math.exp(logCompoundLower(y, parts)) : 1 - Math.exp(logCompoundUpper(y, parts));
}

function upper(y: number, mean: number, dispersion: number, power: number): number {
  if (!isProper(y, mean, dispersion, power)) return NaN;
  if (power === 0) return normal.upper((y - mean) / Math.sqrt(dispersion));
  if (power === 1) return poisson.upper(y / dispersion, mean / dispersion);
  if (power === 2) return gamma.upper(y, 1 / dispersion, mean * dispersion);
  if (power === 3) return inverseGaussian.upper(y, mean, dispersion);
  if (power > 2) return NaN;
  if (y < 0) return 1;
  if (y === Infinity) return 0;
  const parts = compoundPoisson(mean, dispersion, power);
  if (y === 0) return -Math.expm1(-parts.rate);
  if (isOutOfReach(y, mean, dispersion, power)) return y < mean ? 1 : 0;
  return Math.exp(logCompoundUpper(y, parts));
}

/** Whether the tail beyond y underflows: it is at most the exponential of less half the scaled deviance (Chernoff's bound). */
function isOutOfReach(y: number, mean: number, dispersion: number, power: number): boolean {
  return powerDevianceTerm(y, mean, power) / dispersion > 745;
}
