import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterEach, expect, test } from "vitest";
import { readCsv, writeTables } from "../../../src/node/index.ts";
import { parseCsv, Table, type TableRecord } from "../../../src/table/index.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-tables-"));
afterEach(() => readdirSync(folder).forEach((file) => rmSync(join(folder, file))));

const tables = [
  Table.fromColumns({ id: ["007", 'a "b"', null], x: [0.1, NaN, -1e-300], word: ["line\nbreak", "ü,ö", "plain"] }),
  Table.fromColumns({ id: ["9"], x: [1 / 3], word: [null] }),
];
const records = tables.flatMap((table) => table.toRecords());

async function* stream(): AsyncGenerator<Table> {
  for (const table of tables) yield await Promise.resolve(table);
}

const readers: Record<string, (path: string) => Promise<TableRecord[]> | TableRecord[]> = {
  csv: (path) => readCsv(path, { types: { id: "categorical" } }).toRecords(),
  ndjson: (path) =>
    readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as TableRecord),
  arrow: (path) => Array.from(tableFromIPC(readFileSync(path)), (row) => ({ ...row?.toJSON() }) as TableRecord),
  parquet: async (path) => (await parquetReadObjects({ file: await asyncBufferFromFile(path) })) as TableRecord[],
};

test.each(Object.keys(readers))("what is written as %s is read again to the bit", async (ending) => {
  const path = join(folder, `rows.${ending}`);
  expect(await writeTables(path, stream())).toBe(4);
  expect(await readers[ending](path)).toEqual(records);
  // Replaces what is there, and leaves nothing else behind.
  expect(await writeTables(path, tables.slice(1))).toBe(1);
  expect(await readers[ending](path)).toEqual(records.slice(3));
  expect(readdirSync(folder)).toEqual([`rows.${ending}`]);
});

test.each(Object.keys(readers))("%s: a stream that breaks off leaves no file", async (ending) => {
  async function* broken(): AsyncGenerator<Table> {
    yield await Promise.resolve(tables[0]);
    throw new RangeError("no more rows");
  }
  await expect(writeTables(join(folder, `rows.${ending}`), broken())).rejects.toThrow(RangeError);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["rows.txt", tables, /ends in ".csv"/],
  [3, tables, /path/],
  ["none/rows.csv", tables, /no folder/],
  ["rows.csv", [], /at least one table/],
  ["rows.csv", [parseCsv("a\n1"), parseCsv("b\n1")], /columns "a"; got "b" at row 1/],
  ["rows.csv", [parseCsv("a\n1"), parseCsv("a\nx")], /"a" is numeric; got texts at row 1/],
])("%j: refused", async (path, given, message) => {
  await expect(writeTables(typeof path === "string" ? join(folder, path) : (path as unknown as string), given)).rejects.toThrow(message);
});
