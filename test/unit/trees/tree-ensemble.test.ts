import { describe, expect, test } from "vitest";
import { categorical, Table, type Matrix } from "../../../src/table/index.ts";
import { importLightgbm, importXgboost } from "../../../src/trees/index.ts";
import type { TreeEnsemble } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { smallLightgbm, smallXgboost } from "../../support/small-models.ts";

const named: TreeEnsemble = importXgboost(
  smallXgboost((file) => {
    file.version = [3, 2, 0];
    file.learner.gradient_booster.model["cats"] = { enc: [{ values: [] }, { values: [30, 10, 20] }] };
  }),
);
const bare = importXgboost(smallXgboost());

describe("a table", () => {
  test("is read by the names of its columns, in any order, with others beside", () => {
    const table = Table.fromColumns({ note: ["a", "b"], city: ["10", "30"], age: [40, 40] });
    const { values, ...shape } = named.encode(table, "test");
    expect([...values]).toEqual([40, 1, 40, 0]);
    expect(shape).toEqual({ numRows: 2, numColumns: 2 });
  });

  test("brings categories by name, whatever its own codes are", () => {
    const city = categorical(["20", "10", null], ["unused", "20", "10"]);
    expect([...named.encode({ age: [1, 2, 3], city }, "test").values]).toEqual([1, 2, 2, 1, 3, NaN]);
  });

  test("brings codes where the model knows no names, as numbers or as texts", () => {
    expect([...bare.encode({ age: [1, 2, 3], city: [1.7, -3, NaN] }, "test").values]).toEqual([1, 1, 2, -1, 3, NaN]);
    expect([...bare.encode({ age: [1, 2], city: ["2", "11"] }, "test").values]).toEqual([1, 2, 2, 11]);
  });

  test("may have booleans, and nothing at all, for numbers", () => {
    expect([...bare.encode({ age: [true, false, null], city: [1, 1, 1] }, "test").values]).toEqual([1, 1, 0, 1, NaN, 1]);
    expect([...bare.encode({ age: categorical([null], ["old"]), city: [1] }, "test").values]).toEqual([NaN, 1]);
  });

  test("keeps infinities", () => {
    expect([...bare.predict({ age: [-Infinity, Infinity], city: [0, 0] })]).toEqual([1.5, 2.5]);
  });

  test.each<[string, Record<string, unknown>[], TreeEnsemble]>([
    [
      'data must be a table with all 2 columns of the model; got "Age" without "age", "city". Add or rename the missing columns. Is "age" what the table calls "Age"?',
      [{ Age: 1 }],
      bare,
    ],
    [
      'data must be a table with all 2 columns of the model; got "age" without "city". Add or rename the missing columns.',
      [{ age: 1 }],
      bare,
    ],
    [
      'column "age" must be numbers, as in training; got the text "old" at row 1. Turn the column into numbers, with missing values as null or NaN.',
      [
        { age: null, city: 1 },
        { age: "old", city: 1 },
      ],
      bare,
    ],
    [
      'column "city" must be one of the categories that the model knows, "30", "10", "20"; got the unseen category "Zed" at row 1. Recode it to one that the model knows, or set it to missing.',
      [
        { age: 1, city: "10" },
        { age: 1, city: "Zed" },
      ],
      named,
    ],
    [
      'column "city" must be one of the categories that the model knows, "30", "10", "20"; got the unseen category "11" at row 0. Recode it to one that the model knows, or set it to missing.',
      [{ age: 1, city: 11 }],
      named,
    ],
    [
      'column "city" must be whole-number codes: the model file does not name its categories; got the text "Bern" at row 0. Replace each category by the code that it had in training.',
      [{ age: 1, city: "Bern" }],
      bare,
    ],
  ])("%s", (message, rows, ensemble) => {
    expect(messageOf(() => ensemble.predict(rows))).toBe(`TreeEnsemble.predict: ${message}`);
  });

  test("must have rows", () => {
    expect(messageOf(() => bare.predict({ age: [], city: [] }))).toBe(
      "TreeEnsemble.predict: data must be at least one row; got none. Check the filter or query that the rows come from.",
    );
  });
});

const matrix = (values: number[], numColumns = 2, columnNames?: string[]): Matrix => ({
  values: Float64Array.from(values),
  numRows: values.length / numColumns,
  numColumns,
  ...(columnNames ? { columnNames } : {}),
});

