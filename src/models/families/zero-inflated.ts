import { poisson } from "../../numeric/index.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { FamilyParameter, ResponseProblem } from "./family.ts";
import { parameterAbove } from "./parameters.ts";
import { isPositiveMean, isWhole, warnNever } from "./responses.ts";
import { saturateLikelihood } from "./work-likelihood.ts";
import { zeroInflatedLikelihood } from "./zero-inflated-likelihood.ts";
import { momentsOfZeroInflated, zeroInflatedLink } from "./zero-inflated-link.ts";

/** Before an estimation: presence as likely as a Poisson count above 0. */
const FIRST_INTERCEPT = 0;
const FIRST_SLOPE = 1;

/** Counts with more zeros, or fewer, than Poisson counts have: what makes for presence makes for larger counts, too. */
export function zeroInflatedResponse([givenIntercept, givenSlope]: readonly (number | null)[]): ResponseDistribution {
  const intercept = givenIntercept ?? FIRST_INTERCEPT;
  const slope = givenSlope ?? FIRST_SLOPE;
  const likelihood = zeroInflatedLikelihood(intercept, slope);
  const link = zeroInflatedLink(intercept, slope);
  const momentsAt = momentsOfZeroInflated(intercept, slope);
  const isOpen = givenIntercept === null || givenSlope === null;
  return {
    name: "zeroInflatedPoisson",
    label: isOpen ? "Zero inflated Poisson" : `Zero inflated Poisson(${round(intercept)}, ${round(slope)})`,
    shape: "likelihood",
    likelihood,
    linkOfMean: link,
    variancePower: NaN,
    parameter: null,
    estimatesParameter: isOpen,
    parameters: [anyNumber("presenceIntercept", givenIntercept), parameterAbove("presenceSlope", givenSlope)],
    startParameters: () => [intercept, slope],
    ofParameter: null,
    hasKnownDispersion: true,
    varianceName: null,
    dispersionParameters: 0,
    variance: (mean) => momentsAt(link.apply(mean)).variance,
    varianceSlope: (mean) => momentsAt(link.apply(mean)).varianceSlope,
    varianceCurvature: (mean) => momentsAt(link.apply(mean)).varianceCurvature,
    unitDeviance: (response, mean) => likelihood.unitDeviance(response, link.apply(mean), NaN),
    isValidMean: isPositiveMean,
    startMean: (response) => (response === 0 ? 0.2 : response),
    checkResponse,
    warnResponse: warnNever,
    saturated: (rows) => saturateLikelihood(likelihood, rows),
    logLikelihood: (fitted) => saturateLikelihood(likelihood, { ...fitted, dispersion: 1 })[0] - 0.5 * fitted.deviance,
    cumulative: (response, mean) => {
      const e = link.apply(mean);
      const absence = Math.exp(-Math.exp(intercept + slope * e));
      const presence = -Math.expm1(-Math.exp(intercept + slope * e));
      const rate = Math.exp(e);
      const share = presence / -Math.expm1(-rate);
      const upTo = (y: number): number => (y < 0 ? 0 : absence + share * (poisson.cdf(y, rate) - Math.exp(-rate)));
      const beyond = (y: number): number => (y < 0 ? 1 : share * poisson.upper(y, rate));
      return { below: upTo(response - 1), atOrBelow: upTo(response), above: beyond(response), atOrAbove: beyond(response - 1) };
    },
  };
}

/** A parameter without bounds. */
function anyNumber(name: string, value: number | null): FamilyParameter {
  return { name, value, toFree: (natural) => natural, fromFree: (free) => free };
}

function checkResponse(response: number): ResponseProblem | null {
  if (response >= 0 && response < Infinity && isWhole(response)) return null;
  return {
    expected: "whole numbers of at least 0",
    mend: "Remove the row or mend its value; rates are counts with an offset of log(exposure).",
  };
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
