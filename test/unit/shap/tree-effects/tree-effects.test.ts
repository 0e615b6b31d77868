import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { accumulatedLocalEffects, individualConditionalExpectation, partialDependence } from "../../../../src/shap/index.ts";
import type { PartialDependence } from "../../../../src/shap/index.ts";
import { Table } from "../../../../src/table/index.ts";
import type { Matrix } from "../../../../src/table/index.ts";
import type { PredictionScale, TreeEnsemble } from "../../../../src/trees/index.ts";
import { importCase, sklearnCases, toMatrix, treeCases } from "../../../reference/tree-cases.ts";
import type { TreeCase } from "../../../reference/tree-cases.ts";

/** Sums of leaves in another order; XGBoost itself adds up in float32, with as much rounding as there are trees. */
const toleranceOf = (ensemble: TreeEnsemble): number => (ensemble.singlePrecision ? 2e-5 : 1e-10);
const scales: readonly PredictionScale[] = ["raw", "response"];

/** Models of linear leaves, which are no step functions. */
const linear = ["lgb_linear_regression", "lgb_linear_binary"].map((name) => {
  const folder = resolve(import.meta.dirname, "../../../reference/trees");
  return { ...(JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as TreeCase), folder, modelFile: `${name}.lgb.txt` };
});
const cases = [...treeCases, ...sklearnCases, ...linear.map((one) => ({ ...one, kind: "lightgbm" as const }))];
const byName = (name: string): { ensemble: TreeEnsemble; data: Matrix } => {
  const found = cases.find((one) => one.name === name) ?? cases[0];
  expect(found.name).toBe(name);
  return { ensemble: importCase(found), data: toMatrix(found.X) };
};

/** The rows with one column replaced. */
function replaced({ values, numRows, numColumns }: Matrix, column: number, x: number): Matrix {
  const all = values.slice();
  for (let cell = column; cell < all.length; cell += numColumns) all[cell] = x;
  return { values: all, numRows, numColumns };
}

/** Mean prediction of the rows, weighted; one an output. */
function meanOf(ensemble: TreeEnsemble, data: Matrix, scale: PredictionScale, weights: readonly number[]): number[] {
  const all = ensemble.predict(data, { scale });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return ensemble.outputNames.map((_, k) =>
    weights.reduce((sum, weight, row) => sum + (weight / total) * all[row * ensemble.numOutputs + k], 0),
  );
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    expect(Math.abs(actual[i] - expected[i])).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(expected[i])));
  }
}

/** The code of a point of the grid, as matrices hold it. */
const codeOf = (ensemble: TreeEnsemble, column: number, x: number | string): number =>
  typeof x === "number" ? x : (ensemble.features[column].levels ?? []).indexOf(x);

const rowOf = ({ values }: PartialDependence, point: number, numOutputs: number): Float64Array =>
  values.subarray(point * numOutputs, (point + 1) * numOutputs);

describe.each(cases.map((one) => [one.name, one] as const))("%s", (_name, treeCase) => {
  const ensemble = importCase(treeCase);
  const all = toMatrix(treeCase.X);
  const numRows = Math.min(20, all.numRows);
  const data = { ...all, values: all.values.slice(0, numRows * all.numColumns), numRows };
  const weights = Array.from({ length: numRows }, (_, row) => row % 4);
  const columns = [...ensemble.features.keys()].filter((_, j) => j < 4 || ensemble.features[j].kind === "categorical").slice(0, 8);

  test.each(scales)("its partial dependence is the mean prediction with the column replaced, on the %s scale", (output) => {
    for (const column of columns) {
      const found = partialDependence(ensemble, ensemble.features[column].name, { data, weights, output });
      const { grid, isStepwise } = found;
      const every = Math.max(1, Math.ceil(grid.length / 12));
      for (let p = 0; p < grid.length; p += every) {
        const x = codeOf(ensemble, column, grid[p]);
        // Between two points of a step function the upper one holds.
        const before = p > 0 && isStepwise ? (Number(grid[p - 1]) + x) / 2 : x;
        for (const at of new Set([x, before > Number(grid[p - 1]) ? before : x])) {
          const expected = meanOf(ensemble, replaced(data, column, at), output, weights);
          expectNear(rowOf(found, p, ensemble.numOutputs), expected, toleranceOf(ensemble));
        }
      }
      expectNear(found.missing, meanOf(ensemble, replaced(data, column, NaN), output, weights), toleranceOf(ensemble));
      expect(found.numRows.reduce((sum, n) => sum + n, found.numMissing)).toBeLessThanOrEqual(numRows);
    }
  });

  test.each(scales)("individual curves are predictions and average to the partial dependence, on the %s scale", (output) => {
    const [column] = columns;
    const { name } = ensemble.features[column];
    const { values, missing, grid } = individualConditionalExpectation(ensemble, name, { data, output });
    const { numOutputs } = ensemble;
    const last = grid.length - 1;
    const expected = ensemble.predict(replaced(data, column, codeOf(ensemble, column, grid[last])), { scale: output });
    const width = grid.length * numOutputs;
    const ends = Array.from(expected, (_, i) => values[Math.floor(i / numOutputs) * width + last * numOutputs + (i % numOutputs)]);
    expectNear(ends, expected, toleranceOf(ensemble));
    expectNear(missing, ensemble.predict(replaced(data, column, NaN), { scale: output }), toleranceOf(ensemble));
    const means = Array.from({ length: width }, (_, cell) => {
      let sum = 0;
      for (let row = 0; row < numRows; row++) sum += values[row * width + cell] / numRows;
      return sum;
    });
    expectNear(partialDependence(ensemble, name, { data, output }).values, means, 1e-10);
  });
});

