import { describeReceived, InputError, refuseUnknownOptions } from "../../errors.ts";
import { dot, multiply, pickEntries, rowQuadratics, selectColumns } from "../../numeric/index.ts";
import { applyDesign, toTable } from "../../table/index.ts";
import type { Design, DesignRecipe, Table, TableLike, UnseenPolicy } from "../../table/index.ts";
import { hasCovariance, knownCovariance } from "./covariance.ts";
import { checkExposureLink, readsOffset } from "./fold-offsets.ts";
import type { GlmFit } from "./glm-fit.ts";
import type { RowNumbers } from "./glm-options.ts";
import { FINITE, POSITIVE, readRowNumbers } from "./row-numbers.ts";
import { zeroAliased } from "./zero-aliased.ts";

/** How predictions are made. */
export interface PredictOptions {
  /** The mean of the response, or the linear predictor. @defaultValue "response" */
  readonly scale?: "response" | "link";
  /** Added to the linear predictor; not for a model that reads its offset from the data. @defaultValue 0 */
  readonly offset?: RowNumbers;
  /** Its logarithm is added to the linear predictor; for the log link, and not for a model that reads its exposure from the data. @defaultValue 1 */
  readonly exposure?: RowNumbers;
  /** What to do with a row that misses a value: refuse it, or predict NaN. @defaultValue "fail" */
  readonly missing?: "fail" | "nan";
  /**
   * What to do with a level that no training row had: refuse it, take the reference level for it, or count it as missing. `"population"` predicts
   * without what smooths know of levels (random effects, curves by level), and refuses unseen levels of factors. @defaultValue "fail"
   */
  readonly unseenLevels?: UnseenPolicy;
}

export interface PredictionsWithErrors {
  /** One a row. */
  readonly values: Float64Array;
  /** Standard errors of `values`, on their scale. */
  readonly standardErrors: Float64Array;
}

/** What the terms add to the linear predictor. */
export interface TermPredictions {
  /** The linear predictor of a row at the mean of the training rows. */
  readonly constant: number;
  /** Labels of the terms, without the intercept. */
  readonly names: string[];
  /** rows × terms, row-major, on the link scale. */
  readonly values: Float64Array;
  /** Laid out like `values`. */
  readonly standardErrors: Float64Array;
}

interface ReadRows {
  readonly design: Design;
  readonly numRows: number;
  /** Of the design's rows. */
  readonly offset: Float64Array | null;
}

/** Means or linear predictors; NaN only for rows that miss a value where `missing: "nan"` asks for it. */
export function predictMeans(fit: GlmFit, data: TableLike, options: PredictOptions, call: string): Float64Array {
  return predictMeansOf(fit, [zeroAliased(fit.estimates)], data, options, call)[0];
}

/** The same by several sets of coefficients, of rows that are read once. */
export function predictMeansOf(
  fit: GlmFit,
  coefficients: readonly Float64Array[],
  data: TableLike,
  options: PredictOptions,
  call: string,
): Float64Array[] {
  const rows = readRows(call, fit, data, options);
  return coefficients.map((each) => {
    const linearPredictor = predictLink(each, rows);
    return spread(rows, options.scale === "link" ? linearPredictor : linearPredictor.map((eta) => fit.family.link.inverse(eta)));
  });
}

/** With standard errors by the delta method on the response scale. */
export function predictWithErrors(fit: GlmFit, data: TableLike, options: PredictOptions, call: string): PredictionsWithErrors {
  const covariance = knownCovariance(call, fit);
  const rows = readRows(call, fit, data, options);
  const linearPredictor = predictLink(zeroAliased(fit.estimates), rows);
  const errors = rowQuadratics(rows.design.matrix, covariance).map(rootOf);
  if (options.scale === "link") return { values: spread(rows, linearPredictor), standardErrors: spread(rows, errors) };
  const { link } = fit.family;
  return {
    values: spread(
      rows,
      linearPredictor.map((eta) => link.inverse(eta)),
    ),
    standardErrors: spread(
      rows,
      errors.map((error, row) => error * Math.abs(link.slope(linearPredictor[row]))),
    ),
  };
}

