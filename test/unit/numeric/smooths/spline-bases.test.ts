import { describe, expect, test } from "vitest";
import { createRandom, evaluateSmoothBasis, learnSmoothBasis, smoothBasisSize, symmetricEigen } from "../../../../src/numeric/index.ts";
import type { LearnedBasis, SmoothBasis, SmoothBasisKind, SmoothBasisOptions } from "../../../../src/numeric/index.ts";
import { findDistinctPoints } from "../../../support/distinct-points.ts";

const random = createRandom(11);
const data = Float64Array.from({ length: 80 }, () => Math.round(random.next() * 400) / 40);
const [low, high] = [Math.min(...data), Math.max(...data)];

const kinds: readonly (readonly [string, SmoothBasisKind, SmoothBasisOptions])[] = [
  ["cubic regression", "cubicRegression", { size: 9 }],
  ["cubic regression with shrinkage", "cubicRegression", { size: 9, shrinkage: true }],
  ["cyclic cubic", "cyclicCubic", { size: 9 }],
  ["P-splines", "pSpline", { size: 9 }],
  ["P-splines of lines", "pSpline", { size: 9, order: [0, 1] }],
  ["P-splines of steps", "pSpline", { size: 9, order: [-1, 1] }],
  ["cyclic P-splines", "cyclicPSpline", { size: 9, order: [2, 3] }],
  ["cyclic P-splines without differences", "cyclicPSpline", { size: 9, order: [2, 0] }],
  ["B-splines", "bSpline", { size: 9 }],
  ["B-splines with three penalties", "bSpline", { size: 9, order: [3, 2, 1, 0] }],
];

function learn(kind: SmoothBasisKind, options: SmoothBasisOptions): LearnedBasis {
  return learnSmoothBasis(kind, findDistinctPoints([data]), options);
}

/** A function of the basis at numbers. */
function valuesOf(basis: SmoothBasis, coefficients: readonly number[], x: readonly number[]): number[] {
  const size = smoothBasisSize(basis);
  const rows = evaluateSmoothBasis(basis, [Float64Array.from(x)]);
  return x.map((_, i) => coefficients.reduce((sum, coefficient, c) => sum + coefficient * rows[i * size + c], 0));
}

/** Where the data's part of a spline ends. */
function spanOf(basis: SmoothBasis): readonly [number, number] {
  if (basis.kind === "thinPlate") throw new Error(basis.kind);
  const degree = "degree" in basis ? basis.degree : 0;
  return [basis.knots[degree], basis.knots[basis.knots.length - degree - 1]];
}

function quadraticForm(matrix: Float64Array, x: readonly number[]): number {
  return x.reduce((sum, one, i) => sum + x.reduce((inner, other, j) => inner + one * other * matrix[i * x.length + j], 0), 0);
}

describe.each(kinds)("%s", (_, kind, options) => {
  const { basis, penalties, ranks, nullSpaceDimension } = learn(kind, options);
  const size = smoothBasisSize(basis);
  const beyond = [low - 7, low - 0.01, low, (low + high) / 3, high, high + 0.01, high + 30];

  test("has functions that sum to one, beyond the data too", () => {
    for (const sum of valuesOf(
      basis,
      Array.from({ length: size }, () => 1),
      beyond,
    ))
      expect(sum).toBeCloseTo(1, 10);
  });

  test("has symmetric penalties without negative eigenvalues, of the rank told", () => {
    expect(penalties).toHaveLength(ranks.length);
    for (const [m, penalty] of penalties.entries()) {
      for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) expect(penalty[i * size + j]).toBe(penalty[j * size + i]);
      const { values } = symmetricEigen(penalty, size);
      expect(values[size - 1]).toBeGreaterThan(-1e-12 * values[0]);
      expect(values.filter((value) => value > 1e-10 * values[0])).toHaveLength(ranks[m]);
    }
    expect(nullSpaceDimension).toBe(size - Math.max(...ranks));
  });

  test("is the same by way of JSON, row by row and all at once", () => {
    const copy = JSON.parse(JSON.stringify(basis)) as SmoothBasis;
    const rows = evaluateSmoothBasis(basis, [Float64Array.from(beyond)]);
    expect(evaluateSmoothBasis(copy, [Float64Array.from(beyond)])).toEqual(rows);
    for (const [i, x] of beyond.entries()) {
      expect(evaluateSmoothBasis(basis, [Float64Array.of(x)])).toEqual(rows.slice(i * size, (i + 1) * size));
    }
    expect(rows.every(Number.isFinite)).toBe(true);
  });
});

