import { negativeBinomialCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { FittedRows } from "./family.ts";
import { negativeBinomialLogLikelihood } from "./log-likelihood.ts";
import { negativeBinomialDeviance } from "./negative-binomial-deviance.ts";
import { parameterAbove } from "./parameters.ts";
import { poissonResponse } from "./poisson.ts";
import { responseMoments } from "./response-moments.ts";
import { checkNotNegative, isPositiveMean, warnFraction } from "./responses.ts";
import { negativeBinomialSaturated } from "./saturated.ts";
import { slopesByTheta } from "./theta-slopes.ts";

/** Overdispersed counts; variance mean + mean² / theta. Without theta, the poisson counts that its estimation starts from. */
export function negativeBinomialResponse(theta: number | null): ResponseDistribution {
  const parameters = [parameterAbove("theta", theta)];
  if (theta === null) {
    const estimated = { estimatesParameter: true, parameters, startParameters: startTheta };
    return { ...poissonResponse, name: "negativeBinomial", label: "Negative Binomial", ...estimated };
  }
  return {
    name: "negativeBinomial",
    label: `Negative Binomial(${Number(theta.toPrecision(4))})`,
    shape: "negativeBinomial",
    variancePower: NaN,
    parameter: theta,
    estimatesParameter: false,
    parameters,
    startParameters: () => [theta],
    ofParameter: slopesByTheta(theta),
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

/** A search starts between these whatever the moments say: the response varies by its means, too. */
const LEAST_START = 0.1;
const MOST_START = 100;

/** By the moments of the response, as if all means were one. */
function startTheta(rows: Pick<FittedRows, "response" | "weights">): readonly number[] {
  const { mean, variance } = responseMoments(rows);
  const excess = variance - mean;
  return [excess > 0 ? Math.min(Math.max((mean * mean) / excess, LEAST_START), MOST_START) : MOST_START];
}
