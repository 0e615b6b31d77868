import type { Column, Table } from "../../table/index.ts";

/** Writes tables of the same columns into one file, one after another. */
export interface TableWriter {
  write(table: Table): Promise<void> | void;
  /** Completes the file. */
  finish(): Promise<void> | void;
  /** Lets go of the file, complete or not. */
  close(): Promise<void> | void;
}

/** One cell: a number, a text, or null for missing. */
export type Cell = number | string | null;

/** What reads the cells of a column. */
export function cellReader(column: Column): (row: number) => Cell {
  if (column.kind === "numeric") return (row) => (Number.isNaN(column.values[row]) ? null : column.values[row]);
  return (row) => (column.codes[row] < 0 ? null : column.levels[column.codes[row]]);
}
