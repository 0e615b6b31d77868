import { describeReceived, InputError, refuseUnknownOptions } from "../../../errors.ts";
import { createRandom, multiply, normal } from "../../../numeric/index.ts";
import { applyDesignAndResponse, columnLabel, levelLabel, toTable } from "../../../table/index.ts";
import type { Table, TableLike } from "../../../table/index.ts";
import type { GlmFit } from "../glm-fit.ts";
import type { RegressionModel } from "../regression-model.ts";
import type { RowNumbers } from "../glm-options.ts";
import { predictTerms, readOffset } from "../predictions.ts";
import { codeResponse } from "../read-response.ts";
import { NOT_NEGATIVE, readRowNumbers } from "../row-numbers.ts";
import { zeroAliased } from "../zero-aliased.ts";
import { describeAnomaly } from "./anomaly-words.ts";
import { quantileResidual, QUANTILE_SEED } from "./quantile-residuals.ts";

/** How anomalies are sought. */
export interface AnomalyOptions {
  /** At most so many rows. @defaultValue 10 */
  readonly most?: number;
  /** Terms to name with each row. @defaultValue 3 */
  readonly mostDrivers?: number;
  /** As in `fitGlm`. @defaultValue 1 */
  readonly weights?: RowNumbers;
  /** As in `fitGlm`. @defaultValue 0 */
  readonly offset?: RowNumbers;
  /** As in `fitGlm`. @defaultValue 1 */
  readonly exposure?: RowNumbers;
  /** Of the place drawn within the jump of a discrete distribution. @defaultValue 1 */
  readonly seed?: number;
}

/** A term's part in a prediction. */
export interface AnomalyDriver {
  readonly term: string;
  /** What people call its columns and what the row holds in them: `Age: 54`. */
  readonly words: string;
  /** What it adds to the linear predictor, against the mean of the training rows. */
  readonly contribution: number;
}

/** A row that the model understands little. */
export interface Anomaly {
  /** Its position in the data, from 0. */
  readonly row: number;
  readonly response: number;
  /** The mean that the model expects. */
  readonly prediction: number;
  /** Where the response stands in its fitted distribution, as a standard normal deviate: beyond ±3 is one case in 370. */
  readonly quantileResidual: number;
  /** The chance of a response so far off, on either side, if the model is right. */
  readonly probability: number;
  readonly direction: "higher" | "lower";
  /** The terms that move its prediction most, strongest first. */
  readonly drivers: readonly AnomalyDriver[];
  /** Columns whose value lies outside the training range. */
  readonly outside: readonly string[];
  /** All this in a sentence or two. */
  readonly words: string;
}

