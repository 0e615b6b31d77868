import { describe, expect, it } from "vitest";
import { meanPoissonDeviance } from "../../../src/quality/index.ts";
import { expectClose } from "./expect-close.ts";

describe("meanPoissonDeviance", () => {
  it("is the mean of 2 (y log(y / mean) - (y - mean)), where 0 log 0 is 0", () => {
    const { value, baseline } = meanPoissonDeviance(Float64Array.of(0, 3), Float64Array.of(0.5, 2));
    // A handful of roundings of 1e-16.
    expectClose(value, (2 * 0.5 + 2 * (3 * Math.log(1.5) - 1)) / 2, 1e-15);
    expectClose(baseline, (2 * 1.5 + 2 * (3 * Math.log(2) - 1.5)) / 2, 1e-15);
  });

  it("explains everything when means equal counts, and is never negative", () => {
    const counts = Float64Array.of(0.1, 0.2, 7);
    const { value, skill } = meanPoissonDeviance(
      counts,
      counts.map((count) => count * (1 + 2 ** -52)),
    );
    expect(value).toBeGreaterThanOrEqual(0);
    expectClose(skill.value, 1, 1e-15);
  });
});
