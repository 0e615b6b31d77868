import { describeReceived, InputError, listNames, refuseUnknownOptions } from "../../errors.ts";
import { nearestNames } from "../../table/index.ts";
import type { RecipeInput, TableLike } from "../../table/index.ts";
import type { EffectScale, TermEffect, TermPoint } from "../term-effect.ts";
import { contrast } from "./contrast.ts";
import { criticalValue, simultaneousReach } from "./effect-errors.ts";
import { chooseGrid, countCases } from "./effect-grid.ts";
import { typicalRow, writeConditions } from "./effect-rows.ts";
import { checkConfidence, chooseScale, rescale, unitsOf } from "./effect-scale.ts";
import { knownRows } from "./known-rows.ts";
import { partialResiduals } from "./partial-residuals.ts";
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
  /** Also the wider intervals that hold the whole curve, or all levels, at once with that confidence. @defaultValue false */
  readonly simultaneous?: boolean;
  /**
   * Also partial residuals of a number: the effect at each training row's value plus its working residual; of more than 2000 rows an even pick.
   * @defaultValue false
   */
  readonly residuals?: boolean;
}

const call = "termEffect";
/**
 * How the prediction of a model changes with one column, all others alike, as data for `termChart`: all terms that read the column together,
 * compared with a reference value, with pointwise Wald intervals of the difference. Columns that it interacts with stand at `at`.
 * Intervals are null where the fit leaves no standard errors.
 *
 * @param column - a column that the model reads, or the label of a term that reads one column alone
 * @throws {@link InputError} for an unknown column or option, and values that do not fit the columns; for partial residuals of levels, or of a
 * model that has not kept its training data
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
  const contrasts = contrast(call, model, input, grid, typical, grid.values);
  const { differences, standardErrors } = contrasts;
  const reach = criticalValue(model, confidence);
  const wide = options.simultaneous && standardErrors ? simultaneousReach(model, contrasts, standardErrors, confidence) : NaN;
  const counts = table ? countCases(grid, table.column(input.name)) : null;
  const points = grid.values.map((value, k): TermPoint => {
    const [estimate, error] = [differences[k], standardErrors?.[k] ?? null];
    const known = error !== null && Number.isFinite(reach);
    return {
      x: grid.labels === null ? Number(value) : grid.labels[k],
      estimate: rescale(scale, estimate),
      low: known ? rescale(scale, estimate - reach * error) : null,
      high: known ? rescale(scale, estimate + reach * error) : null,
      ...(known && wide > 0 ? { simultaneous: [rescale(scale, estimate - wide * error), rescale(scale, estimate + wide * error)] } : {}),
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
    ...(options.residuals ? { residuals: partialResiduals(call, model, input, grid, typical, scale) } : {}),
  };
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
  refuseUnknownOptions(call, options, ["scale", "reference", "at", "data", "range", "points", "confidence", "simultaneous", "residuals"]);
  const { confidence = 0.95, points = 61 } = options;
  checkConfidence(call, confidence);
  if (!(Number.isInteger(points) && points >= 2 && points <= 10_000)) {
    fail("points", "a whole number from 2 to 10000", points, "Leave it out for 61.");
  }
  for (const flag of ["simultaneous", "residuals"] as const) {
    if (options[flag] !== undefined && typeof options[flag] !== "boolean")
      fail(flag, "true or false", options[flag], "Leave it out for false.");
  }
  return chooseScale(call, model, options.scale);
}
