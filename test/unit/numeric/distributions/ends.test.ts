import { describe, expect, it } from "vitest";
import {
  binomial,
  chiSquared,
  fisherF,
  gamma,
  inverseGaussian,
  negativeBinomial,
  normal,
  poisson,
  studentT,
  tweedie,
} from "../../../../src/numeric/index.ts";

/** Some roundings of 1e-16 in a probability. */
const ROUNDING = 2e-14;

describe("poisson", () => {
  it("has no mass below 0, beside whole numbers, or away from 0 where the mean is 0", () => {
    expect([poisson.logDensity(-1, 2), poisson.logDensity(1.5, 2), poisson.logDensity(1, 0)]).toEqual([-Infinity, -Infinity, -Infinity]);
    expect([poisson.logDensity(0, 0), poisson.cdf(-1, 2), poisson.upper(-1, 2), poisson.cdf(3, 0)]).toEqual([-0, 0, 1, 1]);
    expect([poisson.cdf(2.7, 1), poisson.upper(2.7, 1)]).toEqual([poisson.cdf(2, 1), poisson.upper(2, 1)]);
  });

  it("takes a count that misses its whole number by a rounding as that number", () => {
    const missed = 0.1 * 3 * 10;
    expect(missed).not.toBe(3);
    expect(poisson.logDensity(missed, 2)).toBe(poisson.logDensity(3, 2));
    expect(poisson.cdf(3 - 1e-12, 2)).toBe(poisson.cdf(3, 2));
  });

  it("refuses what is no number or no mean", () => {
    expect([poisson.logDensity(NaN, 1), poisson.logDensity(1, NaN), poisson.logDensity(1, -1)]).toEqual([NaN, NaN, NaN]);
    expect([poisson.cdf(1, NaN), poisson.upper(-1, NaN), poisson.cdf(1, -1)]).toEqual([NaN, NaN, NaN]);
  });
});

describe("binomial", () => {
  it("is certain at the ends", () => {
    expect([binomial.logDensity(0, 5, 0), binomial.logDensity(5, 5, 1), binomial.logDensity(0, 0, 0.3)]).toEqual([0, 0, -0]);
    expect([binomial.logDensity(1, 5, 0), binomial.logDensity(4, 5, 1), binomial.logDensity(6, 5, 0.5)]).toEqual([
      -Infinity,
      -Infinity,
      -Infinity,
    ]);
    expect([binomial.cdf(-1, 5, 0.5), binomial.cdf(5, 5, 0.5), binomial.upper(-1, 5, 0.5), binomial.upper(5, 5, 0.5)]).toEqual([
      0, 1, 1, 0,
    ]);
    expect([binomial.cdf(2, 5, 0), binomial.cdf(2, 5, 1)]).toEqual([1, 0]);
  });

  it("keeps a probability below a rounding of 1", () => {
    expect(binomial.logDensity(0, 3, 1e-20)).toBeCloseTo(-3e-20, 30);
    expect(binomial.logDensity(3, 3, 1e-20)).toBeCloseTo(3 * Math.log(1e-20), 12);
  });

  it("refuses what is no probability, no number, or no number of trials", () => {
    expect([binomial.logDensity(1, 2, 1.1), binomial.logDensity(NaN, 2, 0.5), binomial.logDensity(1, 2.5, 0.5)]).toEqual([NaN, NaN, NaN]);
    expect([binomial.cdf(1, 2, -0.1), binomial.upper(NaN, 2, 0.5), binomial.cdf(1, Infinity, 0.5)]).toEqual([NaN, NaN, NaN]);
  });
});

