import { stirlingError } from "../../numeric/index.ts";
import type { FittedRows } from "./family.ts";

const TWO_PI = 2 * Math.PI;

/** Gaussian at the dispersion of maximum likelihood, deviance / rows with weight. @see R's `gaussian()$aic` */
export function gaussianLogLikelihood({ response, weights, frequencies, deviance }: FittedRows): number {
  let rows = 0;
  let logWeights = 0;
  for (let i = 0; i < response.length; i++) {
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0) continue;
    rows += frequency;
    logWeights += frequency * Math.log(weights[i] / frequency);
  }
  return -0.5 * rows * (Math.log((TWO_PI * deviance) / rows) + 1) + 0.5 * logWeights;
}

/** Poisson: the likelihood of a perfect fit less half the deviance. −Infinity with a response that is no whole number, as R has it. */
export function poissonLogLikelihood({ response, weights, deviance }: FittedRows, isCount: (response: number) => boolean): number {
  let perfect = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    if (weights[i] === 0) continue;
    if (!isCount(y)) return -Infinity;
    if (y > 0) perfect -= weights[i] * surprise(y);
  }
  return perfect - 0.5 * deviance;
}

/** Counts below are looked up. */
const LARGEST = 256;
const SURPRISES: Float64Array = Float64Array.from({ length: LARGEST }, (_, count) => (count === 0 ? 0 : computeSurprise(count)));

/** Minus the logarithm of the probability of a Poisson count at its mean. */
function surprise(y: number): number {
  const whole = y | 0;
  return whole === y && whole < LARGEST && whole >= 0 ? SURPRISES[whole] : computeSurprise(y);
}

function computeSurprise(y: number): number {
  return stirlingError(y) + 0.5 * Math.log(TWO_PI * y);
}

/**
 * Binomial with the prior weights as trials: the likelihood of a perfect fit less half the deviance.
 * Fractional trials or successes (which R rounds) count as such: factorials become gamma functions, and a proportion of 0 or 1 has no coefficient.
 *
 * @see Loader (2000), Fast and Accurate Computation of Binomial Probabilities, §3 (a perfect fit's probability by Stirling errors)
 */
export function binomialLogLikelihood({ response, weights, frequencies, deviance }: FittedRows): number {
  let perfect = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0 || y === 0 || y === 1) continue;
    const trials = weights[i] / frequency;
    const successes = nearWhole(trials * y);
    const failures = trials - successes;
    const correction = stirlingError(trials) - stirlingError(successes) - stirlingError(failures);
    perfect += frequency * (correction - 0.5 * Math.log(TWO_PI * successes * (failures / trials)));
  }
  return perfect - 0.5 * deviance;
}

/** A product of a proportion and its trials misses the whole number that it stands for by a rounding. */
function nearWhole(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value - rounded) < 1e-7 * Math.max(1, value) ? rounded : value;
}

/** Sums of the weights and of the weighted logarithms; rows of weight 0 are none. */
function sumLogs(response: Float64Array, weights: Float64Array): { total: number; logResponses: number } {
  let total = 0;
  let logResponses = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] === 0) continue;
    total += weights[i];
    logResponses += weights[i] * Math.log(response[i]);
  }
  return { total, logResponses };
}

/** Gamma at the dispersion deviance / sum of weights, which R takes for that of maximum likelihood. @see R's `Gamma()$aic` */
export function gammaLogLikelihood({ response, weights, deviance }: FittedRows): number {
  const { total, logResponses } = sumLogs(response, weights);
  return total * (gammaConstant(total / deviance) - 0.5) - logResponses;
}

/** shape log(shape) − shape − log Γ(shape): log(response × density) of a gamma response at its mean. */
function gammaConstant(shape: number): number {
  return 0.5 * Math.log(shape / TWO_PI) - stirlingError(shape);
}

/** Inverse gaussian at the dispersion deviance / sum of weights. @see R's `inverse.gaussian()$aic` */
export function inverseGaussianLogLikelihood({ response, weights, deviance }: FittedRows): number {
  const { total, logResponses } = sumLogs(response, weights);
  return -0.5 * (total * (Math.log((TWO_PI * deviance) / total) + 1) + 3 * logResponses);
}

/** Negative binomial of given theta: the likelihood of a perfect fit less half the deviance; fractions by gamma functions, as MASS has it. */
export function negativeBinomialLogLikelihood({ response, weights, deviance }: FittedRows, theta: number): number {
  let perfect = 0;
  for (let i = 0; i < response.length; i++) {
    const y = response[i];
    if (weights[i] === 0 || y === 0) continue;
    const correction = stirlingError(theta + y) - stirlingError(theta) - stirlingError(y);
    perfect += weights[i] * (correction - 0.5 * (Math.log(TWO_PI * y) + Math.log1p(y / theta)));
  }
  return perfect - 0.5 * deviance;
}
