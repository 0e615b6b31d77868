import { describe, expect, test } from "vitest";
import { exactShap, type ExactShapOptions } from "../../../src/shap/index.ts";
import { Table, categorical } from "../../../src/table/index.ts";
import { InputError } from "../../../src/errors.ts";

/** Rounding of sums of a few products. */
const ROUNDING = 1e-14;

const background = Table.fromColumns({ a: [0, 2], b: [1, 3], c: [5, 5] });
const rows = Table.fromColumns({ a: [4], b: [2], c: [7] });

async function messageOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof InputError ? error.message : `not an InputError: ${String(error)}`;
}

describe("laws", () => {
  test("a linear model has its closed form: coefficient × (value − mean of the background)", async () => {
    const linear = (batch: Table): Float64Array => {
      const { values, numRows } = batch;
      return Float64Array.from({ length: numRows }, (_, i) => 3 * values[i * 3] - 2 * values[i * 3 + 1] + 0.5);
    };
    const explanation = await exactShap(linear, { background }).explain(rows);
    [3 * (4 - 1), -2 * (2 - 2), 0].forEach((value, j) => expect(Math.abs(explanation.values[j] - value)).toBeLessThan(ROUNDING));
    expect(explanation.baseValues[0]).toBeCloseTo(3 * 1 - 2 * 2 + 0.5, 12);
    expect(explanation).toMatchObject({
      method: "exact-enumeration",
      scale: "response",
      background: { numRows: 2, totalWeight: 2 },
      warnings: [],
    });
  });

  test("a product of two features is shared equally against a background of zeros; an asynchronous model and two outputs", async () => {
    const zeros = Table.fromColumns({ a: [0], b: [0], c: [0] });
    const predict = async (batch: Table): Promise<number[]> =>
      Array.from({ length: batch.numRows }, (_, i) => batch.values[i * 3] * batch.values[i * 3 + 1]).flatMap((x) => [x, -x]);
    const explanation = await exactShap(predict, { background: zeros, outputNames: ["up", "down"] }).explain(rows);
    expect([...explanation.values]).toEqual([4, -4, 4, -4, 0, 0]);
    expect(explanation.outputNames).toEqual(["up", "down"]);
  });

  test("groups are players, weights count rows several times", async () => {
    const predict = (batch: Table): Float64Array =>
      Float64Array.from({ length: batch.numRows }, (_, i) => batch.values[i * 3] * batch.values[i * 3 + 1]);
    const explanation = await exactShap(predict, { background, backgroundWeights: [3, 1], groups: { ab: ["a", "b"] } }).explain(rows);
    expect(explanation.featureNames).toEqual(["ab", "c"]);
    expect([...explanation.values]).toEqual([8 - 6 / 4, 0]);
  });

  test("categories keep their levels, also those that only the explained rows have", async () => {
    const seen: string[] = [];
    const predict = (batch: Table): Float64Array => {
      const column = batch.column("k");
      if (column.kind !== "categorical") throw new Error("expected categories");
      return Float64Array.from(column.codes, (code) => {
        const level = code < 0 ? "missing" : column.levels[code];
        seen.push(level);
        return level.length;
      });
    };
    const explanation = await exactShap(predict, { background: { k: ["b", null], n: [1, 1] } }).explain({ k: ["long"], n: [2] });
    expect(new Set(seen)).toEqual(new Set(["b", "missing", "long"]));
    expect([...explanation.values]).toEqual([4 - (1 + 7) / 2, 0]);
  });
});

describe("wrong input", () => {
  const one = (batch: Table): Float64Array => new Float64Array(batch.numRows);
  test.each([
    [
      async () => exactShap({ predict: one } as never, { background: { a: [1] } }),
      "exactShap: predict must be a function from a table to predictions; got an object of type Object. For a TreeEnsemble write (batch) => model.predict(batch).",
    ],
    [
      async () => exactShap(one, undefined as never),
      "exactShap: options must be an object with background; got nothing. Pass { background }.",
    ],
    [
      () => exactShap(one, { background: { a: [1] } }).explain(Table.fromColumns({ a: [] })),
      "exactShap.explain: data must be at least one row; got none. Check where the rows come from.",
    ],
    [
      async () => exactShap(one, { background: { a: [1] }, nsamples: 100 } as ExactShapOptions),
      'exactShap: options must be made of "background", "backgroundWeights", "groups", "outputNames"; got "nsamples". Correct the name, or leave it out.',
    ],
    [
      () => exactShap(() => [1, NaN], { background: { a: [1] } }).explain({ a: [1] }),
      "exactShap: predict must be a function that returns finite numbers, the same count for each of 2 rows; got NaN at position 1. Return rows × outputs numbers, row after row.",
    ],
    [
      () => exactShap(() => [1, 2, 3], { background: { a: [1] } }).explain({ a: [1] }),
      "exactShap: predict must be a function that returns finite numbers, the same count for each of 2 rows; got 3 numbers. Return rows × outputs numbers, row after row.",
    ],
    [
      () => exactShap(one, { background: { a: [1] } }).explain({ b: [1] }),
      'exactShap.explain: data must be a table with the background\'s columns ("a"); got one without "a". Select the same columns for both.',
    ],
    [
      () => exactShap(one, { background: { a: [1] } }).explain({ a: ["x"] }),
      'exactShap.explain: column "a" must be numeric, as in the background; got categorical. Read both tables with the same column types.',
    ],
    [
      () => exactShap(one, { background: { a: [1] }, outputNames: ["x", "y"] }).explain({ a: [2] }),
      "exactShap: outputNames must be 1 names, as many as the model has outputs; got 2. Give one name for each output, or leave the option out.",
    ],
    [
      async () =>
        exactShap(one, {
          background: Table.fromMatrix(
            new Float64Array(21),
            Array.from({ length: 21 }, (_, j) => `x${j}`),
          ),
        }),
      "exactShap: background must be a table of at most 20 columns or groups; got 21. Put columns together with `groups`, or explain a tree ensemble with treeShap.",
    ],
  ])("%#", async (call, message) => {
    expect(await messageOf(call())).toBe(message);
  });

  test("levels in the user's own order survive", async () => {
    const k = categorical(["low"], ["low", "high"]);
    const explanation = await exactShap(one, { background: { k } }).explain({ k });
    expect(explanation.data.column("k")).toMatchObject({ levels: ["low", "high"] });
  });
});
