import { describe, expect, test } from "vitest";
import { createRandom, symmetricEigen } from "../../../../src/numeric/index.ts";
import { leadingEigen } from "../../../../src/numeric/linear-algebra/leading-eigen.ts";

/** Of the largest eigenvalue: some hundred roundings. */
const ROUNDING = 1e-13;

function makeSymmetric(size: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) matrix[i * size + j] = matrix[j * size + i] = random.next() - 0.5;
  return matrix;
}

function multiplyBy(matrix: Float64Array, size: number) {
  return (x: Float64Array, width: number, out: Float64Array): void => {
    out.fill(0);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) for (let c = 0; c < width; c++) out[i * width + c] += matrix[i * size + j] * x[j * width + c];
    }
  };
}

/** The largest entry of A v − λ v. */
function residual(matrix: Float64Array, value: number, vector: Float64Array): number {
  const size = vector.length;
  const image = new Float64Array(size);
  multiplyBy(matrix, size)(vector, 1, image);
  return image.reduce((most, entry, i) => Math.max(most, Math.abs(entry - value * vector[i])), 0);
}

describe("symmetricEigen", () => {
  test.each([1, 2, 7, 40])("of size %d: descending values, unit vectors, A v = λ v", (size) => {
    const matrix = makeSymmetric(size, size);
    const { values, vectors } = symmetricEigen(matrix, size);
    for (let j = 0; j < size; j++) {
      const vector = Float64Array.from({ length: size }, (_, i) => vectors[i * size + j]);
      if (j > 0) expect(values[j]).toBeLessThanOrEqual(values[j - 1]);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
      expect(residual(matrix, values[j], vector)).toBeLessThan(ROUNDING * size);
    }
  });

  test("counts the lower half alone", () => {
    expect([...symmetricEigen(Float64Array.of(2, 99, 1, 2), 2).values]).toEqual([expect.closeTo(3, 14), expect.closeTo(1, 14)]);
  });
});

describe("leadingEigen", () => {
  test("finds the values of largest size, of either sign", () => {
    const size = 120;
    const matrix = makeSymmetric(size, 5);
    const whole = [...symmetricEigen(matrix, size).values].sort((one, other) => Math.abs(other) - Math.abs(one));
    const { values, vectors } = leadingEigen(size, 12, multiplyBy(matrix, size));
    expect(values.some((value) => value < 0) && values.some((value) => value > 0)).toBe(true);
    for (const [j, vector] of vectors.entries()) {
      expect(Math.abs(values[j] - whole[j])).toBeLessThan(ROUNDING * size);
      expect(residual(matrix, values[j], vector)).toBeLessThan(ROUNDING * size);
      for (let k = 0; k < j; k++) expect(vector.reduce((sum, entry, i) => sum + entry * vectors[k][i], 0)).toBeCloseTo(0, 12);
    }
  });

  test("finds repeated values as often as they occur, and all of a small matrix", () => {
    const diagonal = Float64Array.from({ length: 60 }, (_, i) => (i < 5 ? -3 : 1 / (i + 1)));
    const multiply = (x: Float64Array, width: number, out: Float64Array): void => {
      for (let at = 0; at < x.length; at++) out[at] = diagonal[Math.floor(at / width)] * x[at];
    };
    expect([...leadingEigen(60, 6, multiply).values]).toEqual([
      ...Array<unknown>(5).fill(expect.closeTo(-3, 13)),
      expect.closeTo(1 / 6, 13),
    ]);
    const few = makeSymmetric(5, 9);
    expect([...leadingEigen(5, 5, multiplyBy(few, 5)).values].sort((one, other) => other - one)).toEqual(
      [...symmetricEigen(few, 5).values].map((value) => expect.closeTo(value, 13)),
    );
  });

  test("of a matrix of rank below the block's width", () => {
    const multiply = (x: Float64Array, width: number, out: Float64Array): void => {
      out.fill(0);
      for (let c = 0; c < width; c++) out[c] = 7 * x[c];
    };
    const { values } = leadingEigen(100, 3, multiply);
    expect([...values]).toEqual([expect.closeTo(7, 13), expect.closeTo(0, 13), expect.closeTo(0, 13)]);
  });

  test("of matrices of any unit", () => {
    for (const unit of [1e-200, 1e60]) {
      const matrix = makeSymmetric(60, 2).map((entry) => entry * unit);
      const most = symmetricEigen(makeSymmetric(60, 2), 60).values.reduce((value, other) =>
        Math.abs(other) > Math.abs(value) ? other : value,
      );
      expect(leadingEigen(60, 1, multiplyBy(matrix, 60)).values[0] / unit).toBeCloseTo(most, 11);
    }
  });
});
