import { describe, expect, test } from "vitest";
import { BlockProducts, createRandom } from "../../../../../src/numeric/index.ts";
import { ConvergenceError } from "../../../../../src/errors.ts";
import { binomial, gamma, gaussian, inverseGaussian, poisson } from "../../../../../src/models/index.ts";
import type { Family } from "../../../../../src/models/index.ts";
import { findAliased, type Aliasing } from "../../../../../src/models/glm/fitting/aliasing.ts";
import { drive } from "../../../../../src/models/glm/fitting/drive.ts";
import { runPass } from "../../../../../src/models/glm/fitting/run-pass.ts";
import type { WorkingSums } from "../../../../../src/models/glm/fitting/pass.ts";
import { fitProblem } from "../../../../../src/models/glm/fitting/fit-problem.ts";
import { constantCoefficients, nullDeviance } from "../../../../../src/models/glm/fitting/null-model.ts";
import type { GlmProblem } from "../../../../../src/models/glm/glm-fit.ts";

const numRows = 500;
const random = createRandom(3);
const draw = (): Float64Array => Float64Array.from({ length: numRows }, () => random.next() - 0.5);
const [a, b, e] = [draw(), draw(), draw()];

function problemOf(family: Family, columns: readonly (Float64Array | null)[], response: Float64Array): GlmProblem {
  const positions = Int32Array.from(columns, (_, j) => j);
  const matrix = { numRows, numColumns: columns.length, blocks: [{ kind: "dense" as const, columns: positions, values: columns }] };
  return { matrix, response, weights: new Float64Array(numRows).fill(1), offset: null, family };
}

describe("columns that depend on others", () => {
  // y lies in the span, so that the coefficients are known: 1 + 2 a − 3 b + 4 c.
  const fitWith = (gap: number): ReturnType<typeof fitProblem> => {
    const c = a.map((value, i) => value + 2 * b[i] + gap * e[i]);
    return fitProblem(
      problemOf(
        gaussian(),
        [null, a, b, c],
        a.map((value, i) => 1 + 2 * value - 3 * b[i] + 4 * c[i]),
      ),
    );
  };

  test.each([1e-3, 1e-5, 1e-6, 1e-8, 1e-10])(
    "a column %f away from a combination keeps its coefficient, with the digits that are left",
    (gap) => {
      const { coefficients, rank } = fitWith(gap);
      expect(rank).toBe(4);
      // Rounding of the column itself is 1e-16 / gap of what distinguishes it.
      const tolerance = (50 * 2e-16) / gap;
      [1, 2, -3, 4].forEach((truth, j) => expect(Math.abs(coefficients[j] - truth)).toBeLessThan(tolerance));
    },
  );

  test.each([1e-12, 0])("a column %f away is aliased, as in R", (gap) => {
    const { aliased, coefficients, rank } = fitWith(gap);
    expect(rank).toBe(3);
    expect([...aliased]).toEqual([0, 0, 0, 1]);
    expect(coefficients[3]).toBe(0);
    expect(coefficients[1]).toBeCloseTo(6, 9);
  });

  test("a column that only QR could tell apart is named where the rows are too many for it", () => {
    const problem = problemOf(gaussian(), [null, a, b, a.map((value, i) => value + 2 * b[i] + 1e-8 * e[i])], e);
    const products = new BlockProducts(problem.matrix);
    const { gram } = runPass(problem, products, {
      kind: "working",
      coefficients: null,
      family: problem.family,
      observed: false,
      curvature: "gram",
      firth: null,
    }) as WorkingSums;
    const judge = (rows: number): Aliasing =>
      drive(findAliased(gram!, { family: problem.family, coefficients: null, numRows: rows }), (request) =>
        runPass(problem, products, request),
      );
    expect(judge(numRows)).toMatchObject({ method: "qr", warnings: [] });
    expect(judge(1e12)).toMatchObject({ method: "gram", warnings: [{ name: "nearCollinear", subjects: ["column 3"] }] });
  });

  test("a column of zeros and a second intercept are aliased", () => {
    const { aliased } = fitProblem(
      problemOf(
        poisson(),
        [null, new Float64Array(numRows), a, new Float64Array(numRows).fill(7)],
        a.map((x) => (x > 0 ? 1 : 2)),
      ),
    );
    expect([...aliased]).toEqual([0, 1, 0, 1]);
  });
});

