import { describe, expect, it } from "vitest";
import {
  log1mExp,
  log1pExp,
  logBeta,
  logLowerBeta,
  logLowerGamma,
  logUpperGamma,
  lowerBeta,
  lowerGamma,
  millsRatio,
  stirlingError,
  upperGamma,
} from "../../../../src/numeric/index.ts";
import { logSinc } from "../../../../src/numeric/special/log-sinc.ts";
import { millsSlope } from "../../../../src/numeric/special/mills-slope.ts";
import { powerDevianceTerm } from "../../../../src/numeric/special/power-deviance.ts";

describe("incomplete gamma function", () => {
  it("answers at its ends and refuses what is outside", () => {
    expect([lowerGamma(2, 0), lowerGamma(2, Infinity), lowerGamma(0, 1), lowerGamma(Infinity, 1)]).toEqual([0, 1, 1, 0]);
    expect([upperGamma(2, 0), upperGamma(2, Infinity), upperGamma(0, 1), upperGamma(Infinity, 1)]).toEqual([1, 0, 0, 1]);
    expect([logLowerGamma(2, 0), logUpperGamma(2, 0), logUpperGamma(2, Infinity)]).toEqual([-Infinity, -0, -Infinity]);
    expect([lowerGamma(-1, 1), lowerGamma(1, -1), upperGamma(NaN, 1), upperGamma(1, NaN), lowerGamma(Infinity, Infinity)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it("joins its ways of computing without a step", () => {
    // The borders of series, fraction and uniform expansion: a = 20, x = a, x = 0.31 a, x = 2.35 a, x = 1 and a = 1.
    const borders: [number, number][] = [
      [20, 15],
      [20, 30],
      [7, 7],
      [50, 50],
      [50, 15.5],
      [50, 117.5],
      [0.4, 1],
      [1, 0.3],
      [1, 4],
    ];
    for (const [a, x] of borders) {
      for (const [da, dx] of [
        [1e-13, 0],
        [0, 1e-13],
      ]) {
        const [below, above] = [upperGamma(a * (1 - da), x * (1 - dx)), upperGamma(a * (1 + da), x * (1 + dx))];
        // The step of 2e-13 itself changes the logarithm by as much, times a or x.
        expect(Math.abs(below / above - 1)).toBeLessThan(2e-13 * (a + x + 1));
      }
    }
  });
});

describe("incomplete beta function", () => {
  it("answers at its ends and refuses what is outside", () => {
    expect([lowerBeta(2, 3, 0), lowerBeta(2, 3, 1), lowerBeta(0, 3, 0.5), lowerBeta(2, 0, 0.5)]).toEqual([0, 1, 1, 0]);
    expect([lowerBeta(Infinity, 3, 0.5), lowerBeta(2, Infinity, 0.5), logLowerBeta(2, 3, 0), logLowerBeta(2, 3, 1)]).toEqual([
      0,
      1,
      -Infinity,
      0,
    ]);
    expect([lowerBeta(-1, 3, 0.5), lowerBeta(2, 3, 1.5), lowerBeta(0, 0, 0.5), lowerBeta(2, NaN, 0.5), lowerBeta(2, 3, NaN)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });

  it("is a power where one parameter is 1", () => {
    for (const a of [0.01, 0.5, 3, 800]) {
      expect(Math.abs(lowerBeta(a, 1, 0.875) / 0.875 ** a - 1)).toBeLessThan(1e-13);
      expect(Math.abs(lowerBeta(1, a, 0.875) / -Math.expm1(a * Math.log1p(-0.875)) - 1)).toBeLessThan(1e-13);
    }
  });

  it("takes a complement that the caller knows better", () => {
    // 1 − 1e-20 is 1 in float64, yet its upper tail is known.
    expect(lowerBeta(2, 3, 1e-20, 1) / 6e-40).toBeCloseTo(1, 12);
    expect(lowerBeta(3, 2, 1, 1e-20)).toBe(1);
  });

  it("ends, whatever the parameters", () => {
    for (const [a, b, x] of [
      [1e15, 1e15, 0.5],
      [1e-9, 1e-9, 0.5],
      [1e-9, 1e15, 0.5],
      [1e300, 2, 0.999],
      [0.5, 1e18, 1e-18],
    ]) {
      const value = lowerBeta(a, b, x);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });
});

describe("small helpers", () => {
  it("log1pExp and log1mExp are exact at both ends", () => {
    expect([log1pExp(-800), log1pExp(800), log1pExp(0), log1pExp(-Infinity), log1pExp(Infinity)]).toEqual([0, 800, Math.LN2, 0, Infinity]);
    expect(log1pExp(-40) / Math.exp(-40)).toBeCloseTo(1, 14);
    expect([log1mExp(0), log1mExp(Infinity), log1mExp(NaN)]).toEqual([-Infinity, -0, NaN]);
    expect(log1mExp(1e-20)).toBeCloseTo(Math.log(1e-20), 14);
    expect(log1mExp(40) / -Math.exp(-40)).toBeCloseTo(1, 14);
  });

  it("logBeta is infinite at 0 and keeps its digits beside a huge parameter", () => {
    expect([logBeta(0, 2), logBeta(-1, 2), logBeta(NaN, 2)]).toEqual([Infinity, NaN, NaN]);
    // B(2, b) = 1 / (b (b + 1)).
    expect(logBeta(2, 1e15)).toBeCloseTo(-2 * Math.log(1e15), 12);
  });

  it("stirlingError falls from infinity to 1 / (12 x)", () => {
    expect(stirlingError(0)).toBe(Infinity);
    expect(stirlingError(1)).toBeCloseTo(1 - 0.5 * Math.log(2 * Math.PI), 15);
    expect(stirlingError(1e10) * 12e10).toBeCloseTo(1, 14);
  });

  it("Mills' ratio falls at the rate of its slope", () => {
    for (const x of [-2, -0.3, 0, 0.4, 3, 17, 1e3]) {
      const plain = x < 5 && x >= 0 ? 1 - x * millsRatio(x) : millsSlope(x);
      // The plain formula cancels to 1/x² of its terms.
      expect(Math.abs(millsSlope(x) / plain - 1)).toBeLessThan(1e-14);
    }
    // A central difference with an error of step² / 6 times the third derivative, and rounding over the step.
    for (const x of [0.5, 4, 30]) expect(Math.abs((millsRatio(x - 1e-4) - millsRatio(x + 1e-4)) / 2e-4 - millsSlope(x))).toBeLessThan(1e-8);
    expect([millsRatio(Infinity), millsSlope(Infinity)]).toEqual([0, 0]);
    expect(millsSlope(1e8) * 1e16).toBeCloseTo(1, 14);
  });

  it("logSinc joins its series to the plain formula", () => {
    expect(Math.abs(logSinc(1 - 1e-15) / logSinc(1 + 1e-15) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(logSinc(2) / Math.log(Math.sin(2) / 2) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(logSinc(1e-8) / (-1e-16 / 6) - 1)).toBeLessThan(1e-14);
    expect(logSinc(0)).toBeCloseTo(0, 15);
  });

  it("powerDevianceTerm is the integral of (y − t) t^−power, near the mean and away from it", () => {
    for (const power of [1.5, 2.5, 3, 6]) {
      for (const y of [0.2, 0.999, 1.0001, 1.64, 1.65, 5]) {
        let sum = 0;
        // The midpoint rule with 20,000 panels, whose error is (log y / 20,000)² / 24 of the second derivative.
        const width = Math.log(y) / 20_000;
        for (let k = 0; k < 20_000; k++) {
          const t = Math.exp((k + 0.5) * width);
          sum += (y - t) * t ** (1 - power) * width;
        }
        expect(Math.abs(powerDevianceTerm(y, 1, power) / sum - 1)).toBeLessThan(1e-6);
        // 3 y is rounded, which y − mu magnifies by y / |y − mu|.
        expect(powerDevianceTerm(3 * y, 3, power) / powerDevianceTerm(y, 1, power)).toBeCloseTo(3 ** (2 - power), 10);
      }
    }
    expect(powerDevianceTerm(2, 2, 2.5)).toBe(0);
  });
});
