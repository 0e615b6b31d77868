import * as arrow from "apache-arrow";
import { describe, expect, test } from "vitest";
import { Table } from "../../../src/table/index.ts";
import type { ArrowTableLike, Column } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

const read = (vector: arrow.Vector): Column => Table.fromArrow(new arrow.Table({ x: vector })).column("x");

/** Texts with a dictionary of their own. */
const batch = (texts: string[]) => arrow.vectorFromArray(texts, new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));

describe("Table.fromArrow", () => {
  test("reads numbers with their nulls, which Arrow keeps as zeros", () => {
    expect(read(arrow.vectorFromArray([1.5, null, 3], new arrow.Float64()))).toMatchObject({ values: Float64Array.of(1.5, NaN, 3) });
    expect(read(arrow.vectorFromArray([1, null], new arrow.Int32()))).toMatchObject({ values: Float64Array.of(1, NaN) });
    expect(read(arrow.vectorFromArray([7n, null], new arrow.Int64()))).toMatchObject({ values: Float64Array.of(7, NaN) });
  });

  test.each([
    ["days", new arrow.DateDay()],
    ["milliseconds", new arrow.DateMillisecond()],
    ["seconds", new arrow.TimestampSecond()],
    ["microseconds", new arrow.TimestampMicrosecond()],
  ])("reads times kept in %s as milliseconds since 1970", (_, type) => {
    const day = 86_400_000;
    expect(read(arrow.vectorFromArray([new Date(3 * day), null], type))).toMatchObject({ values: Float64Array.of(3 * day, NaN) });
  });

  test("reads texts and booleans as categories", () => {
    const texts = arrow.vectorFromArray(["b", null, "a"], new arrow.Utf8());
    expect(read(texts)).toMatchObject({ codes: Int32Array.of(1, -1, 0), levels: ["a", "b"] });
    expect(read(arrow.vectorFromArray([true, null], new arrow.Bool()))).toMatchObject({
      codes: Int32Array.of(1, -1),
      levels: ["false", "true"],
    });
  });

  test("keeps a dictionary's order of levels", () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8());
    expect(read(arrow.vectorFromArray(["M", "S", null, "null", "M"], type))).toMatchObject({
      codes: Int32Array.of(0, 1, -1, 2, 0),
      levels: ["M", "S", "null"],
    });
  });

  test("joins the dictionaries of several batches", () => {
    const joined = batch(["M", "S"]).concat(batch(["L", "M"]));
    expect(read(joined)).toMatchObject({ codes: Int32Array.of(0, 1, 2, 0), levels: ["M", "S", "L"] });
  });

  test("needs no Arrow library, only its shape", () => {
    const vector = { length: 2, get: (row: number) => row * 10 };
    const table: ArrowTableLike = { schema: { fields: [{ name: "x" }] }, numRows: 2, getChild: () => vector };
    expect(Table.fromArrow(table).toRecords()).toEqual([{ x: 0 }, { x: 10 }]);
  });

  test("refuses nested columns", () => {
    const vector = arrow.vectorFromArray([[1, 2]], new arrow.List(new arrow.Field("item", new arrow.Float64())));
    expect(messageOf(() => read(vector))).toBe(
      'Table.fromArrow: column "x" must be numbers, texts, booleans, dates or null; got an object of type Vector at index 0. ' +
        "Make one plain value of it, or leave the column out.",
    );
  });

  test("refuses what is no Arrow table", () => {
    expect(messageOf(() => Table.fromArrow([] as unknown as ArrowTableLike))).toBe(
      "Table.fromArrow: table must be an Apache Arrow table; got an array of 0. " +
        "For other shapes use Table.fromRecords or Table.fromColumns.",
    );
  });

  test("refuses a table that lacks a column of its schema", () => {
    const table: ArrowTableLike = { schema: { fields: [{ name: "x" }] }, numRows: 0, getChild: () => null };
    expect(messageOf(() => Table.fromArrow(table))).toBe(
      'Table.fromArrow: column "x" must be in the table, as its schema says; got null from getChild. Make the Arrow table again.',
    );
  });
});
