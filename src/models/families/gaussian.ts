import { gaussianCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { gaussianLogLikelihood } from "./log-likelihood.ts";
import { noParameters } from "./parameters.ts";
import { powerDeviance } from "./power-deviance.ts";
import { checkFinite, isFiniteMean, warnNever } from "./responses.ts";
import { gaussianSaturated } from "./saturated.ts";

/** Any number; variance 1. */
export const gaussianResponse: ResponseDistribution = {
  name: "gaussian",
  label: "gaussian",
  shape: "power",
  variancePower: 0,
  parameter: null,
  estimatesParameter: false,
  ...noParameters,
  hasKnownDispersion: false,
  varianceName: null,
  dispersionParameters: 1,
  variance: () => 1,
  varianceSlope: () => 0,
  varianceCurvature: () => 0,
  unitDeviance: powerDeviance(0),
  isValidMean: isFiniteMean,
  startMean: (response) => response,
  checkResponse: checkFinite,
  warnResponse: warnNever,
  saturated: gaussianSaturated,
  logLikelihood: gaussianLogLikelihood,
  cumulative: gaussianCumulative,
};
