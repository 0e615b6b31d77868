import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { checkRecord } from "../glm/check-record.ts";
import type { RowOptions } from "../glm/glm-options.ts";
import type { SmoothingMethod } from "./fitting/smoothing-fit.ts";

/** Options of {@link fitGam}. */
export interface GamOptions extends RowOptions {
  /**
   * How the smoothing parameters are chosen. `"REML"`: by the exact Laplace approximation of the restricted likelihood; `"ML"`: by that of the
   * likelihood; `"GCV"`: by generalized cross-validation, and `"UBRE"` by the unbiased risk estimate (Mallows' Cp, AIC), which take a known
   * dispersion; `"fREML"` (the restricted likelihood of the working model, as mgcv's `bam`) and `"EFS"` (Fellner and Schall's update) are
   * approximations that neglect how the weights depend on the smoothing. @defaultValue "REML"
   */
  readonly method?: SmoothingMethod;
  /** Penalize also what smooths leave free, such as straight lines, so that whole terms can be smoothed away. @defaultValue false */
  readonly select?: boolean;
  /**
   * Smoothing parameters that are known, by the label of the smooth: one number for each of its penalties, null for those to be chosen; they
   * multiply penalties of mgcv's scaling. @defaultValue all are chosen
   */
  readonly smoothing?: Readonly<Record<string, number | readonly (number | null)[]>>;
  /** Above 1 for smoother fits: each degree of freedom is charged so many times. @defaultValue 1 */
  readonly gamma?: number;
  /**
   * How the dispersion that standard errors use is estimated where the family does not fix it, or its value. `"fletcher"`: Pearson's estimate made
   * robust to small means; `"likelihood"`: the one of the restricted or marginal likelihood, for methods that maximize one.
   * @defaultValue "fletcher"; "likelihood" where the family's own parameters are estimated
   */
  readonly dispersion?: "fletcher" | "pearson" | "deviance" | "likelihood" | number;
  /** Knots of smooths by column, as mgcv's `knots`. @defaultValue placed by each basis */
  readonly knots?: Readonly<Record<string, readonly number[]>>;
  /**
   * Round the covariates of smooths to cells: true for at most 1000 different numbers of a covariate, or how many (two covariates of one smooth get
   * at most 100 each, more of them 25), each the mean of its cell. A covariate of no more different numbers stays as it is. Then a pass over the
   * rows costs some additions for each pair of smooths, and many rows are fitted several times as fast; the criterion is that of the rounded
   * rows, exactly, and their smooths differ from those of the rows themselves by much less than their standard errors. New rows are predicted
   * as they are. @defaultValue false
   */
  readonly discretize?: boolean | number;
  /** Steps of the search for smoothing parameters. @defaultValue 200 */
  readonly maxIterations?: number;
  /** Stop when the criterion would fall by less than this, in units of the log-likelihood. @defaultValue 1e-9 */
  readonly tolerance?: number;
  /** Keep the rows in memory with the model, for residuals, leverages and partial residuals. @defaultValue true */
  readonly keepData?: boolean;
}

const NAMES: readonly (keyof GamOptions)[] = [
  "family",
  "link",
  "method",
  "select",
  "weights",
  "frequencies",
  "offset",
  "exposure",
  "smoothing",
  "gamma",
  "dispersion",
  "knots",
  "discretize",
  "contrasts",
  "missing",
  "maxIterations",
  "tolerance",
  "keepData",
];

/** Cells of a covariate, unless told otherwise. */
const CELLS = 1000;
/** With fewer, bases of the usual sizes cannot be told apart. */
const FEWEST_CELLS = 20;

/** The most different numbers of a covariate that smooths see; null for all. */
export function cellsOf({ discretize = false }: Pick<GamOptions, "discretize">): number | null {
  return discretize === true ? CELLS : discretize === false ? null : discretize;
}

/** The methods by name. */
export const METHODS: readonly SmoothingMethod[] = ["REML", "ML", "GCV", "UBRE", "fREML", "EFS"];

/** Checks the options as far as one can without the data. @throws {@link InputError} */
export function checkGamOptions(call: string, options: GamOptions): void {
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (typeof options !== "object" || options === null) throw fail("options", "an object", options, "Leave it out for a gaussian model.");
  refuseUnknownOptions(call, options, NAMES);
  const { method, gamma, dispersion, maxIterations, tolerance, missing, discretize } = options;
  if (method !== undefined && !METHODS.includes(method)) {
    throw fail("method", METHODS.map((one) => JSON.stringify(one)).join(" or "), method, 'Leave it out for "REML".');
  }
  if (gamma !== undefined && !(typeof gamma === "number" && gamma > 0 && Number.isFinite(gamma))) {
    throw fail("gamma", "a number above 0", gamma, "Leave it out for 1.");
  }
  if (typeof dispersion === "number" ? !(dispersion > 0 && Number.isFinite(dispersion)) : !isDispersionMethod(dispersion)) {
    throw fail(
      "dispersion",
      '"fletcher", "pearson", "deviance", "likelihood" or a number above 0',
      dispersion,
      'Leave it out for "fletcher".',
    );
  }
  if (discretize !== undefined && typeof discretize !== "boolean" && !(Number.isInteger(discretize) && discretize >= FEWEST_CELLS)) {
    throw fail("discretize", `true, false or a whole number of at least ${FEWEST_CELLS}`, discretize, "Take true for 1000 cells.");
  }
  if (missing !== undefined && missing !== "drop" && missing !== "fail") {
    throw fail("missing", '"drop" or "fail"', missing, "Leave it out to drop rows that miss a value.");
  }
  if (maxIterations !== undefined && !(Number.isInteger(maxIterations) && maxIterations >= 1)) {
    throw fail("maxIterations", "a whole number of at least 1", maxIterations, "Leave it out for 200.");
  }
  if (tolerance !== undefined && !(typeof tolerance === "number" && tolerance > 0 && tolerance < 1)) {
    throw fail("tolerance", "a number between 0 and 1", tolerance, "Leave it out for 1e-9.");
  }
  for (const flag of ["select", "keepData"] as const) {
    if (options[flag] !== undefined && typeof options[flag] !== "boolean") {
      throw fail(flag, "true or false", options[flag], `Leave it out for ${flag === "select" ? "false" : "true"}.`);
    }
  }
  checkRecord(call, "smoothing", options.smoothing, "smoothing parameters by the label of a smooth");
  checkRecord(call, "knots", options.knots, "numbers by column");
  checkRecord(call, "contrasts", options.contrasts, "contrasts by column");
}

function isDispersionMethod(dispersion: unknown): boolean {
  return dispersion === undefined || ["fletcher", "pearson", "deviance", "likelihood"].includes(dispersion as string);
}

/** Whether a method maximizes a likelihood, which tells the dispersion and how uncertain the smoothing parameters are. */
export function isLikelihood(method: SmoothingMethod): boolean {
  return method === "REML" || method === "ML";
}
