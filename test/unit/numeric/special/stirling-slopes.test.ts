import { describe, expect, it } from "vitest";
import { stirlingError, stirlingSlopes } from "../../../../src/numeric/index.ts";

describe("stirlingSlopes", () => {
  it.each([0.01, 0.3, 1, 4.2, 9.7, 10.3, 250])("at %f are derivatives by log x", (x) => {
    const h = 1e-3;
    const slopeOf = (f: (x: number) => number): number => {
      const at = (step: number): number => f(x * Math.exp(step));
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    };
    const { first, second } = stirlingSlopes(x);
    // h⁴ of the fifth derivative, and roundings divided by h.
    expect(Math.abs(slopeOf(stirlingError) - first)).toBeLessThan(3e-12);
    expect(Math.abs(slopeOf((at) => stirlingSlopes(at).first) - second)).toBeLessThan(3e-12);
  });

  it("join at 10, where the series takes over", () => {
    const [below, above] = [9.999999, 10.000001].map(stirlingSlopes);
    // Over 2e-7 of the logarithm each changes by 2e-7 of itself.
    expect(Math.abs((above.first - below.first) / below.second / 2e-7 - 1)).toBeLessThan(1e-4);
    expect(Math.abs((above.second - below.second) / below.second / 2e-7 + 1)).toBeLessThan(0.02);
  });

  it("keep their digits where x is large: −1 / (12 x) and 1 / (12 x)", () => {
    const { first, second } = stirlingSlopes(1e9);
    expect(first * 12e9).toBeCloseTo(-1, 14);
    expect(second * 12e9).toBeCloseTo(1, 14);
  });
});
