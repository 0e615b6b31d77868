import { describe, expect, test } from "vitest";
import {
  createRandom,
  evaluateSmoothBasis,
  factorCholesky,
  learnSmoothBasis,
  solveCholesky,
  symmetricEigen,
} from "../../../../src/numeric/index.ts";
import type { BasisPoints, SmoothBasis } from "../../../../src/numeric/index.ts";
import { findRadialKernel, listPolynomials } from "../../../../src/numeric/smooths/radial-kernel.ts";
import { leadingOfRadial, radialMatrix } from "../../../../src/numeric/smooths/radial-sums.ts";
import type { ThinPlateBasis } from "../../../../src/numeric/smooths/types.ts";
import { findDistinctPoints } from "../../../support/distinct-points.ts";

function drawPoints(dimension: number, count: number, seed: number): BasisPoints {
  const random = createRandom(seed);
  return findDistinctPoints(Array.from({ length: dimension }, () => Float64Array.from({ length: count }, () => random.next() * 10)));
}

function asThinPlate(basis: SmoothBasis): ThinPlateBasis {
  if (basis.kind !== "thinPlate") throw new Error(basis.kind);
  return basis;
}

function radial(dimension: number, order: number, r: number): number {
  const { power, scale } = findRadialKernel(dimension, order);
  if (r === 0) return 0;
  return scale * r ** power * (power % 2 === 0 ? Math.log(r) : 1);
}

/** The basis straight from its definition. */
function evaluateSlowly(basis: ThinPlateBasis, coordinates: readonly number[]): number[] {
  const centred = coordinates.map((x, k) => x - basis.shift[k]);
  const numPoints = basis.points[0].length;
  const width = basis.weights.length / numPoints;
  const sums = Array.from({ length: width }, () => 0);
  for (let j = 0; j < numPoints; j++) {
    const value = radial(centred.length, basis.order, Math.hypot(...centred.map((x, k) => x - basis.points[k][j])));
    for (let c = 0; c < width; c++) sums[c] += value * basis.weights[j * width + c];
  }
  const polynomials = listPolynomials(centred.length, basis.order).map((powers) =>
    powers.reduce((product, power, k) => product * centred[k] ** power, 1),
  );
  return [...sums.map((sum, c) => sum - (basis.means[c] ?? 0)), ...basis.polynomialScales.map((scale, p) => scale * polynomials[p])];
}

describe("the radial function", () => {
  test("of one dimension and second derivatives is |r|³ / 12, of two r² log r / 8π", () => {
    expect(radial(1, 2, 3)).toBeCloseTo(27 / 12, 13);
    expect(radial(2, 2, 3)).toBeCloseTo((9 * Math.log(3)) / (8 * Math.PI), 13);
    expect(radial(3, 2, 3)).toBeCloseTo(-3 / (8 * Math.PI), 13);
  });

  test.each([
    [1, 1],
    [2, 2],
    [2, 4],
    [3, 3],
    [4, 3],
    [5, 4],
  ])("of %d dimensions and order %d is what the core makes of distances", (dimension, order) => {
    for (const unit of [1e-6, 1, 1e5]) {
      const points = drawPoints(dimension, 23, dimension).coordinates.map((x) => x.map((value) => value * unit));
      const matrix = radialMatrix(findRadialKernel(dimension, order), points);
      for (let i = 0; i < 23; i++) {
        for (let j = 0; j < 23; j++) {
          const expected = radial(dimension, order, Math.hypot(...points.map((x) => x[i] - x[j])));
          expect(Math.abs(matrix[i * 23 + j] - expected)).toBeLessThanOrEqual(
            2e-14 * Math.abs(expected) + 1e-14 * unit ** (2 * order - dimension),
          );
        }
      }
    }
  });

  test("has polynomials below its order beside it, the first variable's powers fastest", () => {
    expect(listPolynomials(1, 3)).toEqual([[0], [1], [2]]);
    expect(listPolynomials(2, 3)).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [0, 2],
    ]);
    expect(listPolynomials(3, 3)).toHaveLength(10);
  });

  test("leading eigenvectors are those of the whole matrix", () => {
    const { coordinates } = drawPoints(2, 90, 4);
    const kernel = findRadialKernel(2, 2);
    const { values, vectors } = symmetricEigen(radialMatrix(kernel, coordinates), 90);
    const order = Array.from(values.keys()).sort((one, other) => Math.abs(values[other]) - Math.abs(values[one]));
    const found = leadingOfRadial(kernel, coordinates, 20);
    for (let j = 0; j < 20; j++) {
      expect(found.values[j] / values[order[j]]).toBeCloseTo(1, 11);
      const product = found.vectors[j].reduce((sum, entry, i) => sum + entry * vectors[i * 90 + order[j]], 0);
      expect(Math.abs(product)).toBeCloseTo(1, 11);
    }
  });
});

