import { describe, expect, test } from "vitest";
import { gaussian, poisson } from "../../../../../src/models/families/families.ts";
import { fitWithParameter } from "../../../../../src/models/glm/fitting/fit-parameter.ts";
import { fitProblem } from "../../../../../src/models/glm/fitting/fit-problem.ts";
import { startFromSample } from "../../../../../src/models/glm/fitting/sample-start.ts";
import type { GlmProblem } from "../../../../../src/models/glm/glm-fit.ts";
import { createRandom } from "../../../../../src/numeric/index.ts";

/** Sorted by the first column, so that consecutive rows are alike. */
function makeProblem(numRows = 200_000): GlmProblem {
  const random = createRandom(3);
  const sorted = Float64Array.from({ length: numRows }, (_, row) => (2 * row) / numRows - 1);
  const other = sorted.map(() => random.next() - 0.5);
  const response = sorted.map((value, row) => Math.floor(Math.exp(0.5 + 0.6 * value - 0.4 * other[row]) + random.next()));
  const dense = { kind: "dense" as const, columns: Int32Array.of(0, 1, 2), values: [null, sorted, other] };
  return {
    matrix: { numRows, numColumns: 3, blocks: [dense] },
    response,
    weights: new Float64Array(numRows).fill(1),
    offset: null,
    family: poisson(),
  };
}

describe("a start from a sample of the rows", () => {
  const problem = makeProblem();

  test("is near the estimates, and the fit from it ends where the fit from the family's start does", () => {
    const start = startFromSample(problem, {})!;
    const plain = fitProblem(problem);
    const fitted = fitWithParameter(problem, {}, null);
    for (const [j, value] of plain.coefficients.entries()) {
      // 10,000 rows leave standard errors of about 0.01 to 0.03.
      expect(Math.abs(start[j] - value)).toBeLessThan(0.1);
      // Both fits end by Newton's method, at the rounding of sums over 200,000 rows.
      expect(fitted.coefficients[j]).toBeCloseTo(value, 11);
    }
    expect(fitted.deviance / plain.deviance).toBeCloseTo(1, 13);
    expect(fitted.iterations).toBeLessThan(plain.iterations);
  });

  test("is left to the caller who has one, and to none where there is a prior", () => {
    const start = Float64Array.of(0.5, 0, 0);
    expect(startFromSample(problem, { start })).toBe(start);
    expect(startFromSample(problem, { firth: true })).toBeNull();
  });

  test("is not made of few rows, of factors, or on a scale that depends on the units", () => {
    expect(startFromSample(makeProblem(100_000), {})).toBeNull();
    expect(startFromSample({ ...problem, family: gaussian() }, {})).toBeNull();
    const { numRows } = problem.matrix;
    const codes = Int32Array.from({ length: numRows }, (_, row) => row % 3);
    const coded = { kind: "coded" as const, columns: Int32Array.of(0, 1, 2), codes, numCodes: 3, multiplier: null, matrix: null };
    const block = { ...coded, columnOfCode: Int32Array.of(0, 1, 2) };
    expect(startFromSample({ ...problem, matrix: { numRows, numColumns: 3, blocks: [block] } }, {})).toBeNull();
  });

  test("is not trusted where the sample leaves a coefficient open that all rows settle", () => {
    // Ones are so rare that the sample holds few of them.
    const rare = Float64Array.from(problem.response, (_, row) => (row === 0 || row % 20_001 === 1 ? 1 : 0));
    const response = problem.response.map((value, row) => (row === 0 ? 0 : value));
    const dense = { kind: "dense" as const, columns: Int32Array.of(0, 1), values: [null, rare] };
    const rarely = { ...problem, response, matrix: { ...problem.matrix, numColumns: 2, blocks: [dense] } };
    expect(startFromSample(rarely, {})).toBeNull();
    expect(fitWithParameter(rarely, {}, null).converged).toBe(true);
  });
});