describe("a matrix", () => {
  test("is read in the model's order, codes as the library makes them whole", () => {
    expect([...bare.encode(matrix([1, 1.9, 2, -0.5, 3, NaN, 4, 2 ** 24]), "test").values]).toEqual([1, 1, 2, -1, 3, NaN, 4, -1]);
    const lightgbm = importLightgbm(smallLightgbm());
    expect([...lightgbm.encode(matrix([1, 1.9, 2, -0.5, 3, NaN, 4, 2 ** 31]), "test").values]).toEqual([1, 1, 2, -0, 3, NaN, 4, -1]);
  });

  test("is left as it was", () => {
    const data = matrix([1, 1.9]);
    bare.encode(data, "test");
    expect([...data.values]).toEqual([1, 1.9]);
  });

  test.each([
    [
      "data.numColumns must be 2, the number of the model's features; got 3. Give the columns that the model was trained on, in that order, or a table, whose columns are found by name.",
      matrix([1, 2, 3], 3),
    ],
    [
      "data.values must be numRows × numColumns (2 × 2) numbers; got 3 numbers. Lay the cells out row after row.",
      { ...matrix([1, 2, 3]), numRows: 2 },
    ],
    [
      'data.columnNames must be the model\'s feature names in order, "age" here; got "city" at column 0. Put the columns in the model\'s order (ensemble.featureNames), or give a table, whose columns are found by name.',
      matrix([1, 2], 2, ["city", "age"]),
    ],
    [
      "data.columnNames must be the model's feature names in order, \"city\" here; got nothing at column 1. Put the columns in the model's order (ensemble.featureNames), or give a table, whose columns are found by name.",
      matrix([1, 2], 2, ["age"]),
    ],
    ["data must be at least one row; got none. Check the filter or query that the rows come from.", matrix([])],
  ])("%s", (message, data) => expect(messageOf(() => bare.predict(data))).toBe(`TreeEnsemble.predict: ${message}`));

  test("may name its columns as the model does", () => {
    expect([...bare.predict(matrix([0, 0], 2, ["age", "city"]))]).toEqual([1.5]);
  });
});

test("the scale must be one that exists", () => {
  expect(messageOf(() => bare.predict([{ age: 1, city: 1 }], { scale: "margin" as "raw" }))).toBe(
    'TreeEnsemble.predict: scale must be "raw" or "response"; got "margin". Leave it out for the response, or say "raw" for the sum of leaves.',
  );
});

test("more rows than go through a tree at once", () => {
  const ages = Array.from({ length: 1000 }, (_, row) => (row % 3 === 0 ? 20 : 40));
  const expected = ages.map((age) => (age === 20 ? 1.5 : 2.5));
  expect([...bare.predict({ age: ages, city: ages.map(() => 0) })]).toEqual(expected);
});

describe("verify", () => {
  const rows = { age: [20, 40, 40], city: [0, 0, 1] };

  test("tells how far the library's predictions are", () => {
    expect(bare.verify(rows, [1.5, 2.5, 3.5])).toEqual({
      ok: true,
      maxAbsoluteError: 0,
      maxRelativeError: 0,
      worstRow: 0,
      numRows: 3,
      tolerance: 1e-6,
      scale: "response",
    });
    expect(bare.verify(rows, [1.5, 2, 3.5], { tolerance: 0.2, scale: "raw" })).toEqual({
      ok: false,
      maxAbsoluteError: 0.5,
      maxRelativeError: 0.25,
      worstRow: 1,
      numRows: 3,
      tolerance: 0.2,
      scale: "raw",
    });
    expect(bare.verification?.ok).toBe(false);
    expect(bare.verify(rows, [1.5, 2, 3.5], { tolerance: 0.25 }).ok).toBe(true);
    expect(bare.verification?.tolerance).toBe(0.25);
  });

  test.each<[string, unknown, { tolerance?: number; scale?: "raw" }]>([
    [
      "expected must be 3 × 1 predictions, row after row; got 2. Give one prediction a row and output, as ensemble.outputNames lists them.",
      [1, 2],
      {},
    ],
    [
      "expected must be 3 × 1 predictions, row after row; got nothing. Give one prediction a row and output, as ensemble.outputNames lists them.",
      undefined,
      {},
    ],
    ["expected[1] must be a finite number; got an array of 1. Flatten nested lists first.", [[1], [2], [3]].with(0, 1 as never), {}],
    ["tolerance must be a number from 0; got NaN. Leave it out for 1e-6.", [1, 2, 3], { tolerance: NaN }],
    [
      'scale must be "raw" or "response"; got "log". Leave it out for the response, or say "raw" for the sum of leaves.',
      [1, 2, 3],
      { scale: "log" as "raw" },
    ],
  ])("%s", (message, expected, options) => {
    expect(messageOf(() => bare.verify(rows, expected as number[], options))).toBe(`TreeEnsemble.verify: ${message}`);
  });
});
