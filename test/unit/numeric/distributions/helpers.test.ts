import { describe, expect, it } from "vitest";
import { findPositiveRoot } from "../../../../src/numeric/distributions/find-quantile.ts";
import { logSumPeaked } from "../../../../src/numeric/distributions/sum-peaked.ts";
import { wholeBelow, wholeNumber } from "../../../../src/numeric/distributions/whole-number.ts";
import { createRandom, normal, poisson, randomNormal } from "../../../../src/numeric/index.ts";

describe("findPositiveRoot", () => {
  it.each([1e-200, 1e-3, 0.7, 1, 42, 1e250])("finds %d from any start, to its last digits", (root) => {
    for (const start of [1e-300, 1e-5, 1, 3e7, 1e300]) {
      expect(Math.abs(findPositiveRoot((x) => Math.log(x) - Math.log(root), start) / root - 1)).toBeLessThan(2e-13);
    }
  });

  it("finds the root of a step, where no interpolation helps", () => {
    expect(Math.abs(findPositiveRoot((x) => (x < 2.5 ? -1 : 1), 1) / 2.5 - 1)).toBeLessThan(1e-14);
  });

  it("ends at the ends of float64, and at NaN", () => {
    expect([findPositiveRoot(() => 1, 1), findPositiveRoot(() => -1, 1), findPositiveRoot(() => NaN, 1)]).toEqual([0, Infinity, NaN]);
  });

  it("asks some thirty times at most of a smooth function", () => {
    let calls = 0;
    findPositiveRoot((x) => {
      calls++;
      return Math.log(x / 7) + (x - 7) / 3;
    }, 1);
    expect(calls).toBeLessThan(30);
  });
});

describe("logSumPeaked", () => {
  it("gives the total mass of counts, by terms and by steps", () => {
    for (const mean of [0.01, 3, 100, 1e4, 1e10]) {
      const total = logSumPeaked(
        (j) => poisson.logDensity(j, mean),
        0,
        1,
        (peak) => Math.sqrt(peak),
      );
      // For a mean of 1e10 the steps are of 5e4: each density is exact to 1e-15.
      expect(Math.abs(total)).toBeLessThan(1e-13);
    }
  });

  it("sums a wide peak with few terms", () => {
    let calls = 0;
    const mean = 1e10;
    logSumPeaked(
      (j) => {
        calls++;
        return poisson.logDensity(j, mean);
      },
      0,
      mean,
      (peak) => Math.sqrt(peak),
    );
    expect(calls).toBeLessThan(200);
  });

  it("is −Infinity where no term counts", () => {
    expect(
      logSumPeaked(
        () => -Infinity,
        1,
        5,
        () => 1,
      ),
    ).toBe(-Infinity);
  });
});

describe("whole numbers", () => {
  it("are found within a rounding", () => {
    expect([wholeNumber(3), wholeNumber(3 + 1e-9), wholeNumber(2.5), wholeNumber(1e12 + 0.25), wholeNumber(Infinity)]).toEqual([
      3,
      3,
      NaN,
      1e12,
      Infinity,
    ]);
    expect([wholeBelow(2.5), wholeBelow(3 - 1e-9), wholeBelow(3), wholeBelow(-0.5), wholeBelow(NaN)]).toEqual([2, 3, 3, -1, NaN]);
  });
});

describe("randomNormal", () => {
  it("has the moments of a standard normal variable, and repeats itself", () => {
    const random = createRandom(5);
    const values = Array.from({ length: 50_000 }, () => randomNormal(random));
    const moment = (k: number): number => values.reduce((sum, x) => sum + x ** k, 0) / values.length;
    // Four standard errors: √(1, 2, 15, 96) / √50,000.
    expect(Math.abs(moment(1))).toBeLessThan(4 * Math.sqrt(1 / 50_000));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / 50_000));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / 50_000));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / 50_000));
    expect(randomNormal(createRandom(5))).toBe(values[0]);
  });

  it("is finite at both ends of the generator, and symmetric", () => {
    const at = (uniform: number): number => randomNormal({ next: () => uniform, integer: () => 0 });
    expect(at(0)).toBe(normal.quantile(2 ** -54));
    expect(at(1 - 2 ** -53)).toBe(-at(0));
    expect(at(0.5)).toBe(-at(0.5 - 2 ** -53));
  });
});
