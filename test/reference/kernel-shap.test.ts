import { describe, expect, test } from "vitest";
import { kernelShap, type Explanation } from "../../src/shap/index.ts";
import { kernelCases, predictCase, rowsToMatrix, type KernelCase } from "./kernel-cases.ts";
import { importCase, toMatrix, treeCases, type ExactValues } from "./tree-cases.ts";

/** Both sides enumerate in float64; ours solves a regression on top, which costs a few digits. Relative to the largest value of the case. */
const TOLERANCE = 1e-10;
/** XGBoost's predictions are sums in float32, whose rounding the exact values do not have. */
const SINGLE_PRECISION = 1e-6;

function misses(explanation: Explanation, exact: readonly ExactValues[]): { readonly miss: number; readonly size: number }[] {
  return exact.map(({ values, expectedValue }, output) => {
    let miss = Math.abs(explanation.baseValues[output] - expectedValue);
    let size = Math.abs(expectedValue);
    values.forEach((row, i) =>
      row.forEach((value, j) => {
        miss = Math.max(miss, Math.abs(explanation.value(i, j, output) - value));
        size = Math.max(size, Math.abs(value));
      }),
    );
    return { miss, size };
  });
}

function expectExact(explanation: Explanation, exact: readonly ExactValues[], tolerance = TOLERANCE): void {
  expect(exact.length).toBe(explanation.numOutputs);
  for (const { miss, size } of misses(explanation, exact)) expect(miss / Math.max(size, 1)).toBeLessThan(tolerance);
}

function explain(kernelCase: KernelCase, budget: number, seed = 0): Promise<Explanation> {
  const { background, backgroundWeights, link, X } = kernelCase;
  const options = { background: rowsToMatrix(background), link, budget, seed, ...(backgroundWeights ? { backgroundWeights } : {}) };
  return kernelShap(predictCase(kernelCase), options).explain(rowsToMatrix(X));
}

describe("Kernel SHAP equals enumeration when the budget covers all coalitions", () => {
  test("all cases are there", () => {
    expect(kernelCases.map(({ name }) => name).sort()).toEqual([
      "linear_d6",
      "mlp_constant_feature_d9",
      "mlp_identity_d11",
      "mlp_sigmoid_d8",
      "mlp_sigmoid_logitlink_d8",
      "mlp_softmax3_d7",
      "mlp_weighted_bg_d6",
      "terms_d4",
    ]);
  });
  test.each(kernelCases)("$name", async (kernelCase) => {
    const explanation = await explain(kernelCase, 2 ** kernelCase.X[0].length);
    expectExact(explanation, kernelCase.exact);
    expect(explanation.method).toBe("exact-enumeration");
    expect(explanation.standardErrors?.every((error) => error === 0)).toBe(true);
  });
});

describe("Kernel SHAP of tree ensembles", () => {
  test.each(treeCases.filter(({ name }) => ["lgb_regression_diabetes", "xgb_binary_nan_telco"].includes(name)))(
    "$name",
    async (treeCase) => {
      const ensemble = importCase(treeCase);
      const columnNames = treeCase.featureNames;
      const background = { ...toMatrix(treeCase.background), columnNames };
      const explainer = kernelShap((batch) => ensemble.predict(batch, { scale: "raw" }), { background, budget: 2 ** 10 });
      const explanation = await explainer.explain({ ...toMatrix(treeCase.X.slice(0, 4)), columnNames });
      const exact = treeCase.interventional.exact ?? [];
      expectExact(
        explanation,
        exact.map(({ values, expectedValue }) => ({ expectedValue, values: values.slice(0, 4) })),
        treeCase.kind === "xgboost" ? SINGLE_PRECISION : TOLERANCE,
      );
    },
  );
});

describe("Kernel SHAP below enumeration", () => {
  test("errors are about as large as the standard errors say, and far below those of shap's KernelExplainer", async () => {
    const kernelCase = kernelCases.find(({ name }) => name === "mlp_identity_d11")!;
    let [squares, variances, cells] = [0, 0, 0];
    for (const seed of [1, 2, 3, 4]) {
      const explanation = await explain(kernelCase, 256, seed);
      kernelCase.exact[0].values.flat().forEach((value, cell) => {
        squares += (explanation.values[cell] - value) ** 2;
        variances += explanation.standardErrors![cell] ** 2;
        cells++;
      });
    }
    // A third of what shap 0.51.0 had at 256 samples, by the case's own record.
    expect(squares / cells).toBeLessThan(4.786e-4 / 3);
    expect(squares / variances).toBeGreaterThan(0.4);
    expect(squares / variances).toBeLessThan(2);
  });
});