describe.each([
  [1, 9, undefined],
  [1, 7, [1]],
  [1, 9, [3]],
  [1, 9, [2, 0]],
  [2, 14, undefined],
  [2, 14, [2, 0]],
  [3, 24, undefined],
  [4, 24, undefined],
] as const)("thin plates of %d dimensions, size %d, order %j", (dimension, size, order) => {
  const points = drawPoints(dimension, 70, 8);
  const { basis, penalties, ranks, nullSpaceDimension } = learnSmoothBasis("thinPlate", points, { size, order });
  const plate = asThinPlate(basis);
  const width = plate.weights.length / 70;
  const numFunctions = width + plate.polynomialScales.length;

  test("are what their definition says, far beyond the points too", () => {
    const places = [0, 3, 6.5, -20, 55].map((x) => Array.from({ length: dimension }, (_, k) => x + k / 3));
    const rows = evaluateSmoothBasis(
      basis,
      Array.from({ length: dimension }, (_, k) => Float64Array.from(places, (place) => place[k])),
    );
    for (const [i, place] of places.entries()) {
      const expected = evaluateSlowly(plate, place);
      expect(expected).toHaveLength(numFunctions);
      const scale = Math.max(...expected.map(Math.abs));
      for (const [c, value] of expected.entries()) expect(Math.abs(rows[i * numFunctions + c] - value)).toBeLessThan(1e-9 * scale);
    }
  });

  test("weigh no polynomial, and the penalty has the rank told", () => {
    for (const powers of listPolynomials(dimension, plate.order)) {
      for (let c = 0; c < width; c++) {
        let sum = 0;
        let sizes = 0;
        for (let j = 0; j < 70; j++) {
          const term = plate.weights[j * width + c] * powers.reduce((product, power, k) => product * plate.points[k][j] ** power, 1);
          sum += term;
          sizes += Math.abs(term);
        }
        expect(Math.abs(sum)).toBeLessThan(1e-10 * sizes);
      }
    }
    const { values } = symmetricEigen(penalties[0], numFunctions);
    expect(values.filter((value) => value > 1e-9 * values[0])).toHaveLength(ranks[0]);
    expect(values[numFunctions - 1]).toBeGreaterThan(-1e-12 * values[0]);
    expect(nullSpaceDimension).toBe(numFunctions - ranks[0]);
  });
});

