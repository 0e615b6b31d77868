import { describe, expect, test } from "vitest";
import { exactShap, kernelShap, type KernelShapOptions } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { createRandom } from "../../../../src/numeric/index.ts";
import { failureOf, makeTable, tangle } from "../../../support/any-model.ts";
import { messageOf } from "../../../support/message-of.ts";

/** Rounding of a regression on a few hundred sums. */
const ROUNDING = 1e-11;

const background = makeTable(5, 9, 1);
const rows = makeTable(3, 9, 2);

describe("results do not depend on how the model is called", () => {
  test("batches, concurrency and answers that come in another order", async () => {
    const random = createRandom(5);
    const late = async (batch: Table): Promise<Float64Array> => {
      for (let wait = random.integer(4); wait > 0; wait--) await new Promise((resolve) => setTimeout(resolve, 0));
      return tangle(batch);
    };
    const options = { background, budget: 80, seed: 7 };
    const once = await kernelShap(tangle, options).explain(rows);
    for (const how of [{ maxBatchRows: 1 }, { maxBatchRows: 7, concurrency: 3 }, { maxBatchRows: 64, concurrency: 16 }]) {
      const again = await kernelShap(late, { ...options, ...how }).explain(rows);
      expect(again.values).toEqual(once.values);
      expect(again.standardErrors).toEqual(once.standardErrors);
    }
  });

  test("a row alone has the values that it has among others", async () => {
    const explainer = kernelShap(tangle, { background, budget: 80 });
    const together = await explainer.explain(rows);
    const alone = await explainer.explain(rows.rows(2, 3));
    expect(alone.values).toEqual(together.values.slice(18));
  });

  test("another seed, other coalitions", async () => {
    const one = await kernelShap(tangle, { background, budget: 80, seed: 1 }).explain(rows);
    const other = await kernelShap(tangle, { background, budget: 80, seed: 2 }).explain(rows);
    expect(one.values).not.toEqual(other.values);
  });
});

describe("budgets", () => {
  test("a model of main effects and pairs is exact after the first round, and no more is asked", async () => {
    const pairs = ({ values, numRows }: Table): Float64Array =>
      Float64Array.from({ length: numRows }, (_, i) => 3 * values[i * 9] + values[i * 9 + 1] * values[i * 9 + 2] - values[i * 9 + 5]);
    let asked = 0;
    const counting = (batch: Table): Float64Array => {
      asked += batch.numRows;
      return pairs(batch);
    };
    const found = await kernelShap(counting, { background }).explain(rows);
    const exact = await exactShap(pairs, { background }).explain(rows);
    found.values.forEach((value, i) => expect(Math.abs(value - exact.values[i])).toBeLessThan(ROUNDING));
    // 82 coalitions of 512: the pilot.
    expect(asked).toBeLessThanOrEqual(3 * 5 * 82 + 3 + 3 + 5);
  });

  test("a tolerance ends the work early, and is met", async () => {
    const wide = makeTable(4, 16, 3);
    const row = makeTable(1, 16, 4);
    const full = await kernelShap(tangle, { background: wide }).explain(row);
    const spread = Math.max(...full.values, 0) - Math.min(...full.values, 0);
    let asked = 0;
    const counting = (batch: Table): Float64Array => {
      asked += batch.numRows;
      return tangle(batch);
    };
    const early = await kernelShap(counting, { background: wide, tolerance: 0.02 }).explain(row);
    expect(asked).toBeLessThan(4 * 2080 * 0.8);
    expect(Math.max(...early.standardErrors!)).toBeLessThanOrEqual(0.02 * spread * 1.1);
    expect(early.warnings).toEqual([]);
  });

  test("a tolerance beyond the budget is said", async () => {
    const explanation = await kernelShap(tangle, { background, budget: 60, tolerance: { absolute: 1e-9 } }).explain(rows);
    expect(explanation.warnings).toEqual([
      {
        name: "tolerance-not-met",
        message: "The budget of 60 coalitions was spent before the tolerance was met, in 3 rows.",
        subjects: ["row 0", "row 1", "row 2"],
      },
    ]);
  });

  test("running estimates end where explain does", async () => {
    const explainer = kernelShap(tangle, { background, budget: 300 });
    const seen = [];
    for await (const estimate of explainer.estimates(rows)) seen.push(estimate);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(({ isFinal }) => isFinal)).toEqual([...seen.slice(1).map(() => false), true]);
    expect(seen.at(-1)!.explanation.values).toEqual((await explainer.explain(rows)).values);
    expect(seen.at(-1)!.progress).toMatchObject({ fraction: 1, rowsDone: 3, numRows: 3, secondsLeft: 0 });
  });
});

