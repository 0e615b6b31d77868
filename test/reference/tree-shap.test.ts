import { describe, expect, test } from "vitest";
import { exactShap, treeShap } from "../../src/shap/index.ts";
import type { Explanation } from "../../src/shap/index.ts";
import {
  SHARED_ONLY_NAMES,
  importCase,
  sharedOnlyCases,
  sklearnCases,
  toMatrix,
  treeCases,
  type ExactValues,
  type TreeCase,
} from "./tree-cases.ts";

/** Both sides are float64 sums over the same leaves; relative to the largest value of the case. */
const TOLERANCE = 1e-12;

function largestMiss(explanation: Explanation, exact: readonly ExactValues[]): number {
  let miss = 0;
  let size = 0;
  exact.forEach(({ values, expectedValue }, output) => {
    miss = Math.max(miss, Math.abs(explanation.baseValues[output] - expectedValue));
    size = Math.max(size, Math.abs(expectedValue));
    values.forEach((row, i) =>
      row.forEach((value, j) => {
        miss = Math.max(miss, Math.abs(explanation.value(i, j, output) - value));
        size = Math.max(size, Math.abs(value));
      }),
    );
  });
  return miss / Math.max(size, 1);
}

function checkCase(treeCase: TreeCase): void {
  const ensemble = importCase(treeCase);
  const rows = toMatrix(treeCase.X);
  for (const [game, options] of [
    [treeCase.pathDependent, {}],
    [treeCase.interventional, { background: toMatrix(treeCase.background) }],
  ] as const) {
    const exact = game.exact ?? game.exactLeafwise;
    expect(exact, `${treeCase.name} has expected values`).toBeDefined();
    const explanation = treeShap(ensemble, options).explain(rows);
    expect(explanation.warnings).toEqual([]);
    expect(explanation.outputNames.length).toBe(treeCase.numClass);
    expect(largestMiss(explanation, exact as readonly ExactValues[])).toBeLessThan(TOLERANCE);
    // What is proven of rounding is loose, yet far below what anyone reads: relative to the largest prediction.
    const size = explanation.predictions.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    for (const certified of explanation.certifiedErrors as Float64Array) expect(certified / size).toBeLessThan(1e-8);
  }
}

describe("Tree SHAP equals exact values", () => {
  test("all committed cases are there", () => {
    expect([...treeCases, ...sklearnCases].map(({ name }) => name).sort()).toEqual([
      "lgb_binary_nan_breast_cancer",
      "lgb_categorical_telco",
      "lgb_constant_target",
      "lgb_dart_concrete",
      "lgb_multiclass_wine",
      "lgb_regression_diabetes",
      "lgb_single_leaf_concrete",
      "lgb_zero_as_missing_concrete",
      "sk_et_classifier_wine",
      "sk_gb_classifier_breast",
      "sk_hgb_regressor_nan_concrete",
      "sk_iforest_concrete",
      "sk_rf_regressor_diabetes",
      "xgb_binary_nan_telco",
      "xgb_categorical_telco",
      "xgb_dart_concrete",
      "xgb_multiclass_wine",
      "xgb_regression_diabetes",
    ]);
  });
  test.each([...treeCases, ...sklearnCases])("$name", checkCase);
  for (const name of SHARED_ONLY_NAMES) {
    const found = sharedOnlyCases.find((each) => each.name === name);
    test.skipIf(!found)(`${name} (data that stays in the shared folder)`, () => checkCase(found as TreeCase));
  }
});

test("exactShap, asked of the same model, gives the same interventional values", async () => {
  const treeCase = treeCases.find(({ name }) => name === "xgb_categorical_telco") as TreeCase;
  const ensemble = importCase(treeCase);
  const background = toMatrix(treeCase.background);
  const rows = toMatrix(treeCase.X.slice(0, 4));
  const predict = (batch: { values: Float64Array; numRows: number; numColumns: number }): Float64Array =>
    ensemble.sumLeaves(ensemble.encode({ values: batch.values, numRows: batch.numRows, numColumns: batch.numColumns }, "test"));
  const exact = await exactShap(predict, { background }).explain(rows);
  const tree = treeShap(ensemble, { background }).explain(rows);
  exact.values.forEach((value, cell) => expect(Math.abs(value - tree.values[cell])).toBeLessThan(TOLERANCE * 10));
  expect(exact.method).toBe("exact-enumeration");
});
