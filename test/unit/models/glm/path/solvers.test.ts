import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gaussian, poisson } from "../../../../../src/models/index.ts";
import { correctCurvature, profileOut, timesVector } from "../../../../../src/models/glm/path/curvature.ts";
import { drawFolds } from "../../../../../src/models/glm/path/cross-validation.ts";
import { minimizeQuadratic } from "../../../../../src/models/glm/path/minimize-quadratic.ts";
import { NewtonSolver } from "../../../../../src/models/glm/path/newton-solver.ts";
import { makeSolver, preparePathProblem } from "../../../../../src/models/glm/path/path-problem.ts";
import { preparePathColumns } from "../../../../../src/models/glm/path/path-columns.ts";
import { RefreshPolicy } from "../../../../../src/models/glm/path/refresh-policy.ts";
import { createRandom, solveQuadraticProgram, type BlockMatrix } from "../../../../../src/numeric/index.ts";

const number = fc.double({ min: -1, max: 1, noNaN: true });

function gramOf(numbers: readonly number[], size: number): Float64Array {
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) gram[i * size + j] += numbers[k * size + i] * numbers[k * size + j];
    }
    gram[i * size + i] += 1e-3;
  }
  return gram;
}

/** With b = u − v, u and v at least 0, the lasso is a quadratic program; a trace of curvature between u and v makes it strictly convex. */
function lassoByProgram(gram: Float64Array, slope: readonly number[], l1: number, l2: number, bound: number): number[] {
  const size = slope.length;
  const hessian = new Float64Array(4 * size * size);
  const linear = new Float64Array(2 * size);
  const constraints = new Float64Array(8 * size * size);
  const bounds = new Float64Array(4 * size);
  const sign = (k: number): number => (k < size ? 1 : -1);
  for (let a = 0; a < 2 * size; a++) {
    linear[a] = -sign(a) * slope[a % size] - l1;
    for (let b = 0; b < 2 * size; b++) {
      const [i, j] = [a % size, b % size];
      hessian[a * 2 * size + b] = sign(a) * sign(b) * (gram[i * size + j] + (i === j ? l2 : 0)) + (a === b ? 1e-9 : 0);
    }
    constraints[a * 2 * size + a] = 1;
    constraints[(2 * size + a) * 2 * size + a] = -1;
    bounds[2 * size + a] = -bound;
  }
  const { x } = solveQuadraticProgram({ hessian, linear, constraints, bounds });
  return slope.map((_, j) => x[j] - x[size + j]);
}

describe("minimizeQuadratic", () => {
  it("agrees with a quadratic program, bounds included", () => {
    fc.assert(
      fc.property(
        fc.array(number, { minLength: 36, maxLength: 36 }),
        fc.array(number, { minLength: 6, maxLength: 6 }),
        fc.constantFrom(0.01, 0.2),
        fc.constantFrom(0, 0.1),
        fc.constantFrom(0.3, 1e3),
        (numbers, slope, l1, l2, bound) => {
          const size = 6;
          const hessian = gramOf(numbers, size);
          const coefficients = new Float64Array(size);
          const fill = (value: number): Float64Array => new Float64Array(size).fill(value);
          const parts = { l1: fill(l1), l2: fill(l2), lower: fill(-bound), upper: fill(bound) };
          const settled = minimizeQuadratic({ size, hessian, coefficients, gradient: Float64Array.from(slope), ...parts }, 1e-12);
          expect(settled).toBe(true);
          const expected = lassoByProgram(hessian, slope, l1, l2, bound);
          const objective = (b: ArrayLike<number>): number => {
            const fitted = timesVector(hessian, Float64Array.from(b));
            return slope.reduce((sum, g, j) => sum + b[j] * (g + fitted[j] / 2) + l1 * Math.abs(b[j]) + (l2 * b[j] * b[j]) / 2, 0);
          };
          expect(objective(coefficients)).toBeLessThanOrEqual(objective(expected) + 1e-10);
        },
      ),
      { numRuns: 200, seed: 31 },
    );
  });

  it("settles where columns are copies of each other", () => {
    const hessian = Float64Array.of(1, 1, 1, 1);
    const coefficients = new Float64Array(2);
    const [l1, l2] = [new Float64Array(2).fill(0.1), new Float64Array(2)];
    const [lower, upper] = [new Float64Array(2).fill(-9), new Float64Array(2).fill(9)];
    const gradient = Float64Array.of(-1, -1);
    expect(minimizeQuadratic({ size: 2, hessian, coefficients, gradient, l1, l2, lower, upper }, 1e-12)).toBe(true);
    expect(coefficients[0] + coefficients[1]).toBeCloseTo(0.9, 12);
  });
});

describe("curvature", () => {
  it("learns what a step showed, and stays positive definite where it showed a bend downwards", () => {
    const hessian = Float64Array.of(2, 0, 0, 1);
    const step = Float64Array.of(1, 1);
    correctCurvature(hessian, step, Float64Array.of(4, 1));
    expect(Array.from(timesVector(hessian, step))).toEqual([expect.closeTo(4, 12), expect.closeTo(1, 12)]);
    correctCurvature(hessian, Float64Array.of(1, 0), Float64Array.of(-3, 0));
    expect(hessian[0]).toBeGreaterThan(0);
    expect(hessian[0] * hessian[3] - hessian[1] * hessian[2]).toBeGreaterThan(0);
  });

  it("profiles a coordinate out", () => {
    const { hessian, gradient } = profileOut(Float64Array.of(4, 2, 2, 3), Float64Array.of(2, 5), 0);
    expect(Array.from(hessian)).toEqual([0, 0, 0, 2]);
    expect(Array.from(gradient)).toEqual([0, 4]);
  });
});

