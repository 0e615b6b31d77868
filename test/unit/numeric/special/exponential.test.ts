import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exponential, logOnePlus } from "../../../../src/numeric/index.ts";

/** Each side is within a unit in the last place (2.2e-16), and so the two within three. */
const THREE_UNITS = 6.7e-16;

describe("exponential", () => {
  it("agrees with Math.exp to the last digits", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(THREE_UNITS);
      }),
      { numRuns: 1000 },
    );
  });

  it("is exact at 0 and keeps the ends of float64", () => {
    expect([0, -0, 710, -746, -745, Infinity, -Infinity].map((x) => exponential(x))).toEqual([1, 1, Infinity, 0, 5e-324, Infinity, 0]);
    expect(exponential(Number.NaN)).toBeNaN();
  });
});

describe("logOnePlus", () => {
  it("agrees with Math.log1p relative to its size, however small", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 60 }), (x, halvings) => {
        const small = x / 2 ** halvings;
        expect(Math.abs(logOnePlus(small) - Math.log1p(small))).toBeLessThanOrEqual(THREE_UNITS * small);
      }),
      { numRuns: 1000 },
    );
    expect(logOnePlus(0)).toBe(0);
    expect(logOnePlus(1)).toBe(Math.LN2);
    expect(logOnePlus(Number.NaN)).toBeNaN();
  });
});
