import type { ResponseDistribution } from "./distribution.ts";
import type { ParameterLikelihood, ParameterRows } from "./family.ts";
import type { Link } from "./link.ts";

/** How a distribution depends on the one parameter of its variance function; all derivatives on the scale on which it is sought. */
export interface ParameterOfVariance {
  /** (d variance / d parameter) / variance, at a mean. */
  relative(mean: number): number;
  /** d varianceSlope / d parameter, at a mean. */
  ofSlope(mean: number): number;
  /** How rows are differentiated, for so many of them. */
  likelihoodOf(count: number): RowLikelihood;
}

/**
 * Writes of one row's log-likelihood the first and second derivative by the parameter, and that of the first by the logarithm of the dispersion.
 * `dispersion` is the row's own: divided by its prior weight where the family has one.
 */
export type RowLikelihood = (response: number, mean: number, dispersion: number, out: Float64Array) => void;

/**
 * Rows of a family whose variance function has a parameter, for any link. With q = (d mean / d linear predictor) / variance, the score is (y − mean) q
 * and the observed information slope × q − (y − mean) q′.
 */
export function slopesByVariance(
  { variance, varianceSlope, hasKnownDispersion }: ResponseDistribution,
  link: Link,
  { relative, ofSlope, likelihoodOf }: ParameterOfVariance,
): (rows: ParameterRows) => ParameterLikelihood {
  const row = new Float64Array(3);
  return ({ count, response, linearPredictor, weights, frequencies, dispersion, observed, score, information }) => {
    const sums = new Float64Array(3);
    const likelihood = likelihoodOf(count);
    for (let i = 0; i < count; i++) {
      const w = weights[i];
      if (w === 0) {
        score[0][i] = 0;
        information[0][i] = 0;
        continue;
      }
      const y = response[i];
      const eta = linearPredictor[i];
      const mu = link.inverse(eta);
      const slope = link.slope(eta);
      const v = variance(mu);
      const q = slope / v;
      const r = relative(mu);
      score[0][i] = -w * (y - mu) * q * r;
      information[0][i] = -w * slope * q * r;
      if (observed) {
        const rise = varianceSlope(mu);
        information[0][i] += w * (y - mu) * (r * (link.curvature(eta) / v - 2 * q * q * rise) + q * q * ofSlope(mu));
      }
      const frequency = frequencies ? frequencies[i] : 1;
      if (frequency === 0) continue;
      // Weights of families of known dispersion multiply the log-likelihood, those of others divide the dispersion.
      const times = hasKnownDispersion ? w : frequency;
      likelihood(y, mu, hasKnownDispersion ? 1 : (dispersion * frequency) / w, row);
      for (let k = 0; k < 3; k++) sums[k] += times * row[k];
    }
    return { gradient: sums.slice(0, 1), hessian: sums.slice(1, 2), withDispersion: sums.slice(2) };
  };
}
