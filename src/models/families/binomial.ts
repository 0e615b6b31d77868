import { binomialDevianceOfMean } from "./binomial-deviance.ts";
import { binomialCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { binomialLogLikelihood } from "./log-likelihood.ts";
import { noParameters } from "./parameters.ts";
import { checkProportion, isProbability, warnSuccesses } from "./responses.ts";
import { binomialSaturated } from "./saturated.ts";

/** Proportions with the trials as prior weights; variance mean (1 − mean). */
export const binomialResponse: ResponseDistribution = {
  name: "binomial",
  label: "binomial",
  shape: "binomial",
  variancePower: NaN,
  parameter: null,
  estimatesParameter: false,
  ...noParameters,
  hasKnownDispersion: true,
  varianceName: null,
  dispersionParameters: 0,
  variance: (mean) => mean * (1 - mean),
  varianceSlope: (mean) => 1 - 2 * mean,
  varianceCurvature: () => -2,
  unitDeviance: binomialDevianceOfMean,
  isValidMean: isProbability,
  startMean: (response, weight) => (weight * response + 0.5) / (weight + 1),
  checkResponse: checkProportion,
  warnResponse: warnSuccesses,
  saturated: binomialSaturated,
  logLikelihood: binomialLogLikelihood,
  cumulative: binomialCumulative,
};
