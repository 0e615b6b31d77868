import { describeReceived, InputError } from "../../errors.ts";
import type { Table } from "../../table/index.ts";
import type { RowNumbers } from "./glm-options.ts";

/** What numbers an argument may hold. */
export interface NumberRule {
  readonly expected: string;
  readonly allows: (value: number) => boolean;
  readonly mend: string;
}

/** Prior weights and frequencies. */
export const NOT_NEGATIVE: NumberRule = {
  expected: "finite numbers of at least 0",
  allows: (value) => value >= 0 && value < Infinity,
  mend: "A row of weight 0 is left out of the fit.",
};

export const FINITE: NumberRule = {
  expected: "finite numbers",
  allows: Number.isFinite,
  mend: "Leave out rows whose offset is unknown.",
};

export const POSITIVE: NumberRule = {
  expected: "finite numbers above 0",
  allows: (value) => value > 0 && value < Infinity,
  mend: "Leave out rows without exposure.",
};

/**
 * One number a row of the table, from a column by name or a list; NaN is missing and stays.
 *
 * @throws {@link InputError} when there is no such column, it holds categories, lengths differ or a number is not allowed
 */
export function readRowNumbers(call: string, argument: string, given: RowNumbers, table: Table, rule: NumberRule): Float64Array {
  const values = typeof given === "string" ? numericColumn(call, argument, given, table) : listOf(call, argument, given, table.numRows);
  const wrong = values.findIndex((value) => !Number.isNaN(value) && !rule.allows(value));
  if (wrong < 0) return values;
  throw new InputError({
    call,
    argument,
    expected: rule.expected,
    received: String(values[wrong]),
    where: `row ${wrong}`,
    mend: rule.mend,
  });
}

function numericColumn(call: string, argument: string, name: string, table: Table): Float64Array {
  if (!table.has(name)) {
    // The table says which names it may be a slip of.
    try {
      table.column(name);
    } catch (error) {
      throw error instanceof InputError ? new InputError({ ...error.problem, call, argument }) : error;
    }
  }
  const column = table.column(name);
  if (column.kind === "numeric") return column.values;
  const received = `the categorical column ${JSON.stringify(name)}`;
  throw new InputError({ call, argument, expected: "a column of numbers", received, mend: "Name a numeric column." });
}

function listOf(call: string, argument: string, given: ArrayLike<number>, numRows: number): Float64Array {
  if (typeof given !== "object" || given === null || given.length !== numRows) {
    const received = typeof given?.length === "number" ? `${given.length} values` : describeReceived(given);
    const expected = `the name of a column, or ${numRows} numbers, one a row`;
    throw new InputError({ call, argument, expected, received, mend: "Give one number for each row of the data." });
  }
  const odd = Array.prototype.findIndex.call(given, (value: unknown) => typeof value !== "number" && value !== null && value !== undefined);
  if (odd >= 0) {
    const received = describeReceived(given[odd]);
    throw new InputError({ call, argument, expected: "numbers", received, where: `row ${odd}`, mend: "Give one number for each row." });
  }
  return Float64Array.from(given, (value) => value ?? NaN);
}
