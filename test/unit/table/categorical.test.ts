import { describe, expect, test } from "vitest";
import { categorical, Table } from "../../../src/table/index.ts";
import { messageOf } from "../../support/message-of.ts";

describe("categorical", () => {
  test("keeps the order of levels that it is given, and levels that no row has", () => {
    const size = categorical(["M", null, "S", undefined, NaN], ["S", "M", "L"]);
    expect(size).toEqual({ kind: "categorical", codes: Int32Array.of(1, -1, 0, -1, -1), levels: ["S", "M", "L"] });
  });

  test("matches numbers and booleans by how they print", () => {
    expect(categorical([3, "1", true], [1, 3, "true"])).toMatchObject({ codes: Int32Array.of(1, 0, 2), levels: ["1", "3", "true"] });
  });

  test("makes a column of a table", () => {
    const table = Table.fromColumns({ size: categorical(["M", "S"], ["S", "M"]), cost: [1, 2] });
    expect(table.column("size")).toEqual({
      kind: "categorical",
      name: "size",
      codes: Int32Array.of(1, 0),
      levels: ["S", "M"],
      description: {},
    });
  });

  test("refuses a value outside the levels", () => {
    expect(messageOf(() => categorical(["S", "XL"], ["S", "M"]))).toBe(
      'categorical: values must be among the levels "S", "M"; got "XL" at index 1. Add it to the levels, or make it null if it means missing.',
    );
  });

  test("refuses values that are no list", () => {
    expect(messageOf(() => categorical("SM", ["S", "M"]))).toBe(
      'categorical: values must be a list of categories; got "SM". Give one category a row, in an array.',
    );
  });

  test.each([
    [[], "a list of at least one level; got an empty list. Name the categories in order, the reference level first."],
    ["S", 'a list of at least one level; got "S". Name the categories in order, the reference level first.'],
    [["S", "S"], 'named once each; got "S" twice. Take out the repetition.'],
    [[1, "1"], 'named once each; got "1" twice. Take out the repetition.'],
    [["S", null], "texts, numbers or booleans; got null. Leave missing values out of the levels: a missing value needs no level."],
    [[NaN], "texts, numbers or booleans; got NaN. Leave missing values out of the levels: a missing value needs no level."],
  ])("refuses the levels %j", (levels, sentence) => {
    expect(messageOf(() => categorical(["S"], levels as string[]))).toBe(`categorical: levels must be ${sentence}`);
  });
});
