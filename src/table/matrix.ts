import type { Column } from "./column.ts";

/** Numbers in rows, in the order of a model's columns. */
export interface Matrix {
  /** numRows × numColumns, row-major; NaN is missing; categorical columns hold their codes. */
  readonly values: Float64Array;
  readonly numRows: number;
  readonly numColumns: number;
  /** The names of the columns, where they are known. */
  readonly columnNames?: readonly string[];
}

/** Whether data is a matrix, as a {@link Matrix} or a `Table`. */
export function isMatrix(data: unknown): data is Matrix {
  if (typeof data !== "object" || data === null) return false;
  const { values, numRows, numColumns } = data as Partial<Matrix>;
  return typeof numRows === "number" && typeof numColumns === "number" && values instanceof Float64Array;
}

/** The cells of columns, row after row. */
export function matrixOfColumns(columns: readonly Column[], numRows: number): Float64Array {
  const numColumns = columns.length;
  const cells = new Float64Array(numRows * numColumns);
  for (const [j, column] of columns.entries()) {
    if (column.kind === "numeric") {
      for (let row = 0; row < numRows; row++) cells[row * numColumns + j] = column.values[row];
    } else {
      for (let row = 0; row < numRows; row++) cells[row * numColumns + j] = column.codes[row] < 0 ? NaN : column.codes[row];
    }
  }
  return cells;
}
