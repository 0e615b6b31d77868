import { describe, expect, test } from "vitest";
import { kernelShap } from "../../../../src/shap/index.ts";
import { createRandom, randomNormal } from "../../../../src/numeric/index.ts";
import { Table, categorical } from "../../../../src/table/index.ts";
import { messageOf } from "../../../support/message-of.ts";
import { failureOf, makeTable, meanGame, shapleyOf, tangle } from "../../../support/any-model.ts";

const ROUNDING = 1e-11;

/** Rows of two normal columns of correlation 0.8 and one apart. */
function correlated(numRows: number, seed: number): Table {
  const random = createRandom(seed);
  const cells = Array.from({ length: numRows }, () => {
    const [a, b, c] = [randomNormal(random), randomNormal(random), randomNormal(random)];
    return [a, 0.8 * a + 0.6 * b, c];
  });
  return Table.fromMatrix(Float64Array.from(cells.flat()), ["x0", "x1", "x2"]);
}

const linear = ({ values, numRows }: Table): Float64Array =>
  Float64Array.from({ length: numRows }, (_, i) => 2 * values[3 * i] + values[3 * i + 1] - values[3 * i + 2]);

describe("Gaussian copula", () => {
  test("shares a linear model's effects among columns that go together, as conditional means do", async () => {
    const explainer = kernelShap(linear, { background: correlated(2000, 1), absentFeatures: "gaussianCopula", draws: 400 });
    const [a, b, c] = [1, -0.5, 0.7];
    const found = await explainer.explain(Table.fromMatrix(Float64Array.of(a, b, c), ["x0", "x1", "x2"]));
    // v(S) for normal columns: the absent one of the first two has the mean 0.8 × the present one.
    const game = Float64Array.of(0, 2 * a + 0.8 * a, 0.8 * b * 2 + b, 2 * a + b);
    const expected = shapleyOf(game);
    // 2,000 background rows and 400 draws: standard errors of some 0.05.
    expect(Math.abs(found.values[0] - expected[0])).toBeLessThan(0.15);
    expect(Math.abs(found.values[1] - expected[1])).toBeLessThan(0.15);
    expect(Math.abs(found.values[2] + c)).toBeLessThan(0.15);
    expect(found.sampling).toMatchObject({ absentFeatures: "gaussianCopula", farRows: null });
    expect(found.backgroundErrors).toBeUndefined();
    expect(found.warnings).toEqual([]);
  });

  test("refuses categories and missing values", async () => {
    const options = { absentFeatures: "gaussianCopula" } as const;
    const k = categorical(["a", "b", "a"], ["a", "b"]);
    const one = ({ numRows }: Table): Float64Array => new Float64Array(numRows);
    expect(await failureOf(kernelShap(one, { background: { k }, ...options }).explain({ k }))).toBe(
      'kernelShap.explain: column "k" must be finite numbers, as a Gaussian copula needs; got categories. Use absentFeatures: "nearestNeighbours".',
    );
    expect(await failureOf(kernelShap(one, { background: { x: [1, NaN] }, ...options }).explain({ x: [1] }))).toContain(
      "got missing or infinite ones",
    );
  });
});