describe("rows that the model is asked about", () => {
  test("the same row is never sent twice for one explained row", async () => {
    const random = createRandom(11);
    const makeCodes = (numRows: number): Table =>
      Table.fromMatrix(
        Float64Array.from({ length: numRows * 9 }, () => random.integer(2)),
        Array.from({ length: 9 }, (_, j) => `x${j}`),
      );
    const sent: string[] = [];
    const watching = (batch: Table): Float64Array => {
      for (let i = 0; i < batch.numRows; i++) sent.push(batch.values.subarray(i * 9, (i + 1) * 9).join());
      return tangle(batch);
    };
    const codes = makeCodes(30);
    const row = makeCodes(1);
    const explanation = await kernelShap(watching, { background: codes, budget: 512 }).explain(row);
    // All whole rows, the explained one again to see noise, and its synthetic rows in at most two rounds.
    expect(new Set(sent).size).toBeLessThanOrEqual(512);
    expect(sent.length).toBeLessThan(2 * 512);
    const exact = await exactShap(tangle, { background: codes }).explain(row);
    explanation.values.forEach((value, i) => expect(Math.abs(value - exact.values[i])).toBeLessThan(ROUNDING));
  });

  test("a link plays one game over the whole background; a background row and its changed columns tell a row", async () => {
    const positive = (batch: Table): Float64Array => tangle(batch).map((x) => 1 / (1 + Math.exp(-x)));
    // The last two rows share most cells with the explained one.
    const own = rows.rows(0, 1).toRecords()[0];
    const near = Table.fromRecords([...background.toRecords(), { ...own, x0: 0.5, x1: 0.25 }, { ...own, x3: 0.125 }]);
    let asked = 0;
    const counting = (batch: Table): Float64Array => {
      asked += batch.numRows;
      return positive(batch);
    };
    await kernelShap(counting, { background: near, link: "logit", budget: 512 }).explain(rows.rows(0, 1));
    // 510 coalitions for five rows, four and two for the near ones; whole rows besides.
    expect(asked).toBeLessThanOrEqual(510 * 5 + 2 * (4 + 2) + 7 + 2);
  });
});

describe("stopping", () => {
  test("a signal ends a call that is under way", async () => {
    const stop = new AbortController();
    const never = (): Promise<Float64Array> => {
      stop.abort(new Error("enough"));
      return new Promise(() => {});
    };
    await expect(kernelShap(never, { background }).explain(rows, { signal: stop.signal })).rejects.toThrow("enough");
  });

  test("an error on the 900th call is said with its call, and no more calls are made", async () => {
    let calls = 0;
    const failing = (batch: Table): Float64Array => {
      if (++calls === 900) throw new TypeError("connection reset");
      return tangle(batch);
    };
    const message = await failureOf(kernelShap(failing, { background, maxBatchRows: 4, concurrency: 2 }).explain(rows));
    expect(message).toContain("got an error (TypeError: connection reset) at call 900, of 4 rows.");
    expect(calls).toBeLessThanOrEqual(901);
  });
});

describe("wrong input", () => {
  const one = (batch: Table): Float64Array => new Float64Array(batch.numRows);
  test.each<[unknown, KernelShapOptions, string]>([
    [
      one,
      { background, budget: 20 },
      "kernelShap: budget must be a whole number of at least 36 coalitions for 9 features or groups; got 20. Give 36 or more, or put columns together with groups.",
    ],
    [
      one,
      { background: makeTable(2, 500, 1), budget: 1000 },
      "kernelShap: budget must be a whole number of at least 2000 coalitions for 500 features or groups; got 1000. Give 2000 or more, or put columns together with groups.",
    ],
    [
      {},
      { background },
      "kernelShap: predict must be a function from a table to predictions; got an object of type Object. For a TreeEnsemble write (batch) => model.predict(batch).",
    ],
    [
      one,
      { background, seed: -1 },
      "kernelShap: seed must be a whole number from 0 to 4294967295; got -1. Leave the option out for its default.",
    ],
    [
      one,
      { background, tolerance: 0 },
      "kernelShap: tolerance.relative must be a number above 0; got 0. Give a share such as 0.01, or { relative }, { absolute } or { topFeatures }.",
    ],
    [
      one,
      { background, link: "probit" as never },
      'kernelShap: link must be one of "identity", "logit", "log"; got "probit". Leave the option out for its default.',
    ],
  ])("options %#", (predict, options, message) => {
    expect(messageOf(() => kernelShap(predict as never, options))).toBe(message);
  });

  test("answers that are no numbers, or too few or too many", async () => {
    const answer = (predict: (batch: Table) => unknown): Promise<string> =>
      failureOf(kernelShap(predict as never, { background }).explain(rows));
    expect(await answer(({ numRows }) => new Float64Array(numRows).fill(NaN))).toBe(
      "kernelShap.explain: predict must be a function that returns finite numbers; got NaN at row 0, output 0 of call 1. Return rows × outputs numbers, row after row.",
    );
    expect(await answer(() => [1, 2])).toBe(
      "kernelShap.explain: predict must be a function that returns numbers, the same count for each of 3 rows; got 2 numbers at call 1. Return rows × outputs numbers, row after row.",
    );
    expect(await answer(() => "0.5")).toContain('got "0.5" at call 1');
    let calls = 0;
    expect(await answer(({ numRows }) => new Float64Array(++calls === 1 ? numRows : 2 * numRows))).toContain(
      "predict must be a function that returns 5 × 1 numbers; got 10 numbers at call 2",
    );
  });
});
