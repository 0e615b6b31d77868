import { describeReceived, InputError, listNames } from "../errors.ts";
import { readCell, sliceColumn, takeFromColumn } from "./column.ts";
import type { Column, ColumnDescription } from "./column.ts";
import { checkColumns } from "./check-columns.ts";
import { describeColumns } from "./describe-columns.ts";
import { columnsFromArrow } from "./from-arrow.ts";
import type { ArrowTableLike } from "./from-arrow.ts";
import { columnsFromArrays, columnsFromMatrix } from "./from-columns.ts";
import type { ColumnValues } from "./from-columns.ts";
import { columnsFromRecords } from "./from-records.ts";
import { matrixOfColumns } from "./matrix.ts";
import type { Matrix } from "./matrix.ts";
import { nearestNames } from "./near-names.ts";

/** One row as a plain object: numbers, names of levels, null for missing. */
export type TableRecord = Record<string, number | string | null>;

/**
 * Rows in named columns, numeric or categorical, that never change: every method that alters something returns a new table.
 * It is also a {@link Matrix}, so that it may stand wherever a matrix may.
 *
 * @example
 * const table = Table.fromRecords([{ age: 31, region: "north" }, { age: null, region: "south" }]);
 * table.column("age"); // { kind: "numeric", values: Float64Array [31, NaN], … }
 */
export class Table implements Matrix {
  readonly numRows: number;
  /** In order; at least one column, and no name twice. */
  readonly columns: readonly Column[];
  readonly columnNames: readonly string[];
  readonly #byName: ReadonlyMap<string, Column>;
  #values: Float64Array | undefined;

  private constructor(call: string, columns: readonly Column[]) {
    this.numRows = checkColumns(call, columns);
    this.columns = Object.freeze([...columns]);
    this.columnNames = Object.freeze(columns.map(({ name }) => name));
    this.#byName = new Map(columns.map((column) => [column.name, column]));
  }

  /**
   * A table of columns that are made already; their arrays are shared, not copied.
   *
   * @param call - the public function to name in an error
   * @throws {@link InputError} when there is no column, a name is empty or stands twice, or lengths differ
   */
  static of(columns: readonly Column[], call = "Table.of"): Table {
    return new Table(call, columns);
  }

  /**
   * A table of rows as objects. The columns are all names that any row has; a name that a row lacks is missing there.
   * Numbers, bigints and dates (milliseconds since 1970-01-01 UTC) become numeric columns; texts (levels sorted by code unit) and
   * booleans (levels "false", "true") categorical ones; null, undefined and NaN are missing. Infinities are kept.
   *
   * @throws {@link InputError} when there are no rows, a column mixes kinds, or a value is an object or a function
   */
  static fromRecords(rows: readonly Record<string, unknown>[]): Table {
    const call = "Table.fromRecords";
    return new Table(call, columnsFromRecords(call, rows));
  }

  /**
   * A table of one array, typed array or `categorical(values, levels)` a column, all of one length; values are copied and read as in
   * {@link Table.fromRecords}. Empty arrays make a table of no rows.
   *
   * @throws {@link InputError} when lengths differ, a column mixes kinds, or a value is an object or a function
   */
  static fromColumns(columns: Readonly<Record<string, ColumnValues>>): Table {
    const call = "Table.fromColumns";
    return new Table(call, columnsFromArrays(call, columns));
  }

  /**
   * A table of an Apache Arrow table. Dictionary columns become categorical with the dictionary's order of levels; the other columns
   * are read as in {@link Table.fromRecords}, times as milliseconds.
   *
   * @throws {@link InputError} when a column is nested, or holds whole numbers beyond ±(2^53 − 1)
   */
  static fromArrow(table: ArrowTableLike): Table {
    const call = "Table.fromArrow";
    return new Table(call, columnsFromArrow(call, table));
  }

  /**
   * A table of numeric columns.
   *
   * @param values - n × p, row-major; NaN is missing
   * @param names - the p names of the columns
   * @throws {@link InputError} when the values are not whole rows, or names are empty or stand twice
   */
  static fromMatrix(values: Float64Array, names: readonly string[]): Table {
    const call = "Table.fromMatrix";
    return new Table(call, columnsFromMatrix(call, values, names));
  }