describe("nearest neighbours", () => {
  test("take absent features from the rows nearest in the present ones", async () => {
    const background = makeTable(12, 3, 5);
    const row = makeTable(1, 3, 6);
    const found = await kernelShap(tangleOfThree, { background, absentFeatures: "nearestNeighbours", draws: 2 }).explain(row);
    const cells = Array.from({ length: 12 }, (_, i) => [...background.values.subarray(3 * i, 3 * i + 3)]);
    const own = [...row.values];
    const variance = [0, 1, 2].map((j) => {
      const mean = cells.reduce((sum, base) => sum + base[j] / 12, 0);
      return cells.reduce((sum, base) => sum + (base[j] - mean) ** 2 / 12, 0);
    });
    const game = Float64Array.from({ length: 8 }, (_, set) => {
      const distance = (base: number[]): number =>
        base.reduce((sum, cell, j) => sum + ((set >> j) & 1 ? (cell - own[j]) ** 2 / variance[j] : 0), 0);
      const nearest = set === 0 ? cells : [...cells].sort((a, b) => distance(a) - distance(b)).slice(0, 2);
      return meanGame(tangleOfThree, own, nearest)[set];
    });
    shapleyOf(game).forEach((value, j) => expect(Math.abs(found.values[j] - value)).toBeLessThan(ROUNDING));
  });

  test("unequal weights are refused", () => {
    const options = { background: makeTable(2, 3, 1), backgroundWeights: [1, 2], absentFeatures: "nearestNeighbours" } as const;
    expect(messageOf(() => kernelShap(tangle, options))).toBe(
      'kernelShap: backgroundWeights must be equal where absent features are imputed; got "unequal ones". Leave the option out, or use absentFeatures: "marginal".',
    );
  });
});

function tangleOfThree({ values, numRows }: Table): Float64Array {
  return Float64Array.from(
    { length: numRows },
    (_, i) => values[3 * i] * values[3 * i + 1] * (1 + values[3 * i + 2]) + Math.exp(values[3 * i + 2]),
  );
}

describe("background", () => {
  test("rows far from the data are said: two columns that go together, taken apart", async () => {
    const twins = correlated(200, 3);
    const [x0, x1] = [twins.column("x0"), twins.column("x1")];
    if (x0.kind !== "numeric" || x1.kind !== "numeric") throw new Error("expected numbers");
    const together = Table.fromColumns({
      x0: x0.values,
      x1: x0.values.map((x, i) => x + 0.01 * x1.values[i]),
      x2: x0.values.map((x, i) => x - 0.01 * x1.values[i]),
    });
    const apart = await kernelShap(linear, { background: together }).explain(together.rows(0, 5));
    expect(apart.sampling!.farRows).toBeGreaterThan(0.4);
    expect(apart.warnings.map(({ name }) => name)).toEqual(["rows-far-from-data"]);
    const grouped = await kernelShap(linear, { background: together, groups: { all: ["x0", "x1", "x2"] } }).explain(together.rows(0, 5));
    expect(grouped.sampling!.farRows).toBeLessThan(0.2);
    expect(grouped.warnings).toEqual([]);
  });

  test.each(["stratified", "medoids"] as const)(
    "a %s sample stands for all rows, and the model is asked about no others",
    async (method) => {
      const background = correlated(300, 7);
      const row = correlated(1, 8);
      const all = await kernelShap(linear, { background }).explain(row);
      const sample = await kernelShap(linear, { background, backgroundSample: { numRows: 20, method } }).explain(row);
      // The spread of the model is 3.2; a simple random sample of 20 would be off by 0.7.
      expect(Math.abs(sample.baseValues[0] - all.baseValues[0])).toBeLessThan(0.35);
      expect(sample.sampling!.rowsAsked).toBe(20 * 6);
      const own = sample.backgroundErrors!;
      expect(Math.min(...own)).toBeGreaterThan(0);
    },
  );

  test("the error of the background is that of a mean over its rows", async () => {
    const background = correlated(50, 9);
    const { values } = background;
    const found = await kernelShap(linear, { background }).explain(correlated(1, 10));
    [2, 1, -1].forEach((slope, j) => {
      const cells = Array.from({ length: 50 }, (_, i) => values[3 * i + j]);
      const mean = cells.reduce((sum, x) => sum + x / 50, 0);
      const error = Math.abs(slope) * Math.sqrt(cells.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 50 / 49);
      expect(Math.abs(found.backgroundErrors![j] - error)).toBeLessThan(ROUNDING);
    });
  });

  test("one row, constant columns, equal rows, rows of no weight", async () => {
    const one = await kernelShap(linear, { background: correlated(1, 1) }).explain(correlated(1, 2));
    expect(one.warnings.map(({ name }) => name)).toEqual(["one-row-background"]);
    expect(one.backgroundErrors).toBeUndefined();
    const flat = await kernelShap(linear, { background: { x0: [1, 2], x1: [3, 3], x2: [4, 4] } }).explain(correlated(1, 2));
    expect(flat.warnings).toMatchObject([{ name: "constant-columns", subjects: ["x1", "x2"] }]);
    let asked = 0;
    const counting = (batch: Table): Float64Array => {
      asked += batch.numRows;
      return linear(batch);
    };
    const options = { background: { x0: [1, 2, 1, 5], x1: [3, 3, 3, 5], x2: [4, 4, 4, 5] }, backgroundWeights: [1, 2, 1, 0] };
    const weighed = await kernelShap(counting, options).explain(correlated(1, 2));
    expect(asked).toBeLessThanOrEqual(2 * 6 + 2 + 2);
    expect(weighed.baseValues[0]).toBeCloseTo(0.5 * (2 + 3 - 4) + 0.5 * (4 + 3 - 4), 12);
    expect(weighed.background).toEqual({ numRows: 4, totalWeight: 4 });
  });
});

