import { gammaCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { gammaLogLikelihood } from "./log-likelihood.ts";
import { noParameters } from "./parameters.ts";
import { powerDeviance } from "./power-deviance.ts";
import { checkPositive, isPositiveMean, warnNever } from "./responses.ts";
import { gammaSaturated } from "./saturated.ts";

/** Amounts above 0; variance mean². */
export const gammaResponse: ResponseDistribution = {
  name: "gamma",
  label: "Gamma",
  shape: "power",
  variancePower: 2,
  parameter: null,
  estimatesParameter: false,
  ...noParameters,
  hasKnownDispersion: false,
  varianceName: null,
  dispersionParameters: 1,
  variance: (mean) => mean * mean,
  varianceSlope: (mean) => 2 * mean,
  varianceCurvature: () => 2,
  unitDeviance: powerDeviance(2),
  isValidMean: isPositiveMean,
  startMean: (response) => response,
  checkResponse: checkPositive,
  warnResponse: warnNever,
  saturated: gammaSaturated,
  logLikelihood: gammaLogLikelihood,
  cumulative: gammaCumulative,
};
