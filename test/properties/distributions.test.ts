import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binomial,
  chiSquared,
  fisherF,
  gamma,
  inverseGaussian,
  lowerBeta,
  lowerGamma,
  negativeBinomial,
  normal,
  poisson,
  studentT,
  tweedie,
  upperGamma,
} from "../../src/numeric/index.ts";

/** Two tails of at most 1, each with some hundred roundings of 1e-16, of which degrees of freedom up to 1e9 magnify a few. */
const ROUNDING = 1e-13;

interface Tails {
  readonly cdf: (x: number) => number;
  readonly upper: (x: number) => number;
}

function logUniform(low: number, high: number): fc.Arbitrary<number> {
  return fc.double({ min: low, max: high, noNaN: true }).map((exponent) => 10 ** exponent);
}

/** Every distribution with parameters drawn over many sizes, and a point in it. */
const distributions: Record<string, fc.Arbitrary<{ tails: Tails; x: number; step: number }>> = {
  normal: fc.tuple(fc.double({ min: -38, max: 38, noNaN: true }), logUniform(-6, 1)).map(([x, step]) => ({ tails: normal, x, step })),
  studentT: fc
    .tuple(fc.double({ min: -60, max: 60, noNaN: true }), logUniform(-1, 9), logUniform(-6, 2))
    .map(([x, df, step]) => ({ tails: { cdf: (t) => studentT.cdf(t, df), upper: (t) => studentT.upper(t, df) }, x, step })),
  chiSquared: fc.tuple(logUniform(-2, 7), logUniform(-2, 1), logUniform(-3, 1)).map(([df, times, step]) => ({
    tails: { cdf: (x) => chiSquared.cdf(x, df), upper: (x) => chiSquared.upper(x, df) },
    x: df * times,
    step: step * df * times,
  })),
  fisherF: fc.tuple(logUniform(-2, 2), logUniform(-1, 6), logUniform(-1, 9), logUniform(-3, 1)).map(([x, df1, df2, step]) => ({
    tails: { cdf: (f) => fisherF.cdf(f, df1, df2), upper: (f) => fisherF.upper(f, df1, df2) },
    x,
    step: step * x,
  })),
  gamma: fc.tuple(logUniform(-3, 7), logUniform(-3, 3), logUniform(-2, 1), logUniform(-3, 1)).map(([shape, scale, times, step]) => ({
    tails: { cdf: (y) => gamma.cdf(y, shape, scale), upper: (y) => gamma.upper(y, shape, scale) },
    x: shape * scale * times,
    step: step * shape * scale * times,
  })),
  inverseGaussian: fc
    .tuple(logUniform(-3, 3), logUniform(-4, 4), logUniform(-3, 3), logUniform(-3, 1))
    .map(([mean, dispersion, times, step]) => ({
      tails: { cdf: (y) => inverseGaussian.cdf(y, mean, dispersion), upper: (y) => inverseGaussian.upper(y, mean, dispersion) },
      x: mean * times,
      step: step * mean * times,
    })),
  tweedie: fc
    .tuple(logUniform(-2, 2), logUniform(-2, 2), fc.double({ min: 1.05, max: 1.95, noNaN: true }), logUniform(-1, 1), logUniform(-3, 1))
    .map(([mean, dispersion, power, times, step]) => ({
      tails: { cdf: (y) => tweedie.cdf(y, mean, dispersion, power), upper: (y) => tweedie.upper(y, mean, dispersion, power) },
      x: mean * times,
      step: step * mean * times,
    })),
  poisson: fc.tuple(logUniform(-3, 6), logUniform(-1, 0.7), fc.integer({ min: 1, max: 100 })).map(([mean, times, step]) => ({
    tails: { cdf: (y) => poisson.cdf(y, mean), upper: (y) => poisson.upper(y, mean) },
    x: Math.floor(mean * times),
    step,
  })),
  binomial: fc
    .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, p, share]) => ({
      tails: { cdf: (y) => binomial.cdf(y, n, p), upper: (y) => binomial.upper(y, n, p) },
      x: Math.floor(n * share),
      step: 1 + Math.floor(n / 50),
    })),
  negativeBinomial: fc
    .tuple(logUniform(-3, 4), logUniform(-2, 9), logUniform(-1, 1), fc.integer({ min: 1, max: 100 }))
    .map(([mean, theta, times, step]) => ({
      tails: { cdf: (y) => negativeBinomial.cdf(y, mean, theta), upper: (y) => negativeBinomial.upper(y, mean, theta) },
      x: Math.floor(mean * times),
      step,
    })),
};

