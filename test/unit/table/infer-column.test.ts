import { describe, expect, test } from "vitest";
import { inferColumn } from "../../../src/table/infer-column.ts";
import { messageOf } from "../../support/message-of.ts";

const infer = (values: ArrayLike<unknown>) => inferColumn("Table.fromColumns", "x", values);

describe("what values become", () => {
  test.each([
    ["numbers, with missing values and infinities", [1, null, NaN, undefined, -Infinity], [1, NaN, NaN, NaN, -Infinity]],
    ["bigints", [1n, -2n, BigInt(Number.MAX_SAFE_INTEGER)], [1, -2, Number.MAX_SAFE_INTEGER]],
    ["bigints among numbers", [1n, 0.5], [1, 0.5]],
    ["dates, as milliseconds since 1970", [new Date(5), null, new Date("1970-01-02T00:00:00Z")], [5, NaN, 86_400_000]],
    ["only missing values", [null, undefined, NaN], [NaN, NaN, NaN]],
    ["nothing", [], []],
    ["a typed array of integers", Uint8Array.of(1, 255), [1, 255]],
    ["a typed array of bigints", BigInt64Array.of(-3n), [-3]],
  ])("%s become a numeric column", (_, values, expected) => {
    expect(infer(values)).toEqual({ kind: "numeric", name: "x", values: Float64Array.from(expected), description: {} });
  });

  test("booleans become false and true, even when only one of them occurs", () => {
    const expected = { kind: "categorical", name: "x", codes: Int32Array.of(1, -1, 1), levels: ["false", "true"], description: {} };
    expect(infer([true, null, true])).toEqual(expected);
  });

  test("texts become categories in the order of code units, and stay texts when they look like numbers or missing values", () => {
    const column = infer(["b", "10", null, "B", "9", "", "NaN", "b"]);
    const levels = ["", "10", "9", "B", "NaN", "b"];
    expect(column).toEqual({ kind: "categorical", name: "x", codes: Int32Array.of(5, 1, -1, 3, 2, 0, 4, 5), levels, description: {} });
  });

  test("a typed array is copied, so that the caller may go on writing into it", () => {
    const values = Float64Array.of(1, 2);
    const column = infer(values);
    values[0] = 9;
    expect(column).toMatchObject({ values: Float64Array.of(1, 2) });
  });
});

describe("what is refused", () => {
  const mixture = "Clean the column, or make it categorical(values, levels).";

  test.each([
    ["a text after numbers", [1, null, "old", 2], 'the text "old" among numbers at index 2'],
    ["a text before numbers", [null, "old", "older", 2], 'the text "old" among numbers at index 1'],
    ["a boolean among numbers", [1, true], "the boolean true among numbers at index 1"],
    ["a text among booleans", [true, "yes"], 'the text "yes" among booleans at index 1'],
    ["a number among dates", [new Date(0), 7], "the number 7 among dates at index 1"],
  ])("%s", (_, values, received) => {
    expect(messageOf(() => infer(values))).toBe(`Table.fromColumns: column "x" must be values of one kind; got ${received}. ${mixture}`);
  });

  test.each([
    ["an object", [1, {}], "an object of type Object at index 1"],
    ["an array", [[1, 2]], "an array of 2 at index 0"],
    ["a function", ["a", () => 1], "a function at index 1"],
  ])("%s", (_, values, received) => {
    expect(messageOf(() => infer(values))).toBe(
      `Table.fromColumns: column "x" must be numbers, texts, booleans, dates or null; got ${received}. ` +
        "Make one plain value of it, or leave the column out.",
    );
  });

  test("a bigint that a double cannot hold", () => {
    expect(messageOf(() => infer([1n, 9007199254740993n]))).toBe(
      'Table.fromColumns: column "x" must be whole numbers within ±(2^53 - 1); got 9007199254740993 at index 1. ' +
        "Turn identifiers into texts, or round the numbers yourself with Number().",
    );
  });

  test("an invalid date", () => {
    expect(messageOf(() => infer([new Date(0), new Date("soon")]))).toBe(
      'Table.fromColumns: column "x" must be valid dates; got an invalid Date at index 1. Make it null if the date is missing.',
    );
  });
});
