import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { denseRows, farFromCases, selectColumns } from "../../numeric/index.ts";
import { applyDesign, Table } from "../../table/index.ts";
import type { Column, RecipeInput, TableLike } from "../../table/index.ts";
import { hasCovariance } from "../glm/covariance.ts";
import { RegressionModel } from "../glm/regression-model.ts";
import type { SurfaceAxis, SurfaceEffect } from "../surface-effect.ts";
import type { EffectScale } from "../term-effect.ts";
import { criticalValue, quadratic } from "./effect-errors.ts";
import { numbersOf } from "./effect-grid.ts";
import { typicalRow } from "./effect-rows.ts";
import { checkConfidence, chooseScale, rescale, unitsOf } from "./effect-scale.ts";
import { knownRows } from "./known-rows.ts";

/** How {@link surfaceEffect} measures. */
export interface SurfaceEffectOptions {
  /**
   * Differences of the linear predictor, multiples (relativities of a log link, odds ratios of a logit) or changes in per cent.
   * @defaultValue "factor" for the links log, logit and cloglog, else "link"
   */
  readonly scale?: EffectScale;
  /** The rows that say which values are common. @defaultValue the training rows, where the model has kept them */
  readonly data?: TableLike;
  /** So many values of each column, evenly spaced from the smallest to the largest. @defaultValue 40 */
  readonly points?: number;
  /** Places farther from every case than this share of the range of each column say nothing, 0 to 1. @defaultValue 0.1 */
  readonly reach?: number;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
}

const call = "surfaceEffect";

/**
 * How the prediction of a model changes with two numeric columns together, as data for `surfaceChart`: the sum of all terms that read these
 * columns and no others, compared with the average training row, with pointwise Wald intervals. Intervals are null where the fit leaves no
 * standard errors.
 *
 * @param columns - the two columns, the one from left to right first, or the label of a term that reads just two
 * @throws {@link InputError} for unknown columns or options, and columns that no term reads together
 * @example
 * const spec = surfaceChart(surfaceEffect(model, ["longitude", "latitude"]));
 */
export function surfaceEffect(
  model: RegressionModel,
  columns: string | readonly [string, string],
  options: SurfaceEffectOptions = {},
): SurfaceEffect {
  const { confidence = 0.95, points = 40, reach = 0.1 } = options;
  checkOptions(model, options);
  const scale = chooseScale(call, model, options.scale);
  const [across, upwards] = findColumns(model, columns);
  const table = knownRows(call, model, options.data);
  const [x, y] = [across, upwards].map((input) => makeAxis(input, table, points));
  const { differences, standardErrors } = contrastWithAverage(model, [across, upwards], [x, y], table);
  const half = criticalValue(model, confidence);
  const known = standardErrors !== null && Number.isFinite(half);
  const ends = (side: number): number[] | null =>
    known ? Array.from(differences, (difference, k) => rescale(scale, difference + side * half * standardErrors[k])) : null;
  const cases = table && readCases(table, across.name, upwards.name);
  return {
    label: `${x.label} and ${y.label}`,
    x,
    y,
    estimates: Array.from(differences, (difference) => rescale(scale, difference)),
    lows: ends(-1),
    highs: ends(1),
    ...(cases && cases.x.length > 0 ? { isFar: farFromCases(x.values, y.values, cases, reach), cases } : {}),
    scale,
    unitsLabel: unitsOf(scale, model),
    confidence,
  };
}

function makeAxis({ name, range, description }: RecipeInput, table: Table | null, points: number): SurfaceAxis {
  const values = table ? numbersOf(table.column(name)) : new Float64Array(0);
  const [low, high] = values.length > 0 ? [values[0], values[values.length - 1]] : (range ?? [0, 1]);
  // A column of one value is looked at a little around it.
  const end = high > low ? high : low + Math.max(1, Math.abs(low));
  return {
    label: description.label ?? name,
    ...(description.unit === undefined ? {} : { unit: description.unit }),
    values: Array.from({ length: points }, (_, k) => (k === points - 1 ? end : low + ((end - low) * k) / (points - 1))),
  };
}

/** The rows in which both columns are known. */
function readCases(table: Table, across: string, upwards: string): { x: number[]; y: number[] } {
  const [x, y] = [across, upwards].map((name) => {
    const column = table.column(name);
    return column.kind === "numeric" ? column.values : new Float64Array(0);
  });
  const rows = Array.from(x.keys()).filter((row) => Number.isFinite(x[row]) && Number.isFinite(y[row]));
  return { x: rows.map((row) => x[row]), y: rows.map((row) => y[row]) };
}

