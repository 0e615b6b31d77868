import { describe, expect, test } from "vitest";
import { exactShap, functionPredictor, Table } from "../../../src/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { rejectionOf } from "../../support/rejection-of.ts";

const rows = Table.fromRecords([
  { age: 30, region: "north" },
  { age: 40, region: "south" },
  { age: 50, region: null },
]);

describe("functionPredictor", () => {
  test("gives rows as records unless told otherwise", async () => {
    const predict = functionPredictor((records) =>
      records.map(({ age, region }) => Number(age) + (region === null ? 1000 : region.toString().length)),
    );
    expect(Array.from(await predict(rows))).toEqual([35, 45, 1050]);
  });

  test("gives rows as lists of numbers, coded as the columns say", async () => {
    const seen: number[][][] = [];
    const predict = functionPredictor(
      (lists: number[][]) => {
        seen.push(lists);
        return lists.map(([indicator, age]) => [indicator, age]);
      },
      {
        rowsAs: "arrays",
        columns: [
          { name: "region", levels: ["south", "north"], as: "indicators" },
          { name: "age", center: 40 },
        ],
        missing: "pass",
        batchSize: 2,
        keepOutputs: [1],
      },
    );
    expect(Array.from(await predict(rows))).toEqual([1, 0, 0]);
    expect(seen).toEqual([
      [
        [0, 1, -10],
        [1, 0, 0],
      ],
      [[0, 0, 10]],
    ]);
  });

  test("finds categories that are written as numbers by their spelling", async () => {
    const columns = [{ name: "district", levels: { 1: 10, 2: 20 } }];
    const predict = functionPredictor((lists: number[][]) => lists.map(([code]) => code), { rowsAs: "arrays", columns });
    expect(Array.from(await predict(Table.fromColumns({ district: [2, 1] })))).toEqual([20, 10]);
    expect(await rejectionOf(predict(Table.fromColumns({ district: [1, 3] })))).toContain(
      'column "district" must be made of the levels "1", "2"; got 3 at row 1.',
    );
    expect(await rejectionOf(predict(Table.fromColumns({ district: [1, null] })))).toContain('column "district" must be complete');
  });

  test("gives rows as tables, and reads flat numbers of several outputs", async () => {
    const predict = functionPredictor(
      (table: Table) => {
        const { values } = table.column("age") as { values: Float64Array };
        return Float64Array.from(Array.from(values).flatMap((age) => [age, -age]));
      },
      { rowsAs: "table", batchSize: 2 },
    );
    expect(Array.from(await predict(rows))).toEqual([30, -30, 40, -40, 50, -50]);
  });

  test("keeps rows in order and calls within bounds, however slow and late the answers are", async () => {
    let open = 0;
    let most = 0;
    const predict = functionPredictor(
      async (records) => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, Number(records[0].a) % 3));
        open--;
        return records.map(({ a }) => Number(a) ** 2);
      },
      { batchSize: 1, concurrency: 4 },
    );
    const many = Table.fromColumns({ a: Array.from({ length: 30 }, (_, i) => i) });
    expect(Array.from(await predict(many))).toEqual(Array.from({ length: 30 }, (_, i) => i * i));
    expect(most).toBe(4);
  });

  test("tells the function when to stop", async () => {
    const stop = new AbortController();
    const predict = functionPredictor(
      (_, { signal }) => new Promise<number[]>((__, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error))),
    );
    const running = predict(rows, { signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });

  test("is explained", async () => {
    const predict = functionPredictor((records) => records.map(({ a, b }) => 2 * Number(a) + (b === "x" ? 1 : 0)));
    const background = [{ a: 0, b: "y" }];
    const explanation = await exactShap(predict, { background }).explain([{ a: 3, b: "x" }]);
    expect(Array.from(explanation.values)).toEqual([6, 1]);
  });

  test("passes on what the function throws on its 900th call, and calls it no more", async () => {
    let calls = 0;
    const failure = new Error("quota spent");
    const predict = functionPredictor(
      () => {
        if (++calls === 900) throw failure;
        return [0];
      },
      { batchSize: 1, concurrency: 3 },
    );
    await expect(predict(Table.fromMatrix(new Float64Array(2000), ["a"]))).rejects.toBe(failure);
    expect(calls).toBeLessThan(904);
  });
});

describe("functionPredictor refuses", () => {
  test.each([
    [undefined, {}, "predict must be a function from rows to predictions; got nothing."],
    [() => [], { rowsAs: "rows" }, 'rowsAs must be "records" or "arrays" or "table"; got "rows".'],
    [() => [], { columns: ["a"] }, 'columns must be left out unless rowsAs is "arrays"; got an array of 1.'],
    [() => [], { missing: "pass", rowsAs: "table" }, 'missing must be left out unless rowsAs is "arrays"; got "pass".'],
    [() => [], { batch: 1 }, 'got "batch".'],
    [() => [], { concurrency: 0 }, "concurrency must be a whole number from 1; got 0."],
  ])("%# %j", (predict, options, expected) => {
    expect(messageOf(() => functionPredictor(predict as never, options as never))).toContain(expected);
  });

  test.each([
    [[1, 2], "the model's predictions must be the same count of numbers for each of 3 rows; got 2 numbers."],
    [[1, NaN, 3], "the model's predictions must be finite numbers; got NaN at row 1, output 0."],
    [[1, undefined, 3], "the model's predictions must be numbers, or lists of numbers; got nothing at row 1."],
    [
      [
        [1, 2],
        [3, 4],
      ],
      "the model's predictions must be a list of 3 rows; got 2.",
    ],
    [7, "the model's predictions must be a list of 3 rows; got 7."],
    [null, "the model's predictions must be a list of 3 rows; got null."],
    [[], "the same count of numbers for each of 3 rows; got 0 numbers."],
  ])("predictions %j", async (found, expected) => {
    expect(await rejectionOf(functionPredictor(() => found as never)(rows))).toContain(expected);
  });

  test("another number of outputs than before", async () => {
    let calls = 0;
    const predict = functionPredictor((records) => records.map(() => (++calls > 3 ? [1] : [1, 2])));
    await predict(rows);
    expect(await rejectionOf(predict(rows))).toContain("the model's predictions must be 2 a row, as before; got 1 a row.");
  });
});