describe("steps", () => {
  test("are halved where they overshoot", () => {
    const problem = problemOf(
      poisson(),
      [null, a],
      Float64Array.from(a, (x) => Math.floor(8 * (x + 0.5))),
    );
    const straight = fitProblem(problem);
    // From far below, the first Newton step leads to means beyond 1e100.
    const fitted = fitProblem(problem, { start: Float64Array.of(-5, 1) });
    expect(fitted.converged).toBe(true);
    fitted.coefficients.forEach((value, j) => expect(value).toBeCloseTo(straight.coefficients[j], 9));
  });

  test("fall back on a constant mean where the first one leads out of the range", () => {
    // Least squares of the start means with the identity link: a line that is negative for some rows.
    const response = a.map((x) => Math.max(0.01, 8 * x));
    const problem = problemOf(gamma({ link: "identity" }), [null, a.map((x) => x + 0.5)], response);
    const fitted = fitProblem(problem, { fallback: constantCoefficients(problem, 0) });
    expect(fitted.deviance).toBeLessThan(nullDeviance(problem, true));
  });

  test("without any valid coefficients the fit says what to do", () => {
    const response = a.map((x) => 1 + x);
    // Without an intercept the identity link gives means of both signs whatever the coefficient is.
    expect(() => fitProblem(problemOf(gamma({ link: "identity" }), [a], response))).toThrow(ConvergenceError);
  });

  test("the score is zero at the maximum, with every family and link", () => {
    const counts = a.map((x, i) => Math.floor(3 * (x + 0.6) + 2 * (b[i] + 0.5)));
    for (const family of [poisson(), poisson({ link: "sqrt" }), gaussian({ link: "log" }), gamma({ link: "log" }), gamma()]) {
      const response = counts.map((count) => count + 1);
      const problem = problemOf(family, [null, a, b], response);
      const { coefficients, converged } = fitProblem(problem);
      expect(converged).toBe(true);
      const score = [0, 0, 0];
      for (let i = 0; i < numRows; i++) {
        const eta = coefficients[0] + coefficients[1] * a[i] + coefficients[2] * b[i];
        const mean = family.link.inverse(eta);
        const part = ((response[i] - mean) * family.link.slope(eta)) / family.variance(mean);
        [1, a[i], b[i]].forEach((x, j) => (score[j] += part * x));
      }
      // Relative to sums of 500 terms of size 1.
      score.forEach((sum) => expect(Math.abs(sum)).toBeLessThan(1e-9));
    }
  });

  test("separated data end with a warning, not with NaN", () => {
    const fitted = fitProblem(
      problemOf(
        binomial(),
        [null, a],
        a.map((x) => (x > 0 ? 1 : 0)),
      ),
    );
    expect([...fitted.coefficients].every(Number.isFinite)).toBe(true);
    expect(fitted.deviance).toBeLessThan(1e-4);
  });

  test("Firth's prior keeps separated estimates finite", () => {
    const fitted = fitProblem(
      problemOf(
        binomial(),
        [null, a],
        a.map((x) => (x > 0 ? 1 : 0)),
      ),
      { firth: true },
    );
    expect(fitted.converged).toBe(true);
    expect(Math.abs(fitted.coefficients[1])).toBeLessThan(1000);
  });
});

describe("where the search ends", () => {
  const noisy = a.map((value, i) => Math.exp(1 + value) * (1 + 0.5 * e[i]));

  test.each([1e-12, 1e12])("the unit of the response does not matter: times %d", (unit) => {
    for (const family of [gaussian({ link: "log" }), inverseGaussian({ link: "log" }), gamma({ link: "log" })]) {
      const wanted = fitProblem(problemOf(family, [null, a, b], noisy)).coefficients;
      const found = fitProblem(
        problemOf(
          family,
          [null, a, b],
          noisy.map((value) => unit * value),
        ),
      ).coefficients;
      expect(found[0] - Math.log(unit)).toBeCloseTo(wanted[0], 10);
      expect(found[1]).toBeCloseTo(wanted[1], 11);
      expect(found[2]).toBeCloseTo(wanted[2], 11);
    }
  });

  test("a perfect fit is one, and settles", () => {
    for (const family of [gaussian({ link: "log" }), gamma({ link: "log" }), gaussian()]) {
      const line = a.map((value) => (family.link.name === "log" ? Math.exp(1 + 2 * value) : 1 + 2 * value));
      for (const [response, coefficients] of [
        [line, [1, 2]],
        [a.map(() => 1), [family.link.name === "log" ? 0 : 1, 0]],
      ] as const) {
        const fitted = fitProblem(problemOf(family, [null, a], response));
        expect(fitted.converged, `${family.label} ${family.link.name}`).toBe(true);
        for (const [j, value] of coefficients.entries()) expect(fitted.coefficients[j]).toBeCloseTo(value, 10);
      }
    }
  });
});
