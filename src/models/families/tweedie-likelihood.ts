import { tweedie } from "../../numeric/index.ts";
import type { FittedRows } from "./family.ts";
import { maximize } from "./maximize.ts";

/** Responses with their means; one number a row. Prior weights divide the dispersion. */
export type TweedieRows = Pick<FittedRows, "response" | "mean" | "weights" | "frequencies">;

/** A power's profile likelihood, the means given. */
export interface TweedieProfile {
  readonly power: number;
  readonly logLikelihood: number;
  /** The dispersion that it was taken at. */
  readonly dispersion: number;
}

/**
 * The log-likelihood of Tweedie responses of a power, profiled over the dispersion: what a search for the power maximizes, refitting the means at each.
 *
 * @param power - 0, or above 1.
 * @param options - `dispersion`: the dispersion to use, for example Pearson's; that of maximum likelihood unless given.
 * @see Dunn and Smyth (2005), Series evaluation of Tweedie exponential dispersion model densities, doi:10.1007/s11222-005-4070-y
 */
export function tweedieLogLikelihood(power: number, rows: TweedieRows, options: { readonly dispersion?: number } = {}): TweedieProfile {
  const { dispersion } = options;
  if (dispersion !== undefined) return { power, dispersion, logLikelihood: tweedieLogLikelihoodAt(power, dispersion, rows) };
  const start = Math.log(meanPearson(power, rows));
  // Maximum likelihood lies within a factor of e^40 of the moments' dispersion, or nowhere.
  const { at, value } = maximize((logDispersion) => tweedieLogLikelihoodAt(power, Math.exp(logDispersion), rows), start, 0.1, 40);
  return { power, dispersion: Math.exp(at), logLikelihood: value };
}

/** The same at a dispersion. */
export function tweedieLogLikelihoodAt(power: number, dispersion: number, { response, mean, weights, frequencies }: TweedieRows): number {
  let sum = 0;
  for (let i = 0; i < response.length; i++) {
    const frequency = frequencies ? frequencies[i] : 1;
    if (weights[i] === 0 || frequency === 0) continue;
    sum += frequency * tweedie.logDensity(response[i], mean[i], (dispersion * frequency) / weights[i], power);
  }
  return sum;
}

/** Pearson's dispersion with all rows as degrees of freedom. */
function meanPearson(power: number, { response, mean, weights, frequencies }: TweedieRows): number {
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < response.length; i++) {
    if (weights[i] === 0) continue;
    sum += weights[i] * ((response[i] - mean[i]) ** 2 / mean[i] ** power);
    rows += frequencies ? frequencies[i] : 1;
  }
  return sum / rows;
}
