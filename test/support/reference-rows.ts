import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Matrix } from "../../src/table/index.ts";

const folder = resolve(import.meta.dirname, "../reference/treeshap");

/** The text of a LightGBM model of the reference and the rows that belong to it. */
export function readReference(name: string): { readonly text: string; readonly rows: readonly (readonly number[])[] } {
  const { X } = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) as { X: (number | null)[][] };
  return { text: readFileSync(`${folder}/${name}.lgb.txt`, "utf8"), rows: X.map((row) => row.map((x) => x ?? NaN)) };
}

/** So many rows, all different: the given ones over and over, with a little added. */
export function manyRows(rows: readonly (readonly number[])[], numRows: number, firstRow = 0): Matrix {
  const numColumns = rows[0].length;
  const values = Float64Array.from({ length: numRows * numColumns }, (_, cell) => {
    const row = firstRow + Math.floor(cell / numColumns);
    return rows[row % rows.length][cell % numColumns] + 1e-3 * Math.sin(row);
  });
  return { values, numRows, numColumns };
}
