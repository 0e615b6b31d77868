import { describe, expect, it } from "vitest";
import { tweedie } from "../../../../src/models/index.ts";

describe("saturated log-likelihoods of many Tweedie rows", () => {
  it.each([1.15, 1.5, 1.85])("of power %f are those of the rows one by one", (variancePower) => {
    const { saturated } = tweedie({ power: variancePower });
    const numRows = 3000;
    const response = Float64Array.from({ length: numRows }, (_, i) => (i % 5 === 0 ? 0 : Math.exp(Math.sin(i) * 4)));
    const weights = Float64Array.from({ length: numRows }, (_, i) => (i % 11 === 0 ? 0 : 1 + (i % 3)));
    const frequencies = Float64Array.from({ length: numRows }, (_, i) => 1 + (i % 2));
    const whole = saturated({ response, weights, frequencies, dispersion: 1.3 });
    const sums = [0, 0, 0];
    for (let i = 0; i < numRows; i++) {
      const row = {
        response: response.subarray(i, i + 1),
        weights: weights.subarray(i, i + 1),
        frequencies: frequencies.subarray(i, i + 1),
      };
      saturated({ ...row, dispersion: 1.3 }).forEach((value, k) => (sums[k] += value));
    }
    // A table leaves some 1e-12 of a row.
    whole.forEach((value, k) => expect(Math.abs(value - sums[k])).toBeLessThan(1e-9 * numRows));
  });
});
