import { studentT } from "../../numeric/index.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { FittedRows } from "./family.ts";
import { parameterAbove } from "./parameters.ts";
import { responseMoments } from "./response-moments.ts";
import { checkFinite, isFiniteMean, warnNever } from "./responses.ts";
import { LEAST_DEGREES, scaledTLikelihood } from "./scaled-t-likelihood.ts";
import { saturateLikelihood } from "./work-likelihood.ts";

/** What an estimation starts from: heavy tails, and four fifths of the response's spread, as its means vary, too. */
const FIRST_DEGREES = 7.5;
const FIRST_SHARE = 0.8;

/** Any number, with tails as heavy as the data say: the mean plus scale × Student's t. The dispersion is 1: the scale stands for it. */
export function scaledTResponse([degreesOfFreedom, scale]: readonly (number | null)[]): ResponseDistribution {
  const degrees = degreesOfFreedom ?? FIRST_DEGREES;
  const width = scale ?? 1;
  const likelihood = scaledTLikelihood(degrees, width);
  const variance = degrees > 2 ? width * width * (degrees / (degrees - 2)) : Infinity;
  return {
    name: "scaledT",
    label: degreesOfFreedom === null || scale === null ? "Scaled t" : `Scaled t(${round(degreesOfFreedom)}, ${round(scale)})`,
    shape: "likelihood",
    likelihood,
    variancePower: NaN,
    parameter: null,
    estimatesParameter: degreesOfFreedom === null || scale === null,
    parameters: [parameterAbove("degreesOfFreedom", degreesOfFreedom, LEAST_DEGREES), parameterAbove("scale", scale)],
    startParameters: (rows) => [degrees, scale ?? FIRST_SHARE * spreadOf(rows)],
    ofParameter: null,
    hasKnownDispersion: true,
    varianceName: null,
    dispersionParameters: 0,
    variance: () => variance,
    varianceSlope: () => 0,
    varianceCurvature: () => 0,
    unitDeviance: (response, mean) => likelihood.unitDeviance(response, mean, NaN),
    isValidMean: isFiniteMean,
    startMean: (response) => response,
    checkResponse: checkFinite,
    warnResponse: warnNever,
    saturated: (rows) => saturateLikelihood(likelihood, rows),
    logLikelihood: (fitted) => saturateLikelihood(likelihood, { ...fitted, dispersion: 1 })[0] - 0.5 * fitted.deviance,
    cumulative: (response, mean) => {
      const t = (response - mean) / width;
      const [below, above] = [studentT.cdf(t, degrees), studentT.upper(t, degrees)];
      return { below, atOrBelow: below, above, atOrAbove: above };
    },
  };
}

/** The weighted standard deviation; 1 where there is none. */
function spreadOf(rows: Pick<FittedRows, "response" | "weights">): number {
  const { variance } = responseMoments(rows);
  return variance > 0 ? Math.sqrt(variance) : 1;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
