import type { CategoricalColumn, Column } from "./column.ts";
import { codesByLevel, sortLevels } from "./levels.ts";

/** Takes in the cells of one column, top to bottom; rows that it is not given are missing. */
export interface CellReader {
  /** Whether the cell belongs in such a column; if not, nothing is kept of it. */
  add(row: number, cell: string): boolean;
  /** The column of the first `numRows` rows. */
  finish(name: string, numRows: number): Column;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(?:inity)?$/i;
const LEADING_ZERO = /^[+-]?0\d/;
const LONG = /^\d{16,}$/;

/** The number that a cell says: a decimal with or without exponent, `Inf` or `Infinity`; else NaN. A number too big for a double is none. */
export function parseNumber(cell: string): number {
  if (DECIMAL.test(cell)) {
    const value = Number(cell);
    return Number.isFinite(value) ? value : NaN;
  }
  if (INFINITE.test(cell)) return cell.startsWith("-") ? -Infinity : Infinity;
  return NaN;
}

/** Like {@link parseNumber}, but digits that a number would not keep are none: leading zeros, and long names such as 1234567890123456789. */
export function inferNumber(cell: string): number {
  if (LEADING_ZERO.test(cell)) return NaN;
  const value = parseNumber(cell);
  return LONG.test(cell) && String(value) !== cell ? NaN : value;
}

/** The same text in memory of its own: engines cut cells out as views, and one view kept alive keeps the whole file in memory. */
export function detachText(cell: string): string {
  return JSON.parse(JSON.stringify(cell)) as string;
}

/** Reads a numeric column. `toNumber` answers NaN for a cell that is no number. */
export function numberReader(capacity: number, toNumber: (cell: string) => number): CellReader {
  const values = new Float64Array(capacity).fill(NaN);
  return {
    add(row, cell) {
      const value = toNumber(cell.trim());
      if (Number.isNaN(value)) return false;
      values[row] = value;
      return true;
    },
    finish: (name, numRows) => ({ kind: "numeric", name, values: values.slice(0, numRows), description: {} }),
  };
}

/** Reads a categorical column whose levels are given. */
export function levelReader(capacity: number, levels: readonly string[]): CellReader {
  const codes = new Int32Array(capacity).fill(-1);
  const byLevel = codesByLevel(levels);
  return {
    add(row, cell) {
      const code = byLevel.get(cell);
      if (code === undefined) return false;
      codes[row] = code;
      return true;
    },
    finish: (name, numRows) => ({ kind: "categorical", name, codes: codes.slice(0, numRows), levels, description: {} }),
  };
}

/** Reads a categorical column whose levels are the texts that occur, sorted. */
export function textReader(capacity: number): CellReader {
  const codes = new Int32Array(capacity).fill(-1);
  const found = new Map<string, number>();
  return {
    add(row, cell) {
      let code = found.get(cell);
      if (code === undefined) {
        code = found.size;
        found.set(detachText(cell), code);
      }
      codes[row] = code;
      return true;
    },
    finish(name, numRows) {
      const levels = sortLevels(found.keys());
      return recode(name, codes.subarray(0, numRows), [...found.keys()], levels);
    },
  };
}

/** Makes one column of "TRUE", "true", "False" …: levels "false" and "true". Other columns stay as they are. */
export function foldBooleans(column: Column): Column {
  if (column.kind === "numeric" || column.levels.length === 0) return column;
  const plain = column.levels.map((level) => level.trim().toLowerCase());
  if (!plain.every((level) => level === "true" || level === "false")) return column;
  return recode(column.name, column.codes, plain, ["false", "true"]);
}

/** Codes that were positions in `from`, as positions in `levels`. */
function recode(name: string, codes: Int32Array, from: readonly string[], levels: readonly string[]): CategoricalColumn {
  const byLevel = codesByLevel(levels);
  const renumber = Int32Array.from(from, (level) => byLevel.get(level) ?? -1);
  return { kind: "categorical", name, codes: codes.map((code) => (code < 0 ? -1 : renumber[code])), levels, description: {} };
}
