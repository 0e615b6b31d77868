import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { fitGam } from "../../../../src/models/index.ts";
import { toColumns, type JsonColumns } from "../../glm-cases.ts";

const read = (file: string): unknown => JSON.parse(readFileSync(resolve(import.meta.dirname, file), "utf8"));
const expected = read("split.json") as {
  readonly formula: string;
  readonly criterion: number;
  readonly intercept: number;
  readonly interceptError: number;
  readonly statistic: number;
  readonly values: readonly number[];
  readonly standardErrors: readonly number[];
};
/** mgcv's convergence: relative. */
const CONVERGED = 1e-5;
/** The test's rank is a sum of edf1, which a smoothing parameter at infinity leaves to the rule that ends the search. */
const AT_INFINITY = 5e-3;

it("a split tensor product is centred: terms, their errors, the intercept and the test are those of centred columns", () => {
  const { data } = read("../gaussian_cr3_airquality.json") as { readonly data: JsonColumns };
  const columns = toColumns(data);
  const model = fitGam(expected.formula, columns);
  expect(model.criterion).toBeLessThan(expected.criterion + 1e-6);
  const [{ estimate, standardError }] = model.coefficients;
  const near = (own: number, theirs: number): void => expect(Math.abs(own / theirs - 1)).toBeLessThan(CONVERGED);
  near(estimate!, expected.intercept);
  near(standardError!, expected.interceptError);
  expect(Math.abs(model.smooths[0].statistic / expected.statistic - 1)).toBeLessThan(AT_INFINITY);
  const { values, standardErrors, names } = model.predictTerms(columns);
  const scale = Math.max(...expected.values.map(Math.abs));
  expected.values.forEach((value, row) => {
    expect(Math.abs(values[row * names.length] - value)).toBeLessThan(CONVERGED * scale);
    near(standardErrors[row * names.length], expected.standardErrors[row]);
  });
  expect(Math.abs(expected.values.reduce((sum, _, row) => sum + values[row * names.length], 0))).toBeLessThan(1e-9 * scale);
});
