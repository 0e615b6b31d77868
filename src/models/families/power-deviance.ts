import { devianceTerm } from "../../numeric/index.ts";

/** Beyond this distance of logarithms the plain formula keeps its digits; within it, the series has them all. */
export const NEAR_MEAN = 0.25;

/** The unit deviance of a variance mean^power: 2 ∫ (y − t) / t^power dt from the mean to y. */
export function powerDeviance(power: number): (y: number, mean: number) => number {
  switch (power) {
    case 0:
      return (y, mean) => (y - mean) * (y - mean);
    case 1:
      return (y, mean) => 2 * devianceTerm(y, mean);
    case 2:
      return (y, mean) => (2 * devianceTerm(mean, y)) / mean;
    case 3:
      return (y, mean) => ((y - mean) / mean) * ((y - mean) / mean / y);
    default:
      return (y, mean) => generalDeviance(power, y, mean);
  }
}

/**
 * With h(s) = (exp(s l) − 1) / s and l = log(y / mean), half the unit deviance is mean^(2 − power) (h(2 − power) − h(1)) / (1 − power):
 * the form of Jørgensen (1987) in which only the poisson power 1 is apart.
 *
 * @see Jørgensen (1987), Exponential dispersion models, doi:10.1111/j.2517-6161.1987.tb01685.x
 */
function generalDeviance(power: number, y: number, mean: number): number {
  const scale = mean ** (2 - power);
  if (y === 0) return power < 2 ? (2 * scale) / (2 - power) : Infinity;
  const excess = (y - mean) / mean;
  if (isNearMean(power, excess)) return 2 * scale * nearMeanSeries(power, Math.log1p(excess));
  return (2 * scale * (Math.expm1((2 - power) * Math.log(y / mean)) / (2 - power) - excess)) / (1 - power);
}

/** Whether the series is the better one for y = mean (1 + excess). */
export function isNearMean(power: number, excess: number): boolean {
  return Math.abs(excess) * Math.max(1, Math.abs(2 - power)) < NEAR_MEAN;
}

/** (h(2 − power) − h(1)) / (1 − power) by its power series in l = log(y / mean): all its terms are finite at any power. */
export function nearMeanSeries(power: number, logRatio: number): number {
  let coefficient = 1;
  let term = 0.5 * logRatio * logRatio;
  let sum = term;
  for (let k = 3; k < 60; k++) {
    coefficient = 1 + (2 - power) * coefficient;
    term *= logRatio / k;
    sum += term * coefficient;
    // A coefficient may be 0 on the way (power 3); the terms without it fall from one to the next.
    if (Math.abs(term) * Math.max(1, Math.abs(coefficient)) < 1e-18 * sum) break;
  }
  return sum;
}
