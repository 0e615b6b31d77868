import { describeReceived, InputError, refuseUnknownOptions, type Warning } from "../../../errors.ts";
import { nearestNames } from "../../../table/index.ts";
import { trainingOf } from "../diagnostics/training.ts";
import type { GlmFit } from "../glm-fit.ts";
import { knownCovariance } from "../covariance.ts";
import { checkLevel, checkMaximumLikelihood, checkWord } from "./checks.ts";
import { CoefficientProfile, findProfileEnd } from "./profile.ts";
import { NORMAL, referenceDistribution } from "./reference-distribution.ts";

/** Options of `GlmModel.confidenceIntervals`. */
export interface IntervalOptions {
  /** How often such intervals hold the true value. @defaultValue 0.95 */
  readonly level?: number;
  /**
   * `wald`: estimate ± quantile × standard error. `profile`: all values that a likelihood-ratio test does not reject, found by refitting; they
   * stay right where the likelihood is skewed, as with few events. @defaultValue "wald"
   */
  readonly method?: "wald" | "profile";
  /**
   * Whose quantiles: `t` takes Student's t where the dispersion is estimated, so that intervals agree with the p-values of the coefficients;
   * `normal` never does, as R's `confint`. @defaultValue "t"
   */
  readonly quantiles?: "t" | "normal";
  /** Names of the coefficients wanted. @defaultValue all */
  readonly coefficients?: readonly string[];
}

/** What the data leave open of one coefficient. */
export interface CoefficientInterval {
  readonly name: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Intervals of the coefficients, on the link scale; aliased ones are left out. */
export interface ConfidenceIntervals {
  readonly level: number;
  readonly method: "wald" | "profile";
  readonly rows: readonly CoefficientInterval[];
  readonly warnings: readonly Warning[];
}

/** @see Venables and Ripley (2002), Modern Applied Statistics with S, section 8.4 (profiles) */
export function confidenceIntervals(fit: GlmFit, options: IntervalOptions, call = "GlmModel.confidenceIntervals"): ConfidenceIntervals {
  refuseUnknownOptions(call, options, ["level", "method", "quantiles", "coefficients"]);
  const { level = 0.95, method = "wald", quantiles = "t", coefficients } = options;
  checkLevel(call, level);
  checkWord(call, "method", method, ["wald", "profile"]);
  checkWord(call, "quantiles", quantiles, ["t", "normal"]);
  const positions = choosePositions(call, fit, coefficients);
  const distribution = quantiles === "t" ? referenceDistribution(fit) : NORMAL;
  const quantile = distribution.quantile((1 - level) / 2);
  const rows = method === "wald" ? waldIntervals(call, fit, positions, quantile) : profileIntervals(call, fit, positions, quantile);
  return { level, method, rows, warnings: describeUnbounded(rows) };
}

function waldIntervals(call: string, fit: GlmFit, positions: readonly number[], quantile: number): CoefficientInterval[] {
  const covariance = knownCovariance(call, fit);
  return positions.map((position) => {
    const estimate = fit.estimates[position];
    const reach = quantile * Math.sqrt(covariance[position * fit.estimates.length + position]);
    return { name: fit.recipe.columnNames[position], estimate, low: estimate - reach, high: estimate + reach };
  });
}

function profileIntervals(call: string, fit: GlmFit, positions: readonly number[], quantile: number): CoefficientInterval[] {
  checkMaximumLikelihood(call, fit, "method");
  const covariance = knownCovariance(call, fit);
  const training = trainingOf(call, fit);
  return positions.map((position) => {
    const end = (side: 1 | -1): number => findProfileEnd(new CoefficientProfile(fit, training, position, covariance), quantile, side);
    return { name: fit.recipe.columnNames[position], estimate: fit.estimates[position], low: end(-1), high: end(1) };
  });
}

/** Positions of the coefficients asked for, without aliased ones. */
function choosePositions(call: string, { recipe, aliased }: GlmFit, names: readonly string[] | undefined): number[] {
  if (names !== undefined && !Array.isArray(names)) {
    const received = describeReceived(names);
    throw new InputError({ call, argument: "coefficients", expected: "an array of names", received, mend: "Leave it out for all." });
  }
  const chosen = names?.map((name: string) => findCoefficient(call, recipe.columnNames, name)) ?? [...aliased.keys()];
  return chosen.filter((position) => aliased[position] === 0);
}

function findCoefficient(call: string, known: readonly string[], name: string): number {
  const position = known.indexOf(name);
  if (position >= 0) return position;
  const near = nearestNames(String(name), known);
  const mend = near.length > 0 ? `Did you mean ${near.map((each) => JSON.stringify(each)).join(" or ")}?` : "Read model.coefficients.";
  throw new InputError({ call, argument: "coefficients", expected: "names of coefficients", received: describeReceived(name), mend });
}

function describeUnbounded(rows: readonly CoefficientInterval[]): Warning[] {
  const subjects = rows.filter(({ low, high }) => low === -Infinity || high === Infinity).map(({ name }) => name);
  if (subjects.length === 0) return [];
  const message = `The likelihood does not bound ${subjects.join(", ")} on one side: the data are separated there, and any value so far out fits them.`;
  return [{ name: "unbounded", message, subjects }];
}
