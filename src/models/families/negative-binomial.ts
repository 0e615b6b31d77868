import { negativeBinomialCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { negativeBinomialLogLikelihood } from "./log-likelihood.ts";
import { negativeBinomialDeviance } from "./negative-binomial-deviance.ts";
import { poissonResponse } from "./poisson.ts";
import { checkNotNegative, isPositiveMean, warnFraction } from "./responses.ts";
import { negativeBinomialSaturated } from "./saturated.ts";

/** Overdispersed counts; variance mean + mean² / theta. Without theta, the poisson counts that its estimation starts from. */
export function negativeBinomialResponse(theta: number | null): ResponseDistribution {
  if (theta === null) return { ...poissonResponse, name: "negativeBinomial", label: "Negative Binomial", estimatesParameter: true };
  return {
    name: "negativeBinomial",
    label: `Negative Binomial(${Number(theta.toPrecision(4))})`,
    shape: "negativeBinomial",
    variancePower: NaN,
    parameter: theta,
    estimatesParameter: false,
    hasKnownDispersion: true,
    varianceName: null,
    dispersionParameters: 0,
    variance: (mean) => mean + (mean * mean) / theta,
    varianceSlope: (mean) => 1 + (2 * mean) / theta,
    varianceCurvature: () => 2 / theta,
    unitDeviance: (response, mean) => negativeBinomialDeviance(response, mean, theta),
    isValidMean: isPositiveMean,
    startMean: (response) => (response === 0 ? 1 / 6 : response),
    checkResponse: checkNotNegative,
    warnResponse: warnFraction,
    saturated: (rows) => negativeBinomialSaturated(rows, theta),
    logLikelihood: (fitted) => negativeBinomialLogLikelihood(fitted, theta),
    cumulative: (response, mean, weight) => negativeBinomialCumulative(response, mean, weight, theta),
  };
}
