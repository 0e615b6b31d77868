import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { denseRows, normal, selectColumns, studentT } from "../../numeric/index.ts";
import { applyDesign, nearestNames, Table, toTable } from "../../table/index.ts";
import type { RecipeInput, TableLike } from "../../table/index.ts";
import type { EffectScale, TermEffect, TermPoint } from "../term-effect.ts";
import { usesNormal } from "../glm/coefficient-table.ts";
import { chooseGrid, countCases } from "./effect-grid.ts";
import type { EffectGrid } from "./effect-grid.ts";
import { typicalRow, writeConditions } from "./effect-rows.ts";
import { hasCovariance } from "../glm/covariance.ts";
import { RegressionModel } from "../glm/regression-model.ts";

/** How {@link termEffect} measures. */
export interface TermEffectOptions {
  /**
   * Differences of the linear predictor, multiples (relativities of a log link, odds ratios of a logit) or changes in per cent.
   * @defaultValue "factor" for the links log, logit and cloglog, else "link"
   */
  readonly scale?: EffectScale;
  /** The value or level that the others are compared with. @defaultValue the median, or the reference level of the fit */
  readonly reference?: number | string;
  /** Values of other columns that the column interacts with. @defaultValue the median, or the most frequent level */
  readonly at?: Readonly<Record<string, number | string>>;
  /** The rows that say which values are common. @defaultValue the training rows, where the model has kept them */
  readonly data?: TableLike;
  /** The ends of the values of a number. @defaultValue the smallest and the largest */
  readonly range?: readonly [number, number];
  /** So many values of a number, evenly spaced; of few distinct values each is one. @defaultValue 61 */
  readonly points?: number;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

const call = "termEffect";
/** Links for which exp of a coefficient is a multiple that people know, and its name. */
const MULTIPLES: Readonly<Record<string, string>> = { log: "relativity", logit: "odds ratio", cloglog: "hazard ratio" };
const UNITS: Readonly<Record<string, string>> = { identity: "", log: "log of the mean", logit: "log-odds" };

/**
 * How the prediction of a model changes with one column, all others alike, as data for `termChart`: all terms that read the column together,
 * compared with a reference value, with pointwise Wald intervals of the difference. Columns that it interacts with stand at `at`.
 * Intervals are null where the fit leaves no standard errors.
 *
 * @param column - a column that the model reads, or the label of a term that reads one column alone
 * @throws {@link InputError} for an unknown column or option, and values that do not fit the columns
 * @example
 * const spec = termChart(termEffect(model, "age", { reference: 40 }));
 */
export function termEffect(model: RegressionModel, column: string, options: TermEffectOptions = {}): TermEffect {
  const scale = checkOptions(model, options);
  const { confidence = 0.95 } = options;
  const input = findInput(model, column);
  const table = knownRows(model, options.data);
  const grid = chooseGrid(call, model, input, table, options);
  const typical = typicalRow(call, model, input, table, options.at ?? {});
  const { differences, standardErrors } = contrast(model, input, grid, typical);
  const reach = criticalValue(model, confidence);
  const counts = table ? countCases(grid, table.column(input.name)) : null;
  const points = grid.values.map((value, k): TermPoint => {
    const [estimate, error] = [differences[k], standardErrors?.[k] ?? null];
    const known = error !== null && Number.isFinite(reach);
    return {
      x: grid.labels === null ? Number(value) : grid.labels[k],
      estimate: rescale(scale, estimate),
      low: known ? rescale(scale, estimate - reach * error) : null,
      high: known ? rescale(scale, estimate + reach * error) : null,
      ...(counts ? { n: counts[k] } : {}),
    };
  });
  const { label = input.name, unit } = input.description;
  const conditions = writeConditions(model, input, typical);
  return {
    label: conditions === "" ? label : `${label}, where ${conditions}`,
    ...(unit === undefined || grid.labels !== null ? {} : { unit }),
    kind: grid.labels === null ? "numeric" : "categorical",
    points,
    scale,
    unitsLabel: unitsOf(scale, model.family.link.name),
    reference: grid.labels === null ? Number(grid.reference) : grid.labels[grid.values.indexOf(grid.reference)],
    confidence,
  };
}

function rescale(scale: EffectScale, difference: number): number {
  if (scale === "link") return difference;
  return scale === "factor" ? Math.exp(difference) : 100 * Math.expm1(difference);
}

function unitsOf(scale: EffectScale, link: string): string {
  if (scale === "percent") return "%";
  return scale === "factor" ? MULTIPLES[link] : (UNITS[link] ?? `${link} of the mean`);
}

/** Linear predictors less that of the reference, which stands in the last row, and their standard errors. */
function contrast(
  model: RegressionModel,
  input: RecipeInput,
  grid: EffectGrid,
  typical: Table,
): { differences: Float64Array; standardErrors: Float64Array | null } {
  const { recipe, estimates } = model.fit;
  const own = grid.column([...grid.values, grid.reference]);
  const repeated = typical.take(new Int32Array(grid.values.length + 1));
  const rows = Table.of(repeated.columns.map((column) => (column.name === input.name ? own : column)));
  const design = applyDesign(call, recipe, rows, { missing: "fail" });
  const positions = recipe.terms.filter(({ variables }) => variables.includes(input.name)).flatMap((term) => term.positions);
  const width = positions.length;
  const last = grid.values.length;
  const dense = denseRows(selectColumns(design.matrix, positions), 0, last + 1);
  const offset = design.offset ?? new Float64Array(last + 1);
  const covariance = hasCovariance(model.fit) ? model.covariance : null;
  const differences = new Float64Array(last);
  const standardErrors = new Float64Array(last);
  const row = new Float64Array(width);
  for (let i = 0; i < last; i++) {
    let difference = offset[i] - offset[last];
    for (let j = 0; j < width; j++) {
      row[j] = dense[i * width + j] - dense[last * width + j];
      difference += row[j] * (estimates[positions[j]] || 0);
    }
    differences[i] = difference;
    if (covariance) standardErrors[i] = Math.sqrt(Math.max(0, quadratic(row, covariance, positions, estimates.length)));
  }
  return { differences, standardErrors: covariance && standardErrors };
}

/** row' V row over some positions of V; aliased columns count for nothing. */
function quadratic(row: Float64Array, covariance: Float64Array, positions: readonly number[], size: number): number {
  let sum = 0;
  for (let a = 0; a < row.length; a++) {
    if (row[a] === 0) continue;
    for (let b = 0; b < row.length; b++) if (row[b] !== 0) sum += row[a] * row[b] * (covariance[positions[a] * size + positions[b]] || 0);
  }
  return sum;
}

/** The quantile that intervals reach to, in standard errors; NaN where no degrees of freedom are left. */
function criticalValue({ fit }: RegressionModel, confidence: number): number {
  const probability = (1 + confidence) / 2;
  if (usesNormal(fit)) return normal.quantile(probability);
  return fit.residualDegreesOfFreedom > 0 ? studentT.quantile(probability, fit.residualDegreesOfFreedom) : NaN;
}

function knownRows({ inputs, fit }: RegressionModel, data: TableLike | undefined): Table | null {
  if (data === undefined) return fit.training?.table ?? null;
  const table = toTable(data, call);
  const missing = inputs.find(({ name, kind }) => !table.has(name) || (kind === "numeric" && table.column(name).kind !== kind));
  if (missing === undefined && table.numRows > 0) return table;
  throw new InputError({
    call,
    argument: "data",
    expected: missing === undefined ? "at least one row" : `a table with the ${missing.kind} column ${JSON.stringify(missing.name)}`,
    received: missing === undefined ? "none" : table.has(missing.name) ? "a categorical one" : "none of this name",
    mend: "Give rows with the columns of the training data, or leave it out.",
  });
}

function findInput({ inputs, terms }: RegressionModel, wanted: string): RecipeInput {
  const term = terms.find(({ label, variables }) => label === wanted && variables.length === 1);
  const found = inputs.find(({ name }) => name === wanted) ?? inputs.find(({ name }) => name === term?.variables[0]);
  if (found) return found;
  const names = inputs.map(({ name }) => name);
  const near = nearestNames(typeof wanted === "string" ? wanted : "", names);
  throw new InputError({
    call,
    argument: "column",
    expected: `a column that the model reads (${listNames(names)})`,
    received: describeReceived(wanted),
    mend: near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "See model.inputs.",
  });
}

/** Checks the options that stand alone. @returns the scale */
function checkOptions(model: RegressionModel, options: TermEffectOptions): EffectScale {
  const fail = (argument: string, expected: string, received: unknown, mend: string): never => {
    throw new InputError({ call, argument, expected, received: describeReceived(received), mend });
  };
  if (!(model instanceof RegressionModel)) fail("model", "a GlmModel or a GamModel", model, "Fit one with fitGlm or fitGam.");
  refuseUnknownOptions(call, options, ["scale", "reference", "at", "data", "range", "points", "confidence"]);
  const { name } = model.family.link;
  const { scale = Object.hasOwn(MULTIPLES, name) ? "factor" : "link", confidence = 0.95, points = 61 } = options;
  if (scale !== "link" && scale !== "factor" && scale !== "percent") {
    fail("scale", '"link", "factor" or "percent"', scale, "Leave it out for the scale that goes with the link.");
  }
  if (scale !== "link" && !Object.hasOwn(MULTIPLES, name)) {
    const expected = `"link" for the link ${JSON.stringify(name)}`;
    fail("scale", expected, scale, "Multiples belong to the links log, logit and cloglog.");
  }
  if (!(confidence > 0 && confidence < 1)) fail("confidence", "a number between 0 and 1", confidence, "Leave it out for 0.95.");
  if (!(Number.isInteger(points) && points >= 2 && points <= 10_000)) {
    fail("points", "a whole number from 2 to 10000", points, "Leave it out for 61.");
  }
  return scale;
}
