import { InputError } from "../../errors.ts";
import type { Table } from "../table.ts";
import type { RowSource } from "./complete-rows.ts";

/** What one pass over numbers finds. */
export interface ColumnScan {
  /** Smallest and largest number; Infinity and −Infinity where there is none. */
  readonly range: readonly [number, number];
  readonly numMissing: number;
}

/** Looks once at every number of these columns that are numeric. @throws InputError naming column and row of an infinite one */
export function scanColumns(call: string, table: Table, names: readonly string[]): Map<string, ColumnScan> {
  const scans = new Map<string, ColumnScan>();
  for (const name of names) {
    const column = table.column(name);
    if (column.kind === "numeric" && !scans.has(name)) scans.set(name, scanNumbers(call, name, column.values));
  }
  return scans;
}

/** What a row may lack of these columns, and of numbers beside them. */
export function listSources(
  table: Table,
  names: readonly string[],
  scans: ReadonlyMap<string, ColumnScan>,
  alongside: readonly RowSource[],
): RowSource[] {
  const read = [...new Set(names)].flatMap((name): RowSource[] => {
    const column = table.column(name);
    if (column.kind === "categorical") return [{ name, values: column.codes }];
    return scans.get(name)?.numMissing === 0 ? [] : [{ name, values: column.values }];
  });
  return [...read, ...alongside];
}

/** Looks at every number once. @throws InputError naming the row of an infinite one */
function scanNumbers(call: string, name: string, values: Float64Array): ColumnScan {
  let smallest = Infinity;
  let largest = -Infinity;
  let numMissing = 0;
  for (let row = 0; row < values.length; row++) {
    row = skipWithin(values, row, smallest, largest);
    const value = values[row];
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
    if (value - value !== 0) numMissing++;
  }
  if (smallest === -Infinity || largest === Infinity) {
    const row = values.findIndex((value) => value === Infinity || value === -Infinity);
    if (row >= 0)
      throw refuseNumber(
        call,
        `column ${JSON.stringify(name)}`,
        values[row],
        `row ${row}`,
        "Leave out the row, or make the value missing.",
      );
  }
  return { range: [smallest, largest], numMissing };
}

/** The first row from `row` on whose group of four is not wholly within a range: nearly all rows are, and go four times as fast. */
function skipWithin(values: Float64Array, row: number, smallest: number, largest: number): number {
  for (; row + 4 < values.length; row += 4) {
    const a = values[row];
    const b = values[row + 1];
    const c = values[row + 2];
    const d = values[row + 3];
    if (!(a >= smallest && a <= largest && b >= smallest && b <= largest)) break;
    if (!(c >= smallest && c <= largest && d >= smallest && d <= largest)) break;
  }
  return row;
}

/** Checks what was computed of complete rows. @throws InputError naming the row of the table that gives no finite number */
export function checkComputed(call: string, label: string, values: Float64Array, rows: Int32Array | null): void {
  for (let i = 0; i < values.length; i++) {
    // x − x is 0 for finite numbers alone.
    if (values[i] - values[i] === 0) continue;
    const mend = "Leave out the row, or compute what is defined for all of them: log(x + 1) where x is 0.";
    throw refuseNumber(call, label, values[i], `row ${rows === null ? i : rows[i]}`, mend);
  }
}

function refuseNumber(call: string, argument: string, value: number, where: string, mend: string): InputError {
  return new InputError({ call, argument, expected: "finite", received: String(value), where, mend });
}