describe("negativeBinomial", () => {
  it("is the Poisson distribution for infinite theta, and close to it for a large one", () => {
    expect(negativeBinomial.logDensity(3, 2, Infinity)).toBe(poisson.logDensity(3, 2));
    expect(negativeBinomial.cdf(3, 2, Infinity)).toBe(poisson.cdf(3, 2));
    expect(negativeBinomial.upper(3, 2, Infinity)).toBe(poisson.upper(3, 2));
    // The log densities differ by ((y − mean)² − y) / (2 theta).
    expect(Math.abs(negativeBinomial.logDensity(3, 2, 1e12) - poisson.logDensity(3, 2))).toBeLessThan(2e-12);
  });

  it("has no mass where it is impossible, and refuses what is no parameter", () => {
    expect([negativeBinomial.logDensity(-1, 2, 1), negativeBinomial.logDensity(0.5, 2, 1)]).toEqual([-Infinity, -Infinity]);
    expect([negativeBinomial.logDensity(0, 0, 1), negativeBinomial.logDensity(1, 0, 1)]).toEqual([-0, -Infinity]);
    expect([negativeBinomial.cdf(-1, 2, 1), negativeBinomial.upper(-1, 2, 1), negativeBinomial.cdf(4, 0, 1)]).toEqual([0, 1, 1]);
    expect([negativeBinomial.logDensity(1, 2, 0), negativeBinomial.cdf(1, NaN, 1), negativeBinomial.upper(NaN, 1, 1)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
  });
});

describe("studentT", () => {
  it("is Cauchy's distribution at 1 degree of freedom, out to where t² leaves float64", () => {
    for (const t of [1e-3, 1, 30, 1e20]) expect(studentT.upper(t, 1) / (Math.atan(1 / t) / Math.PI)).toBeCloseTo(1, 13);
    expect(studentT.upper(1e200, 1) * Math.PI * 1e200).toBeCloseTo(1, 12);
  });

  it("is the normal distribution for infinite degrees of freedom", () => {
    expect([studentT.cdf(1.3, Infinity), studentT.upper(1.3, Infinity)]).toEqual([normal.cdf(1.3), normal.upper(1.3)]);
    expect(studentT.quantile(0.3, Infinity)).toBe(normal.quantile(0.3));
    expect(studentT.twoSided(-2, Infinity)).toBeCloseTo(2 * normal.upper(2), 15);
  });

  it("answers at its ends and refuses what is no number", () => {
    expect([studentT.cdf(0, 3), studentT.twoSided(0, 3), studentT.cdf(-Infinity, 3), studentT.upper(Infinity, 3)]).toEqual([0.5, 1, 0, 0]);
    expect([studentT.quantile(0, 3), studentT.quantile(0.5, 3), studentT.quantile(1, 3)]).toEqual([-Infinity, 0, Infinity]);
    expect([studentT.quantile(-1, 3), studentT.quantile(0.3, 0), studentT.cdf(NaN, 3), studentT.twoSided(1, NaN)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    // Half a degree of freedom: the quantile of 1e-300 is about 1e600.
    expect(studentT.quantile(1e-300, 0.5)).toBe(-Infinity);
  });
});

describe("fisherF", () => {
  it("has the limits of infinite degrees of freedom", () => {
    expect(Math.abs(fisherF.upper(2, 5, Infinity) - chiSquared.upper(10, 5))).toBeLessThan(ROUNDING);
    expect(Math.abs(fisherF.upper(2, Infinity, 5) - chiSquared.cdf(2.5, 5))).toBeLessThan(ROUNDING);
    expect(fisherF.quantile(0.95, Infinity, 5)).toBeCloseTo(5 / chiSquared.quantile(0.05, 5), 12);
    expect([fisherF.cdf(0.9, Infinity, Infinity), fisherF.cdf(1, Infinity, Infinity), fisherF.quantile(0.3, Infinity, Infinity)]).toEqual([
      0, 1, 1,
    ]);
  });

  it("stays at its limits for degrees of freedom whose products leave float64", () => {
    expect(Math.abs(fisherF.upper(3, 1e300, 20) - fisherF.upper(3, Infinity, 20))).toBeLessThan(ROUNDING);
    expect(Math.abs(fisherF.upper(3, 20, 1e300) - fisherF.upper(3, 20, Infinity))).toBeLessThan(ROUNDING);
    expect([fisherF.upper(3, 1e300, 1e300), fisherF.cdf(3, 1e300, 1e300)]).toEqual([0, 1]);
    expect(studentT.twoSided(2, 1e300)).toBeCloseTo(2 * normal.upper(2), 14);
  });

  it("takes the middle where F is 1 from the right side", () => {
    // x = df1 / (df1 + df2) is the mean of the beta variable exactly, where the two tails meet.
    expect(Math.abs(fisherF.cdf(1, 50, 1e5) - fisherF.cdf(1 + 1e-13, 50, 1e5))).toBeLessThan(1e-12);
    expect(Math.abs(fisherF.cdf(1, 50, 1e5) - fisherF.cdf(1 - 1e-13, 50, 1e5))).toBeLessThan(1e-12);
    expect(Math.abs(fisherF.cdf(1, 1e5, 50) + fisherF.cdf(1, 50, 1e5) - 1)).toBeLessThan(ROUNDING);
  });

  it("answers at its ends and refuses what is no number", () => {
    expect([fisherF.cdf(0, 2, 3), fisherF.upper(0, 2, 3), fisherF.cdf(Infinity, 2, 3), fisherF.upper(-1, 2, 3)]).toEqual([0, 1, 1, 1]);
    expect([fisherF.quantile(0, 2, 3), fisherF.quantile(1, 2, 3), fisherF.quantile(0.5, 0, 3)]).toEqual([0, Infinity, NaN]);
    expect([fisherF.cdf(NaN, 2, 3), fisherF.upper(1, NaN, 3), fisherF.upper(1, 2, -1), fisherF.cdf(NaN, Infinity, Infinity)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
  });
});

describe("gamma and chi-squared", () => {
  it("answer at their ends", () => {
    expect([gamma.logDensity(0, 0.5, 1), gamma.logDensity(0, 1, 2), gamma.logDensity(0, 3, 1)]).toEqual([Infinity, -Math.LN2, -Infinity]);
    expect([gamma.logDensity(-1, 2, 1), gamma.cdf(-1, 2, 1), gamma.upper(-1, 2, 1), gamma.cdf(Infinity, 2, 1)]).toEqual([
      -Infinity,
      0,
      1,
      1,
    ]);
    expect([gamma.quantile(0, 2, 1), gamma.quantile(1, 2, 1), gamma.quantile(0.01, 0.001, 1)]).toEqual([0, Infinity, 0]);
    expect([chiSquared.upper(0, 3), chiSquared.upper(Infinity, 3), chiSquared.upper(3, 0)]).toEqual([1, 0, 0]);
  });

  it("keep the logarithm of a tail that underflows", () => {
    expect(chiSquared.upper(3000, 2)).toBe(0);
    expect(chiSquared.logUpper(3000, 2)).toBeCloseTo(-1500, 10);
    // P(a, x) is x^a / Γ(a + 1) for small x.
    expect(gamma.logCdf(1e-30, 100, 1)).toBeCloseTo(100 * Math.log(1e-30) - 363.73937555556347, 8);
  });

  it("refuse what is no parameter", () => {
    expect([gamma.logDensity(1, 0, 1), gamma.cdf(1, 1, 0), gamma.upper(NaN, 1, 1), gamma.quantile(0.5, -1, 1)]).toEqual([
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect([chiSquared.upper(1, -1), chiSquared.quantile(2, 1), chiSquared.cdf(1, NaN)]).toEqual([NaN, NaN, NaN]);
  });

  it("stay exact and quick at a shape of 1e8, where a series would take tens of thousands of steps", () => {
    // Near its mean a gamma variable of shape a is normal, with a skewness of 2/√a: P(a, a) = 1/2 + 1/(3 √(2π a)) + …
    expect(Math.abs(gamma.cdf(1e8, 1e8, 1) - (0.5 + 1 / (3 * Math.sqrt(2 * Math.PI * 1e8))))).toBeLessThan(1e-13);
  });
});

describe("inverseGaussian", () => {
  it("is Lévy's distribution for an infinite mean", () => {
    for (const y of [1e-3, 0.5, 40, 1e6]) {
      expect(inverseGaussian.cdf(y, Infinity, 2) / (2 * normal.upper(1 / Math.sqrt(2 * y)))).toBeCloseTo(1, 13);
      expect(inverseGaussian.logDensity(y, Infinity, 2)).toBeCloseTo(-0.25 / y - 0.5 * Math.log(2 * Math.PI * 2 * y ** 3), 11);
    }
  });

  it("answers at its ends and refuses what is no parameter", () => {
    expect([inverseGaussian.cdf(0, 1, 1), inverseGaussian.upper(-1, 1, 1), inverseGaussian.cdf(Infinity, 1, 1)]).toEqual([0, 1, 1]);
    expect([
      inverseGaussian.logDensity(0, 1, 1),
      inverseGaussian.logDensity(Infinity, 1, 1),
      inverseGaussian.upper(Infinity, 1, 1),
    ]).toEqual([-Infinity, -Infinity, 0]);
    expect([inverseGaussian.cdf(1, 0, 1), inverseGaussian.upper(1, 1, 0), inverseGaussian.logDensity(NaN, 1, 1)]).toEqual([NaN, NaN, NaN]);
    expect([inverseGaussian.cdf(NaN, 1, 1), inverseGaussian.upper(NaN, 1, 1)]).toEqual([NaN, NaN]);
  });
});

describe("tweedie", () => {
  it("has the distributions of its whole powers", () => {
    expect(tweedie.logDensity(1.3, 1, 4, 0)).toBeCloseTo(normal.logDensity(0.15) - Math.LN2, 14);
    expect(tweedie.logDensity(3, 2, 1, 1)).toBe(poisson.logDensity(3, 2));
    expect(tweedie.logDensity(3, 2, 0.5, 2)).toBe(gamma.logDensity(3, 2, 1));
    expect(tweedie.logDensity(3, 2, 0.5, 3)).toBe(inverseGaussian.logDensity(3, 2, 0.5));
    expect(tweedie.cdf(1.3, 1, 4, 0) + tweedie.upper(1.3, 1, 4, 0)).toBeCloseTo(1, 14);
    expect(tweedie.cdf(3, 2, 1, 1)).toBe(poisson.cdf(3, 2));
    expect(tweedie.upper(3, 2, 0.5, 2)).toBe(gamma.upper(3, 2, 1));
    expect(tweedie.cdf(3, 2, 0.5, 3)).toBe(inverseGaussian.cdf(3, 2, 0.5));
  });

  it("approaches them from both sides", () => {
    // To first order in the distance of the powers, whose factor is of order one here.
    for (const [power, below] of [
      [2, true],
      [2, false],
      [3, true],
      [3, false],
    ] as const) {
      const near = tweedie.logDensity(3, 2, 0.5, power + (below ? -1e-6 : 1e-6));
      expect(Math.abs(near - tweedie.logDensity(3, 2, 0.5, power))).toBeLessThan(1e-5);
    }
  });

  it("has an exact mass at 0 between the powers 1 and 2", () => {
    const rate = 2 ** 0.5 / (0.7 * 0.5);
    expect(tweedie.logDensity(0, 2, 0.7, 1.5)).toBeCloseTo(-rate, 14);
    expect(tweedie.cdf(0, 2, 0.7, 1.5)).toBeCloseTo(Math.exp(-rate), 15);
    expect(tweedie.upper(0, 2, 0.7, 1.5)).toBeCloseTo(1 - Math.exp(-rate), 15);
    expect([tweedie.cdf(-1, 2, 0.7, 1.5), tweedie.upper(-1, 2, 0.7, 1.5), tweedie.cdf(Infinity, 2, 0.7, 1.5)]).toEqual([0, 1, 1]);
    expect([tweedie.logDensity(-1, 2, 0.7, 1.5), tweedie.logDensity(0, 2, 0.7, 2.5)]).toEqual([-Infinity, -Infinity]);
  });

  it.each([
    [0.5, 1.3],
    [3, 1.7],
    [0.02, 1.5],
    [0.5, 2.4],
    [2, 3.7],
    [0.05, 2.2],
  ])("integrates to one, with its mean, at dispersion %d and power %d", (dispersion, power) => {
    const mean = 1.5;
    // Trapezoids in log y, over which the density times y falls off at both ends: 1e-12 is far below what a wrong constant would do.
    let [total, first] = [power < 2 ? tweedie.cdf(0, mean, dispersion, power) : 0, 0];
    for (let logY = -60; logY <= 60; logY += 1 / 64) {
      const y = Math.exp(logY);
      const mass = Math.exp(tweedie.logDensity(y, mean, dispersion, power) + logY) / 64;
      total += mass;
      first += y * mass;
    }
    expect(Math.abs(total - 1)).toBeLessThan(1e-10);
    expect(Math.abs(first - mean)).toBeLessThan(1e-10);
  });

  it("answers far beyond any data, and quickly", () => {
    expect([
      tweedie.cdf(1e26, 1e-300, 1e-10, 1.01),
      tweedie.upper(1e26, 1e-300, 1e-10, 1.01),
      tweedie.cdf(1e-300, 1e8, 1e-10, 1.0001),
    ]).toEqual([1, 0, 0]);
    expect(tweedie.logDensity(1e26, 1e-300, 1e-3, 1.001)).toBeLessThan(-1e20);
    // At its mean the density is 1 / √(2π dispersion y^power) to the digits that this size leaves.
    expect(tweedie.logDensity(1e-300, 1e-300, 1, 5)).toBeCloseTo(2.5 * Math.log(1e300) - 0.5 * Math.log(2 * Math.PI), 10);
  });

  it("has no distribution between the powers 0 and 1, or for wrong parameters", () => {
    expect([tweedie.logDensity(1, 1, 1, 0.5), tweedie.cdf(1, 1, 1, -1), tweedie.upper(1, 1, 1, NaN)]).toEqual([NaN, NaN, NaN]);
    expect([tweedie.logDensity(NaN, 1, 1, 1.5), tweedie.logDensity(1, 0, 1, 1.5), tweedie.logDensity(1, 1, 0, 1.5)]).toEqual([
      NaN,
      NaN,
      NaN,
    ]);
    expect([tweedie.cdf(1, 1, 1, 2.5), tweedie.upper(1, 1, 1, 2.5)]).toEqual([NaN, NaN]);
  });
});
