import { inverseGaussianCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { inverseGaussianLogLikelihood } from "./log-likelihood.ts";
import { noParameters } from "./parameters.ts";
import { powerDeviance } from "./power-deviance.ts";
import { checkPositive, isPositiveMean, warnNever } from "./responses.ts";
import { inverseGaussianSaturated } from "./saturated.ts";

/** Amounts above 0 with a long tail; variance mean³. */
export const inverseGaussianResponse: ResponseDistribution = {
  name: "inverseGaussian",
  label: "inverse.gaussian",
  shape: "power",
  variancePower: 3,
  parameter: null,
  estimatesParameter: false,
  ...noParameters,
  hasKnownDispersion: false,
  varianceName: null,
  dispersionParameters: 1,
  variance: (mean) => mean * mean * mean,
  varianceSlope: (mean) => 3 * mean * mean,
  varianceCurvature: (mean) => 6 * mean,
  unitDeviance: powerDeviance(3),
  isValidMean: isPositiveMean,
  startMean: (response) => response,
  checkResponse: checkPositive,
  warnResponse: warnNever,
  saturated: inverseGaussianSaturated,
  logLikelihood: inverseGaussianLogLikelihood,
  cumulative: inverseGaussianCumulative,
};
