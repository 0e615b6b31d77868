import { describe, expect, it } from "vitest";
import { confusionAt, wilsonInterval } from "../../../src/quality/index.ts";
import { messageOf } from "./expect-close.ts";

const y = Float64Array.of(0, 1, 1, 0, 0);
const p = Float64Array.of(0.2, 0.5, 0.9, 0.7, 0.1);

describe("confusionAt", () => {
  it("flags predictions of the threshold and above", () => {
    expect(confusionAt(y, p, 0.5)).toEqual({
      threshold: 0.5,
      truePositives: 2,
      falsePositives: 1,
      trueNegatives: 2,
      falseNegatives: 0,
      flagged: { value: 3 / 5, interval: wilsonInterval(3, 5) },
      accuracy: { value: 4 / 5, interval: wilsonInterval(4, 5) },
      sensitivity: { value: 1, interval: wilsonInterval(2, 2) },
      specificity: { value: 2 / 3, interval: wilsonInterval(2, 3) },
      precision: { value: 2 / 3, interval: wilsonInterval(2, 3) },
      negativePredictiveValue: { value: 1, interval: wilsonInterval(2, 2) },
    });
  });

  it("has no precision when no row is flagged", () => {
    expect(confusionAt(y, p, 1).precision).toBeNull();
  });

  it("has no negative predictive value when every row is flagged", () => {
    expect(confusionAt(y, p, 0).negativePredictiveValue).toBeNull();
  });

  it("refuses a threshold that is not a probability", () => {
    expect(messageOf(() => confusionAt(y, p, Number.NaN))).toBe(
      "InputError: confusionAt: threshold must be a number from 0 to 1; got NaN. Give the probability from which a row is flagged.",
    );
  });
});
