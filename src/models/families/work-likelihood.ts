import type { ParameterLikelihood, ParameterRows, SaturatedLikelihood, SaturatedRows } from "./family.ts";
import { emptyDerivatives, type MeanLikelihood } from "./likelihood.ts";
import type { Link } from "./link.ts";
import type { InformationSlope } from "./slope-generic.ts";
import type { Work } from "./work-generic.ts";

type Complement = (linearPredictor: number, mean: number) => number;

/** 1 − mean, of links of probabilities without its cancellation. */
function complementOf(link: Link): Complement {
  switch (link.name) {
    case "logit":
    case "probit":
    case "cauchit":
      return (eta) => link.inverse(-eta);
    case "cloglog":
      return (eta) => Math.exp(-Math.exp(eta));
    default:
      return (_, mean) => 1 - mean;
  }
}

/** What a pass over rows does for a likelihood and a link; weights multiply the likelihood. */
export interface LikelihoodLoops {
  readonly work: Work;
  readonly unitDevianceAt: (response: number, linearPredictor: number) => number;
  readonly informationSlope: InformationSlope;
  readonly parameterSlopes: (rows: ParameterRows) => ParameterLikelihood;
}

/** What a likelihood is one of. */
export interface LikelihoodScale {
  /** To what it is differentiated by: the mean, or with `identity` the linear predictor itself. */
  readonly link: Link;
  /** The mean of a linear predictor, where the likelihood is not one of the mean; else null. */
  readonly meanOf: ((linearPredictor: number) => number) | null;
}

/** The loops of a likelihood with q own parameters. */
export function loopsOfLikelihood(
  likelihood: MeanLikelihood,
  { link, meanOf }: LikelihoodScale,
  isValidMean: (mean: number) => boolean,
  q: number,
): LikelihoodLoops {
  const complement = complementOf(link);
  return {
    work: workByLikelihood(likelihood, { link, meanOf }, isValidMean),
    unitDevianceAt: (response, eta) => {
      const mean = link.inverse(eta);
      return likelihood.unitDeviance(response, mean, complement(eta, mean));
    },
    informationSlope: slopeByLikelihood(likelihood, link),
    parameterSlopes: slopesByParameters(likelihood, link, q),
  };
}

function workByLikelihood(likelihood: MeanLikelihood, { link, meanOf }: LikelihoodScale, isValidMean: (mean: number) => boolean): Work {
  const complement = complementOf(link);
  const slopes = new Float64Array(3);
  const expected = new Float64Array(2);
  return ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
    let deviance = 0;
    for (let i = 0; i < count; i++) {
      const eta = linearPredictor[i];
      const y = response[i];
      const w = weights[i];
      const mu = link.inverse(eta);
      mean[i] = meanOf ? meanOf(eta) : mu;
      if (w === 0) {
        information[i] = 0;
        score[i] = 0;
        continue;
      }
      const rest = complement(eta, mu);
      const slope = link.slope(eta);
      likelihood.slopes(y, mu, rest, slopes);
      score[i] = w * slopes[0] * slope;
      if (observed) information[i] = -w * (slopes[1] * slope * slope + slopes[0] * link.curvature(eta));
      else {
        likelihood.expected(mu, rest, expected);
        information[i] = w * expected[0] * slope * slope;
      }
      deviance += link.isValid(eta) && isValidMean(mean[i]) ? w * likelihood.unitDeviance(y, mu, rest) : NaN;
    }
    return deviance;
  };
}

/** Of minus the second derivative by the linear predictor, l″ slope² + l′ curvature, and of the expected information × slope². */
function slopeByLikelihood(likelihood: MeanLikelihood, link: Link): InformationSlope {
  const complement = complementOf(link);
  const slopes = new Float64Array(3);
  const expected = new Float64Array(2);
  return ({ count, response, linearPredictor, weights, slope: out, observed }) => {
    for (let i = 0; i < count; i++) {
      const w = weights[i];
      if (w === 0) {
        out[i] = 0;
        continue;
      }
      const eta = linearPredictor[i];
      const mu = link.inverse(eta);
      const rest = complement(eta, mu);
      const slope = link.slope(eta);
      const curvature = link.curvature(eta);
      if (observed) {
        likelihood.slopes(response[i], mu, rest, slopes);
        const cubic = slopes[2] * slope * slope * slope + 3 * slopes[1] * slope * curvature;
        out[i] = -w * (cubic + slopes[0] * link.curvatureSlope(eta));
      } else {
        likelihood.expected(mu, rest, expected);
        out[i] = w * slope * (expected[1] * slope * slope + 2 * expected[0] * curvature);
      }
    }
  };
}

function slopesByParameters(likelihood: MeanLikelihood, link: Link, q: number): (rows: ParameterRows) => ParameterLikelihood {
  const complement = complementOf(link);
  const row = emptyDerivatives(q);
  return ({ count, response, linearPredictor, weights, observed, score, information }) => {
    const sums = { gradient: new Float64Array(q), hessian: new Float64Array(q * q), withDispersion: new Float64Array(q) };
    for (let i = 0; i < count; i++) {
      const w = weights[i];
      const eta = linearPredictor[i];
      if (w > 0) {
        const mu = link.inverse(eta);
        likelihood.byParameters(response[i], mu, complement(eta, mu), row);
      }
      const slope = link.slope(eta);
      const curvature = link.curvature(eta);
      for (let k = 0; k < q; k++) {
        score[k][i] = w === 0 ? 0 : w * row.slope[k] * slope;
        if (w === 0) information[k][i] = 0;
        else if (observed) information[k][i] = -w * (row.curvature[k] * slope * slope + row.slope[k] * curvature);
        else information[k][i] = w * row.expected[k] * slope * slope;
        if (w === 0) continue;
        sums.gradient[k] += w * row.first[k];
        for (let l = 0; l < q; l++) sums.hessian[k * q + l] += w * row.second[k * q + l];
      }
    }
    return sums;
  };
}

/** Σ weight × the largest log-likelihood. */
export function saturateLikelihood({ saturated }: MeanLikelihood, { response, weights }: SaturatedRows): SaturatedLikelihood {
  let value = 0;
  for (let i = 0; i < response.length; i++) if (weights[i] > 0) value += weights[i] * saturated(response[i]);
  return [value, 0, 0];
}
