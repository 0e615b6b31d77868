import { describe, expect, test } from "vitest";
import {
  evaluateBSplines,
  evaluateNaturalSplines,
  evaluateOrthogonalPolynomials,
  findRecurrence,
  quantileOfSorted,
} from "../../../../src/numeric/index.ts";

const grid = Float64Array.from({ length: 41 }, (_, i) => i / 4);

describe("B-splines", () => {
  test.each([1, 2, 3, 5])("of degree %d are positive, sum to one, and reproduce a line", (degree) => {
    const interior = [2, 3.5, 7];
    const columns = evaluateBSplines(interior, [0, 10], degree, grid);
    expect(columns).toHaveLength(interior.length + degree + 1);
    const ends = Array.from({ length: degree + 1 }, () => [0, 10]);
    const knots = [...ends.map(([low]) => low), ...interior, ...ends.map(([, high]) => high)];
    // Marsden's identity: x = Σ ξ B with ξ the means of `degree` knots in a row.
    const means = columns.map((_, k) => knots.slice(k + 1, k + 1 + degree).reduce((sum, knot) => sum + knot / degree, 0));
    for (const [i, x] of grid.entries()) {
      expect(columns.every((column) => column[i] >= 0)).toBe(true);
      expect(columns.reduce((sum, column) => sum + column[i], 0)).toBeCloseTo(1, 13);
      expect(columns.reduce((sum, column, k) => sum + means[k] * column[i], 0)).toBeCloseTo(x, 12);
    }
  });

  test("go on as the outermost polynomials beyond the boundary", () => {
    const cubic = evaluateBSplines([], [0, 1], 3, Float64Array.of(-1, 2));
    // Bernstein's polynomials of degree 3.
    expect(cubic.map((column) => [...column])).toEqual([
      [8, -1],
      [-12, 6],
      [6, -12],
      [-1, 8],
    ]);
  });

  test("with knots on the boundary, of numbers beyond it too, stay finite", () => {
    for (const interior of [
      [0, 5],
      [5, 10],
      [0, 0, 10],
      [5, 5, 5],
    ]) {
      for (const column of evaluateBSplines(interior, [0, 10], 3, Float64Array.of(-1, 0, 4, 5, 10, 11))) {
        expect(column.every(Number.isFinite), `${interior}`).toBe(true);
      }
    }
  });
});

describe("natural splines", () => {
  const interior = [2, 3.5, 7];
  const second = (column: Float64Array, i: number): number => column[i - 1] - 2 * column[i] + column[i + 1];

  test.each([true, false])("bend within the boundary alone (intercept %s)", (intercept) => {
    const columns = evaluateNaturalSplines(interior, [0, 10], intercept, Float64Array.of(-3, -2, -1, 4, 5, 6, 11, 12, 13));
    expect(columns).toHaveLength(interior.length + (intercept ? 2 : 1));
    for (const column of columns) {
      expect(second(column, 1)).toBeCloseTo(0, 12);
      expect(second(column, 7)).toBeCloseTo(0, 12);
    }
    expect(columns.some((column) => Math.abs(second(column, 4)) > 1e-3)).toBe(true);
  });

  test("are smooth at the boundary", () => {
    const step = 1e-4;
    for (const end of [0, 10]) {
      for (const column of evaluateNaturalSplines(interior, [0, 10], true, Float64Array.of(end - step, end, end + step))) {
        expect(second(column, 1) / step).toBeCloseTo(0, 3);
      }
    }
  });
});

describe("orthogonal polynomials", () => {
  test("are orthonormal over their own numbers", () => {
    const { centres, squaredNorms } = findRecurrence(grid, 6);
    const columns = evaluateOrthogonalPolynomials(centres, squaredNorms, grid);
    for (const [j, one] of columns.entries()) {
      expect(one.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
      for (const [k, other] of columns.entries()) {
        expect(one.reduce((sum, value, i) => sum + value * other[i], 0)).toBeCloseTo(j === k ? 1 : 0, 12);
      }
    }
  });

  test("of numbers far from zero are no worse", () => {
    const years = grid.map((x) => x + 2000);
    const { centres, squaredNorms } = findRecurrence(years, 4);
    const shifted = evaluateOrthogonalPolynomials(centres, squaredNorms, years);
    const { centres: nearCentres, squaredNorms: nearNorms } = findRecurrence(grid, 4);
    const near = evaluateOrthogonalPolynomials(nearCentres, nearNorms, grid);
    for (const [k, column] of shifted.entries()) {
      for (const [i, value] of column.entries()) expect(value).toBeCloseTo(near[k][i], 10);
    }
  });
});

test("quantiles are linear between order statistics", () => {
  const sorted = Float64Array.of(1, 2, 4, 8);
  expect([0, 0.25, 0.5, 2 / 3, 1].map((probability) => quantileOfSorted(sorted, probability))).toEqual([1, 1.75, 3, 4, 8]);
  expect(quantileOfSorted(Float64Array.of(7), 0.3)).toBe(7);
});