/** Terms centred at the training means, as R's `predict(type = "terms")`; without an intercept they are not centred. */
export function predictTerms(fit: GlmFit, data: TableLike, call: string): TermPredictions {
  const rows = readRows(call, fit, data, {});
  const { recipe } = fit;
  const estimates = zeroAliased(fit.estimates);
  const center = recipe.hasIntercept ? fit.columnMeans : new Float64Array(estimates.length);
  const terms = recipe.terms.filter(({ factors }) => factors.length > 0);
  const values = new Float64Array(rows.numRows * terms.length);
  const standardErrors = new Float64Array(values.length);
  const covariance = hasCovariance(fit) ? knownCovariance(call, fit) : null;
  for (const [t, { positions }] of terms.entries()) {
    const matrix = selectColumns(rows.design.matrix, positions);
    const pick = (all: Float64Array): Float64Array => Float64Array.from(positions, (position) => all[position]);
    const [beta, mean] = [pick(estimates), pick(center)];
    const shift = dot(beta, mean);
    const part = multiply(matrix, beta);
    const variances = covariance ? centredVariances(matrix, pickEntries(covariance, estimates.length, positions), mean) : null;
    for (let i = 0; i < part.length; i++) {
      values[i * terms.length + t] = part[i] - shift;
      standardErrors[i * terms.length + t] = variances ? rootOf(variances[i]) : NaN;
    }
  }
  const constant = dot(estimates, center);
  return { constant, names: terms.map(({ label }) => label), values, standardErrors };
}

/** (x − m)' V (x − m) of each row x. */
function centredVariances(matrix: Design["matrix"], covariance: Float64Array, mean: Float64Array): Float64Array {
  const k = mean.length;
  const product = mean.map((_, i) => dot(covariance.subarray(i * k, (i + 1) * k), mean));
  const constant = dot(product, mean);
  const cross = multiply(matrix, product);
  return rowQuadratics(matrix, covariance).map((square, row) => square - 2 * cross[row] + constant);
}

function readRows(call: string, fit: GlmFit, data: TableLike, options: PredictOptions): ReadRows {
  refuseUnknownOptions(call, options, ["scale", "offset", "exposure", "missing", "unseenLevels"]);
  checkChoice(call, "scale", options.scale, ["response", "link"]);
  checkChoice(call, "missing", options.missing, ["fail", "nan"]);
  checkChoice(call, "unseenLevels", options.unseenLevels, ["fail", "reference", "missing", "population"]);
  checkExposureLink(call, options.exposure, fit.family.link);
  const table = toTable(data, call);
  const { offset, exposure, missing = "fail", unseenLevels = "fail" } = options;
  const given = readOffset(call, fit.recipe, "offset", offset, table);
  const exposed = readOffset(call, fit.recipe, "exposure", exposure, table)?.map(Math.log) ?? null;
  const also = [
    { name: "offset", values: given },
    { name: "exposure", values: exposed },
  ].flatMap(({ name, values }) => (values === null ? [] : [{ name, values }]));
  const design = applyDesign(call, fit.recipe, table, { missing: missing === "nan" ? "drop" : "fail", unseenLevels, alongside: also });
  const rows = design.rows;
  const parts = [design.offset, ...also.map(({ values }) => (rows ? Float64Array.from(rows, (row) => values[row]) : values))];
  return { design, numRows: table.numRows, offset: sumOf(parts.filter((part) => part !== null)) };
}

/**
 * What an offset or exposure adds for rows of which the model does not read it itself; null where nothing is to be added.
 *
 * @throws {@link InputError} when numbers are given though the model reads a column, which would count twice
 */
export function readOffset(
  call: string,
  recipe: DesignRecipe,
  argument: "offset" | "exposure",
  given: RowNumbers | undefined,
  table: Table,
): Float64Array | null {
  if (given === undefined) return null;
  if (typeof given === "string" && readsOffset(recipe, argument, given)) return null;
  if (recipe.offsets.length === 0) return readRowNumbers(call, argument, given, table, argument === "offset" ? FINITE : POSITIVE);
  throw new InputError({
    call,
    argument,
    expected: `left out, as the model reads offset(${recipe.offsets.join(") and offset(")}) from the data`,
    received: describeReceived(given),
    mend: "Change that column of the data instead.",
  });
}

function predictLink(coefficients: Float64Array, { design, offset }: ReadRows): Float64Array {
  const linearPredictor = multiply(design.matrix, coefficients);
  return offset ? linearPredictor.map((value, row) => value + offset[row]) : linearPredictor;
}

/** Values of the design's rows at their place among all rows; NaN elsewhere. */
function spread({ design, numRows }: ReadRows, values: Float64Array): Float64Array {
  if (design.rows === null) return values;
  const all = new Float64Array(numRows).fill(NaN);
  for (const [i, row] of design.rows.entries()) all[row] = values[i];
  return all;
}

function sumOf(parts: readonly Float64Array[]): Float64Array | null {
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum.map((value, row) => value + part[row]));
}

/** Variances that rounding made negative are 0. */
function rootOf(variance: number): number {
  return Math.sqrt(Math.max(0, variance));
}

function checkChoice(call: string, argument: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  const expected = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  throw new InputError({
    call,
    argument,
    expected,
    received: describeReceived(value),
    mend: `Leave it out for ${JSON.stringify(choices[0])}.`,
  });
}
