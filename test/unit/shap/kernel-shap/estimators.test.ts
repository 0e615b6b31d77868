import { describe, expect, test } from "vitest";
import { exactShap, kernelShap, type Explanation, type Hierarchy } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";
import { failureOf, interactionOf, makeTable, meanGame, owenOf, tangle } from "../../../support/any-model.ts";

/** Rounding of a few hundred sums. */
const ROUNDING = 1e-11;

const background = makeTable(4, 6, 1);
const rows = makeTable(2, 6, 2);
const cellsOf = (table: Table): number[][] =>
  Array.from({ length: table.numRows }, (_, i) => [...table.values.subarray(i * table.numColumns, (i + 1) * table.numColumns)]);
const gameOf = (row: number): Float64Array => meanGame(tangle, cellsOf(rows)[row], cellsOf(background));

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  Array.from(found).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(ROUNDING));
}

/** Share of cells within 1.96 standard errors of the truth, over seeds. */
async function coverage(
  truth: Float64Array,
  explain: (seed: number) => Promise<{ values: Float64Array; standardErrors?: Float64Array }>,
): Promise<number> {
  let [inside, cells] = [0, 0];
  for (let seed = 0; seed < 12; seed++) {
    const { values, standardErrors } = await explain(seed);
    values.forEach((value, i) => {
      if (standardErrors![i] === 0) return;
      cells++;
      if (Math.abs(value - truth[i]) <= 1.96 * standardErrors![i]) inside++;
    });
  }
  return inside / cells;
}

describe("regression", () => {
  test("nominal 95 % intervals hold the truth about as often, with and without terms of three", async () => {
    const wide = makeTable(6, 12, 3);
    const row = makeTable(1, 12, 4);
    const truth = (await exactShap(tangle, { background: wide }).explain(row)).values;
    for (const [estimator, budget] of [
      ["regression", 120],
      ["automatic", 400],
    ] as const) {
      const share = await coverage(truth, (seed) => kernelShap(tangle, { background: wide, estimator, budget, seed }).explain(row));
      // 144 cells, which are correlated: three times the binomial standard error.
      expect(share).toBeGreaterThan(0.89);
    }
  });

  test("terms of three make the errors of a model of three smaller", async () => {
    const wide = makeTable(6, 12, 3);
    const row = makeTable(1, 12, 4);
    const truth = (await exactShap(tangle, { background: wide }).explain(row)).values;
    const squares = async (estimator: "regression" | "automatic"): Promise<number> => {
      let sum = 0;
      for (let seed = 0; seed < 4; seed++) {
        const explanation = await kernelShap(tangle, { background: wide, estimator, budget: 600, seed }).explain(row);
        explanation.values.forEach((value, i) => (sum += (value - truth[i]) ** 2));
        expect(explanation.sampling!.terms > 0).toBe(estimator === "automatic");
      }
      return sum;
    };
    expect(await squares("automatic")).toBeLessThan(0.5 * (await squares("regression")));
  });
});

describe("permutation", () => {
  test("effects of pairs are exact, whatever the orderings", async () => {
    const pairs = ({ values, numRows }: Table): Float64Array =>
      Float64Array.from({ length: numRows }, (_, i) => 3 * values[i * 6] + values[i * 6 + 1] * values[i * 6 + 2] - values[i * 6 + 5]);
    const found = await kernelShap(pairs, { background, estimator: "permutation", budget: 24 }).explain(rows);
    expectClose(found.values, (await exactShap(pairs, { background }).explain(rows)).values);
    expect(found.method).toBe("kernel-permutation");
  });

  test("others are within their standard errors, and exact when the budget covers all coalitions", async () => {
    const wide = makeTable(6, 10, 3);
    const row = makeTable(1, 10, 4);
    const truth = (await exactShap(tangle, { background: wide }).explain(row)).values;
    const options = { background: wide, estimator: "permutation" } as const;
    expect(await coverage(truth, (seed) => kernelShap(tangle, { ...options, budget: 200, seed }).explain(row))).toBeGreaterThan(0.87);
    const exact = await kernelShap(tangle, { ...options, budget: 1024 }).explain(row);
    expectClose(exact.values, truth);
    expect(exact.method).toBe("exact-enumeration");
  });
});