describe("RefreshPolicy", () => {
  it("does without rows while steps are foretold well, and asks for them when not", () => {
    const policy = new RefreshPolicy();
    expect(policy.wantsRefresh(1, 0.9, 1e-9, 10)).toBe(false);
    for (let k = 0; k < 3; k++) policy.stepped(1);
    expect(policy.wantsRefresh(1e-3, 0.01, 1e-9, 100)).toBe(false);
    expect(policy.wantsRefresh(1e-3, 0.6, 1e-9, 100)).toBe(true);
    policy.refreshed();
    expect(policy.wantsRefresh(1e-3, 0.6, 1e-9, 100)).toBe(false);
  });

  it("asks for them once doing without has cost as much", () => {
    const policy = new RefreshPolicy();
    policy.beginStrength();
    for (let k = 0; k < 4; k++) policy.stepped(1);
    expect(policy.wantsRefresh(1e-8, 0.01, 1e-9, 8)).toBe(true);
    expect(policy.wantsRefresh(1e-8, 0.01, 1e-9, 80)).toBe(false);
  });
});

describe("solvers", () => {
  const random = createRandom(5);
  const numRows = 200;
  const p = 40;
  const values = Array.from({ length: p }, (_, j) =>
    j === 0 ? null : Float64Array.from({ length: numRows }, () => random.next() + (j === 3 ? 500 : 0)),
  );
  const matrix: BlockMatrix = {
    numRows,
    numColumns: p,
    blocks: [{ kind: "dense", columns: Int32Array.from({ length: p }, (_, j) => j), values }],
  };
  const response = Float64Array.from({ length: numRows }, (_, i) => 2 + (values[1]?.[i] ?? 0) - (values[3]?.[i] ?? 0) + random.next());
  const penalty = {
    l1Ratio: 0.7,
    factors: Float64Array.from({ length: p }, (_, j) => Number(j > 0)),
    intercept: 0,
    lower: new Float64Array(p).fill(Number.NEGATIVE_INFINITY),
    upper: new Float64Array(p).fill(Number.POSITIVE_INFINITY),
    standardize: true,
  };
  const settings = { tolerance: 1e-10, maxIterations: 100 };

  it("least squares from sums and by Newton steps on a growing working set agree", () => {
    const given = { matrix, response, weights: new Float64Array(numRows).fill(2), offset: null, family: gaussian() };
    const pathProblem = preparePathProblem(given, 0);
    const { problem } = pathProblem;
    const bySums = makeSolver(pathProblem, problem.weights, penalty, settings);
    const deviation = Math.sqrt(problem.response.reduce((sum, value) => sum + value * value, 0) / numRows);
    const columns = preparePathColumns(problem.matrix, pathProblem.deviations, penalty, 1 / deviation);
    const byNewton = new NewtonSolver({ ...problem, matrix: columns.matrix }, columns, settings);
    expect(byNewton.nullDeviance).toBeCloseTo(bySums.nullDeviance, 9);
    expect(byNewton.largestStrength).toBeCloseTo(bySums.largestStrength, 9);
    for (let strength = bySums.largestStrength; strength > 1e-4 * bySums.largestStrength; strength *= 0.7) {
      const [a, b] = [bySums.solve(strength), byNewton.solve(strength)];
      expect(a.converged && b.converged).toBe(true);
      expect(a.deviance).toBeCloseTo(b.deviance, 9);
      a.coefficients.forEach((value, j) => expect(value).toBeCloseTo(b.coefficients[j], 8));
    }
  });

  it("say where the passes did not suffice", () => {
    const counts = response.map((value, i) => Math.floor(Math.abs(value % 5) + 3 * (values[7]?.[i] ?? 0)));
    const given = { matrix, response: counts, weights: new Float64Array(numRows).fill(1), offset: null, family: poisson() };
    const pathProblem = preparePathProblem(given, 0);
    const solver = makeSolver(pathProblem, pathProblem.problem.weights, penalty, { tolerance: 1e-12, maxIterations: 1 });
    expect(solver.solve(solver.largestStrength / 50).converged).toBe(false);
    const patient = makeSolver(pathProblem, pathProblem.problem.weights, penalty, settings);
    expect(patient.solve(patient.largestStrength / 50).converged).toBe(true);
  });
});

describe("drawFolds", () => {
  it("draws folds of equal size, alike for the same seed", () => {
    const folds = drawFolds(103, 10, 3);
    const sizes = Array.from({ length: 10 }, (_, k) => folds.reduce((sum, fold) => sum + Number(fold === k), 0));
    expect(sizes).toEqual([11, 11, 11, 10, 10, 10, 10, 10, 10, 10]);
    expect(drawFolds(103, 10, 3)).toEqual(folds);
    expect(drawFolds(103, 10, 4)).not.toEqual(folds);
    expect(Array.from(folds)).not.toEqual(Array.from(folds).sort((a, b) => a - b));
  });
});
