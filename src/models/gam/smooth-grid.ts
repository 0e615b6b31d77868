import { describeReceived, InputError, listNames } from "../../errors.ts";
import { namesOfExpression, nearestNames, Table, toTable } from "../../table/index.ts";
import type { Column, RecipeInput, SmoothVariable, TableLike } from "../../table/index.ts";
import { typicalRow } from "../effects/effect-rows.ts";
import type { FittedSmooth, GamFit } from "./gam-fit.ts";

/** Where smooths are looked at. */
export interface GridOptions {
  /** So many values of each covariate, evenly spaced. @defaultValue 100 of one covariate, 40 of each of two */
  readonly points?: number;
  /** Smallest and largest value by covariate. @defaultValue those of the training rows */
  readonly range?: Readonly<Record<string, readonly [number, number]>>;
  /** Values of covariates that do not vary over the grid: of all but the first two, unless given. @defaultValue the middle of the training range */
  readonly at?: Readonly<Record<string, number | string>>;
  /** Rows to look at instead of a grid. */
  readonly data?: TableLike;
}

/** A smooth with what its recipe says of it. */
export interface FoundSmooth extends FittedSmooth {
  readonly variable: SmoothVariable;
  /** The columns that it is a function of; a `by` variable is none of them. */
  readonly covariates: readonly RecipeInput[];
}

const MOST_VARYING = 2;

/** The smooth of a label, or of a column that one smooth reads alone. @throws {@link InputError} where there is none */
export function findSmooth(call: string, fit: GamFit, label: string): FoundSmooth {
  const found = fit.smooths.map((smooth) => describeSmooth(fit, smooth, call));
  const ofColumn = found.filter(({ covariates }) => covariates.length === 1 && covariates[0].name === label);
  const chosen = found.find((smooth) => smooth.label === label) ?? (ofColumn.length === 1 ? ofColumn[0] : undefined);
  if (chosen) return chosen;
  const labels = found.map((smooth) => smooth.label);
  const near = nearestNames(typeof label === "string" ? label : "", labels);
  throw new InputError({
    call,
    argument: "label",
    expected: labels.length > 0 ? `a smooth of the model (${listNames(labels)})` : "a smooth, of which this model has none",
    received: describeReceived(label),
    mend: near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "See model.smooths.",
  });
}

function describeSmooth({ recipe }: GamFit, smooth: FittedSmooth, call: string): FoundSmooth {
  const variable = recipe.variables.find((one): one is SmoothVariable => one.kind === "smooth" && one.label === smooth.label);
  if (!variable) throw new Error(`the recipe lacks ${smooth.label}`);
  const expressions = variable.margins.flatMap((margin) => (margin.kind === "basis" ? margin.expressions : [margin.expression]));
  const names = new Set(expressions.flatMap((expression) => namesOfExpression(expression, call)));
  return { ...smooth, variable, covariates: recipe.inputs.filter(({ name }) => names.has(name)) };
}

/**
 * Rows at which a smooth is to be looked at: a grid of its covariates with the other columns at typical values, `by` numbers at 1 and `by`
 * factors at the level of the smooth. @throws {@link InputError} for odd options
 */
export function makeGrid(call: string, fit: GamFit, smooth: FoundSmooth, options: GridOptions): Table {
  if (options.data !== undefined) return toTable(options.data, call);
  const { at = {}, range = {} } = options;
  const varying = smooth.covariates.filter(({ name }) => !Object.hasOwn(at, name)).slice(0, MOST_VARYING);
  checkNames(call, "range", range, varying);
  const numNumbers = varying.filter(({ kind }) => kind === "numeric").length;
  const points = checkPoints(call, options.points) ?? (numNumbers > 1 ? 40 : 100);
  const axes = varying.map((input) => axisOf(call, input, range, points));
  const numRows = axes.reduce((product, { length }) => product * length, 1);
  const typical = typicalRow(call, { inputs: fit.recipe.inputs, fit }, { name: "" }, fit.training?.table ?? null, at);
  const rows = typical.take(new Int32Array(numRows));
  let stride = numRows;
  const replaced = new Map(
    axes.map((axis): [string, Column] => {
      stride /= axis.length;
      const step = stride;
      return [axis.name, axis.column(Int32Array.from({ length: numRows }, (_, row) => Math.floor(row / step) % axis.length))];
    }),
  );
  const table = Table.of(rows.columns.map((column) => replaced.get(column.name) ?? column));
  return atLevel(call, table, fit, smooth);
}

/** The same rows where a smooth counts in full: `by` numbers at 1, a `by` factor at the smooth's level. */
export function atLevel(call: string, table: Table, { recipe }: GamFit, { variable }: FoundSmooth): Table {
  const ones = new Set(variable.multipliers.flatMap((expression) => namesOfExpression(expression, call)));
  const level = variable.by && { name: namesOfExpression(variable.by.expression, call)[0], value: variable.by.levels[variable.by.level] };
  return Table.of(
    table.columns.map((column): Column => {
      const { name } = column;
      const input = recipe.inputs.find((one) => one.name === name);
      if (!input) return column;
      if (level?.name === name) return constantColumn(input, level.value, table.numRows);
      return ones.has(name) ? constantColumn(input, 1, table.numRows) : column;
    }),
  );
}

function constantColumn({ name, kind, levels, description }: RecipeInput, value: number | string, numRows: number): Column {
  if (kind === "numeric") return { kind, name, values: new Float64Array(numRows).fill(Number(value)), description };
  return { kind, name, codes: new Int32Array(numRows).fill(levels.indexOf(String(value))), levels, description };
}

interface Axis {
  readonly name: string;
  readonly length: number;
  column(positions: Int32Array): Column;
}

function axisOf(call: string, input: RecipeInput, ranges: Readonly<Record<string, readonly [number, number]>>, points: number): Axis {
  const { name, kind, levels, description } = input;
  if (kind === "categorical") {
    return { name, length: levels.length, column: (positions) => ({ kind, name, codes: positions, levels, description }) };
  }
  const given = Object.hasOwn(ranges, name) ? checkRange(call, name, ranges[name]) : null;
  const [low, high] = given ?? input.range ?? [0, 1];
  const values = Float64Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1));
  return {
    name,
    length: points,
    column: (positions) => ({ kind, name, values: Float64Array.from(positions, (k) => values[k]), description }),
  };
}

function checkRange(call: string, name: string, range: readonly [number, number]): readonly [number, number] {
  if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1]) return range;
  const argument = `range[${JSON.stringify(name)}]`;
  const mend = "Leave it out for all values.";
  throw new InputError({ call, argument, expected: "two finite numbers, the lower first", received: describeReceived(range), mend });
}

function checkPoints(call: string, points: number | undefined): number | undefined {
  if (points === undefined || (Number.isInteger(points) && points >= 2 && points <= 10_000)) return points;
  const mend = "Leave it out for 100.";
  throw new InputError({ call, argument: "points", expected: "a whole number from 2 to 10000", received: describeReceived(points), mend });
}

function checkNames(call: string, argument: string, given: Readonly<Record<string, unknown>>, varying: readonly RecipeInput[]): void {
  const names = varying.map(({ name }) => name);
  const odd = Object.keys(given).find((name) => !names.includes(name));
  if (odd === undefined) return;
  const expected = `made of covariates that vary over the grid (${listNames(names)})`;
  throw new InputError({ call, argument, expected, received: JSON.stringify(odd), mend: "Leave it out." });
}
