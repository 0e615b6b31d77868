import { describeReceived, InputError, listNames } from "../../errors.ts";
import { numberText } from "../../table/index.ts";
import type { Column, FactorVariable, RecipeInput, Table } from "../../table/index.ts";
import type { RegressionModel } from "../glm/regression-model.ts";
import type { TermEffectOptions } from "./term-effect.ts";

/** The values of a column at which its effect is told. */
export interface EffectGrid {
  /** Numbers in rising order, or names of levels. */
  readonly values: readonly (number | string)[];
  /** What people call the levels; null for a number. */
  readonly labels: readonly string[] | null;
  /** What the others are compared with; of levels one of them. */
  readonly reference: number | string;
  /** A column of such values, one a row. */
  column(values: readonly (number | string)[]): Column;
}

/** Of so few distinct numbers each is a point. */
const mostDistinct = 12;

/** Chooses the values. @throws InputError for a reference or range that does not fit the column */
export function chooseGrid(
  call: string,
  model: RegressionModel,
  input: RecipeInput,
  table: Table | null,
  { reference, range, points = 61 }: TermEffectOptions,
): EffectGrid {
  const factor = model.fit.recipe.variables.find(
    (one): one is FactorVariable => one.kind === "factor" && isColumn(one.expression, input.name),
  );
  if (input.kind === "numeric" && !factor) return numericGrid(call, input, table, { reference, range, points });
  if (range !== undefined) {
    const received = describeReceived(range);
    throw new InputError({ call, argument: "range", expected: "left out for levels", received, mend: "It is for numbers." });
  }
  return levelGrid(call, input, factor, reference);
}

/** How many cases have each level, or are nearer to each number than to the others; missing values count nowhere. */
export function countCases({ values, labels }: EffectGrid, column: Column): number[] {
  const counts = values.map(() => 0);
  if (labels === null) {
    const numbers = values.map(Number);
    // A number beyond both ends is no case of the curve.
    const [low, high] = [numbers[0], numbers[numbers.length - 1]];
    for (const value of numbersOf(column)) if (value >= low && value <= high) counts[nearest(numbers, value)]++;
    return counts;
  }
  const places = new Map(values.map((value, k) => [String(value), k]));
  const count = (level: string): void => {
    const place = places.get(level);
    if (place !== undefined) counts[place]++;
  };
  if (column.kind === "numeric") for (const value of column.values) count(numberText(value));
  else for (const code of column.codes) if (code >= 0) count(column.levels[code]);
  return counts;
}

/** Whether an expression is a column and no more, in backticks or not. */
export function isColumn(expression: string, name: string): boolean {
  return expression === name || expression === `\`${name}\``;
}

/** The numbers of a column that are known, in rising order; none of a categorical one. */
export function numbersOf(column: Column): Float64Array {
  return column.kind === "numeric" ? column.values.filter(Number.isFinite).sort() : new Float64Array(0);
}

/** The middle one of sorted numbers, of an even number the lower: a number that occurs. */
export function middleOf(sorted: Float64Array): number {
  return sorted[(sorted.length - 1) >> 1];
}

function levelGrid(call: string, input: RecipeInput, factor: FactorVariable | undefined, wanted: number | string | undefined): EffectGrid {
  const values = factor?.levels ?? input.levels;
  const names = input.description.levels ?? {};
  const labels = values.map((level) => (Object.hasOwn(names, level) ? names[level] : level));
  const place = wanted === undefined ? (factor?.reference ?? 0) : findLevel(values, labels, wanted);
  if (place < 0) {
    const expected = `one of the levels ${listNames(values)}`;
    throw new InputError({
      call,
      argument: "reference",
      expected,
      received: describeReceived(wanted),
      mend: "Leave it out for the fit's own.",
    });
  }
  const { name, kind, description } = input;
  return {
    values,
    labels,
    reference: values[place],
    column: (cells) =>
      kind === "numeric"
        ? { kind, name, values: Float64Array.from(cells, Number), description }
        : { kind, name, codes: Int32Array.from(cells, (cell) => values.indexOf(String(cell))), levels: values, description },
  };
}

/** By name or by label. */
function findLevel(values: readonly string[], labels: readonly string[], wanted: number | string): number {
  const name = values.indexOf(String(wanted));
  return name >= 0 ? name : labels.indexOf(String(wanted));
}

function numericGrid(
  call: string,
  input: RecipeInput,
  table: Table | null,
  { reference, range, points }: Pick<TermEffectOptions, "reference" | "range"> & { readonly points: number },
): EffectGrid {
  const { name, description } = input;
  const known = table ? numbersOf(table.column(name)) : new Float64Array(0);
  const [low, high] = readRange(call, range) ?? (known.length > 0 ? [known[0], known[known.length - 1]] : (input.range ?? [0, 1]));
  const at = reference ?? (known.length > 0 ? middleOf(known) : (low + high) / 2);
  if (typeof at !== "number" || !Number.isFinite(at)) {
    const mend = "Leave it out for the median.";
    throw new InputError({ call, argument: "reference", expected: "a finite number", received: describeReceived(at), mend });
  }
  const distinct = new Set(known.filter((value) => value >= low && value <= high));
  const even = Array.from({ length: points }, (_, k) => low + ((high - low) * k) / (points - 1));
  const chosen = distinct.size > 0 && distinct.size <= mostDistinct ? [...distinct] : even;
  const values = [...new Set(at >= low && at <= high ? [...chosen, at] : chosen)].sort((a, b) => a - b);
  const column = (cells: readonly (number | string)[]): Column => {
    return { kind: "numeric", name, values: Float64Array.from(cells, Number), description };
  };
  return { values, labels: null, reference: at, column };
}

function readRange(call: string, range: readonly [number, number] | undefined): readonly [number, number] | undefined {
  if (range === undefined) return undefined;
  if (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) && range[0] < range[1]) return range;
  const expected = "two finite numbers, the lower first";
  throw new InputError({ call, argument: "range", expected, received: describeReceived(range), mend: "Leave it out for all values." });
}

/** The place of the number nearest to a value that lies among them. */
function nearest(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle;
    else high = middle;
  }
  return value - sorted[low] <= sorted[high] - value ? low : high;
}
