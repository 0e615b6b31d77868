import type { Matrix } from "../../src/table/index.ts";

/** Rows of multiples of 1/8 from -2 to 2: many cells are equal, and some are limits of trees. */
export function randomRows(random: () => number, numRows: number, numColumns: number): number[][] {
  return Array.from({ length: numRows }, () => Array.from({ length: numColumns }, () => Math.round(random() * 32 - 16) / 8));
}

/** Rows as the packages of mljs take them, and as a matrix. */
export function layRows(rows: readonly (readonly number[])[]): { rows: readonly (readonly number[])[]; matrix: Matrix } {
  return { rows, matrix: { values: Float64Array.from(rows.flat()), numRows: rows.length, numColumns: rows[0].length } };
}
