/** What people call a column: travels with it into every chart and report. */
export interface ColumnDescription {
  /** The name to show; the column's own name unless given. */
  readonly label?: string;
  /** The unit of a numeric column, for example `months` or `€`. */
  readonly unit?: string;
  /** What to call the levels of a categorical column: `{ A11: "overdrawn" }`. */
  readonly levels?: Readonly<Record<string, string>>;
}

/** Numbers; NaN is missing. */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly name: string;
  /** One number a row. */
  readonly values: Float64Array;
  readonly description: ColumnDescription;
}

/** Categories; code -1 is missing. */
export interface CategoricalColumn {
  readonly kind: "categorical";
  readonly name: string;
  /** One code a row: an index into `levels`, or -1 for missing. */
  readonly codes: Int32Array;
  /** The names of the categories, in order; the first is the reference level. */
  readonly levels: readonly string[];
  readonly description: ColumnDescription;
}

export type Column = NumericColumn | CategoricalColumn;

/** The name of a column as people should see it. */
export function columnLabel(column: Column): string {
  return column.description.label ?? column.name;
}

/** The name of a level as people should see it. */
export function levelLabel(column: CategoricalColumn, code: number): string {
  const level = column.levels[code];
  const names = column.description.levels;
  return names !== undefined && Object.hasOwn(names, level) ? names[level] : level;
}

/** Number of rows in a column. */
export function columnLength(column: Column): number {
  return column.kind === "numeric" ? column.values.length : column.codes.length;
}

/** One cell as people wrote it: a number, the name of a level, or null for missing. */
export function readCell(column: Column, row: number): number | string | null {
  if (column.kind === "categorical") {
    const code = column.codes[row];
    return code < 0 ? null : column.levels[code];
  }
  const value = column.values[row];
  return Number.isNaN(value) ? null : value;
}

/** The rows from `start` up to, but not with, `end`; a copy. */
export function sliceColumn(column: Column, start: number, end: number): Column {
  return column.kind === "numeric"
    ? { ...column, values: column.values.slice(start, end) }
    : { ...column, codes: column.codes.slice(start, end) };
}

/** The rows at the given positions, in that order; a copy. */
export function takeFromColumn(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === "numeric") return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) };
  return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]) };
}
