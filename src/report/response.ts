import { describeReceived, InputError, listNames } from "../errors.ts";
import { levelLabel, nearestNames, toTable } from "../table/index.ts";
import type { CategoricalColumn, Column, Table } from "../table/index.ts";
import type { ModelKind } from "./reported-model.ts";

/** What really happened, one number a row, as the quality room takes it. */
export interface Response {
  readonly column: Column;
  /** Outcomes: 0 or 1 for the event, the class's position, or the number; NaN where missing. */
  readonly values: Float64Array;
}

/** How a response is to be read. */
export interface ResponseRequest {
  readonly kind: ModelKind;
  readonly outputNames: readonly string[];
  readonly event: string | undefined;
}

/** The outcomes as a column: the named one of the data, or the given list. @throws InputError where there is no such column or the lengths differ */
export function findResponse(call: string, table: Table, response: string | ArrayLike<unknown>): Column {
  if (typeof response === "string") {
    if (table.has(response)) return table.column(response);
    const near = nearestNames(response, table.columnNames);
    const mend = near.length > 0 ? `Did you mean ${listNames(near)}?` : "Name the column that holds what really happened.";
    const expected = `among the columns ${listNames(table.columnNames)}`;
    throw new InputError({ call, argument: "response", expected, received: describeReceived(response), mend });
  }
  if (typeof response === "object" && response !== null && response.length === table.numRows) {
    return toTable({ response }, call).column("response");
  }
  const received = typeof response?.length === "number" ? `${response.length} values` : describeReceived(response);
  const expected = `the name of a column, or a list of ${table.numRows} values, one a row`;
  throw new InputError({ call, argument: "response", expected, received, mend: "Give the outcomes of the same rows as data." });
}

/** Outcomes as numbers of the model's kind; missing ones are NaN. @throws InputError where levels and kind do not fit, or `event` is no level */
export function readResponse(call: string, column: Column, { kind, outputNames, event }: ResponseRequest): Response {
  if (event !== undefined && (kind !== "binary" || column.kind === "numeric")) {
    const received = `${describeReceived(event)} for ${kind === "binary" ? "a response of numbers" : "a model that predicts no single event"}`;
    const expected = "given only for a response of two levels";
    throw new InputError({ call, argument: "event", expected, received, mend: "Leave it out." });
  }
  if (column.kind === "numeric") return { column, values: column.values };
  if (kind === "binary") return { column, values: codeEvent(call, column, event) };
  if (kind === "multiclass") return { column, values: codeClasses(call, column, outputNames) };
  const received = `the category ${JSON.stringify(column.levels[0] ?? "")}`;
  throw new InputError({ call, argument: "response", expected: "numbers", received, mend: "Give the column that the model predicts." });
}

/** 1 for the event, 0 for the other level. Booleans need no `event`: true is it. */
function codeEvent(call: string, column: CategoricalColumn, given: string | undefined): Float64Array {
  const { levels, codes } = column;
  const event = given ?? (levels.join() === "false,true" ? "true" : undefined);
  if (levels.length !== 2) {
    const mend = "Give a response of two levels, or numbers 0 and 1.";
    const received = `${levels.length}: ${listNames(levels)}`;
    throw new InputError({ call, argument: "response", expected: "of two levels", received, mend });
  }
  if (event === undefined || !levels.includes(event)) {
    const mend = "Name the level whose probability the model predicts.";
    throw new InputError({ call, argument: "event", expected: `one of ${listNames(levels)}`, received: describeReceived(event), mend });
  }
  const code = levels.indexOf(event);
  return Float64Array.from(codes, (found) => (found < 0 ? NaN : found === code ? 1 : 0));
}

/** The position among the outputs of each level: by its name (`class 2`), or by its code (`2`). */
function codeClasses(call: string, column: CategoricalColumn, outputNames: readonly string[]): Float64Array {
  const positions = column.levels.map((level, code) => {
    const position = Math.max(
      outputNames.indexOf(level),
      outputNames.findIndex((_, k) => String(k) === level),
    );
    const row = column.codes.indexOf(code);
    if (position >= 0 || row < 0) return position;
    throw new InputError({
      call,
      argument: "response",
      expected: `classes as the model counts them, from 0 to ${outputNames.length - 1}`,
      received: JSON.stringify(level),
      where: `row ${row}`,
      mend: "Replace each class by the number that it had in training.",
    });
  });
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : positions[code]));
}

/** What people call each class: the label of the level that stands for it, else the model's own name. */
export function classLabels(outputNames: readonly string[], response: Response | null): string[] {
  return outputNames.map((name, k) => {
    if (response?.column.kind !== "categorical") return name;
    const { column, values } = response;
    const row = values.indexOf(k);
    const label = row < 0 ? name : levelLabel(column, column.codes[row]);
    return label === String(k) ? name : label;
  });
}