describe("thin plates", () => {
  test("on all points are the natural cubic spline through them, with its ∫ f″²", () => {
    const points = drawPoints(1, 12, 3);
    const [x] = points.coordinates;
    const y = x.map((value) => Math.sin(value) + value / 3);
    const plate = learnSmoothBasis("thinPlate", points, { size: 12 });
    const spline = learnSmoothBasis("cubicRegression", points, { size: 12, knots: [...x] });
    const coefficients = solve(evaluateSmoothBasis(plate.basis, [x]), y);
    const fresh = Float64Array.of(-3, 0.7, 2, 5.5, 9, 14);
    expectClose(apply(evaluateSmoothBasis(plate.basis, [fresh]), coefficients), apply(evaluateSmoothBasis(spline.basis, [fresh]), y), 1e-7);
    const energies = [quadratic(plate.penalties[0], coefficients), quadratic(spline.penalties[0], y)];
    expect(energies[0] / energies[1]).toBeCloseTo(1, 7);
  });

  test("count each row: functions have root mean square 1 over rows, or mean 0 without polynomials", () => {
    const points: BasisPoints = { coordinates: [Float64Array.of(0, 1, 2, 4, 5, 7, 9)], counts: Float64Array.of(5, 1, 1, 2, 1, 1, 30) };
    for (const order of [[2], [2, 0]]) {
      const { basis } = learnSmoothBasis("thinPlate", points, { size: 5, order });
      const rows = evaluateSmoothBasis(basis, points.coordinates);
      const size = rows.length / 7;
      for (let c = 0; c < size; c++) {
        const [sum, squares] = [1, 2].map((power) =>
          points.counts.reduce((total, count, i) => total + count * rows[i * size + c] ** power, 0),
        );
        if (order.length === 1) expect(squares / 41).toBeCloseTo(1, 12);
        else expect(sum / 41).toBeCloseTo(0, 12);
      }
    }
  });

  test("of points on a grid, whose eigenvalues repeat, are finite and of full rank", () => {
    const side = Array.from({ length: 12 }, (_, i) => i);
    const grid = [Float64Array.from(side.flatMap((x) => side.map(() => x))), Float64Array.from(side.flatMap(() => side))];
    const { basis } = learnSmoothBasis("thinPlate", { coordinates: grid, counts: new Float64Array(144).fill(1) }, { size: 30 });
    const rows = evaluateSmoothBasis(basis, grid);
    const gram = new Float64Array(900);
    for (let i = 0; i < 144; i++)
      for (let a = 0; a < 30; a++) for (let b = 0; b < 30; b++) gram[a * 30 + b] += rows[i * 30 + a] * rows[i * 30 + b];
    expect(factorCholesky(gram, 30).rank).toBe(30);
  });

  test("of more than 2000 points take a sample of them, the same for the same seed", () => {
    const points = drawPoints(1, 3000, 6);
    const learn = (seed?: number): ThinPlateBasis => asThinPlate(learnSmoothBasis("thinPlate", points, { size: 6, seed }).basis);
    const plate = learn();
    expect(plate.points[0]).toHaveLength(2000);
    expect(plate).toEqual(learn(1));
    expect(plate.points).not.toEqual(learn(2).points);
    const known = new Set(points.coordinates[0].map((x) => x - plate.shift[0]));
    expect(plate.points[0].every((x, i) => known.has(x) && (i === 0 || x > plate.points[0][i - 1]))).toBe(true);
    const rows = evaluateSmoothBasis(plate, points.coordinates);
    const squares = rows.reduce((sum, value, at) => (at % 6 === 0 ? sum + value * value : sum), 0);
    expect(squares / 3000).toBeCloseTo(1, 12);
  });
});

function solve(square: Float64Array, y: Float64Array): Float64Array {
  const size = y.length;
  const gram = new Float64Array(size * size);
  const crossing = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let a = 0; a < size; a++) {
      crossing[a] += square[i * size + a] * y[i];
      for (let b = 0; b < size; b++) gram[a * size + b] += square[i * size + a] * square[i * size + b];
    }
  }
  return solveCholesky(factorCholesky(gram, size, { tolerance: 0 }), crossing);
}

function apply(rows: Float64Array, coefficients: Float64Array): number[] {
  const size = coefficients.length;
  return Array.from({ length: rows.length / size }, (_, i) => coefficients.reduce((sum, b, c) => sum + b * rows[i * size + c], 0));
}

function quadratic(matrix: Float64Array, x: Float64Array): number {
  return x.reduce((sum, one, i) => sum + x.reduce((inner, other, j) => inner + one * other * matrix[i * x.length + j], 0), 0);
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  const scale = Math.max(...expected.map(Math.abs));
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i] - value)).toBeLessThan(tolerance * scale);
}