describe.each(Object.keys(distributions))("%s", (name) => {
  it("has tails between 0 and 1 that add up to 1", () => {
    fc.assert(
      fc.property(distributions[name], ({ tails, x }) => {
        const [lower, upper] = [tails.cdf(x), tails.upper(x)];
        expect(Math.min(lower, upper)).toBeGreaterThanOrEqual(0);
        expect(Math.max(lower, upper)).toBeLessThanOrEqual(1);
        expect(Math.abs(lower + upper - 1)).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  it("does not fall", () => {
    fc.assert(
      fc.property(distributions[name], ({ tails, x, step }) => {
        expect(tails.cdf(x + step)).toBeGreaterThanOrEqual(tails.cdf(x) * (1 - ROUNDING));
        expect(tails.upper(x + step)).toBeLessThanOrEqual(tails.upper(x) * (1 + ROUNDING) + Number.MIN_VALUE);
      }),
    );
  });

  it("answers NaN to NaN", () => {
    fc.assert(
      fc.property(distributions[name], ({ tails }) => {
        expect([tails.cdf(NaN), tails.upper(NaN)]).toEqual([NaN, NaN]);
      }),
    );
  });
});

describe("quantiles", () => {
  const probability = fc.oneof(
    logUniform(-30, -0.01),
    logUniform(-15, -0.3).map((q) => 1 - q),
  );

  /** The tail at the quantile, relative to the one asked for: an error of 1e-16 in x costs it log-slope · x, here up to some 1e3. */
  const TAKEN_BACK = 1e-12;

  function expectTakenBack(p: number, x: number, cdf: number, upper: number): void {
    // A quantile that leaves float64 (a tiny shape, few degrees of freedom) cannot be taken back.
    if (x === 0 || !Number.isFinite(x) || x < 1e-300) return;
    if (p < 0.5) expect(Math.abs(cdf / p - 1)).toBeLessThan(TAKEN_BACK);
    else expect(Math.abs(upper / (1 - p) - 1)).toBeLessThan(TAKEN_BACK);
  }

  it("are taken back by the gamma and chi-squared distributions", () => {
    fc.assert(
      fc.property(probability, logUniform(-2, 5), (p, shape) => {
        const x = gamma.quantile(p, shape, 1);
        expectTakenBack(p, x, gamma.cdf(x, shape, 1), gamma.upper(x, shape, 1));
        expect(chiSquared.quantile(p, 2 * shape)).toBe(2 * x);
      }),
    );
  });

  it("are taken back by Student's t distribution", () => {
    fc.assert(
      fc.property(probability, logUniform(-0.3, 6), (p, df) => {
        const t = studentT.quantile(p, df);
        if (Number.isFinite(t)) expectTakenBack(p, Math.abs(t), studentT.cdf(t, df), studentT.upper(t, df));
      }),
    );
  });

  it("are taken back by Fisher's F distribution", () => {
    fc.assert(
      fc.property(probability, logUniform(0, 5), logUniform(0, 6), (p, df1, df2) => {
        const f = fisherF.quantile(p, df1, df2);
        expectTakenBack(p, f, fisherF.cdf(f, df1, df2), fisherF.upper(f, df1, df2));
      }),
    );
  });
});

describe("recurrences", () => {
  it("P(a, x) − P(a + 1, x) = xᵃ e⁻ˣ / Γ(a + 1), which is a Poisson probability for whole a", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), logUniform(-2, 0.5), (a, times) => {
        const x = (a + 1) * times;
        const difference = a === 0 ? 1 - lowerGamma(1, x) : lowerGamma(a, x) - lowerGamma(a + 1, x);
        expect(Math.abs(difference - Math.exp(poisson.logDensity(a, x)))).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  it("I_x(a, b) = 1 − I_1−x(b, a)", () => {
    fc.assert(
      fc.property(logUniform(-2, 6), logUniform(-2, 6), fc.integer({ min: 1, max: 2 ** 30 - 1 }), (a, b, numerator) => {
        const x = numerator / 2 ** 30;
        expect(Math.abs(lowerBeta(a, b, x) + lowerBeta(b, a, 1 - x) - 1)).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  it("a count's cdf is the sum of its densities", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), logUniform(-2, 2), logUniform(-1, 6), (y, mean, theta) => {
        const counts = Array.from({ length: y + 1 }, (_, k) => k);
        const sum = (logDensity: (k: number) => number): number => counts.reduce((total, k) => total + Math.exp(logDensity(k)), 0);
        expect(Math.abs(poisson.cdf(y, mean) - sum((k) => poisson.logDensity(k, mean)))).toBeLessThanOrEqual(ROUNDING);
        expect(
          Math.abs(negativeBinomial.cdf(y, mean, theta) - sum((k) => negativeBinomial.logDensity(k, mean, theta))),
        ).toBeLessThanOrEqual(ROUNDING);
        const share = mean / (1 + mean);
        expect(Math.abs(binomial.cdf(y, 80, share) - sum((k) => binomial.logDensity(k, 80, share)))).toBeLessThanOrEqual(ROUNDING);
      }),
    );
  });

  it("F with one numerator degree of freedom is t squared, and with infinite denominator a chi-squared", () => {
    fc.assert(
      fc.property(logUniform(-3, 1.4), logUniform(-1, 7), (t, df) => {
        // t² is rounded, which the tail's log-slope, at most df + 1 or t² + 1, magnifies.
        const slope = 1 + Math.min(df + 1, t * t);
        expect(Math.abs(fisherF.upper(t * t, 1, df) / studentT.twoSided(t, df) - 1)).toBeLessThanOrEqual(ROUNDING * slope);
        expect(Math.abs(fisherF.upper(t, df, Infinity) - chiSquared.upper(df * t, df))).toBeLessThanOrEqual(ROUNDING);
        expect(upperGamma(df, t)).toBe(gamma.upper(t, df, 1));
      }),
    );
  });
});
