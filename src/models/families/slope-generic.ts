import type { ResponseDistribution } from "./distribution.ts";
import type { SlopeRows } from "./family.ts";
import type { Link } from "./link.ts";
import { emptyPoint, type LocateProbability } from "./probability-point.ts";

/** How fast the information of each row changes: fills `slope`. */
export type InformationSlope = (rows: SlopeRows) => void;

/**
 * The definition, for any family and link. With q = (d mean / d linear predictor) / variance, a row's score is (y − mean) q and its information
 * slope × q − (y − mean) q′, the last term of the observed one alone.
 *
 * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x (appendix C: the derivatives of the Newton weights)
 */
export function slopeByDefinition(distribution: ResponseDistribution, link: Link): InformationSlope {
  const { variance, varianceSlope, varianceCurvature } = distribution;
  return ({ count, response, linearPredictor, weights, slope: out, observed }) => {
    for (let i = 0; i < count; i++) {
      const eta = linearPredictor[i];
      const w = weights[i];
      if (w === 0) {
        out[i] = 0;
        continue;
      }
      const mu = link.inverse(eta);
      const slope = link.slope(eta);
      const curvature = link.curvature(eta);
      const v = variance(mu);
      const rise = varianceSlope(mu);
      const q = slope / v;
      const change = curvature / v - q * q * rise;
      out[i] = w * (curvature * q + slope * change);
      if (!observed) continue;
      const bend =
        link.curvatureSlope(eta) / v - q * (curvature / v) * rise - 2 * q * change * rise - q * q * slope * varianceCurvature(mu);
      out[i] += w * (slope * change - (response[i] - mu) * bend);
    }
  };
}

/** Binomial responses with any link, from the scores of a success and of a failure. */
export function slopeOnProbabilities(locate: LocateProbability): InformationSlope {
  const point = emptyPoint();
  return ({ count, response, linearPredictor, weights, slope, observed }) => {
    for (let i = 0; i < count; i++) {
      const y = response[i];
      const w = weights[i];
      if (w === 0) {
        slope[i] = 0;
        continue;
      }
      locate(linearPredictor[i], point);
      slope[i] =
        w * (observed ? observedSlope(y, point.riseBend, point.fallBend) : point.riseSlope * point.fall + point.rise * point.fallSlope);
    }
  };
}

/** Bends may be infinite on the side that did not happen. */
function observedSlope(y: number, riseBend: number, fallBend: number): number {
  if (y === 1) return -riseBend;
  return y === 0 ? fallBend : (1 - y) * fallBend - y * riseBend;
}
