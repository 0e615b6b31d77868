import { describeReceived, InputError } from "../errors.ts";
import { columnsFromArrow, isArrowTable } from "./from-arrow.ts";
import type { ArrowTableLike } from "./from-arrow.ts";
import { columnsFromArrays } from "./from-columns.ts";
import type { ColumnValues } from "./from-columns.ts";
import { columnsFromRecords } from "./from-records.ts";
import { isMatrix } from "./matrix.ts";
import { Table } from "./table.ts";

/** Whatever a table can be made of: a table, rows as objects, columns as arrays, or an Apache Arrow table. */
export type TableLike = Table | readonly Record<string, unknown>[] | Readonly<Record<string, ColumnValues>> | ArrowTableLike;

/**
 * The table that a caller brought in whatever shape; a `Table` is returned as it is.
 *
 * @param call - the public function to name in an error
 * @throws {@link InputError} when data is none of these shapes, or as the maker of that shape says
 */
export function toTable(data: TableLike, call: string): Table {
  if (data instanceof Table) return data;
  if (Array.isArray(data)) return Table.of(columnsFromRecords(call, data), call);
  if (isArrowTable(data)) return Table.of(columnsFromArrow(call, data), call);
  if (isMatrix(data)) throw refuseData(call, "a matrix without names", "Use Table.fromMatrix(values, names).");
  if (isColumns(data)) return Table.of(columnsFromArrays(call, data), call);
  throw refuseData(call, describeReceived(data), "Read a file with readCsv or parseCsv first.");
}

/** A plain object, which is then held to hold columns. */
function isColumns(data: unknown): data is Readonly<Record<string, ColumnValues>> {
  return typeof data === "object" && data !== null && !ArrayBuffer.isView(data);
}

function refuseData(call: string, received: string, mend: string): InputError {
  return new InputError({
    call,
    argument: "data",
    expected: "a Table, rows as objects, columns as arrays, or an Arrow table",
    received,
    mend,
  });
}
