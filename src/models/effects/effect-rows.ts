import { describeReceived, InputError, listNames } from "../../errors.ts";
import { levelLabel, Table } from "../../table/index.ts";
import type { Column, FactorVariable, RecipeInput } from "../../table/index.ts";
import { isColumn, middleOf, numbersOf } from "./effect-grid.ts";
import type { RegressionModel } from "../glm/regression-model.ts";

/**
 * One row that stands for a typical case: medians and most frequent levels where the rows are known, else the middle of the training range
 * and the reference level; `at` says otherwise.
 * @throws InputError where `at` names no other column, or a value does not fit its column
 */
export function typicalRow(
  call: string,
  model: Pick<RegressionModel, "inputs" | "fit">,
  input: Pick<RecipeInput, "name">,
  table: Table | null,
  at: Readonly<Record<string, number | string>>,
): Table {
  const others = model.inputs.filter(({ name }) => name !== input.name);
  const unknown = Object.keys(at).find((name) => !others.some((other) => other.name === name));
  if (unknown !== undefined) {
    throw new InputError({
      call,
      argument: "at",
      expected: others.length > 0 ? `made of other columns of the model (${listNames(others.map(({ name }) => name))})` : "empty",
      received: JSON.stringify(unknown),
      mend: "Correct the name, or leave it out.",
    });
  }
  return Table.of(
    model.inputs.map((one): Column => {
      const column = table?.column(one.name);
      const given = Object.hasOwn(at, one.name) ? at[one.name] : undefined;
      return one.kind === "numeric" ? typicalNumber(call, model, one, column, given) : typicalLevel(call, model, one, column, given);
    }),
  );
}

function typicalNumber(
  call: string,
  model: Pick<RegressionModel, "inputs" | "fit">,
  input: RecipeInput,
  column: Column | undefined,
  given: number | string | undefined,
): Column {
  const { name, description } = input;
  const [low, high] = input.range ?? [0, 0];
  // A number that is taken for levels must be one of them.
  const level = factorOf(model, name)?.levels[0];
  const known = column ? numbersOf(column) : new Float64Array(0);
  const value = given ?? (known.length > 0 ? middleOf(known) : level === undefined ? (low + high) / 2 : Number(level));
  if (typeof value === "number" && Number.isFinite(value)) return { kind: "numeric", name, values: Float64Array.of(value), description };
  throw wrongValue(call, name, "a finite number", value);
}

function typicalLevel(
  call: string,
  model: Pick<RegressionModel, "inputs" | "fit">,
  input: RecipeInput,
  column: Column | undefined,
  given: number | string | undefined,
): Column {
  const { name, description } = input;
  const factor = factorOf(model, name);
  const levels = factor?.levels ?? input.levels;
  const names = description.levels ?? {};
  const find = (wanted: string): number => {
    const place = levels.indexOf(wanted);
    return place >= 0 ? place : levels.findIndex((level) => Object.hasOwn(names, level) && names[level] === wanted);
  };
  const code = given === undefined ? (mostFrequent(levels, column) ?? factor?.reference ?? 0) : find(String(given));
  if (code < 0) throw wrongValue(call, name, `one of the levels ${listNames(levels)}`, given);
  return { kind: "categorical", name, codes: Int32Array.of(code), levels, description };
}

function mostFrequent(levels: readonly string[], column: Column | undefined): number | null {
  if (column?.kind !== "categorical") return null;
  const counts = levels.map(() => 0);
  const places = column.levels.map((level) => levels.indexOf(level));
  for (const code of column.codes) if (code >= 0 && places[code] >= 0) counts[places[code]]++;
  const most = Math.max(...counts);
  return most > 0 ? counts.indexOf(most) : null;
}

function factorOf(model: Pick<RegressionModel, "inputs" | "fit">, name: string): FactorVariable | undefined {
  return model.fit.recipe.variables.find((one): one is FactorVariable => one.kind === "factor" && isColumn(one.expression, name));
}

function wrongValue(call: string, name: string, expected: string, received: unknown): InputError {
  const mend = "Leave it out for a typical value.";
  return new InputError({ call, argument: `at[${JSON.stringify(name)}]`, expected, received: describeReceived(received), mend });
}

/** Where the columns stand that a column interacts with: `Region is north, Power is 5`; empty where there are none. */
export function writeConditions({ terms }: RegressionModel, input: RecipeInput, typical: Table): string {
  const partners = new Set(terms.filter(({ variables }) => variables.includes(input.name)).flatMap(({ variables }) => variables));
  partners.delete(input.name);
  return Array.from(partners, (name) => {
    const column = typical.column(name);
    const { label = name, unit } = column.description;
    const value = column.kind === "categorical" ? levelLabel(column, column.codes[0]) : String(Number(column.values[0].toPrecision(3)));
    return `${label} is ${value}${unit === undefined ? "" : ` ${unit}`}`;
  }).join(", ");
}
