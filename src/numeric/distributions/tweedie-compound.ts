import { logLowerGamma, logUpperGamma } from "../special/incomplete-gamma.ts";
import { logPoissonKernel } from "../special/poisson-kernel.ts";
import { powerDevianceTerm } from "../special/power-deviance.ts";
import { gamma } from "./gamma.ts";
import { logSumPeaked, visitPeaked } from "./sum-peaked.ts";

/** A Tweedie variable of power between 1 and 2 as a sum of a Poisson number of gamma variables. */
export interface CompoundPoisson {
  /** Mean of the number of summands. */
  readonly rate: number;
  /** Shape of a summand. */
  readonly shape: number;
  /** Scale of a summand. */
  readonly scale: number;
}

/** A log density, and its first and second derivative by the logarithm of the dispersion. */
export interface Saturation {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

/** @see Jørgensen (1997), The Theory of Dispersion Models, §4.2 */
export function compoundPoisson(mean: number, dispersion: number, power: number): CompoundPoisson {
  return {
    rate: mean ** (2 - power) / (dispersion * (2 - power)),
    shape: (2 - power) / (power - 1),
    scale: dispersion * (power - 1) * mean ** (power - 1),
  };
}

/**
 * log density at y > 0: the series of Dunn and Smyth, each term as a Poisson probability times a gamma density, whose saddle-point forms
 * leave nothing to cancel. The terms are those of a variable with mean y; the deviance then carries it over to `mean`, so that they keep
 * their digits however far y lies from it.
 * @see Dunn and Smyth (2005), Series evaluation of Tweedie exponential dispersion model densities, doi:10.1007/s11222-005-4070-y
 */
export function logCompoundDensity(y: number, mean: number, dispersion: number, power: number): number {
  const { rate, shape, scale } = compoundPoisson(y, dispersion, power);
  const x = y / scale;
  const logTerm = (j: number): number => logPoissonKernel(j, rate) + gamma.logDensity(x, j * shape, 1);
  const logAtMean = logSumPeaked(logTerm, 1, rate, (peak) => Math.sqrt(peak / (1 + shape))) - Math.log(scale);
  return logAtMean - powerDevianceTerm(y, mean, power) / dispersion;
}

/**
 * The log density at a mean of y > 0 and its first and second derivative by the logarithm of the dispersion, which multiply each term of the
 * series by its number of summands: those are moments of that number.
 */
export function saturateCompound(y: number, dispersion: number, power: number): Saturation {
  const { rate, shape, scale } = compoundPoisson(y, dispersion, power);
  const x = y / scale;
  const logTerm = (j: number): number => logPoissonKernel(j, rate) + gamma.logDensity(x, j * shape, 1);
  let [sum, mean, square] = [0, 0, 0];
  const guess = Math.max(1, Math.round(rate));
  const { top, stride } = visitPeaked(
    logTerm,
    1,
    rate,
    (peak) => Math.sqrt(peak / (1 + shape)),
    (j, share) => {
      sum += share;
      mean += share * (j - guess);
      square += share * (j - guess) * (j - guess);
    },
  );
  mean /= sum;
  const variance = square / sum - mean * mean;
  // x is shape × rate.
  return {
    value: top + Math.log(stride * sum) - Math.log(scale),
    first: (1 + shape) * (rate - guess - mean),
    second: (1 + shape) * ((1 + shape) * variance - rate),
  };
}

/** log of the probability of a value in (0, y], for y > 0. */
export function logCompoundLower(y: number, parts: CompoundPoisson): number {
  return logMixture(parts, y, (shape, x) => logLowerGamma(shape, x));
}

/** log of the probability of more than y, for y ≥ 0. */
export function logCompoundUpper(y: number, parts: CompoundPoisson): number {
  return logMixture(parts, y, (shape, x) => logUpperGamma(shape, x));
}

function logMixture(parts: CompoundPoisson, y: number, logTail: (shape: number, x: number) => number): number {
  const { rate, shape, scale } = parts;
  const x = y / scale;
  const logTerm = (j: number): number => logPoissonKernel(j, rate) + logTail(j * shape, x);
  return logSumPeaked(logTerm, 1, rate, (peak) => Math.sqrt(peak / (1 + shape)));
}
