import { tweedieCumulative } from "./cumulative.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { powerDeviance } from "./power-deviance.ts";
import { powerParameter, slopesByPower } from "./power-slopes.ts";
import { checkFinite, checkNotNegative, checkPositive, isFiniteMean, isPositiveMean, warnNever } from "./responses.ts";
import { tweedieSaturated } from "./saturated.ts";
import { tweedieLogLikelihoodAt } from "./tweedie-likelihood.ts";

/** The power that estimating one starts from. */
const FIRST_POWER = 1.5;

/** Variance mean^power: 0 is gaussian, between 1 and 2 amounts with a mass at 0, 2 gamma, 3 inverse gaussian. */
export function tweedieResponse(given: number | null): ResponseDistribution {
  const power = given ?? FIRST_POWER;
  return {
    name: "tweedie",
    label: given === null ? "Tweedie" : `Tweedie(${Number(power.toPrecision(4))})`,
    shape: "power",
    variancePower: power,
    parameter: given,
    estimatesParameter: given === null,
    parameters: [powerParameter(given)],
    startParameters: () => [power],
    ofParameter: slopesByPower(power),
    hasKnownDispersion: false,
    varianceName: null,
    dispersionParameters: 1,
    variance: (mean) => mean ** power,
    varianceSlope: (mean) => (power === 0 ? 0 : power * mean ** (power - 1)),
    varianceCurvature: (mean) => (power === 0 ? 0 : power * (power - 1) * mean ** (power - 2)),
    unitDeviance: powerDeviance(power),
    isValidMean: power === 0 ? isFiniteMean : isPositiveMean,
    startMean: (response) => (response === 0 && power > 0 ? 0.1 : response),
    checkResponse: power === 0 ? checkFinite : power < 2 ? checkNotNegative : checkPositive,
    warnResponse: warnNever,
    saturated: tweedieSaturated(power),
    logLikelihood: (fitted) => tweedieLogLikelihoodAt(power, fitted.dispersion, fitted),
    cumulative: (response, mean, weight, dispersion) => tweedieCumulative(response, mean, dispersion / weight, power),
  };
}
