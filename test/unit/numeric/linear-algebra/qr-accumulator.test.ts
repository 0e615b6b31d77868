import { describe, expect, test } from "vitest";
import { createRandom, QrAccumulator, type LeastSquares } from "../../../../src/numeric/index.ts";

/** Rows [x, z], n × (p + 1). */
function randomRows(n: number, p: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n * (p + 1) }, () => 2 * random.next() - 1);
}

function solve(rows: Float64Array, p: number): LeastSquares {
  const accumulator = new QrAccumulator(p);
  accumulator.addRows(rows, rows.length / (p + 1));
  return accumulator.finish();
}

/** The residual of each row. */
function residuals(rows: Float64Array, p: number, coefficients: Float64Array): number[] {
  return Array.from({ length: rows.length / (p + 1) }, (_, i) => {
    let rest = rows[i * (p + 1) + p];
    for (let j = 0; j < p; j++) rest -= rows[i * (p + 1) + j] * coefficients[j];
    return rest;
  });
}

describe("QrAccumulator", () => {
  test.each([
    [1, 1],
    [5, 3],
    [200, 7],
    [64, 64],
    [1000, 70],
  ])("%i rows of %i columns: residuals are orthogonal to the columns", (n, p) => {
    const rows = randomRows(n, p, n);
    const { coefficients, residualSumOfSquares, inverse, rank } = solve(rows, p);
    expect(rank).toBe(p);
    const rest = residuals(rows, p, coefficients);
    expect(residualSumOfSquares).toBeCloseTo(
      rest.reduce((sum, value) => sum + value * value, 0),
      9,
    );
    for (let j = 0; j < p; j++) {
      expect(rest.reduce((sum, value, i) => sum + value * rows[i * (p + 1) + j], 0)).toBeCloseTo(0, 9);
      // X'X times column j of the inverse is a unit vector: checked through X v, with v that column.
      const image = Array.from({ length: n }, (_, i) =>
        Array.from({ length: p }, (_column, k) => rows[i * (p + 1) + k] * inverse[k * p + j]).reduce((a, b) => a + b),
      );
      const back = image.reduce((sum, value, i) => sum + value * rows[i * (p + 1) + j], 0);
      if (p < n) expect(back).toBeCloseTo(1, 9);
    }
  });

  test("moves dependent columns to the end as R does, and names the later of two", () => {
    const [n, p] = [50, 6];
    const rows = randomRows(n, p, 3);
    for (let i = 0; i < n; i++) {
      rows[i * 7 + 2] = 1e7 * (rows[i * 7] + rows[i * 7 + 1]);
      rows[i * 7 + 4] = 0;
      rows[i * 7 + 5] = rows[i * 7 + 3] - rows[i * 7 + 1];
    }
    const { kept, coefficients, rank, remainders, inverse } = solve(rows, p);
    expect([...kept]).toEqual([1, 1, 0, 1, 0, 0]);
    expect([coefficients[2], coefficients[4], coefficients[5]]).toEqual([0, 0, 0]);
    expect(rank).toBe(3);
    expect(remainders[2]).toBeLessThan(1e-13);
    expect([inverse[2 * p + 2], inverse[1 * p + 5]]).toEqual([0, 0]);
    const rest = residuals(rows, p, coefficients);
    for (const j of [0, 1, 3]) expect(rest.reduce((sum, value, i) => sum + value * rows[i * 7 + j], 0)).toBeCloseTo(0, 10);
  });

  test("keeps columns that differ by 1e-9 of their length, which a Gram matrix cannot tell apart", () => {
    const [n, p] = [40, 2];
    const rows = randomRows(n, p, 8);
    for (let i = 0; i < n; i++) {
      rows[i * 3 + 1] = rows[i * 3] + 1e-9 * rows[i * 3 + 1];
      rows[i * 3 + 2] = 3 * rows[i * 3] + 1e9 * (rows[i * 3 + 1] - rows[i * 3]);
    }
    const { kept, coefficients } = solve(rows, p);
    expect([...kept]).toEqual([1, 1]);
    // The columns' own rounding (1e-16 of 1e-9) leaves seven digits.
    expect((coefficients[0] + 1e9) / 1e9).toBeCloseTo(3e-9, 6);
    expect(coefficients[1] / 1e9).toBeCloseTo(1, 6);
  });

  test("parts merge to what all rows give", () => {
    const [n, p] = [500, 9];
    const rows = randomRows(n, p, 4);
    const [first, second] = [new QrAccumulator(p), new QrAccumulator(p)];
    for (let i = 0; i < n; i++) (i % 3 === 0 ? first : second).addRows(rows.subarray(i * 10, i * 10 + 10), 1);
    first.add(second);
    const merged = first.finish();
    const whole = solve(rows, p);
    merged.coefficients.forEach((value, j) => expect(value).toBeCloseTo(whole.coefficients[j], 11));
    expect(merged.residualSumOfSquares).toBeCloseTo(whole.residualSumOfSquares, 10);
    merged.inverse.forEach((value, at) => expect(value).toBeCloseTo(whole.inverse[at], 11));
  });

  test("more rows may come after a solution", () => {
    const rows = randomRows(30, 4, 6);
    const accumulator = new QrAccumulator(4);
    accumulator.addRows(rows.subarray(0, 50), 10);
    accumulator.finish();
    accumulator.addRows(rows.subarray(50), 20);
    const whole = solve(rows, 4);
    accumulator.finish().coefficients.forEach((value, j) => expect(value).toBeCloseTo(whole.coefficients[j], 12));
  });

  test("numbers near the ends of the range neither overflow nor vanish", () => {
    for (const unit of [1e-200, 1e200]) {
      const rows = randomRows(100, 3, 7).map((value, at) => (at % 4 === 1 ? value * unit : value));
      const { coefficients, kept } = solve(rows, 3);
      const plain = solve(randomRows(100, 3, 7), 3);
      expect([...kept]).toEqual([1, 1, 1]);
      expect(coefficients[1] * unit).toBeCloseTo(plain.coefficients[1], 11);
      expect(coefficients[0]).toBeCloseTo(plain.coefficients[0], 11);
    }
  });

  test("fewer rows than columns: the first columns carry the rank", () => {
    const { kept, rank, residualSumOfSquares } = solve(randomRows(3, 5, 9), 5);
    expect([...kept]).toEqual([1, 1, 1, 0, 0]);
    expect(rank).toBe(3);
    expect(residualSumOfSquares).toBeCloseTo(0, 20);
  });

  test("no rows", () => {
    const { rank, coefficients, residualSumOfSquares } = new QrAccumulator(2).finish();
    expect([rank, ...coefficients, residualSumOfSquares]).toEqual([0, 0, 0, 0]);
  });
});
