import { lowerBeta } from "../../numeric/index.ts";
import { betaLikelihood } from "./beta-likelihood.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { FittedRows, ResponseProblem } from "./family.ts";
import { parameterAbove } from "./parameters.ts";
import { responseMoments } from "./response-moments.ts";
import { warnNever } from "./responses.ts";
import { saturateLikelihood } from "./work-likelihood.ts";

/** What an estimation behaves as before it has begun, and where it may start. */
const FIRST_PRECISION = 10;
const LEAST_START = 1;
const MOST_START = 1000;
/** Nearer to an end the squares that the information is made of leave float64. */
const NEAREST = 1e-100;

/** Proportions strictly between 0 and 1; variance mean (1 − mean) / (1 + precision). The dispersion is 1: the precision stands for it. */
export function betaResponse([given]: readonly (number | null)[]): ResponseDistribution {
  const precision = given ?? FIRST_PRECISION;
  const likelihood = betaLikelihood(precision);
  return {
    name: "beta",
    label: given === null ? "Beta" : `Beta(${Number(given.toPrecision(4))})`,
    shape: "likelihood",
    likelihood,
    variancePower: NaN,
    parameter: given,
    estimatesParameter: given === null,
    parameters: [parameterAbove("precision", given)],
    startParameters: (rows) => [given ?? startPrecision(rows)],
    ofParameter: null,
    hasKnownDispersion: true,
    varianceName: null,
    dispersionParameters: 0,
    variance: (mean) => (mean * (1 - mean)) / (1 + precision),
    varianceSlope: (mean) => (1 - 2 * mean) / (1 + precision),
    varianceCurvature: () => -2 / (1 + precision),
    unitDeviance: (response, mean) => likelihood.unitDeviance(response, mean, 1 - mean),
    isValidMean: (mean) => mean > NEAREST && mean < 1,
    startMean: (response) => response,
    checkResponse,
    warnResponse: warnNever,
    saturated: (rows) => saturateLikelihood(likelihood, rows),
    logLikelihood: (fitted) => saturateLikelihood(likelihood, { ...fitted, dispersion: 1 })[0] - 0.5 * fitted.deviance,
    cumulative: (response, mean) => {
      const [a, b] = [mean * precision, (1 - mean) * precision];
      const [below, above] = [lowerBeta(a, b, response, 1 - response), lowerBeta(b, a, 1 - response, response)];
      return { below, atOrBelow: below, above, atOrAbove: above };
    },
  };
}

function checkResponse(response: number): ResponseProblem | null {
  if (response > 0 && response < 1) return null;
  return {
    expected: "proportions strictly between 0 and 1",
    mend: "Move 0 and 1 inwards, for example to (y (n − 1) + 0.5) / n with n rows; counts of successes are for binomial.",
  };
}

/** By the moments of the response, as if all means were one. */
function startPrecision(rows: Pick<FittedRows, "response" | "weights">): number {
  const { mean, variance } = responseMoments(rows);
  return variance > 0 ? Math.min(Math.max((mean * (1 - mean)) / variance - 1, LEAST_START), MOST_START) : MOST_START;
}
