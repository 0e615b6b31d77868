import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normal } from "../../../../src/numeric/index.ts";

describe("normal", () => {
  it("has tails that add up to one", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(normal.cdf(x) + normal.upper(x) - 1)).toBeLessThanOrEqual(2 ** -52);
        expect(normal.upper(x)).toBe(normal.cdf(-x));
      }),
    );
  });

  it("never falls", () => {
    fc.assert(
      fc.property(fc.double({ min: -38, max: 8, noNaN: true }), fc.double({ min: 1e-3, max: 5, noNaN: true }), (x, step) => {
        expect(normal.cdf(x + step)).toBeGreaterThanOrEqual(normal.cdf(x));
        expect(normal.logCdf(x + step)).toBeGreaterThanOrEqual(normal.logCdf(x));
      }),
    );
  });

  it("is inverted by its quantile, far into the tails", () => {
    fc.assert(
      fc.property(fc.double({ min: -300, max: -0.31, noNaN: true }), (exponent) => {
        const p = 10 ** exponent;
        const x = normal.quantile(p);
        // An error of 1e-15 in x is one of |x| (|x| + 1) 1e-15 in p, at most 1.4e-12 here.
        expect(Math.abs(normal.cdf(x) / p - 1)).toBeLessThan(1e-15 * (1 + Math.abs(x) * (1 + Math.abs(x))));
        expect(normal.quantile(1 - p)).toBeCloseTo(-normal.quantile(1 - (1 - p)), 8);
      }),
    );
  });

  it("keeps the logarithm of a tail that underflows", () => {
    expect(normal.upper(40)).toBe(0);
    // log of the density less log 40, corrected by −1/40².
    expect(normal.logUpper(40)).toBeCloseTo(normal.logDensity(40) - Math.log(40) - 1 / 1600, 5);
    expect(normal.logCdf(-1e10)).toBeCloseTo(-5e19, -8);
  });

  it("answers at the ends and passes NaN through", () => {
    expect([normal.cdf(-Infinity), normal.cdf(0), normal.cdf(Infinity)]).toEqual([0, 0.5, 1]);
    expect([normal.logCdf(-Infinity), normal.logUpper(-Infinity)]).toEqual([-Infinity, -0]);
    expect([normal.density(Infinity), normal.logDensity(-Infinity)]).toEqual([0, -Infinity]);
    expect([normal.quantile(0), normal.quantile(0.5), normal.quantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect([normal.quantile(-0.1), normal.quantile(1.1), normal.quantile(NaN)]).toEqual([NaN, NaN, NaN]);
    expect([normal.cdf(NaN), normal.upper(NaN), normal.logCdf(NaN), normal.density(NaN)]).toEqual([NaN, NaN, NaN, NaN]);
  });
});
