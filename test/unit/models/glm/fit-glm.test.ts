import { describe, expect, test } from "vitest";
import { fitGlm } from "../../../../src/models/index.ts";
import type { GlmOptions } from "../../../../src/models/index.ts";
import { messageOf } from "../../../support/message-of.ts";

const x = [1, 2, 3, 4, 5, 6];
const counts = [1, 0, 2, 4, 3, 6];

describe("what no model can be fitted to is refused before any work", () => {
  const refused: [string, string, Record<string, readonly number[]>, GlmOptions, string][] = [
    ["negative counts", "y ~ x", { x, y: [1, 2, -1, 0, 2, 3] }, { family: "poisson" }, "got -1 at row 2"],
    ["a proportion above 1", "y ~ x", { x, y: [0, 0.5, 1.5, 1, 0, 1] }, { family: "binomial" }, "got 1.5 at row 2"],
    ["a proportion below 0", "y ~ x", { x, y: [0, 0.5, -0.5, 1, 0, 1] }, { family: "binomial" }, "got -0.5 at row 2"],
    ["a gamma response of 0", "y ~ x", { x, y: [1, 2, 0, 1, 2, 3] }, { family: "gamma" }, "got 0 at row 2"],
    ["a negative gamma response", "y ~ x", { x, y: [1, 2, -3, 1, 2, 3] }, { family: "gamma" }, "got -3 at row 2"],
    ["weights of 0 alone", "y ~ x", { x, y: counts }, { weights: [0, 0, 0, 0, 0, 0] }, "weights must be above 0 for at least one row"],
    ["a negative weight", "y ~ x", { x, y: counts }, { weights: [1, 1, -1, 1, 1, 1] }, "got -1 at row 2"],
  ];
  test.each(refused)("%s", (_, formula, data, options, said) => {
    const message = messageOf(() => fitGlm(formula, data, options));
    expect(message).toMatch(/^fitGlm: /);
    expect(message).toContain(said);
  });

  test("an unknown function, with a caret under the place", () => {
    const message = messageOf(() => fitGlm("y ~ x + lag(x)", { x, y: counts }));
    const lines = message.split("\n");
    const caret = lines.findIndex((line) => /^\s*\^+\s*$/.test(line));
    expect(caret).toBeGreaterThan(0);
    expect(lines[caret - 1].slice(lines[caret].indexOf("^"))).toMatch(/^lag/);
  });
});

describe("what a model can live with is said by name", () => {
  const warningsOf = (formula: string, data: Record<string, readonly number[]>, options: GlmOptions = {}): string[] =>
    fitGlm(formula, data, options).warnings.map(({ name }) => name);

  test("a constant response", () => {
    expect(warningsOf("y ~ x", { x, y: [2, 2, 2, 2, 2, 2] }, { family: "poisson" })).toContain("constantResponse");
  });

  test("perfect separation, with the column that separates", () => {
    const model = fitGlm("y ~ x", { x, y: [0, 0, 0, 1, 1, 1] }, { family: "binomial" });
    expect(model.warnings.find(({ name }) => name === "separation")?.subjects).toContain("x");
    expect(model.coefficients.every(({ estimate }) => Number.isFinite(estimate))).toBe(true);
  });

  test("more columns than rows: no coefficient without a word, and no quiet NaN", () => {
    const model = fitGlm("y ~ a + b + c", { a: [1, 2], b: [1, 4], c: [1, 8], y: [1, 3] });
    expect(model.warnings.map(({ name }) => name)).toEqual(expect.arrayContaining(["aliased", "saturated"]));
    expect(model.coefficients.map(({ estimate }) => estimate === null)).toEqual([false, false, true, true]);
    expect(model.coefficients.every(({ standardError, pValue }) => standardError === null && pValue === null)).toBe(true);
    expect(() => model.predictWithErrors({ a: [1], b: [1], c: [1] })).toThrow(/residual degrees of freedom/);
  });

  test("a fit that is not given the iterations it needs", () => {
    const model = fitGlm("y ~ x", { x, y: counts }, { family: "poisson", maxIterations: 1 });
    expect(model.converged).toBe(false);
    expect(model.warnings.map(({ name }) => name)).toContain("notConverged");
  });

  test("counts that are no whole numbers", () => {
    expect(warningsOf("y ~ x", { x, y: [1, 0.5, 2, 4, 3, 6] }, { family: "poisson" })).toContain("notWhole");
  });
});
