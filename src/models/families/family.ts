import type { Link } from "./link.ts";

export type FamilyName =
  | "gaussian"
  | "binomial"
  | "poisson"
  | "gamma"
  | "inverseGaussian"
  | "quasi"
  | "quasibinomial"
  | "quasipoisson"
  | "negativeBinomial"
  | "tweedie"
  | "scaledT"
  | "beta"
  | "zeroInflatedPoisson";

/** What is wrong with a response, in the words of an `InputError`. */
export interface ResponseProblem {
  readonly expected: string;
  readonly mend: string;
}

/** Rows in a block of memory, and what one step of fitting needs of them. All arrays have at least `count` numbers. */
export interface WorkingRows {
  readonly count: number;
  /** The response (for binomial families the proportion). */
  readonly response: Float64Array;
  /** The linear predictor, offset included. */
  readonly linearPredictor: Float64Array;
  /** Prior weights. */
  readonly weights: Float64Array;
  /** Written: the mean. */
  readonly mean: Float64Array;
  /** Written: minus the second derivative of the log-likelihood by the linear predictor, at dispersion 1 (expected unless `observed`). */
  readonly information: Float64Array;
  /** Written: its first derivative, at dispersion 1: `weight (y − mean) slope / variance`. */
  readonly score: Float64Array;
  /** Use the observed instead of the expected information. */
  readonly observed: boolean;
}

/** What a fit ended with, for the log-likelihood. */
export interface FittedRows {
  readonly response: Float64Array;
  readonly mean: Float64Array;
  /** Prior weights × frequencies. */
  readonly weights: Float64Array;
  /** How often each row counts, where that is apart from its prior weight: weight / frequency is then the prior weight. */
  readonly frequencies?: Float64Array | null;
  /** The sum of weight × unit deviance of these rows, as `work` returned it. */
  readonly deviance: number;
  /** The dispersion to use where the family does not take the one of maximum likelihood from the deviance. */
  readonly dispersion: number;
}

/** Rows in a block of memory, and how fast the information of each changes. All arrays have at least `count` numbers. */
export interface SlopeRows extends Pick<WorkingRows, "count" | "response" | "linearPredictor" | "weights"> {
  /** Written: d information / d linear predictor, at dispersion 1. */
  readonly slope: Float64Array;
  /** Of the observed instead of the expected information. */
  readonly observed: boolean;
}

/** A number that the distribution has of its own besides mean and dispersion. */
export interface FamilyParameter {
  /** `theta` of negativeBinomial, `power` of tweedie, `degreesOfFreedom` and `scale` of scaledT, `precision` of beta, and so on. */
  readonly name: string;
  /** Null where it is to be estimated. */
  readonly value: number | null;
  /** To the scale without bounds on which it is sought, mostly its logarithm. */
  toFree(value: number): number;
  /** Back from there. */
  fromFree(free: number): number;
}

/** Rows in a block of memory, and how they change with the family's own parameters, on the scales without bounds. */
export interface ParameterRows extends Pick<WorkingRows, "count" | "response" | "linearPredictor" | "weights" | "observed"> {
  readonly frequencies: Float64Array | null;
  /** Where the log-likelihood is taken. */
  readonly dispersion: number;
  /** Written, one array a parameter: d score / d parameter, at dispersion 1. */
  readonly score: readonly Float64Array[];
  /** Written, one array a parameter: d information / d parameter, at dispersion 1. */
  readonly information: readonly Float64Array[];
}

/** How the log-likelihood of some rows changes with the q own parameters of their family, on the scales without bounds, the linear predictors given. */
export interface ParameterLikelihood {
  /** q first derivatives. */
  readonly gradient: Float64Array;
  /** q × q second derivatives. */
  readonly hessian: Float64Array;
  /** q derivatives of the first ones by the logarithm of the dispersion. */
  readonly withDispersion: Float64Array;
}

/** Rows of which the saturated log-likelihood is asked. */
export interface SaturatedRows extends Pick<FittedRows, "response" | "weights" | "frequencies"> {
  /** Divided by a row's prior weight, it is the row's own. */
  readonly dispersion: number;
}

/** A saturated log-likelihood, and its first and second derivative by the logarithm of the dispersion. */
export type SaturatedLikelihood = readonly [value: number, first: number, second: number];

/** Probabilities on both sides of a response Y = y, each computed as such: no tail is 1 less the other. */
export interface Cumulative {
  /** P(Y < y). */
  readonly below: number;
  /** P(Y ≤ y). */
  readonly atOrBelow: number;
  /** P(Y > y). */
  readonly above: number;
  /** P(Y ≥ y). */
  readonly atOrAbove: number;
}

