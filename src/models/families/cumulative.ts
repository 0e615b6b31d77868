import { gamma, inverseGaussian, lowerBeta, lowerGamma, normal, tweedie, upperGamma } from "../../numeric/index.ts";
import type { Cumulative } from "./family.ts";

/** Of a response without mass at single values. */
function continuous(below: number, above: number): Cumulative {
  return { below, atOrBelow: below, above, atOrAbove: above };
}

export function gaussianCumulative(response: number, mean: number, weight: number, dispersion: number): Cumulative {
  const z = (response - mean) * Math.sqrt(weight / dispersion);
  return continuous(normal.cdf(z), normal.upper(z));
}

/** By the beta function, which takes fractional trials too. */
export function binomialCumulative(response: number, mean: number, weight: number): Cumulative {
  const successes = weight * response;
  const failures = weight * (1 - response);
  return {
    below: successes === 0 ? 0 : lowerBeta(failures + 1, successes, 1 - mean, mean),
    atOrBelow: failures === 0 ? 1 : lowerBeta(failures, successes + 1, 1 - mean, mean),
    above: failures === 0 ? 0 : lowerBeta(successes + 1, failures, mean, 1 - mean),
    atOrAbove: successes === 0 ? 1 : lowerBeta(successes, failures + 1, mean, 1 - mean),
  };
}

/** A response with a weight is the rate of a count: weight × response is Poisson with mean weight × mean. */
export function poissonCumulative(response: number, mean: number, weight: number): Cumulative {
  const count = weight * response;
  const expected = weight * mean;
  return {
    below: count === 0 ? 0 : upperGamma(count, expected),
    atOrBelow: upperGamma(count + 1, expected),
    above: lowerGamma(count + 1, expected),
    atOrAbove: count === 0 ? 1 : lowerGamma(count, expected),
  };
}

/** A response with a weight is the rate of a count: of weight independent ones, whose sum has size weight × theta. */
export function negativeBinomialCumulative(response: number, mean: number, weight: number, theta: number): Cumulative {
  const count = weight * response;
  const size = weight * theta;
  const share = 1 / (1 + mean / theta);
  const rest = 1 / (1 + theta / mean);
  return {
    below: count === 0 ? 0 : lowerBeta(size, count, share, rest),
    atOrBelow: lowerBeta(size, count + 1, share, rest),
    above: lowerBeta(count + 1, size, rest, share),
    atOrAbove: count === 0 ? 1 : lowerBeta(count, size, rest, share),
  };
}

export function gammaCumulative(response: number, mean: number, weight: number, dispersion: number): Cumulative {
  const shape = weight / dispersion;
  const scale = mean / shape;
  return continuous(gamma.cdf(response, shape, scale), gamma.upper(response, shape, scale));
}

export function inverseGaussianCumulative(response: number, mean: number, weight: number, dispersion: number): Cumulative {
  const perWeight = dispersion / weight;
  return continuous(inverseGaussian.cdf(response, mean, perWeight), inverseGaussian.upper(response, mean, perWeight));
}

/** Between the powers 1 and 2 there is a mass at 0; beyond 2, powers other than 3 have no distribution function that can be computed. */
export function tweedieCumulative(response: number, mean: number, dispersion: number, power: number): Cumulative | null {
  if (power > 2 && power !== 3) return null;
  const atOrBelow = tweedie.cdf(response, mean, dispersion, power);
  const above = tweedie.upper(response, mean, dispersion, power);
  if (response > 0 || power === 0) return continuous(atOrBelow, above);
  return { below: 0, atOrBelow, above, atOrAbove: 1 };
}
