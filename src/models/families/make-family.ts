import { binomialDeviance } from "./binomial-deviance.ts";
import { checkedParameter, checkedParameters } from "./check-parameters.ts";
import { chooseSlope } from "./choose-slope.ts";
import { chooseWork } from "./choose-work.ts";
import type { ResponseDistribution } from "./distribution.ts";
import { distributionOf } from "./distribution-of.ts";
import type { Family, FamilyJson, FamilyName } from "./family.ts";
import type { Link } from "./link.ts";
import { exponentOf, startInside } from "./link-range.ts";
import { identityLink } from "./links.ts";
import { slopesByVariance } from "./parameter-slopes.ts";
import { emptyPoint, probabilityLocator } from "./probability-point.ts";
import type { VarianceName } from "./quasi.ts";
import { loopsOfLikelihood } from "./work-likelihood.ts";

/** All that a family is made of; checked already. */
export interface FamilyParts {
  readonly name: FamilyName;
  readonly link: Link;
  /** One a parameter that the distribution has of its own, as `family.parameters` lists them; null to estimate it. */
  readonly parameters: readonly (number | null)[];
  /** Of `quasi` alone. */
  readonly variance: VarianceName | number;
}

/** Joins a distribution and a link. */
export function makeFamily(parts: FamilyParts): Family {
  const distribution = distributionOf(parts);
  const link = linkOf(distribution, parts.link);
  return {
    ...distribution,
    link,
    isExponential: distribution.shape !== "likelihood",
    isCanonical: isCanonical(distribution, link),
    startMean: (response, weight) => startInside(link, distribution.startMean(response, weight)),
    ...loopsOf(distribution, link),
    withParameter: (parameter) =>
      makeFamily({ ...parts, parameters: [checkedParameter(`${parts.name}.withParameter`, parts.name, parameter)] }),
    withParameters: (values) => makeFamily({ ...parts, parameters: checkedParameters(`${parts.name}.withParameters`, parts.name, values) }),
    toJSON: () => toJson(distribution, link),
  };
}

function linkOf(distribution: ResponseDistribution, asked: Link): Link {
  return distribution.shape === "likelihood" ? (distribution.linkOfMean ?? asked) : asked;
}

/** What is done with rows. */
function loopsOf(
  distribution: ResponseDistribution,
  link: Link,
): Pick<Family, "work" | "unitDevianceAt" | "informationSlope" | "parameterSlopes"> {
  if (distribution.shape === "likelihood") {
    const { likelihood, linkOfMean, isValidMean, parameters } = distribution;
    return loopsOfLikelihood(
      likelihood,
      { link: linkOfMean ? identityLink : link, meanOf: linkOfMean?.inverse ?? null },
      isValidMean,
      parameters.length,
    );
  }
  return {
    unitDevianceAt: unitDevianceAt(distribution, link),
    work: chooseWork(distribution, link),
    informationSlope: chooseSlope(distribution, link),
    parameterSlopes: distribution.ofParameter && slopesByVariance(distribution, link, distribution.ofParameter),
  };
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
  const { name, parameter, parameters, varianceName, shape } = distribution;
  return {
    name,
    link: link.exponent === undefined ? { name: link.name } : { name: link.name, exponent: link.exponent },
    ...(shape === "likelihood" ? { parameters: parameters.map(({ value }) => value) } : parameter === null ? {} : { parameter }),
    ...(name === "quasi" && varianceName !== null ? { varianceName } : {}),
  };
}
