import type { GlmFit, GlmProblem } from "../glm/glm-fit.ts";
import type { SmoothingFit } from "./fitting/smoothing-fit.ts";
import { isLikelihood } from "./gam-options.ts";
import type { GamOptions } from "./gam-options.ts";

/** The least that Fletcher's divisor may become, less 1. */
const LEAST = -0.9;

/**
 * The mean of `V'(mean) (y − mean) / V(mean)`, by which Pearson's estimate of the dispersion errs where means are small.
 *
 * @see Fletcher (2012), Estimating overdispersion when fitting a generalized linear model to sparse data, doi:10.1093/biomet/asr083
 */
export function fletcherMean({ response, weights, family }: GlmProblem, mean: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < mean.length; row++) {
    if (!(weights[row] > 0)) continue;
    count++;
    sum += (family.varianceSlope(mean[row]) * (response[row] - mean[row])) / family.variance(mean[row]);
  }
  return sum / count;
}

/** The dispersion that standard errors use. @param fletcher what {@link fletcherMean} found */
export function chooseGamDispersion(
  { deviance, pearson, dispersion, family, method, estimatedParameters }: SmoothingFit,
  degrees: number,
  fletcher: number,
  wanted: GamOptions["dispersion"],
): Pick<GlmFit, "dispersion" | "dispersionMethod"> {
  if (typeof wanted === "number") return { dispersion: wanted, dispersionMethod: "given" };
  if (family.hasKnownDispersion && wanted === undefined) return { dispersion: 1, dispersionMethod: "known" };
  const hasOwn = isLikelihood(method) && !family.hasKnownDispersion;
  const chosen = wanted ?? (estimatedParameters.length > 0 && hasOwn ? "likelihood" : "fletcher");
  if (chosen === "likelihood" && hasOwn) return { dispersion, dispersionMethod: chosen };
  const sum = chosen === "deviance" ? deviance : chosen === "pearson" ? pearson : pearson / (1 + Math.max(LEAST, fletcher));
  return { dispersion: degrees > 0 ? sum / degrees : NaN, dispersionMethod: chosen };
}

interface LikelihoodRows extends Pick<GlmProblem, "response" | "weights" | "family"> {
  readonly frequencies: Float64Array | null;
  readonly mean: Float64Array;
  readonly numObservations: number;
}

/** A dispersion and where it comes from. */
interface KnownDispersion {
  readonly dispersion: number;
  readonly isGiven: boolean;
}

/**
 * The log-likelihood at a dispersion: for gamma and inverse gaussian responses too, whose families tell it at deviance / Σ weights, as R does. A
 * gaussian's is told at deviance / observations, as in mgcv, unless the dispersion is given.
 */
export function likelihoodAt(rows: LikelihoodRows, deviance: number, { dispersion, isGiven }: KnownDispersion): number | null {
  const { response, weights, family, frequencies, mean, numObservations } = rows;
  const fitted = { response, weights, ...(frequencies ? { frequencies } : {}), mean, dispersion };
  const isGaussian = family.name === "gaussian";
  if (!(isGaussian && isGiven) && family.name !== "gamma" && family.name !== "inverseGaussian") {
    return family.logLikelihood({ ...fitted, deviance });
  }
  const total = isGaussian ? numObservations : weights.reduce((sum, weight) => sum + weight, 0);
  const value = family.logLikelihood({ ...fitted, deviance: dispersion * total });
  return value === null ? null : value + (total - deviance / dispersion) / 2;
}
