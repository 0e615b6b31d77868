import { tableFromArrays } from "apache-arrow";
import { describe, expect, test } from "vitest";
import { Table, toTable } from "../../../src/table/index.ts";
import type { TableLike } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

describe("toTable", () => {
  test("returns a table as it is", () => {
    const table = Table.fromColumns({ a: [1] });
    expect(toTable(table, "treeShap")).toBe(table);
  });

  test.each([
    ["records", [{ a: 1 }, { a: 2 }]],
    ["columns", { a: Float64Array.of(1, 2) }],
    ["an Arrow table", tableFromArrays({ a: Float64Array.of(1, 2) })],
  ])("reads %s", (_, data) => {
    expect(toTable(data as TableLike, "treeShap").toRecords()).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("names the public call in errors of the shapes", () => {
    expect(messageOf(() => toTable([], "treeShap"))).toMatch(/^treeShap: rows must be /);
    expect(messageOf(() => toTable({ a: [1], b: [] }, "treeShap"))).toMatch(/^treeShap: column "b" must be /);
  });

  const shapes = "treeShap: data must be a Table, rows as objects, columns as arrays, or an Arrow table; got";
  test.each([
    [null, "null. Read a file with readCsv or parseCsv first."],
    ["claims.csv", '"claims.csv". Read a file with readCsv or parseCsv first.'],
    [new Float64Array(2), "an object of type Float64Array. Read a file with readCsv or parseCsv first."],
    [{ values: new Float64Array(2), numRows: 1, numColumns: 2 }, "a matrix without names. Use Table.fromMatrix(values, names)."],
  ])("refuses %j", (data, rest) => {
    expect(messageOf(() => toTable(data as unknown as TableLike, "treeShap"))).toBe(`${shapes} ${rest}`);
  });
});
