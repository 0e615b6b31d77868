import { describeReceived, InputError } from "../errors.ts";

/** Predictions as people return them: one number a row, or one list of numbers a row (lists in lists are read through, in order). */
export type NestedNumbers = ArrayLike<number> | readonly NestedNumbers[];

/**
 * Flattens nested predictions.
 * @param flatRows - whether a flat list may hold several outputs a row (rows × outputs, row-major)
 * @throws InputError when there are not as many entries as rows, rows differ in length, or something is not a number
 */
export function flattenPredictions(call: string, found: unknown, numRows: number, flatRows: boolean): ArrayLike<number> {
  const argument = "the model's predictions";
  if (ArrayBuffer.isView(found) && !(found instanceof DataView)) return found as unknown as ArrayLike<number>;
  if (!Array.isArray(found)) {
    const mend = "Return a list of numbers, or of lists of numbers.";
    throw new InputError({ call, argument, expected: `a list of ${numRows} rows`, received: describeReceived(found), mend });
  }
  const flat = found.every((entry) => typeof entry === "number");
  if (found.length !== numRows && !(flat && flatRows)) {
    const mend = "Return one entry for each row, in the order of the rows.";
    throw new InputError({ call, argument, expected: `a list of ${numRows} rows`, received: `${found.length}`, mend });
  }
  if (flat) return found as number[];
  const rows = found.map((entry: unknown, row) => flattenRow(call, entry, row));
  const uneven = rows.findIndex((row) => row.length !== rows[0].length);
  if (uneven < 0) return rows.flat();
  throw new InputError({
    call,
    argument,
    expected: `${rows[0].length} a row, as in row 0`,
    received: `${rows[uneven].length}`,
    where: `row ${uneven}`,
    mend: "Return the same number of outputs for every row.",
  });
}

function flattenRow(call: string, entry: unknown, row: number): number[] {
  if (typeof entry === "number") return [entry];
  if (Array.isArray(entry)) return entry.flatMap((inner: unknown) => flattenRow(call, inner, row));
  if (ArrayBuffer.isView(entry) && !(entry instanceof DataView)) return Array.from(entry as unknown as ArrayLike<number>);
  throw new InputError({
    call,
    argument: "the model's predictions",
    expected: "numbers, or lists of numbers",
    received: describeReceived(entry),
    where: `row ${row}`,
    mend: "Take the numbers out of the answer before you return them.",
  });
}