describe("models that are slow, noisy or dear", () => {
  test("noise is said", async () => {
    const random = createRandom(1);
    const noisy = (batch: Table): Float64Array => linear(batch).map((value) => value + 0.1 * random.next());
    const found = await kernelShap(noisy, { background: correlated(20, 1) }).explain(correlated(3, 2));
    expect(found.warnings.map(({ name }) => name)).toContain("noisy-model");
    expect(found.sampling!.noise).toBeGreaterThan(0);
  });

  test("slowness is said", async () => {
    const slow = async (batch: Table): Promise<Float64Array> => {
      await new Promise((resolve) => setTimeout(resolve, 30 * batch.numRows));
      return linear(batch);
    };
    const found = await kernelShap(slow, { background: correlated(2, 1), maxBatchRows: 4, concurrency: 4 }).explain(correlated(1, 2));
    expect(found.warnings.map(({ name }) => name)).toContain("slow-model");
  });

  test("caps on rows and on cost are kept, and named with what it would take", async () => {
    const background = makeTable(4, 9, 1);
    const row = makeTable(2, 9, 2);
    const capped = kernelShap(tangle, { background, budget: 100, maxRows: 500 }).explain(row);
    expect(await failureOf(capped)).toBe(
      "kernelShap.explain: maxRows must be enough for 792 rows: 2 explained, 100 coalitions each, 4 rows a coalition; got 500. Lower the budget or the background's rows (backgroundSample), explain fewer rows, or raise the cap.",
    );
    const dear = kernelShap(tangle, { background, budget: 100, costPerRow: 0.01, maxCost: 5 }).explain(row);
    expect(await failureOf(dear)).toContain("maxCost must be enough for 792 rows");
    expect(messageOf(() => kernelShap(tangle, { background, maxCost: 5 }))).toContain(
      "kernelShap: costPerRow must be a number above 0, as the two go together; got nothing.",
    );
    let asked = 0;
    const counting = (batch: Table): Float64Array => {
      asked += batch.numRows;
      return tangle(batch);
    };
    const found = await kernelShap(counting, { background, maxRows: 500, tolerance: { absolute: 1e-6 } }).explain(row);
    expect(asked).toBeLessThanOrEqual(500);
    expect(found.warnings.map(({ name }) => name)).toContain("tolerance-not-met");
  });

  test("500 columns", async () => {
    const background = makeTable(2, 500, 1);
    const row = makeTable(1, 500, 2);
    const sum = ({ values, numRows, numColumns }: Table): Float64Array =>
      Float64Array.from({ length: numRows }, (_, i) =>
        values.subarray(i * numColumns, (i + 1) * numColumns).reduce((total, x, j) => total + x * (j % 7), 0),
      );
    const found = await kernelShap(sum, { background, budget: 2000 }).explain(row);
    found.values.forEach((value, j) => {
      const mean = (background.values[j] + background.values[500 + j]) / 2;
      expect(Math.abs(value - (j % 7) * (row.values[j] - mean))).toBeLessThan(1e-9);
    });
  });
});
