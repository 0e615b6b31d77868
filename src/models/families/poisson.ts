import { poissonCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { poissonLogLikelihood } from "./log-likelihood.ts";
import { noParameters } from "./parameters.ts";
import { powerDeviance } from "./power-deviance.ts";
import { checkNotNegative, isPositiveMean, isWhole, warnFraction } from "./responses.ts";
import { poissonSaturated } from "./saturated.ts";

/** Counts, or rates with their exposure as prior weights; variance mean. */
export const poissonResponse: ResponseDistribution = {
  name: "poisson",
  label: "poisson",
  shape: "power",
  variancePower: 1,
  parameter: null,
  estimatesParameter: false,
  ...noParameters,
  hasKnownDispersion: true,
  varianceName: null,
  dispersionParameters: 0,
  variance: (mean) => mean,
  varianceSlope: () => 1,
  varianceCurvature: () => 0,
  unitDeviance: powerDeviance(1),
  isValidMean: isPositiveMean,
  startMean: (response) => response + 0.1,
  checkResponse: checkNotNegative,
  warnResponse: warnFraction,
  saturated: poissonSaturated,
  logLikelihood: (fitted) => poissonLogLikelihood(fitted, isWhole),
  cumulative: poissonCumulative,
};
