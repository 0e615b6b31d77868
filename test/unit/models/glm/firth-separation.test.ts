import { expect, test } from "vitest";
import { fitGlm } from "../../../../src/models/index.ts";

test("a fit by Firth's method to separated rows settles, and says so", () => {
  const data = { y: [0, 0, 0, 0, 1, 1, 1, 1], x: [1, 2, 3, 4, 5, 6, 7, 8] };
  const model = fitGlm("y ~ x", data, { family: "binomial", biasReduction: "firth" });
  expect(model.converged).toBe(true);
  expect(model.warnings).toEqual([]);
  // brglm2 of R 4.2.2: glm(y ~ x, binomial, d, method = "brglmFit", type = "AS_mean", epsilon = 1e-14, maxit = 1000), to its printed digits.
  expect(model.coefficients[0].estimate).toBeCloseTo(-4.64734976997889, 12);
  expect(model.coefficients[1].estimate).toBeCloseTo(1.03274439332864, 12);
  const short = fitGlm("y ~ x", data, { family: "binomial", biasReduction: "firth", maxIterations: 3 });
  expect(short.converged).toBe(false);
  expect(short.warnings.map(({ name }) => name)).toContain("notConverged");
});
