import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digamma, logGamma, tetragamma, trigamma } from "../../../../src/numeric/index.ts";

/** A dozen roundings of 1e-16, of the largest number in the comparison. */
const ROUNDING = 4e-15;

const argument = fc.double({ min: -9, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);

describe("logGamma", () => {
  it("is the logarithm of a factorial at whole numbers", () => {
    let factorial = 1;
    for (let n = 1; n <= 170; n++) {
      expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThanOrEqual(ROUNDING * Math.log(factorial));
      factorial *= n;
    }
  });

  it("obeys log Γ(x + 1) = log Γ(x) + log x", () => {
    fc.assert(
      fc.property(argument, (x) => {
        const scale = Math.max(Math.abs(logGamma(x)), Math.abs(logGamma(x + 1)), Math.abs(Math.log(x)));
        // x + 1 rounds x away by 1e-16 at most, which log Γ, of slope at most log(x + 1), carries over.
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThanOrEqual(ROUNDING * Math.max(scale, 1));
      }),
    );
  });

  it("keeps its digits beside its roots, where it is −γ z and (1 − γ) z", () => {
    const euler = 0.5772156649015329;
    expect(Math.abs(logGamma(1 + 2 ** -40) / (-euler * 2 ** -40) - 1)).toBeLessThan(2 ** -39);
    expect(Math.abs(logGamma(2 + 2 ** -40) / ((1 - euler) * 2 ** -40) - 1)).toBeLessThan(2 ** -39);
  });

  it("is infinite at 0 and at infinity, and not a number below", () => {
    expect([logGamma(0), logGamma(Infinity), logGamma(-1), logGamma(NaN)]).toEqual([Infinity, Infinity, NaN, NaN]);
  });
});

describe("polygamma", () => {
  it("obeys the recurrences", () => {
    fc.assert(
      fc.property(argument, (x) => {
        const next = x + 1;
        expect(Math.abs(digamma(next) - digamma(x) - 1 / x)).toBeLessThanOrEqual(ROUNDING * Math.max(1, 1 / x, Math.abs(digamma(next))));
        expect(Math.abs(trigamma(x) - trigamma(next) - 1 / x ** 2)).toBeLessThanOrEqual(ROUNDING * trigamma(x));
        expect(Math.abs(tetragamma(x) - tetragamma(next) + 2 / x ** 3)).toBeLessThanOrEqual(ROUNDING * -tetragamma(x));
      }),
    );
  });

  it("has the known values at 1 and 1/2", () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 14);
    expect(digamma(0.5)).toBeCloseTo(-0.5772156649015329 - 2 * Math.LN2, 14);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 14);
    expect(tetragamma(1)).toBeCloseTo(-2 * 1.2020569031595942, 14);
  });

  it("is infinite at 0 and not a number below", () => {
    expect([digamma(0), trigamma(0), tetragamma(0)]).toEqual([-Infinity, Infinity, -Infinity]);
    expect([digamma(-1), trigamma(-1), tetragamma(-1), digamma(NaN)]).toEqual([NaN, NaN, NaN, NaN]);
    expect([digamma(Infinity), trigamma(Infinity), Math.abs(tetragamma(Infinity))]).toEqual([Infinity, 0, 0]);
  });
});
