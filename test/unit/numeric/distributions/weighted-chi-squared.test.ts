import { describe, expect, it } from "vitest";
import { chiSquared, fisherF, weightedChiSquared } from "../../../../src/numeric/index.ts";

/** Relative: the quadrature settles at 1e-13, and a probability e^−E has its exponent rounded. */
const EXACT = 1e-12;
/** With a million degrees of freedom the logarithm of the integrand is a difference of sums near a million. */
const MILLION = 1e-11;

/** P(3 X + Y > x) with X and Y exponential of mean 2. */
function upperOfTwo(x: number): number {
  return (3 * Math.exp(-x / 6) - Math.exp(-x / 2)) / 2;
}

describe("weightedChiSquared", () => {
  it("with equal weights is chi-squared, in both tails", () => {
    for (const df of [1, 2, 3, 10, 100]) {
      for (const x of [1e-5, 0.01, 0.5, 0.999, 1, 1.1, 2, 5, 9].map((share) => share * df)) {
        const ones = new Float64Array(df).fill(2);
        expect(weightedChiSquared.upper(2 * x, ones) / chiSquared.upper(x, df)).toBeCloseTo(1, -Math.log10(2 * EXACT));
        expect(weightedChiSquared.cdf(2 * x, ones) / chiSquared.cdf(x, df)).toBeCloseTo(1, -Math.log10(2 * EXACT));
      }
    }
  });

  it("keeps its digits to the end of the range of numbers and its logarithm beyond", () => {
    for (const x of [0.01, 1, 8, 50, 500, 4000]) {
      expect(weightedChiSquared.upper(x, [1, 1, 3, 3]) / upperOfTwo(x)).toBeCloseTo(1, -Math.log10(2 * EXACT));
    }
    expect(weightedChiSquared.logUpper(60_000, [1, 1, 3, 3])).toBeCloseTo(Math.log(1.5) - 10_000, 8);
    expect(weightedChiSquared.logUpper(0.5, [1, 1, 3, 3])).toBeCloseTo(Math.log(upperOfTwo(0.5)), 12);
  });

  it("over a mean square is F, for degrees of freedom that need not be whole", () => {
    for (const df of [3.3, 20, 1000, 1e6]) {
      for (const f of [0.1, 1, 3, 30]) {
        const found = weightedChiSquared.upperOfRatio(3 * f, [1, 1, 1], df);
        expect(found / fisherF.upper(f, 3, df)).toBeCloseTo(1, -Math.log10(2 * (df > 1e5 ? MILLION : EXACT)));
      }
    }
    expect(weightedChiSquared.upperOfRatio(6, [1, 1, 1], Infinity)).toBe(weightedChiSquared.upper(6, [1, 1, 1]));
  });

  it("turns with the signs of its weights", () => {
    const [weights, turned] = [
      [2, -1, 0.5],
      [-2, 1, -0.5],
    ];
    for (const x of [-3, -0.2, 0, 0.4, 7]) {
      expect(weightedChiSquared.upper(x, weights)).toBeCloseTo(weightedChiSquared.cdf(-x, turned), 12);
      expect(weightedChiSquared.upper(x, weights) + weightedChiSquared.cdf(x, weights)).toBeCloseTo(1, 12);
    }
    expect(weightedChiSquared.upper(-1, [-1, -3])).toBeCloseTo(1 - weightedChiSquared.upper(1, [1, 3]), 12);
  });

  it("knows where nothing can lie", () => {
    expect([weightedChiSquared.upper(0, [1, 2]), weightedChiSquared.cdf(0, [1, 2]), weightedChiSquared.upper(-1, [1, 2])]).toEqual([
      1, 0, 1,
    ]);
    expect([weightedChiSquared.upper(1, [-1]), weightedChiSquared.upper(0, [-1]), weightedChiSquared.cdf(-1, [2])]).toEqual([0, 0, 0]);
    expect([weightedChiSquared.upper(Infinity, [1]), weightedChiSquared.cdf(Infinity, [1, 2])]).toEqual([0, 1]);
    expect([weightedChiSquared.upper(NaN, [1]), weightedChiSquared.cdf(1, [NaN])]).toEqual([NaN, NaN]);
    expect([weightedChiSquared.upper(1, []), weightedChiSquared.cdf(-1, [])]).toEqual([0, 0]);
    expect(weightedChiSquared.upper(3, [0, 1, 4], [1, 1, 0])).toBeCloseTo(chiSquared.upper(3, 1), 13);
  });
});
