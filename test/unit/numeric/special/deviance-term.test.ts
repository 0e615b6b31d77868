import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { devianceTerm } from "../../../../src/numeric/index.ts";

const mean = fc.double({ min: -8, max: 8, noNaN: true }).map((exponent) => 10 ** exponent);

describe("devianceTerm", () => {
  it("is the plain formula where that keeps its digits", () => {
    fc.assert(
      fc.property(mean, fc.double({ min: 2, max: 1e6, noNaN: true }), (mu, quotient) => {
        const y = quotient * mu;
        const plain = y * Math.log(y / mu) - (y - mu);
        expect(Math.abs(devianceTerm(y, mu) - plain)).toBeLessThanOrEqual(1e-14 * plain);
      }),
    );
  });

  it("is (y − mu)² / (2 mu) (1 − (y − mu)/(3 mu)) beside the mean", () => {
    fc.assert(
      fc.property(mean, fc.double({ min: -1e-4, max: 1e-4, noNaN: true }), (mu, relative) => {
        const y = mu * (1 + relative);
        const t = (y - mu) / mu;
        // The next term of the series in t is t²/6 of the first.
        expect(Math.abs(devianceTerm(y, mu) - (mu * t * t * (1 - t / 3)) / 2)).toBeLessThanOrEqual(2e-9 * mu * t * t);
      }),
    );
  });

  it("joins its two ways of computing without a step", () => {
    // |y − mu| = 0.2 (y + mu) at y = 1.5 mu and y = mu / 1.5.
    for (const quotient of [1.5, 1 / 1.5]) {
      const below = devianceTerm(quotient * (1 - 1e-15) * 7, 7);
      const above = devianceTerm(quotient * (1 + 1e-15) * 7, 7);
      expect(Math.abs(above / below - 1)).toBeLessThan(1e-13);
    }
  });

  it("is 0 at the mean, mu at 0, and infinite where the mean is 0", () => {
    expect([devianceTerm(3, 3), devianceTerm(0, 3), devianceTerm(3, 0), devianceTerm(0, 0)]).toEqual([0, 3, Infinity, 0]);
    expect([devianceTerm(NaN, 1), devianceTerm(1, NaN), devianceTerm(0, NaN)]).toEqual([NaN, NaN, NaN]);
    expect(devianceTerm(1e300, 1e-300)).toBeGreaterThan(1e302);
  });
});
