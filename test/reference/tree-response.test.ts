import { describe, expect, test } from "vitest";
import { exactShap, treeShap } from "../../src/shap/index.ts";
import { importCase, toMatrix, treeCases, type ExactValues, type TreeCase } from "./tree-cases.ts";

/** Both sides are float64 means over all coalitions of up to 10 features, of probabilities. */
const TOLERANCE = 1e-12;

interface ResponseCase extends TreeCase {
  readonly interventionalProbability: { readonly exact: readonly ExactValues[] };
}

const responseCases = treeCases.filter((each): each is ResponseCase => "interventionalProbability" in each);

describe("values of the response equal exact values", () => {
  test("all cases are there", () => {
    expect(responseCases.map(({ name }) => name).sort()).toEqual([
      "lgb_categorical_telco",
      "lgb_multiclass_wine",
      "xgb_binary_nan_telco",
      "xgb_categorical_telco",
      "xgb_multiclass_wine",
    ]);
  });

  test.each(responseCases)("$name", (treeCase) => {
    const explainer = treeShap(importCase(treeCase), { output: "response", background: toMatrix(treeCase.background) });
    const explanation = explainer.explain(toMatrix(treeCase.X));
    const { exact } = treeCase.interventionalProbability;
    expect(explanation).toMatchObject({ method: "tree-enumeration", scale: "response", warnings: [] });
    expect(explanation.outputNames.length).toBe(exact.length);
    exact.forEach(({ values, expectedValue }, output) => {
      expect(Math.abs(explanation.baseValues[output] - expectedValue)).toBeLessThan(TOLERANCE);
      values.forEach((row, i) =>
        row.forEach((value, j) => expect(Math.abs(explanation.value(i, j, output) - value)).toBeLessThan(TOLERANCE)),
      );
    });
  });
});

test("exactShap, asked for probabilities of the same model, gives the same values", async () => {
  const treeCase = responseCases.find(({ name }) => name === "lgb_categorical_telco") as ResponseCase;
  const ensemble = importCase(treeCase);
  const background = toMatrix(treeCase.background.slice(0, 20));
  const rows = toMatrix(treeCase.X.slice(0, 2));
  const predict = (batch: { values: Float64Array; numRows: number; numColumns: number }): Float64Array =>
    ensemble.predict({ values: batch.values, numRows: batch.numRows, numColumns: batch.numColumns });
  const exact = await exactShap(predict, { background }).explain(rows);
  const tree = treeShap(ensemble, { output: "response", background }).explain(rows);
  exact.values.forEach((value, cell) => expect(Math.abs(value - tree.values[cell])).toBeLessThan(TOLERANCE));
});

/** shap's margins, thresholds and weights are float32. */
const FLOAT32 = 1e-6;

test('rescaled values are those of shap\'s model_output="probability"', () => {
  const treeCase = responseCases.find(({ name }) => name === "xgb_binary_nan_telco") as ResponseCase & {
    readonly shap: { readonly interventionalProbability: { readonly values: readonly (readonly (readonly number[])[])[] } };
  };
  const ensemble = importCase(treeCase);
  const background = toMatrix(treeCase.background);
  const rescaled = treeShap(ensemble, { output: "rescaledResponse", background }).explain(toMatrix(treeCase.X));
  const exact = treeCase.interventionalProbability.exact[0].values;
  let apart = 0;
  treeCase.shap.interventionalProbability.values[0].forEach((row, i) =>
    row.forEach((value, j) => {
      expect(Math.abs(rescaled.value(i, j) - value)).toBeLessThan(FLOAT32);
      apart = Math.max(apart, Math.abs(value - exact[i][j]));
    }),
  );
  // Which is not the Shapley value of the probability.
  expect(apart).toBeGreaterThan(0.01);
});
