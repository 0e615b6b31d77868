import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { denseRows, selectColumns } from "../../numeric/index.ts";
import { applyDesign, nearestNames, Table } from "../../table/index.ts";
import type { RecipeInput, TableLike } from "../../table/index.ts";
import type { EffectScale, TermEffect, TermPoint } from "../term-effect.ts";
import { criticalValue, quadratic } from "./effect-errors.ts";
import { chooseGrid, countCases } from "./effect-grid.ts";
import type { EffectGrid } from "./effect-grid.ts";
import { typicalRow, writeConditions } from "./effect-rows.ts";
import { checkConfidence, chooseScale, rescale, unitsOf } from "./effect-scale.ts";
import { knownRows } from "./known-rows.ts";
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
  const table = knownRows(call, model, options.data);
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
    unitsLabel: unitsOf(scale, model),
    reference: grid.labels === null ? Number(grid.reference) : grid.labels[grid.values.indexOf(grid.reference)],
    confidence,
  };
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
  const { confidence = 0.95, points = 61 } = options;
  checkConfidence(call, confidence);
  if (!(Number.isInteger(points) && points >= 2 && points <= 10_000)) {
    fail("points", "a whole number from 2 to 10000", points, "Leave it out for 61.");
  }
  return chooseScale(call, model, options.scale);
}
