import { describeReceived, InputError, refuseUnknownOptions } from "../../../errors.ts";
import { checkRecord } from "../check-record.ts";
import type { GlmOptions } from "../glm-options.ts";

/** What a path shares with {@link fitGlm}. */
export type PathDataOptions = Pick<
  GlmOptions,
  "family" | "link" | "weights" | "frequencies" | "offset" | "exposure" | "contrasts" | "missing" | "keepData"
>;

/** Options of {@link fitGlmPath}. */
export interface GlmPathOptions extends PathDataOptions {
  /** Share of the absolute values (lasso) against the squares (ridge), 0 to 1: glmnet's alpha. @defaultValue 1 */
  readonly l1Ratio?: number;
  /** The strengths to fit, glmnet's lambda, in any order; all are fitted, largest first. @defaultValue a sequence made from the data */
  readonly strengths?: ArrayLike<number>;
  /** Length of the sequence made from the data; it may end earlier. @defaultValue 100 */
  readonly numStrengths?: number;
  /** The last strength of the sequence as a share of the first. @defaultValue 1e-4, or 1e-2 where there are no more rows than columns */
  readonly smallestRatio?: number;
  /** Bring columns to unit standard deviation before they are penalised; coefficients are told on their own scale. @defaultValue true */
  readonly standardize?: boolean;
  /**
   * Factors of the penalty by term label, for all columns of the term: 0 leaves a term unpenalised, Infinity leaves it out. They are rescaled
   * to sum to the number of columns, as glmnet does. @defaultValue 1 for every term
   */
  readonly factors?: Readonly<Record<string, number>>;
  /** Smallest and largest value of single coefficients, by name; zero must lie within. @defaultValue none */
  readonly bounds?: Readonly<Record<string, readonly [low: number, high: number]>>;
  /** Folds of a cross-validation: how many, or for each row of the data a number that names its fold. @defaultValue no cross-validation */
  readonly folds?: number | ArrayLike<number>;
  /** Any whole number; the same seed draws the same folds. @defaultValue 1 */
  readonly seed?: number;
  /** Longest last step, as a share of the root of the null deviance, each coefficient in units of its curvature. @defaultValue 1e-8 */
  readonly tolerance?: number;
  /** Most passes over the rows at one strength. @defaultValue 100 */
  readonly maxIterations?: number;
  /** The sequence made from the data ends once a larger share of the deviance is explained. @defaultValue 0.999 */
  readonly largestDevianceRatio?: number;
  /**
   * It also ends once the share explained gains less than this from one strength to the next (for gaussian as a share of itself; for poisson
   * ten times that over four strengths): glmnet's rule. 0 never ends it. @defaultValue 1e-5, or 0 where a bound is 0
   */
  readonly smallestGain?: number;
}

const DATA_NAMES = [
  "family",
  "link",
  "weights",
  "frequencies",
  "offset",
  "exposure",
  "contrasts",
  "missing",
  "keepData",
] as const satisfies readonly (keyof PathDataOptions)[];

const OWN_NAMES = [
  "l1Ratio",
  "strengths",
  "numStrengths",
  "smallestRatio",
  "standardize",
  "factors",
  "bounds",
  "folds",
  "seed",
  "tolerance",
  "maxIterations",
  "largestDevianceRatio",
  "smallestGain",
] as const;

/** The options that say what the data are. */
export function dataOptions(options: GlmPathOptions): PathDataOptions {
  return Object.fromEntries(DATA_NAMES.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

type Rule = (value: unknown) => boolean;

function isWhole(least: number): Rule {
  return (value) => Number.isSafeInteger(value) && (value as number) >= least;
}

function isOpenShare(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value < 1;
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** Checks what can be checked without the data. @throws {@link InputError} */
export function checkPathOptions(call: string, options: GlmPathOptions): void {
  if (typeof options !== "object" || options === null) {
    const mend = "Leave it out for the lasso path of a gaussian model.";
    throw new InputError({ call, argument: "options", expected: "an object", received: describeReceived(options), mend });
  }
  refuseUnknownOptions(call, options, [...DATA_NAMES, ...OWN_NAMES]);
  checkL1Ratio(call, "l1Ratio", options.l1Ratio);
  checkRecord(call, "contrasts", options.contrasts, "contrasts by column");
  const check = (name: keyof GlmPathOptions, isRight: Rule, expected: string): void => {
    if (options[name] === undefined || isRight(options[name])) return;
    const mend = `Leave ${name} out for its default.`;
    throw new InputError({ call, argument: name, expected, received: describeReceived(options[name]), mend });
  };
  check("numStrengths", isWhole(1), "a whole number of at least 1");
  check("smallestRatio", isOpenShare, "a number between 0 and 1");
  check("standardize", (value) => typeof value === "boolean", "true or false");
  check("seed", isWhole(Number.MIN_SAFE_INTEGER), "a whole number");
  check("tolerance", isOpenShare, "a number between 0 and 1");
  check("maxIterations", isWhole(1), "a whole number of at least 1");
  check("largestDevianceRatio", isShare, "a number from 0 to 1");
  check("smallestGain", isShare, "a number from 0 to 1");
  checkStrengths(call, options);
}

/** @throws {@link InputError} unless it is left out or a number from 0 to 1 */
export function checkL1Ratio(call: string, argument: string, value: unknown): void {
  if (value === undefined || isShare(value)) return;
  const mend = "Use 1 for the lasso, 0 for ridge, or a share of the lasso between.";
  throw new InputError({ call, argument, expected: "a number from 0 to 1", received: describeReceived(value), mend });
}

function checkStrengths(call: string, { strengths, numStrengths, smallestRatio }: GlmPathOptions): void {
  if (strengths === undefined) return;
  const fail = (expected: string, received: string, mend: string): InputError =>
    new InputError({ call, argument: "strengths", expected, received, mend });
  if (typeof strengths !== "object" || strengths === null || !(strengths.length > 0)) {
    throw fail("an array of numbers", describeReceived(strengths), "Leave it out for a sequence made from the data.");
  }
  const wrong = Array.from(strengths).find((value) => !(typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) throw fail("finite numbers of at least 0", describeReceived(wrong), "Leave that strength out.");
  if (numStrengths === undefined && smallestRatio === undefined) return;
  throw fail("left out where numStrengths or smallestRatio is given", "both", "Give the strengths, or say how to make them.");
}