interface Rows {
  readonly table: Table;
  /** Positions in the data of the rows that miss nothing. */
  readonly positions: ArrayLike<number>;
  readonly response: Float64Array;
  readonly mean: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The rows that a model understands least: those whose response lies furthest out in the distribution that the model expects, with the terms
 * that move their prediction, in the words of the columns.
 *
 * @param data - rows with their response; rows that miss a value are passed over. The training data unless given
 * @throws {@link InputError} when the family has no distribution, a column is missing, or no data are given and none were kept
 * @example
 * for (const { words } of anomalies(model, policies, { exposure: "years", most: 5 })) console.log(words);
 */
export function anomalies(model: RegressionModel, data?: TableLike, options: AnomalyOptions = {}): Anomaly[] {
  const call = "anomalies";
  const { most, mostDrivers } = checkOptions(call, model, options);
  const { fit } = model;
  const rows = data === undefined ? trainingRows(call, fit) : readRows(call, fit, toTable(data, call), options);
  const random = createRandom(options.seed ?? QUANTILE_SEED);
  const residuals = rows.response.map((response, i) => {
    const weight = rows.weights[i];
    if (!(weight > 0)) return 0;
    return quantileResidual(call, fit.family, { response, mean: rows.mean[i], weight, dispersion: fit.dispersion }, random);
  });
  const order = [...residuals.keys()].sort((one, other) => Math.abs(residuals[other]) - Math.abs(residuals[one])).slice(0, most);
  const chosen = rows.table.take(order.map((i) => rows.positions[i]));
  const terms = predictTerms(fit, chosen, call);
  return order.map((i, k): Anomaly => {
    const parts = {
      row: rows.positions[i],
      response: rows.response[i],
      prediction: rows.mean[i],
      quantileResidual: residuals[i],
      probability: 2 * normal.upper(Math.abs(residuals[i])),
      direction: residuals[i] > 0 ? ("higher" as const) : ("lower" as const),
      drivers: driversOf(fit, chosen, terms, k).slice(0, mostDrivers),
      outside: outsideOf(fit, chosen, k),
    };
    return { ...parts, words: describeAnomaly(parts, chosen, k) };
  });
}

function driversOf(fit: GlmFit, table: Table, terms: ReturnType<typeof predictTerms>, row: number): AnomalyDriver[] {
  const { names, values } = terms;
  return names
    .map((term, t): AnomalyDriver => {
      const variables = fit.recipe.terms.find(({ label, factors }) => label === term && factors.length > 0)?.variables ?? [];
      return { term, words: variables.map((name) => tellCell(table, name, row)).join(", "), contribution: values[row * names.length + t] };
    })
    .filter(({ contribution }) => contribution !== 0)
    .sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
}

/** `Age of the driver: 54 years`. */
function tellCell(table: Table, name: string, row: number): string {
  const column = table.column(name);
  const value = column.kind === "numeric" ? String(Number(column.values[row].toPrecision(4))) : levelLabel(column, column.codes[row]);
  return `${columnLabel(column)}: ${value}${column.description.unit ? ` ${column.description.unit}` : ""}`;
}

function outsideOf(fit: GlmFit, table: Table, row: number): string[] {
  return fit.recipe.inputs.flatMap(({ name, range }) => {
    const column = table.column(name);
    if (range === null || column.kind !== "numeric") return [];
    return column.values[row] < range[0] || column.values[row] > range[1] ? [name] : [];
  });
}

function trainingRows(call: string, { training }: GlmFit): Rows {
  if (training) {
    const { table, problem, mean, frequencies } = training;
    const weights = frequencies
      ? problem.weights.map((weight, row) => (frequencies[row] > 0 ? weight / frequencies[row] : 0))
      : problem.weights;
    return { table, positions: Int32Array.from(mean, (_, row) => row), response: problem.response, mean, weights };
  }
  throw new InputError({
    call,
    argument: "data",
    expected: "given, as the model has not kept its training data",
    received: "nothing",
    mend: "Pass rows with their response.",
  });
}

function readRows(call: string, fit: GlmFit, table: Table, { weights, offset, exposure }: AnomalyOptions): Rows {
  const given = {
    weights: weights === undefined ? null : readRowNumbers(call, "weights", weights, table, NOT_NEGATIVE),
    offset: readOffset(call, fit.recipe, "offset", offset, table),
    exposure: readOffset(call, fit.recipe, "exposure", exposure, table),
  };
  const alongside = Object.entries(given).flatMap(([name, values]) => (values === null ? [] : [{ name, values }]));
  const { design, response } = applyDesignAndResponse(call, fit.recipe, table, { alongside });
  const { rows } = design;
  const at = (values: Float64Array | null, i: number, otherwise: number): number => (values ? values[rows ? rows[i] : i] : otherwise);
  const coded = codeResponse(call, response, fit.family);
  const estimates = zeroAliased(fit.estimates);
  const mean = multiply(design.matrix, estimates).map((value, i) =>
    fit.family.link.inverse(value + (design.offset ? design.offset[i] : 0) + at(given.offset, i, 0) + Math.log(at(given.exposure, i, 1))),
  );
  return {
    table,
    positions: rows ?? Int32Array.from(mean, (_, row) => row),
    response: coded.values,
    mean,
    weights: mean.map((_, i) => at(given.weights, i, 1) * (coded.trials ? coded.trials[i] : 1)),
  };
}

function checkOptions(
  call: string,
  model: RegressionModel,
  options: AnomalyOptions,
): { readonly most: number; readonly mostDrivers: number } {
  const fail = (argument: string, expected: string, received: unknown, mend: string): InputError =>
    new InputError({ call, argument, expected, received: describeReceived(received), mend });
  if (typeof model?.fit?.family?.cumulative !== "function")
    throw fail("model", "a GlmModel or a GamModel", model, "Make one with fitGlm or fitGam.");
  refuseUnknownOptions(call, options, ["most", "mostDrivers", "weights", "offset", "exposure", "seed"]);
  const { most = 10, mostDrivers = 3, seed } = options;
  for (const [argument, value] of Object.entries({ most, mostDrivers })) {
    if (!(Number.isInteger(value) && value >= 1)) {
      throw fail(argument, "a whole number of at least 1", value, "Leave it out for the usual number.");
    }
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) throw fail("seed", "a whole number", seed, "Leave it out for 1.");
  return { most, mostDrivers };
}
