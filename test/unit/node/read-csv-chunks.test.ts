import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, integer, string } from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readCsv, readCsvChunks, type CsvChunkOptions } from "../../../src/node/index.ts";
import { CsvSplitter, type Table } from "../../../src/table/index.ts";

const folder = mkdtempSync(join(tmpdir(), "vitrine-chunks-"));
afterAll(() => rmSync(folder, { recursive: true }));

function save(text: string | Uint8Array): string {
  const path = join(folder, "rows.csv");
  writeFileSync(path, text);
  return path;
}

async function collect(path: string, options?: CsvChunkOptions): Promise<Table[]> {
  const found: Table[] = [];
  for await (const table of readCsvChunks(path, options)) found.push(table);
  return found;
}

const recordsOf = (tables: readonly Table[]): object[] => tables.flatMap((table) => table.toRecords());

test.each([1, 2, 3, 100])("all rows in tables of at most %d", async (rows) => {
  const path = save('\uFEFFid;word\r\n1;"a;b"\r\n2;"line\r\nbreak"\r\n\r\n3;"a ""quoted"" word"\r\n4;5" pipe\r\n5;last');
  const tables = await collect(path, { rows });
  expect(recordsOf(tables)).toEqual(readCsv(path).toRecords());
  expect(Math.max(...tables.map(({ numRows }) => numRows))).toBeLessThanOrEqual(rows);
});

test("rows are divided as the text is, wherever the bytes are cut", async () => {
  const cell = string({ unit: constantFrom("a", "é", ",", '"', "\n", "\r", " ", "1"), maxLength: 5 });
  const quote = (text: string): string => (/[",\r\n]/.test(text) || text.trim() === "" ? `"x${text.replaceAll('"', '""')}"` : text);
  await assert(
    asyncProperty(
      array(array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 12 }),
      constantFrom("\n", "\r\n", "\r"),
      integer({ min: 1, max: 5 }),
      integer({ min: 1, max: 7 }),
      async (cells, newline, rows, bite) => {
        const text = ["first,second", ...cells.map((row) => row.map(quote).join(","))].join(newline);
        const splitter = new CsvSplitter(rows, ",");
        const pieces: string[] = [];
        for (let at = 0; at < text.length; at += bite) {
          pieces.push(...splitter.push(text.slice(at, at + bite), at + bite >= text.length).map((piece) => piece.text));
        }
        const header = `first,second${newline}`;
        expect(pieces.every((piece) => piece.startsWith(header))).toBe(true);
        expect(header + pieces.map((piece) => piece.slice(header.length)).join("")).toBe(text);
        const types = { first: "categorical", second: "categorical" } as const;
        const path = save(text);
        expect(recordsOf(await collect(path, { rows, delimiter: ",", types }))).toEqual(
          readCsv(path, { delimiter: ",", types }).toRecords(),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test("a file of many megabytes of text is cut in its bytes", async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `${i},ünï${i % 7}`);
  const tables = await collect(save(["row,word", ...lines].join("\n")), { rows: 30_000 });
  expect(tables.map(({ numRows }) => numRows)).toEqual([30_000, 30_000, 30_000, 30_000, 30_000, 30_000, 20_000]);
  const ids = tables.flatMap((table) => {
    const column = table.column("row");
    return column.kind === "numeric" ? [...column.values] : [];
  });
  expect(ids.every((id, i) => id === i)).toBe(true);
});

test.each([
  ["", {}, /an empty text/],
  ["a,b\n", {}, /header row alone/],
  ["a,b\n1,2\n3\n", { rows: 1 }, /got 1 cell at .*the rows from line 3 on of .*rows\.csv/],
  ['a,b\n1,"2\n', {}, /never closed/],
  ["a,b\n1,2\n", { types: { c: "numeric" } }, /types/],
  ["a,b\n1,2\n", { rows: 0 }, /rows must be a whole number from 1/],
  ["a,b\n1,2\n", { row: 3 }, /options/],
] as [string, CsvChunkOptions, RegExp][])("%j with %j: refused", async (text, options, message) => {
  await expect(collect(save(text), options)).rejects.toThrow(message);
});

test("what is no file in UTF-8: refused", async () => {
  await expect(collect(save(Uint8Array.of(97, 10, 0xff, 10)))).rejects.toThrow(/not UTF-8/);
  await expect(collect(join(folder, "none.csv"))).rejects.toThrow(/readCsvChunks: path .*does not exist/);
  await expect(collect(folder)).rejects.toThrow(/the directory/);
  await expect(collect(3 as unknown as string)).rejects.toThrow(/the path of a file; got 3/);
});