/** What the terms of two columns add on a grid beyond what they add on average, and the standard errors of that. */
function contrastWithAverage(
  model: RegressionModel,
  inputs: readonly [RecipeInput, RecipeInput],
  [x, y]: readonly SurfaceAxis[],
  table: Table | null,
): { differences: Float64Array; standardErrors: Float64Array | null } {
  const { recipe, estimates, columnMeans } = model.fit;
  const [across, upwards] = inputs;
  const numPlaces = x.values.length * y.values.length;
  const typical = typicalRow(call, model, across, table, {}).take(new Int32Array(numPlaces));
  const place = (column: Column): Column => {
    if (column.name === across.name) return numbers(across, numPlaces, (k) => x.values[k % x.values.length]);
    return column.name === upwards.name ? numbers(upwards, numPlaces, (k) => y.values[Math.floor(k / x.values.length)]) : column;
  };
  const { matrix } = applyDesign(call, recipe, Table.of(typical.columns.map(place)), { missing: "fail" });
  const positions = ownTerms(model, inputs).flatMap((term) => term.positions);
  const width = positions.length;
  const dense = denseRows(selectColumns(matrix, positions), 0, numPlaces);
  const means = positions.map((position) => (recipe.hasIntercept ? columnMeans[position] : 0));
  const covariance = hasCovariance(model.fit) ? model.covariance : null;
  const differences = new Float64Array(numPlaces);
  const standardErrors = new Float64Array(numPlaces);
  const row = new Float64Array(width);
  for (let i = 0; i < numPlaces; i++) {
    let difference = 0;
    for (let j = 0; j < width; j++) {
      row[j] = dense[i * width + j] - means[j];
      difference += row[j] * (estimates[positions[j]] || 0);
    }
    differences[i] = difference;
    if (covariance) standardErrors[i] = Math.sqrt(Math.max(0, quadratic(row, covariance, positions, estimates.length)));
  }
  return { differences, standardErrors: covariance && standardErrors };
}

function numbers({ name, description }: RecipeInput, length: number, read: (row: number) => number): Column {
  return { kind: "numeric", name, values: Float64Array.from({ length }, (_, row) => read(row)), description };
}

/** Terms that read some of the columns and no others. */
function ownTerms({ terms }: RegressionModel, inputs: readonly RecipeInput[]): RegressionModel["terms"] {
  const names = new Set(inputs.map(({ name }) => name));
  return terms.filter(({ variables }) => variables.length > 0 && variables.every((name) => names.has(name)));
}

/** @throws {@link InputError} unless they are two numeric columns that some term reads together */
function findColumns(model: RegressionModel, wanted: string | readonly [string, string]): readonly [RecipeInput, RecipeInput] {
  const pairs = model.terms.filter((term) => term.variables.length === 2);
  const names = typeof wanted === "string" ? pairs.find(({ label }) => label === wanted)?.variables : wanted;
  const isPair =
    Array.isArray(names) && pairs.some(({ variables }) => names.length === 2 && variables.every((name) => names.includes(name)));
  const found = isPair ? names.map((name) => model.inputs.find((input) => input.name === name && input.kind === "numeric")) : [];
  const [across, upwards] = found;
  if (across && upwards) return [across, upwards];
  const labels = pairs.map(({ label }) => label);
  throw new InputError({
    call,
    argument: "columns",
    expected: "two numeric columns that a term of the model reads together, or the label of that term",
    received: describeReceived(wanted),
    mend: labels.length > 0 ? `Terms of two columns are ${listNames(labels)}.` : "The model has no term of two columns; see termEffect.",
  });
}

function checkOptions(model: RegressionModel, options: SurfaceEffectOptions): void {
  const fail = (argument: string, expected: string, received: unknown, mend: string): never => {
    throw new InputError({ call, argument, expected, received: describeReceived(received), mend });
  };
  if (!(model instanceof RegressionModel)) fail("model", "a GlmModel or a GamModel", model, "Fit one with fitGlm or fitGam.");
  refuseUnknownOptions(call, options, ["scale", "data", "points", "reach", "confidence"]);
  const { points = 40, reach = 0.1, confidence = 0.95 } = options;
  checkConfidence(call, confidence);
  if (!(Number.isInteger(points) && points >= 2 && points <= 200))
    fail("points", "a whole number from 2 to 200", points, "Leave it out for 40.");
  if (!(reach >= 0 && reach <= 1)) fail("reach", "a number from 0 to 1", reach, "Leave it out for 0.1.");
}
