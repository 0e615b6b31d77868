import { describe, expect, it } from "vitest";
import { createRandom } from "../../../src/numeric/index.ts";
import { kolmogorovSmirnov, rocCurve } from "../../../src/quality/index.ts";

const y = Float64Array.of(0, 0, 1, 1, 0);
const p = Float64Array.of(0.1, 0.4, 0.4, 0.8, 0.6);

describe("rocCurve", () => {
  it("flags from the highest prediction down, ties together", () => {
    expect(rocCurve(y, p)).toEqual([
      { threshold: null, falsePositiveRate: 0, truePositiveRate: 0 },
      { threshold: 0.8, falsePositiveRate: 0, truePositiveRate: 0.5 },
      { threshold: 0.6, falsePositiveRate: 1 / 3, truePositiveRate: 0.5 },
      { threshold: 0.4, falsePositiveRate: 2 / 3, truePositiveRate: 1 },
      { threshold: 0.1, falsePositiveRate: 1, truePositiveRate: 1 },
    ]);
  });

  it("thins long curves to at most 200 points that all lie on the full curve", () => {
    const random = createRandom(5);
    const scores = Float64Array.from({ length: 5000 }, () => random.next());
    const outcomes = scores.map((score) => (random.next() < score ? 1 : 0));
    const points = rocCurve(outcomes, scores);
    expect(points.length).toBeLessThanOrEqual(200);
    expect(points.length).toBeGreaterThan(190);
    expect(points[0]).toEqual({ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 });
    expect(points.at(-1)).toEqual({ threshold: Math.min(...scores), falsePositiveRate: 1, truePositiveRate: 1 });
    const total = outcomes.reduce((sum, outcome) => sum + outcome, 0);
    for (const { threshold, truePositiveRate } of points.slice(1)) {
      const caught = outcomes.filter((outcome, i) => outcome === 1 && scores[i] >= (threshold ?? Infinity)).length;
      expect(truePositiveRate).toBe(caught / total);
    }
  });
});

describe("kolmogorovSmirnov", () => {
  it("finds the largest gap and the threshold that reaches it", () => {
    expect(kolmogorovSmirnov(y, p)).toEqual({ value: 0.5, threshold: 0.8 });
  });

  it("sees the gap of a model that ranks backwards", () => {
    expect(kolmogorovSmirnov(Float64Array.of(1, 1, 0), Float64Array.of(0.1, 0.2, 0.3))).toEqual({ value: 1, threshold: 0.3 });
  });

  it("has no threshold when all predictions are equal", () => {
    expect(kolmogorovSmirnov(Float64Array.of(1, 0), Float64Array.of(0.5, 0.5))).toEqual({ value: 0, threshold: null });
  });
});
