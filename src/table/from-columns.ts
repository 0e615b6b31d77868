import { describeReceived, InputError } from "../errors.ts";
import type { CategoricalValues } from "./categorical.ts";
import { checkLevels } from "./categorical.ts";
import type { CategoricalColumn, Column } from "./column.ts";
import { inferColumn } from "./infer-column.ts";

/** What a column can be made of: plain values, or categories with levels in a chosen order. */
export type ColumnValues = ArrayLike<unknown> | CategoricalValues;

/** The columns of `{ name: values }`; values are copied. */
export function columnsFromArrays(call: string, columns: Readonly<Record<string, ColumnValues>>): Column[] {
  if (typeof columns !== "object" || columns === null || Array.isArray(columns)) {
    throw new InputError({
      call,
      argument: "columns",
      expected: "an object of name and values",
      received: describeReceived(columns),
      mend: "For rows as objects use Table.fromRecords.",
    });
  }
  return Object.entries(columns).map(([name, values]) => {
    if (isCategorical(values)) return copyCategories(call, name, values);
    if (!isArrayLike(values)) throw refuseColumn(call, name, values);
    // Iterators come first: an Arrow vector has a length, yet no values under its indices.
    return inferColumn(call, name, ArrayBuffer.isView(values) ? values : Array.from(values));
  });
}

/** The columns of a row-major matrix. */
export function columnsFromMatrix(call: string, values: Float64Array, names: readonly string[]): Column[] {
  if (!(values instanceof Float64Array)) {
    throw new InputError({
      call,
      argument: "values",
      expected: "a Float64Array, row after row",
      received: describeReceived(values),
      mend: "Use Float64Array.from(values).",
    });
  }
  if (!Array.isArray(names)) {
    const mend = "Name the columns in order.";
    throw new InputError({ call, argument: "names", expected: "an array of texts", received: describeReceived(names), mend });
  }
  const numColumns = names.length;
  const numRows = values.length / numColumns;
  if (numColumns > 0 && !Number.isInteger(numRows)) {
    throw new InputError({
      call,
      argument: "values",
      expected: `whole rows of ${numColumns} numbers, one for each name`,
      received: `${values.length} numbers`,
      mend: "Give as many names as the matrix has columns.",
    });
  }
  return names.map((name, j) => {
    const column = Float64Array.from({ length: numRows }, (_, row) => values[row * numColumns + j]);
    return { kind: "numeric", name, values: column, description: {} };
  });
}

function isArrayLike(values: unknown): values is ArrayLike<unknown> {
  return typeof values === "object" && values !== null && Number.isInteger((values as { length?: unknown }).length);
}

function isCategorical(values: ColumnValues): values is CategoricalValues {
  return (
    typeof values === "object" && values !== null && "kind" in values && values.kind === "categorical" && values.codes instanceof Int32Array
  );
}

function copyCategories(call: string, name: string, values: CategoricalValues): CategoricalColumn {
  const levels = checkLevels(call, values.levels, `levels of column ${JSON.stringify(name)}`);
  const wrong = values.codes.findIndex((code) => code < -1 || code >= levels.length);
  if (wrong < 0) return { kind: "categorical", name, codes: values.codes.slice(), levels, description: {} };
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: `codes from -1 to ${levels.length - 1}`,
    received: String(values.codes[wrong]),
    where: `index ${wrong}`,
    mend: "Make the column with categorical(values, levels).",
  });
}

function refuseColumn(call: string, name: string, values: unknown): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: "an array, a typed array or categorical(values, levels)",
    received: describeReceived(values),
    mend: "Give one value a row.",
  });
}