describe("smoothness", () => {
  const h = 1e-3;
  const cubic = kinds.filter(([name]) => !/lines|steps/.test(name));

  test.each(cubic)("%s: second derivatives are continuous between the data", (_, kind, options) => {
    const { basis } = learn(kind, options);
    const coefficients = Array.from({ length: smoothBasisSize(basis) }, () => random.next() - 0.5);
    const second = (x: number): number => {
      const [before, at, after] = valuesOf(basis, coefficients, [x - h, x, x + h]);
      return (before - 2 * at + after) / (h * h);
    };
    // A cubic's second derivative moves by its third times the step; a jump would not shrink with the step.
    const most = Math.max(...Array.from({ length: 40 }, (__, i) => Math.abs(second(low + 0.02 + ((high - low - 0.04) * i) / 39))));
    for (let x = low + 0.01; x < high - 0.01; x += (high - low) / 500)
      expect(Math.abs(second(x + h) - second(x))).toBeLessThan(0.02 * most);
  });

  test.each(kinds.filter(([, kind]) => !kind.startsWith("cyclic")))(
    "%s: is straight beyond the data, from the slope at the end",
    (_, kind, options) => {
      const { basis } = learn(kind, options);
      const coefficients = Array.from({ length: smoothBasisSize(basis) }, () => random.next() - 0.5);
      for (const [end, side] of [
        [spanOf(basis)[0], -1],
        [spanOf(basis)[1], 1],
      ]) {
        const [inside, at, near, far] = valuesOf(basis, coefficients, [end - side * 1e-6, end, end + side * 2, end + side * 4]);
        expect(valuesOf(basis, coefficients, [end + side * 3])[0]).toBeCloseTo((near + far) / 2, 9);
        expect((far - near) / 2).toBeCloseTo((at - inside) / 1e-6, 4);
      }
    },
  );

  test.each(kinds.filter(([, kind]) => kind.startsWith("cyclic")))("%s: repeats itself, with its derivatives", (_, kind, options) => {
    const { basis } = learn(kind, options);
    const coefficients = Array.from({ length: smoothBasisSize(basis) }, () => random.next() - 0.5);
    const period = high - low;
    for (const x of [low, low + 1e-4, low + 3, high - 1e-4]) {
      const [here, next, back] = valuesOf(basis, coefficients, [x, x + period, x - 4 * period]);
      expect(next).toBeCloseTo(here, 9);
      expect(back).toBeCloseTo(here, 9);
    }
    const slopes = [low, high].map((x) => {
      const [before, after] = valuesOf(basis, coefficients, [x - 1e-5, x + 1e-5]);
      return (after - before) / 2e-5;
    });
    expect(slopes[0]).toBeCloseTo(slopes[1], 6);
  });
});

describe("what penalties see", () => {
  test("cubic regression: nothing of straight lines, and ∫ f″² of others", () => {
    const { basis, penalties } = learn("cubicRegression", { size: 7 });
    if (basis.kind !== "cubicRegression") throw new Error(basis.kind);
    expect(
      quadraticForm(
        penalties[0],
        basis.knots.map((knot) => 3 - 2 * knot),
      ),
    ).toBeCloseTo(0, 10);
    const coefficients = basis.knots.map((knot) => Math.sin(knot));
    expect(quadraticForm(penalties[0], coefficients)).toBeCloseTo(integrateSecond(basis, coefficients, low, high), 3);
  });

  test("P-splines: nothing of coefficients on a line; shrinkage sees everything", () => {
    const { penalties } = learn("pSpline", { size: 7 });
    expect(quadraticForm(penalties[0], [1, 3, 5, 7, 9, 11, 13])).toBeCloseTo(0, 12);
    expect(quadraticForm(penalties[0], [0, 0, 1, 0, 0, 0, 0])).toBe(6);
    const shrunk = learn("cubicRegression", { size: 7, shrinkage: true }).penalties[0];
    expect(quadraticForm(shrunk, [1, 1, 1, 1, 1, 1, 1])).toBeGreaterThan(0);
  });

  test("B-splines with an inner knot twice: still ∫ f″²", () => {
    const knots = [-0.5, -0.5, -0.5, -0.5, 4, 4, 7, 11, 11, 11, 11];
    const { basis, penalties } = learn("bSpline", { size: 7, knots });
    const coefficients = [1, -2, 0.5, 3, -1, 0, 2];
    const expected = integrateSecond(basis, coefficients, -0.5, 4) + integrateSecond(basis, coefficients, 4, 11);
    expect(quadraticForm(penalties[0], coefficients)).toBeCloseTo(expected, 2);
  });
});

/** ∫ f″² between two numbers by second differences and the midpoint rule. */
function integrateSecond(basis: SmoothBasis, coefficients: readonly number[], from: number, to: number): number {
  const numSteps = 4000;
  const step = (to - from) / numSteps;
  const h = step / 4;
  let sum = 0;
  for (let i = 0; i < numSteps; i++) {
    const x = from + (i + 0.5) * step;
    const [before, at, after] = valuesOf(basis, coefficients, [x - h, x, x + h]);
    sum += ((before - 2 * at + after) / (h * h)) ** 2 * step;
  }
  return sum;
}
