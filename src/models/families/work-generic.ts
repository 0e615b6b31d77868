import { binomialDeviance } from "./binomial-deviance.ts";
import type { ResponseDistribution } from "./distribution.ts";
import type { WorkingRows } from "./family.ts";
import type { Link } from "./link.ts";
import { emptyPoint, type LocateProbability } from "./probability-point.ts";

/** One step of fitting over rows: fills mean, information and score, and returns the deviance. */
export type Work = (rows: WorkingRows) => number;

/**
 * The definition, for any family and link. Rows without weight count for nothing, whatever their linear predictor.
 * Quotients are taken before products, so that a square that leaves float64 spoils nothing.
 */
export function workByDefinition(distribution: ResponseDistribution, link: Link): Work {
  const { variance, varianceSlope, unitDeviance, isValidMean } = distribution;
  return ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
    let deviance = 0;
    for (let i = 0; i < count; i++) {
      const eta = linearPredictor[i];
      const y = response[i];
      const w = weights[i];
      const mu = link.inverse(eta);
      mean[i] = mu;
      if (w === 0) {
        information[i] = 0;
        score[i] = 0;
        continue;
      }
      const slope = link.slope(eta);
      const v = variance(mu);
      const perUnit = slope / v;
      score[i] = w * (y - mu) * perUnit;
      information[i] = w * slope * perUnit;
      if (observed) information[i] -= w * (y - mu) * (link.curvature(eta) / v - perUnit * perUnit * varianceSlope(mu));
      deviance += link.isValid(eta) && isValidMean(mu) ? w * unitDeviance(y, mu) : NaN;
    }
    return deviance;
  };
}

/** Binomial responses with any link, from the scores of a success and of a failure: 1 − mean is never formed. */
export function workOnProbabilities(locate: LocateProbability): Work {
  const point = emptyPoint();
  return ({ count, response, linearPredictor, weights, mean, information, score, observed }) => {
    let deviance = 0;
    for (let i = 0; i < count; i++) {
      const y = response[i];
      const w = weights[i];
      locate(linearPredictor[i], point);
      mean[i] = point.mean;
      if (w === 0) {
        information[i] = 0;
        score[i] = 0;
        continue;
      }
      // Scores may be infinite on the side that did not happen.
      score[i] = w * (y === 1 ? point.rise : y === 0 ? -point.fall : y * point.rise - (1 - y) * point.fall);
      information[i] = w * (observed ? observedInformation(y, point.riseSlope, point.fallSlope) : point.rise * point.fall);
      deviance += w * binomialDeviance(y, point);
    }
    return deviance;
  };
}

function observedInformation(y: number, riseSlope: number, fallSlope: number): number {
  if (y === 1) return -riseSlope;
  return y === 0 ? fallSlope : (1 - y) * fallSlope - y * riseSlope;
}