  get numColumns(): number {
    return this.columns.length;
  }

  /** All cells; numRows × numColumns, row-major; codes where categorical, NaN where missing. Made at first use, then kept. */
  get values(): Float64Array {
    this.#values ??= matrixOfColumns(this.columns, this.numRows);
    return this.#values;
  }

  /** Whether there is a column of this name. */
  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /**
   * The column of this name.
   *
   * @throws {@link InputError} when there is none, with the names it may be a slip of
   */
  column(name: string): Column {
    return this.#find("Table.column", "name", name);
  }

  /**
   * The table of these columns alone, in this order.
   *
   * @throws {@link InputError} when a column is not there or named twice
   */
  select(names: readonly string[]): Table {
    const call = "Table.select";
    return new Table(
      call,
      names.map((name) => this.#find(call, "names", name)),
    );
  }

  /**
   * The rows from `start` up to, but not with, `end`; positions past the last row mean the end of the table.
   *
   * @param end - the end of the table unless given
   * @throws {@link InputError} when a position is not a whole number from 0
   */
  rows(start: number, end: number = this.numRows): Table {
    const call = "Table.rows";
    checkPosition(call, "start", start, Infinity);
    checkPosition(call, "end", end, Infinity);
    return new Table(
      call,
      this.columns.map((column) => sliceColumn(column, start, end)),
    );
  }

  /**
   * The rows at these positions, in this order; a position may stand twice.
   *
   * @throws {@link InputError} when a position is not that of a row
   */
  take(indices: ArrayLike<number>): Table {
    const call = "Table.take";
    for (let i = 0; i < indices.length; i++) checkPosition(call, "indices", indices[i], this.numRows, `index ${i}`);
    return new Table(
      call,
      this.columns.map((column) => takeFromColumn(column, indices)),
    );
  }

  /** The rows for which `keep` says true, given each row as in {@link Table.toRecords} and its position. */
  filter(keep: (record: TableRecord, index: number) => boolean): Table {
    const kept: number[] = [];
    for (let row = 0; row < this.numRows; row++) if (keep(this.#record(row), row)) kept.push(row);
    return this.take(kept);
  }

  /** The rows as plain objects: numbers, names of levels, null for missing. */
  toRecords(): TableRecord[] {
    return Array.from({ length: this.numRows }, (_, row) => this.#record(row));
  }

  /**
   * The same table whose columns carry these labels, units and names of levels, in addition to what they carried.
   *
   * @throws {@link InputError} when a column is not there, a unit is given to categories, or names of levels to numbers
   * @example
   * table.describe({ age: { label: "Age of the driver", unit: "years" } });
   */
  describe(dictionary: Readonly<Record<string, ColumnDescription>>): Table {
    const call = "Table.describe";
    for (const name of Object.keys(dictionary)) this.#find(call, "dictionary", name);
    return new Table(call, describeColumns(call, this.columns, dictionary));
  }

  #record(row: number): TableRecord {
    // Not by assignment: a column may be named "__proto__".
    return Object.fromEntries(this.columns.map((column) => [column.name, readCell(column, row)]));
  }

  #find(call: string, argument: string, name: string): Column {
    const column = this.#byName.get(name);
    if (column) return column;
    const near = nearestNames(String(name), this.columnNames);
    throw new InputError({
      call,
      argument,
      expected: `among the columns ${listNames(this.columnNames)}`,
      received: describeReceived(name),
      mend: near.length > 0 ? `Did you mean ${near.map((one) => JSON.stringify(one)).join(" or ")}?` : "See table.columnNames.",
    });
  }
}

function checkPosition(call: string, argument: string, position: number, limit: number, where?: string): void {
  if (Number.isInteger(position) && position >= 0 && position < limit) return;
  throw new InputError({
    call,
    argument,
    expected: limit === Infinity ? "a whole number from 0" : `whole numbers from 0 to ${limit - 1}`,
    received: describeReceived(position),
    ...(where === undefined ? {} : { where }),
    mend: "The first row is 0.",
  });
}
