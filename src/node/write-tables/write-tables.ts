import { extname } from "node:path";
import { describeReceived, InputError, listNames } from "../../errors.ts";
import { toTable } from "../../table/index.ts";
import type { Table, TableLike } from "../../table/index.ts";
import { replaceFile } from "../replace-file.ts";
import { arrowWriter } from "./arrow-writer.ts";
import { parquetWriter } from "./parquet-writer.ts";
import type { TableWriter } from "./table-writer.ts";
import { csvWriter, ndjsonWriter } from "./text-writers.ts";

const CALL = "writeTables";
const WRITERS: Readonly<Record<string, (path: string) => Promise<TableWriter>>> = {
  ".csv": csvWriter,
  ".ndjson": ndjsonWriter,
  ".arrow": arrowWriter,
  ".parquet": parquetWriter,
};

/**
 * Writes tables that come one after another into one file, so that memory holds one: `.csv`, `.ndjson`, `.arrow` (with the package apache-arrow)
 * or `.parquet` (with hyparquet-writer). Numbers are kept to the bit, missing values are empty or null. The file appears when it is complete.
 *
 * @param path - of the file, whose ending tells the format; a file of that name is replaced
 * @param tables - all with the columns of the first
 * @returns the number of rows written
 * @throws {@link InputError} for another ending, a folder that does not exist, a package that is not installed, columns that change, or no table
 * @example
 * await writeTables("values.parquet", explanations); // for await (const explanation of …) yield explanation.toTable();
 */
export async function writeTables(path: string, tables: Iterable<TableLike> | AsyncIterable<TableLike>): Promise<number> {
  const openWriter = typeof path === "string" ? WRITERS[extname(path).toLowerCase()] : undefined;
  if (!openWriter) {
    const expected = `the path of a file that ends in ${listNames(Object.keys(WRITERS))}`;
    const mend = "Choose one of these formats.";
    throw new InputError({ call: CALL, argument: "path", expected, received: describeReceived(path), mend });
  }
  let numRows = 0;
  await replaceFile(CALL, path, async (temporary) => {
    const writer = await openWriter(temporary);
    try {
      let first: Table | null = null;
      for await (const each of tables) {
        const table = toTable(each, CALL);
        first ??= table;
        checkColumns(first, table, numRows);
        await writer.write(table);
        numRows += table.numRows;
      }
      if (!first) throw refuse("at least one table", "none", "", "Check where the tables come from.");
      await writer.finish();
    } finally {
      await writer.close();
    }
  });
  return numRows;
}

function checkColumns(first: Table, table: Table, row: number): void {
  const names = table.columnNames;
  const isSame = names.length === first.numColumns && names.every((name, j) => name === first.columnNames[j]);
  const where = `row ${row}`;
  if (!isSame)
    throw refuse(`tables with the columns ${listNames(first.columnNames)}`, listNames(names), where, "Write them to another file.");
  const texts = table.columns.find(({ kind }, j) => kind === "categorical" && first.columns[j].kind === "numeric");
  if (!texts) return;
  throw refuse(
    `tables whose column ${JSON.stringify(texts.name)} is numeric`,
    "texts",
    where,
    "Say in readCsvChunks what the column is: types.",
  );
}

function refuse(expected: string, received: string, where: string, mend: string): InputError {
  return new InputError({ call: CALL, argument: "tables", expected, received, ...(where ? { where } : {}), mend });
}
