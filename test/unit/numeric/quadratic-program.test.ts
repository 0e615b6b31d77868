import * as fc from "fast-check";
import { Matrix, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { solveQuadraticProgram, type QuadraticProgram } from "../../../src/numeric/index.ts";

/** Solutions of small systems with condition numbers up to a thousand or so, against an oracle that has the same. */
const TOLERANCE = 1e-8;

function subsets(size: number): number[][] {
  return Array.from({ length: 2 ** size }, (_, bits) => Array.from({ length: size }, (_unused, i) => i).filter((i) => (bits >> i) & 1));
}

function objective({ hessian, linear }: QuadraticProgram, x: ArrayLike<number>): number {
  const p = linear.length;
  let value = 0;
  for (let i = 0; i < p; i++) {
    value -= linear[i] * x[i];
    for (let j = 0; j < p; j++) value += (x[i] * hessian[i * p + j] * x[j]) / 2;
  }
  return value;
}

function slacks({ constraints, bounds, linear }: QuadraticProgram, x: ArrayLike<number>): number[] {
  const p = linear.length;
  return Array.from(bounds, (bound, i) => linear.reduce((sum, _, j) => sum + constraints[i * p + j] * x[j], -bound));
}

/** Every set of constraints held with equality, the best feasible point of all: slow and obvious. */
function bestByEnumeration(program: QuadraticProgram): number[] | null {
  const { hessian, linear, constraints, bounds, numEqualities = 0 } = program;
  const p = linear.length;
  let best: number[] | null = null;
  for (const set of subsets(bounds.length)) {
    if (set.length > p || Array.from({ length: numEqualities }, (_, i) => i).some((i) => !set.includes(i))) continue;
    const system = Matrix.zeros(p + set.length, p + set.length);
    const right = Matrix.zeros(p + set.length, 1);
    for (let i = 0; i < p; i++) {
      right.set(i, 0, linear[i]);
      for (let j = 0; j < p; j++) system.set(i, j, hessian[i * p + j]);
      set.forEach((c, k) => {
        system.set(i, p + k, -constraints[c * p + i]);
        system.set(p + k, i, constraints[c * p + i]);
        right.set(p + k, 0, bounds[c]);
      });
    }
    const x = solve(system, right, true).to1DArray().slice(0, p);
    const feasible = slacks(program, x).every((slack, i) => (i < numEqualities ? Math.abs(slack) < TOLERANCE : slack > -TOLERANCE));
    if (feasible && (best === null || objective(program, x) < objective(program, best))) best = x;
  }
  return best;
}

const small = fc.integer({ min: -4, max: 4 });
const programs = fc.record({ p: fc.integer({ min: 1, max: 4 }), m: fc.integer({ min: 0, max: 6 }) }).chain(({ p, m }) =>
  fc.record({
    root: fc.array(small, { minLength: p * p, maxLength: p * p }),
    linear: fc.array(small, { minLength: p, maxLength: p }),
    rows: fc.array(small, { minLength: m * p, maxLength: m * p }),
    bounds: fc.array(small, { minLength: m, maxLength: m }),
    numEqualities: fc.integer({ min: 0, max: Math.min(1, m) }),
  }),
);

function programOf({ root, linear, rows, bounds, numEqualities }: Sample): QuadraticProgram {
  const p = linear.length;
  const half = new Matrix(p, p);
  root.forEach((value, k) => half.set(Math.floor(k / p), k % p, value));
  const hessian = half.transpose().mmul(half).add(Matrix.eye(p, p)).to1DArray();
  return {
    hessian: Float64Array.from(hessian),
    linear: Float64Array.from(linear),
    constraints: Float64Array.from(rows),
    bounds: Float64Array.from(bounds),
    numEqualities,
  };
}

interface Sample {
  readonly root: number[];
  readonly linear: number[];
  readonly rows: number[];
  readonly bounds: number[];
  readonly numEqualities: number;
}

describe("solveQuadraticProgram", () => {
  it("finds what enumeration of all active sets finds, or that nothing is feasible", () => {
    let numInfeasible = 0;
    let numBound = 0;
    fc.assert(
      fc.property(programs, (sample) => {
        const program = programOf(sample);
        const expected = bestByEnumeration(program);
        const found = solveQuadraticProgram(program);
        expect(found.status).toBe(expected === null ? "infeasible" : "solved");
        numInfeasible += Number(expected === null);
        numBound += found.active.length;
        if (expected !== null) expect(Math.abs(objective(program, found.x) - objective(program, expected))).toBeLessThan(TOLERANCE * 100);
        if (expected !== null) found.x.forEach((value, j) => expect(Math.abs(value - expected[j])).toBeLessThan(TOLERANCE * 10));
      }),
      { numRuns: 500, seed: 3 },
    );
    expect(numInfeasible).toBeGreaterThan(10);
    expect(numBound).toBeGreaterThan(100);
  });

  it("satisfies the Karush-Kuhn-Tucker conditions at forty variables and sixty constraints", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4100, maxLength: 4100 }), (numbers) => {
        const p = 40;
        const m = 60;
        const half = new Matrix(p, p);
        for (let k = 0; k < p * p; k++) half.set(Math.floor(k / p), k % p, numbers[k]);
        const program: QuadraticProgram = {
          hessian: Float64Array.from(half.transpose().mmul(half).add(Matrix.eye(p, p)).to1DArray()),
          linear: Float64Array.from(numbers.slice(1600, 1600 + p), (value) => 20 * value),
          constraints: Float64Array.from(numbers.slice(1640, 1640 + m * p)),
          bounds: Float64Array.from(numbers.slice(4040, 4040 + m), (value) => Math.min(0, value)),
        };
        const { status, x, multipliers, active } = solveQuadraticProgram(program);
        expect(status).toBe("solved");
        expect(active).toEqual([...active].sort((a, b) => a - b));
        const slack = slacks(program, x);
        multipliers.forEach((multiplier, i) => {
          expect(slack[i]).toBeGreaterThan(-TOLERANCE);
          expect(multiplier).toBeGreaterThanOrEqual(0);
          if (!active.includes(i)) expect(multiplier).toBe(0);
          else expect(Math.abs(slack[i])).toBeLessThan(TOLERANCE);
        });
        for (let j = 0; j < p; j++) {
          let gradient = -program.linear[j];
          for (let k = 0; k < p; k++) gradient += program.hessian[j * p + k] * x[k];
          for (let i = 0; i < m; i++) gradient -= multipliers[i] * program.constraints[i * p + j];
          expect(Math.abs(gradient)).toBeLessThan(TOLERANCE);
        }
      }),
      { numRuns: 10, seed: 5 },
    );
  });

  it("is not misled by the units of variables and constraints", () => {
    // x0 in millions, x1 in millionths; x0 ≤ 1e6 binds.
    const { status, x, active, multipliers } = solveQuadraticProgram({
      hessian: Float64Array.of(1e-12, 0.5, 0.5, 1e12),
      linear: Float64Array.of(3e-6, 1e6),
      constraints: Float64Array.of(-1e-3, 0, 0, 1e9),
      bounds: Float64Array.of(-1e3, Number.NEGATIVE_INFINITY),
    });
    expect(status).toBe("solved");
    expect(active).toEqual([0]);
    expect(x[0] / 1e6).toBeCloseTo(1, 12);
    expect(x[1] / 1e-6).toBeCloseTo(0.5, 12);
    expect(multipliers[0] / 1.75e-3).toBeCloseTo(1, 12);
  });

  it("meets its constraints to rounding though the free minimum lies far away along a flat direction", () => {
    const [bend, trace] = [0.101, 1e-9];
    const { x, active } = solveQuadraticProgram({
      hessian: Float64Array.of(bend + trace, -bend, -bend, bend + trace),
      linear: Float64Array.of(-0.26, 0.24),
      constraints: Float64Array.of(1, 0, 0, 1, -1, 0, 0, -1),
      bounds: Float64Array.of(0, 0, -0.3, -0.3),
    });
    expect(active).toEqual([0, 3]);
    expect(Math.abs(x[0])).toBeLessThan(1e-15);
    expect(x[1]).toBeCloseTo(0.3, 14);
  });

  it("gives the multiplier of an equality its sign, and lets redundant equalities be", () => {
    const program = {
      hessian: Float64Array.of(1, 0, 0, 1),
      linear: Float64Array.of(2, 2),
      constraints: Float64Array.of(1, 1, 2, 2),
      bounds: Float64Array.of(1, 2),
      numEqualities: 2,
    };
    const { status, x, multipliers } = solveQuadraticProgram(program);
    expect(status).toBe("solved");
    expect(Array.from(x)).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
    expect(multipliers[0] + 2 * multipliers[1]).toBeCloseTo(-1.5, 12);
    expect(solveQuadraticProgram({ ...program, bounds: Float64Array.of(1, 3) }).status).toBe("infeasible");
  });

  it("says where the Hessian is not positive definite", () => {
    const nothing = { constraints: new Float64Array(0), bounds: new Float64Array(0) };
    const { status, x } = solveQuadraticProgram({ hessian: Float64Array.of(1, 1, 1, 1), linear: Float64Array.of(1, 1), ...nothing });
    expect(status).toBe("indefinite");
    expect(Array.from(x)).toEqual([Number.NaN, Number.NaN]);
    expect(solveQuadraticProgram({ hessian: Float64Array.of(0), linear: Float64Array.of(0), ...nothing }).status).toBe("indefinite");
  });
});