/** A distribution of the response with its link: variance = dispersion × variance(mean) / weight. */
export interface Family {
  readonly name: FamilyName;
  readonly link: Link;
  /** What R prints: `poisson`, `Gamma`, `Negative Binomial(1.303)`. */
  readonly label: string;
  /**
   * θ of negativeBinomial, the precision of beta, or the variance power of tweedie and of a quasi family whose variance is a power; null where there
   * is none, or several.
   * Where it is to be estimated it is null too, and the family behaves as the one that the search starts from: poisson, and tweedie of power 1.5.
   */
  readonly parameter: number | null;
  /** Whether that parameter, or another of the family's own, is to be estimated along with the coefficients. */
  readonly estimatesParameter: boolean;
  /** The distribution's own parameters, to be estimated or not; empty for most families. */
  readonly parameters: readonly FamilyParameter[];
  /** Whether the dispersion is 1 by assumption (binomial, poisson, negativeBinomial). */
  readonly hasKnownDispersion: boolean;
  /** Whether the variance function says all, so that a constant mean's best estimate is the response's own mean. */
  readonly isExponential: boolean;
  /** Whether the expected and the observed information agree. */
  readonly isCanonical: boolean;
  /** For quasi families: the variance function's name; else null. */
  readonly varianceName: string | null;
  variance(mean: number): number;
  /** d variance / d mean. */
  varianceSlope(mean: number): number;
  /** d² variance / d mean². */
  varianceCurvature(mean: number): number;
  /** The unit deviance, at least 0; stable where the response is near the mean. */
  unitDeviance(response: number, mean: number): number;
  /** The same from the linear predictor, as `work` sums it: it stays finite where the mean itself rounds to the end of its range. */
  unitDevianceAt(response: number, linearPredictor: number): number;
  isValidMean(mean: number): boolean;
  /** Where to start from: a mean strictly inside the range of family and link. */
  startMean(response: number, weight: number): number;
  /** What makes a response impossible, or null. */
  checkResponse(response: number): ResponseProblem | null;
  /** What makes a response doubtful though a fit can live with it (a fraction among counts), as one sentence; or null. */
  warnResponse(response: number, weight: number): string | null;
  /**
   * Fills `mean`, `information` and `score`. Computed from the linear predictor where that keeps the tails.
   * @returns the deviance of the rows; NaN or infinite where a linear predictor or mean is invalid
   */
  work(rows: WorkingRows): number;
  /** Fills `slope`, computed from the linear predictor where that keeps the tails. */
  informationSlope(rows: SlopeRows): void;
  /**
   * The log-likelihood of a perfect fit, every mean its response: a row's log-likelihood is this less its weight × unit deviance / (2 dispersion).
   * For quasi families that of extended quasi-likelihood (but for a constant), which is gaussian in the dispersion; constant where the dispersion is known.
   *
   * @see Wood (2011), doi:10.1111/j.1467-9868.2010.00749.x; Nelder and Pregibon (1987), doi:10.1093/biomet/74.2.221
   */
  saturated(rows: SaturatedRows): SaturatedLikelihood;
  /** Where a search for the family's own parameters may start, by the response alone: given ones as they are. */
  startParameters(rows: Pick<FittedRows, "response" | "weights">): readonly number[];
  /** Fills how score and information change with all own parameters, whose values must be known; null for families that have none to differentiate by. */
  readonly parameterSlopes: ((rows: ParameterRows) => ParameterLikelihood) | null;
  /** Log-likelihood by R's conventions (see docs); null for quasi families. */
  logLikelihood(fitted: FittedRows): number | null;
  /** Degrees of freedom that R's AIC adds for the dispersion: 1 where it is estimated by maximum likelihood, else 0. */
  readonly dispersionParameters: 0 | 1;
  /** Where a response stands in its distribution, for randomized quantile residuals; null for quasi families and tweedie powers above 2 other than 3. */
  cumulative(response: number, mean: number, weight: number, dispersion: number): Cumulative | null;
  /** The same family with another θ or power, no longer to be estimated. */
  withParameter(parameter: number): Family;
  /** The same with values for all of `parameters`, in their order; null for those that are to be estimated. */
  withParameters(values: readonly (number | null)[]): Family;
  /** Plain JSON; `familyFromJson` restores it. */
  toJSON(): FamilyJson;
}

/** A family as it is saved. */
export interface FamilyJson {
  readonly name: FamilyName;
  readonly link: { readonly name: string; readonly exponent?: number };
  readonly parameter?: number;
  /** Of scaledT and beta: their own parameters, null where they are to be estimated. */
  readonly parameters?: readonly (number | null)[];
  readonly varianceName?: string;
}