describe("partialDependence", () => {
  const { ensemble, data } = byName("lgb_regression_diabetes");
  const [name] = ensemble.featureNames;

  test("takes a grid of one's own", () => {
    const exact = partialDependence(ensemble, name, { data });
    const grid = [exact.grid[3], exact.grid[0]].map(Number);
    const found = partialDependence(ensemble, name, { data, grid });
    expect(found.grid).toEqual([exact.grid[0], exact.grid[3]]);
    expect(found.isStepwise).toBe(false);
    expect([...found.values]).toEqual([exact.values[0], exact.values[3]]);
    expect(found.numRows.reduce((sum, n) => sum + n, found.numMissing)).toBe(data.numRows);
  });

  test("says what people call the column", () => {
    const table = Table.fromMatrix(data.values, ensemble.featureNames).describe({ [name]: { label: "The first", unit: "years" } });
    expect(partialDependence(ensemble, name, { data: table })).toMatchObject({ label: "The first", unit: "years", kind: "numeric" });
  });

  test("refuses what it cannot use", () => {
    expect(() => partialDependence(ensemble, "nothing", { data })).toThrow(/feature must be one of/);
    expect(() => partialDependence(ensemble, name, { data, grid: [] })).toThrow(/grid must be an array of at least one value/);
    expect(() => partialDependence(ensemble, name, { data, grid: [NaN] })).toThrow(/grid must be of finite numbers/);
    expect(() => partialDependence(ensemble, name, { data, weights: [1] })).toThrow(/weights must be \d+ finite weights/);
    expect(() => partialDependence(ensemble, name, { data, output: "log" as "raw" })).toThrow(/output must be "raw" or "response"/);
    expect(() => partialDependence(ensemble, name, { data, points: 3 } as never)).toThrow(/points/);
    expect(() => partialDependence({} as TreeEnsemble, name, { data })).toThrow(/ensemble must be a TreeEnsemble/);
  });
});

test("centred curves begin at 0 and keep their differences", () => {
  const { ensemble, data } = byName("lgb_regression_diabetes");
  const [name] = ensemble.featureNames;
  const plain = individualConditionalExpectation(ensemble, name, { data });
  const centred = individualConditionalExpectation(ensemble, name, { data, centred: true });
  const width = plain.grid.length;
  expectNear(
    centred.values,
    plain.values.map((value, cell) => value - plain.values[cell - (cell % width)]),
    1e-12,
  );
  expect(() => individualConditionalExpectation(ensemble, name, { data, centred: 1 as never })).toThrow(/centred must be true or false/);
});

describe("accumulatedLocalEffects", () => {
  test.each([
    ["lgb_regression_diabetes", "raw"],
    ["lgb_binary_nan_breast_cancer", "response"],
    ["lgb_multiclass_wine", "response"],
  ] as const)("is Apley and Zhu's estimate: %s, %s", (name, output) => {
    const { ensemble, data } = byName(name);
    const feature = ensemble.featureNames[2];
    const found = accumulatedLocalEffects(ensemble, feature, { data, output, bins: 5 });
    const expected = directEffects(ensemble, data, 2, found.edges, output);
    expectNear(found.values, expected.values, 1e-10);
    expect(found.numRows).toEqual(expected.counts);
    expect(found.edges.length).toBeGreaterThan(2);
    expect(found.numMissing + found.numRows.reduce((sum, n) => sum + n)).toBe(data.numRows);
  });

  test("refuses levels, one value and odd bins", () => {
    const telco = byName("lgb_categorical_telco");
    const categorical = telco.ensemble.features.find(({ kind }) => kind === "categorical")?.name ?? "";
    expect(() => accumulatedLocalEffects(telco.ensemble, categorical, { data: telco.data })).toThrow(/feature must be numeric/);
    const { ensemble, data } = byName("lgb_regression_diabetes");
    const [name] = ensemble.featureNames;
    expect(() => accumulatedLocalEffects(ensemble, name, { data: replaced(data, 0, 1) })).toThrow(/two distinct known values.*got one/);
    expect(() => accumulatedLocalEffects(ensemble, name, { data, bins: 0 })).toThrow(/bins must be a whole number/);
  });
});

/** Row by row, as in the paper. */
function directEffects(
  ensemble: TreeEnsemble,
  data: Matrix,
  column: number,
  edges: readonly number[],
  scale: PredictionScale,
): { values: number[]; counts: number[] } {
  const { numOutputs } = ensemble;
  const bins = edges.slice(1).map((upper, b) => {
    const rows = [...Array(data.numRows).keys()].filter((row) => {
      const x = data.values[row * data.numColumns + column];
      return x <= upper && (x > edges[b] || (b === 0 && x === edges[0]));
    });
    const at = (x: number): Float64Array => ensemble.predict(replaced(data, column, x), { scale });
    const [high, low] = [at(upper), at(edges[b])];
    const changes = Array.from({ length: numOutputs }, (_, k) =>
      rows.reduce((sum, row) => sum + (high[row * numOutputs + k] - low[row * numOutputs + k]) / rows.length, 0),
    );
    return { count: rows.length, changes };
  });
  const values = edges.flatMap((_edge, e) =>
    Array.from({ length: numOutputs }, (_, k) => bins.slice(0, e).reduce((sum, { changes }) => sum + changes[k], 0)),
  );
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const means = Array.from({ length: numOutputs }, (_, k) =>
    bins.reduce((sum, { count }, b) => sum + ((values[b * numOutputs + k] + values[(b + 1) * numOutputs + k]) / 2) * (count / total), 0),
  );
  return { values: values.map((value, cell) => value - means[cell % numOutputs]), counts: bins.map(({ count }) => count) };
}
