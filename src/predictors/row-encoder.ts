import { InputError, listNames } from "../errors.ts";
import { readCell, type CategoricalColumn, type Column, type NumericColumn, type Table } from "../table/index.ts";
import type { ReadColumn } from "./input-columns.ts";

/** Writes rows of a table as the numbers that a model takes. */
export class RowEncoder {
  /** Numbers a row. */
  readonly width: number;
  /** For each number of a row, the position of the column it was made of. */
  readonly columnOf: Int32Array;
  readonly columns: readonly ReadColumn[];
  readonly #call: string;
  readonly #missing: "refuse" | "pass";

  constructor(call: string, columns: readonly ReadColumn[], missing: "refuse" | "pass") {
    this.#call = call;
    this.#missing = missing;
    this.columns = columns;
    this.columnOf = Int32Array.from(columns.flatMap(({ width }, j) => Array.from({ length: width }, () => j)));
    this.width = this.columnOf.length;
  }

  /**
   * The rows from `start` up to `end`, each `width` numbers, row-major.
   * @throws InputError for a column that is not there or of another kind, a level that the model does not know, or a missing cell
   */
  encode(table: Table, start: number, end: number): Float64Array {
    const { width } = this;
    const out = new Float64Array((end - start) * width);
    let at = 0;
    for (const column of this.columns) {
      const given = findColumn(this.#call, table, column.name);
      if (column.kind === "number") this.#writeNumbers(column, given, start, end, out, at);
      else this.#writeLevels(column, given, start, end, out, at);
      at += column.width;
    }
    return out;
  }

  /**
   * The names of levels, or numbers as they are written, for a model that takes texts; row-major.
   * @throws InputError for a missing cell, or for a column that is to be coded or scaled
   */
  readLabels(table: Table, start: number, end: number): string[] {
    const given = this.columns.map((column) => {
      if (column.kind === "number" && column.center === 0 && column.scale === 1) return findColumn(this.#call, table, column.name);
      throw new InputError({
        call: this.#call,
        argument: `column ${JSON.stringify(column.name)}`,
        expected: "listed by its bare name, as the model takes texts there",
        received: column.kind === "number" ? "a scale" : "codes for its levels",
        mend: "Write the name alone: the model knows the levels by theirs.",
      });
    });
    const labels: string[] = [];
    for (let row = start; row < end; row++) {
      for (const column of given) {
        const cell = readCell(column, row);
        if (cell === null) this.#allowMissing(column.name, row);
        labels.push(String(cell ?? ""));
      }
    }
    return labels;
  }

  #writeNumbers(column: ReadColumn & { kind: "number" }, given: Column, start: number, end: number, out: Float64Array, at: number): void {
    if (given.kind !== "numeric") throw this.#askForLevels(given);
    const { center, scale } = column;
    const { width } = this;
    const { values } = given;
    for (let row = start; row < end; row++) {
      const value = values[row];
      if (Number.isNaN(value)) this.#allowMissing(column.name, row);
      out[(row - start) * width + at] = (value - center) / scale;
    }
  }

  #writeLevels(
    column: ReadColumn & { kind: "code" | "indicators" },
    given: Column,
    start: number,
    end: number,
    out: Float64Array,
    at: number,
  ): void {
    const { width } = this;
    const indicators = column.kind === "indicators";
    const codes = given.kind === "categorical" ? codesOfLevels(column, given, start, end) : codesOfNumbers(column, given, start, end);
    for (let row = start; row < end; row++) {
      const place = (row - start) * width + at;
      const code = codes[row - start];
      if (!Number.isNaN(code)) {
        if (indicators) out[place + code] = 1;
        else out[place] = code;
        continue;
      }
      const cell = readCell(given, row);
      if (cell !== null) throw this.#refuseLevel(column, cell, row);
      this.#allowMissing(column.name, row);
      if (!indicators) out[place] = NaN;
    }
  }

  #allowMissing(name: string, row: number): void {
    if (this.#missing === "pass") return;
    throw new InputError({
      call: this.#call,
      argument: `column ${JSON.stringify(name)}`,
      expected: "complete",
      received: "a missing cell",
      where: `row ${row}`,
      mend: 'Fill or drop such rows, or let the model see NaN with missing: "pass".',
    });
  }

  #askForLevels(given: Column): InputError {
    const levels = given.kind === "categorical" ? given.levels : [];
    return new InputError({
      call: this.#call,
      argument: `column ${JSON.stringify(given.name)}`,
      expected: "numeric, or listed with the model's numbers for its levels",
      received: `categories (${listNames(levels)})`,
      mend: `Say in columns: { name: ${JSON.stringify(given.name)}, levels: [the levels in the model's order], as: "code" or "indicators" }.`,
    });
  }

  #refuseLevel(column: ReadColumn & { kind: "code" | "indicators" }, cell: string | number, row: number): InputError {
    return new InputError({
      call: this.#call,
      argument: `column ${JSON.stringify(column.name)}`,
      expected: `made of the levels ${listNames([...column.codes.keys()])}`,
      received: JSON.stringify(cell),
      where: `row ${row}`,
      mend: "List every level that the model knows in columns, and leave out rows with others.",
    });
  }
}

/** The model's code of each row's level; NaN where there is none. */
function codesOfLevels(
  { codes }: { codes: ReadonlyMap<string, number> },
  given: CategoricalColumn,
  start: number,
  end: number,
): Float64Array {
  const byCode = Float64Array.from(given.levels, (level) => codes.get(level) ?? NaN);
  return Float64Array.from(given.codes.subarray(start, end), (code) => (code < 0 ? NaN : byCode[code]));
}

/** The same of categories that are written as numbers: they are found by their spelling. */
function codesOfNumbers({ codes }: { codes: ReadonlyMap<string, number> }, given: NumericColumn, start: number, end: number): Float64Array {
  return given.values.slice(start, end).map((value) => codes.get(String(value)) ?? NaN);
}

/** The column of this name. @throws InputError naming the table's columns when there is none */
function findColumn(call: string, table: Table, name: string): Column {
  if (table.has(name)) return table.column(name);
  throw new InputError({
    call,
    argument: "batch",
    expected: `a table with the column ${JSON.stringify(name)}`,
    received: listNames(table.columnNames),
    mend: "Name the columns in `columns` as the table does.",
  });
}