describe("Owen values", () => {
  test.each<[Hierarchy, Parameters<typeof owenOf>[1]]>([
    [
      [
        ["x0", "x1", "x2"],
        ["x3", "x4"],
      ],
      [[0, 1, 2], [3, 4], 5],
    ],
    [
      [
        [
          ["x0", "x4"],
          ["x1", "x2"],
        ],
        ["x3", "x5"],
      ],
      [
        [
          [0, 4],
          [1, 2],
        ],
        [3, 5],
      ],
    ],
    [
      ["x0", "x1", "x2", "x3", "x4", "x5"],
      [0, 1, 2, 3, 4, 5],
    ],
  ])("are means over the orderings that a hierarchy allows %#", async (hierarchy, tree) => {
    const found = await kernelShap(tangle, { background, hierarchy }).explain(rows);
    expectClose(found.values.subarray(0, 6), owenOf(gameOf(0), tree));
    expectClose(found.values.subarray(6), owenOf(gameOf(1), tree));
    expect(found.method).toBe("owen-enumeration");
  });

  test("sampled orderings are within their standard errors when there are too many coalitions", async () => {
    const wide = makeTable(5, 9, 3);
    const row = makeTable(1, 9, 4);
    const hierarchy = [
      ["x0", "x1", "x2"],
      ["x3", "x4", "x5"],
      ["x6", "x7", "x8"],
    ];
    const tree = [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ];
    const truth = Float64Array.from(owenOf(meanGame(tangle, [...row.values], cellsOf(wide)), tree));
    const explain = (seed: number): Promise<Explanation> =>
      kernelShap(tangle, { background: wide, hierarchy, budget: 70, seed }).explain(row);
    // Four orderings for each of five background rows, of few kinds.
    expect(await coverage(truth, explain)).toBeGreaterThan(0.85);
    expect((await explain(1)).method).toBe("owen-permutation");
  });

  test("columns that go together are clustered", async () => {
    const base = makeTable(40, 3, 9).values;
    const cells = Array.from({ length: 40 }, (_, i) => [
      base[3 * i],
      base[3 * i + 1],
      base[3 * i] + 0.01 * base[3 * i + 2],
      base[3 * i + 1] ** 3,
    ]);
    const table = Table.fromMatrix(Float64Array.from(cells.flat()), ["x0", "x1", "x2", "x3"]);
    const product = ({ values, numRows }: Table): Float64Array =>
      Float64Array.from(
        { length: numRows },
        (_, i) => values[4 * i] * values[4 * i + 1] * (1 + values[4 * i + 3]) + Math.exp(values[4 * i + 2] * values[4 * i + 1]),
      );
    const row = Table.fromMatrix(Float64Array.of(0.5, -0.5, 0.7, 0.2), ["x0", "x1", "x2", "x3"]);
    const found = await kernelShap(product, { background: table, hierarchy: "clustered" }).explain(row);
    const game = meanGame(product, [...row.values], cells);
    expectClose(
      found.values,
      owenOf(game, [
        [0, 2],
        [1, 3],
      ]),
    );
  });

  test("a hierarchy of unknown names is refused", () => {
    expect(messageOf(() => kernelShap(tangle, { background, hierarchy: [["x0", "y"]] }))).toBe(
      'kernelShap: hierarchy must be made of "x0", "x1", "x2", "x3", "x4" and 1 more in nested lists; got "y". Write for example [["rent", "own"], ["age", "income"]], or "clustered".',
    );
    expect(messageOf(() => kernelShap(tangle, { background, hierarchy: [["x0", "x0"]] }))).toContain("made of each feature once");
  });
});

describe("interactions", () => {
  test("equal the index over all coalitions when the budget covers them; rows sum to the values", async () => {
    const explainer = kernelShap(tangle, { background, budget: 64 });
    const found = await explainer.interactions(rows);
    const main = await explainer.explain(rows);
    for (let row = 0; row < 2; row++) {
      const game = gameOf(row);
      for (let i = 0; i < 6; i++) {
        for (let j = 0; j < i; j++) {
          expect(Math.abs(found.value(row, i, j) - interactionOf(game, i, j) / 2)).toBeLessThan(ROUNDING);
          expect(found.value(row, j, i)).toBe(found.value(row, i, j));
        }
      }
    }
    expectClose(found.totals().values, main.values);
    expect(found).toMatchObject({ method: "exact-enumeration", numRows: 2, numFeatures: 6, featureNames: main.featureNames });
  });

  test("sampled ones are within their standard errors", async () => {
    const wide = makeTable(3, 11, 3);
    const row = makeTable(1, 11, 4);
    const exact = await kernelShap(tangle, { background: wide, budget: 2 ** 11 }).interactions(row);
    const share = await coverage(exact.values, (seed) => kernelShap(tangle, { background: wide, budget: 600, seed }).interactions(row));
    expect(share).toBeGreaterThan(0.88);
  });

  test("a budget that tells no interactions is refused", async () => {
    const explainer = kernelShap(tangle, { background: makeTable(3, 12, 3), budget: 100 });
    expect(await failureOf(explainer.interactions(makeTable(1, 12, 4)))).toBe(
      "kernelShap.interactions: budget must be at least 266 coalitions for the interactions of 12 features or groups; got 100. Give 266 or more, or put columns together.",
    );
  });
});
