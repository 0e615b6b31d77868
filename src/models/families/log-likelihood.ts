import { stirlingError } from "../../numeric/index.ts";
import type { FittedRows } from "./family.ts";
import { binomialSaturated, negativeBinomialSaturated, poissonSaturated } from "./saturated.ts";

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
export function poissonLogLikelihood(fitted: FittedRows, isCount: (response: number) => boolean): number {
  const { response, weights, deviance } = fitted;
  for (let i = 0; i < response.length; i++) if (weights[i] !== 0 && !isCount(response[i])) return -Infinity;
  return poissonSaturated(fitted)[0] - 0.5 * deviance;
}

/** Binomial with the prior weights as trials: the likelihood of a perfect fit less half the deviance. */
export function binomialLogLikelihood(fitted: FittedRows): number {
  return binomialSaturated(fitted)[0] - 0.5 * fitted.deviance;
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

/** Negative binomial of given theta: the likelihood of a perfect fit less half the deviance. */
export function negativeBinomialLogLikelihood(fitted: FittedRows, theta: number): number {
  return negativeBinomialSaturated(fitted, theta)[0] - 0.5 * fitted.deviance;
}
