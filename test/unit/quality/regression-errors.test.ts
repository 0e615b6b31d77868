import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numeric/index.ts";
import { regressionErrors } from "../../../src/quality/index.ts";
import { messageOf } from "./expect-close.ts";

function makeSample(n: number): { response: Float64Array; predictions: Float64Array } {
  const random = createRandom(4);
  const predictions = Float64Array.from({ length: n }, () => 10 * random.next());
  return { response: predictions.map((prediction) => prediction + 2 * random.next() - 1), predictions };
}

describe("regressionErrors", () => {
  it("repeats its intervals for the same seed and says how they were made", () => {
    const { response, predictions } = makeSample(60);
    const once = regressionErrors(response, predictions, { seed: 5 });
    expect(regressionErrors(response, predictions, { seed: 5 })).toEqual(once);
    expect(regressionErrors(response, predictions, { seed: 6 }).rSquared.interval).not.toEqual(once.rSquared.interval);
    expect(once.rSquared.interval?.method).toBe("percentile bootstrap, 1000 resamples, seed 5");
    expect(regressionErrors(response, predictions).rSquared.interval?.method).toBe("percentile bootstrap, 1000 resamples, seed 1");
  });

  it("has the textbook standard error of the mean error", () => {
    const { response, predictions } = makeSample(400);
    const { meanError } = regressionErrors(response, predictions, { resamples: 4000 });
    const errors = predictions.map((prediction, i) => prediction - response[i]);
    const variance = errors.reduce((total, error) => total + (error - meanError.value) ** 2, 0) / 399;
    const textbook = Math.sqrt(variance / 400);
    // The error of a standard error from 4000 resamples is 1.1%: four of these.
    expect(Math.abs((meanError.standardError ?? Number.NaN) / textbook - 1)).toBeLessThan(0.045);
    expect(meanError.interval?.low).toBeLessThan(meanError.value);
    expect(meanError.interval?.high).toBeGreaterThan(meanError.value);
  });

  it("is perfect without error, and then has no interval", () => {
    const response = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    const none = { value: 0, standardError: 0, interval: null };
    expect(regressionErrors(response, response)).toMatchObject({
      rootMeanSquaredError: none,
      meanAbsoluteError: none,
      meanError: none,
      rSquared: { value: 1, standardError: 0, interval: null },
    });
  });

  it("gives no interval of R² where many resamples have a response that does not vary", () => {
    const { rSquared, meanAbsoluteError } = regressionErrors(Float64Array.of(1, 2), Float64Array.of(1.5, 1.8));
    expect(rSquared).toMatchObject({ standardError: null, interval: null });
    expect(meanAbsoluteError.interval).not.toBeNull();
  });

  it("keeps R² right far from zero, where sums of squares would cancel", () => {
    const shift = 2 ** 40;
    const response = Float64Array.of(1, 2, 4, 8).map((y) => y + shift);
    const predictions = Float64Array.of(2, 2, 4, 7).map((y) => y + shift);
    expect(regressionErrors(response, predictions).rSquared.value).toBe(1 - 2 / 28.75);
  });

  it.each([
    [{ resamples: 10 }, "resamples must be a whole number of at least 100; got 10. Leave it out for 1000 resamples."],
    [{ seed: Number.NaN }, "seed must be a whole number; got NaN. Leave it out for seed 1."],
  ])("refuses %o", (options, message) => {
    const { response, predictions } = makeSample(5);
    expect(messageOf(() => regressionErrors(response, predictions, options))).toBe(`InputError: regressionErrors: ${message}`);
  });
});
