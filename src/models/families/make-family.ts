import { binomialResponse } from "./binomial.ts";
import { binomialDeviance } from "./binomial-deviance.ts";
import { checkedParameter } from "./check-family.ts";
import { chooseSlope } from "./choose-slope.ts";
import { chooseWork } from "./choose-work.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { Family, FamilyJson, FamilyName } from "./family.ts";
import { gammaResponse } from "./gamma.ts";
import { gaussianResponse } from "./gaussian.ts";
import { inverseGaussianResponse } from "./inverse-gaussian.ts";
import type { Link } from "./link.ts";
import { exponentOf, startInside } from "./link-range.ts";
import { negativeBinomialResponse } from "./negative-binomial.ts";
import { slopesByVariance } from "./parameter-slopes.ts";
import { poissonResponse } from "./poisson.ts";
import { emptyPoint, probabilityLocator } from "./probability-point.ts";
import { quasibinomialResponse, quasipoissonResponse, quasiResponse, type VarianceName } from "./quasi.ts";
import { tweedieResponse } from "./tweedie.ts";

/** All that a family is made of; checked already. */
export interface FamilyParts {
  readonly name: FamilyName;
  readonly link: Link;
  /** θ or the power; null to estimate it. */
  readonly parameter: number | null;
  /** Of `quasi` alone. */
  readonly variance: VarianceName | number;
}

/** Joins a distribution and a link. */
export function makeFamily(parts: FamilyParts): Family {
  const distribution = distributionOf(parts);
  const { link } = parts;
  return {
    ...distribution,
    link,
    isCanonical: isCanonical(distribution, link),
    startMean: (response, weight) => startInside(link, distribution.startMean(response, weight)),
    unitDevianceAt: unitDevianceAt(distribution, link),
    work: chooseWork(distribution, link),
    informationSlope: chooseSlope(distribution, link),
    parameterSlopes: distribution.ofParameter && slopesByVariance(distribution, link, distribution.ofParameter),
    withParameters: (values) => withParameters(parts, values),
    withParameter: (parameter) =>
      makeFamily({ ...parts, parameter: checkedParameter(`${parts.name}.withParameter`, parts.name, parameter) }),
    toJSON: () => toJson(distribution, link),
  };
}

function withParameters(parts: FamilyParts, values: readonly number[]): Family {
  if (values.length === 0) return makeFamily(parts);
  return makeFamily({ ...parts, parameter: checkedParameter(`${parts.name}.withParameters`, parts.name, values[0]) });
}

function distributionOf({ name, parameter, variance }: FamilyParts): ResponseDistribution {
  switch (name) {
    case "gaussian":
      return gaussianResponse;
    case "binomial":
      return binomialResponse;
    case "poisson":
      return poissonResponse;
    case "gamma":
      return gammaResponse;
    case "inverseGaussian":
      return inverseGaussianResponse;
    case "quasibinomial":
      return quasibinomialResponse;
    case "quasipoisson":
      return quasipoissonResponse;
    case "quasi":
      return quasiResponse(variance);
    case "negativeBinomial":
      return negativeBinomialResponse(parameter);
    case "tweedie":
      return tweedieResponse(parameter);
  }
}

/** A canonical link makes d mean / d linear predictor proportional to the variance. */
function isCanonical({ shape, variancePower }: ResponseDistribution, link: Link): boolean {
  if (shape === "binomial") return link.name === "logit";
  // A power given in decimals misses 1 − exponent by a rounding.
  return shape === "power" && Math.abs(exponentOf(link) - (1 - variancePower)) < 1e-12;
}

function unitDevianceAt(distribution: ResponseDistribution, link: Link): Family["unitDevianceAt"] {
  if (distribution.shape !== "binomial") return devianceOfOneRow(chooseWork(distribution, link));
  const locate = probabilityLocator(link);
  return (response, linearPredictor) => {
    const point = emptyPoint();
    locate(linearPredictor, point);
    return binomialDeviance(response, point);
  };
}

/** The loop over one row: what it sums is what this returns. */
function devianceOfOneRow(work: Family["work"]): Family["unitDevianceAt"] {
  const response = new Float64Array(1);
  const linearPredictor = new Float64Array(1);
  const written = { mean: new Float64Array(1), information: new Float64Array(1), score: new Float64Array(1) };
  const rows = { count: 1, response, linearPredictor, weights: Float64Array.of(1), observed: false, ...written };
  return (y, eta) => {
    response[0] = y;
    linearPredictor[0] = eta;
    return work(rows);
  };
}

function toJson(distribution: ResponseDistribution, link: Link): FamilyJson {
  const { name, parameter, varianceName } = distribution;
  return {
    name,
    link: link.exponent === undefined ? { name: link.name } : { name: link.name, exponent: link.exponent },
    ...(parameter === null ? {} : { parameter }),
    ...(name === "quasi" && varianceName !== null ? { varianceName } : {}),
  };
}
