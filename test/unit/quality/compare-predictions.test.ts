import { expect, test } from "vitest";
import { assessQuality, comparePredictions } from "../../../src/quality/index.ts";
import type { ComparedPredictions } from "../../../src/quality/index.ts";
import { messageOf } from "../../support/message-of.ts";

const numbers = Float64Array.of(1, 2, 3, 4, 5, 6);
const near = Float64Array.of(1.5, 2.5, 2.5, 4.5, 5.5, 5.5);
const far = Float64Array.of(3, 1, 3, 6, 5, 5);
const events = Float64Array.of(0, 1, 1, 0, 1, 0);
const sure = Float64Array.of(0.1, 0.8, 0.9, 0.3, 0.7, 0.2);
const unsure = Float64Array.of(0.5, 0.6, 0.5, 0.5, 0.4, 0.4);
const counts = Float64Array.of(0, 1, 2, 0, 3, 1);
const means = Float64Array.of(0.4, 0.9, 1.5, 0.2, 2.2, 1.2);
const flat = Float64Array.of(1, 1, 1, 1, 1, 1.5);
const classes = Float64Array.of(0, 1, 2, 0, 1, 2);
const spread = Float64Array.from({ length: 18 }, (_, cell) => (cell % 3 === classes[Math.floor(cell / 3)] ? 0.6 : 0.2));

test.each<[string, ComparedPredictions, string]>([
  ["numbers", { kind: "regression", response: numbers, predictions: near, otherPredictions: far }, "meanAbsoluteError"],
  ["probabilities", { kind: "binary", response: events, predictions: sure, otherPredictions: unsure }, "logLoss"],
  ["counts", { kind: "count", response: counts, predictions: means, otherPredictions: flat }, "meanPoissonDeviance"],
  [
    "classes",
    {
      kind: "multiclass",
      response: classes,
      predictions: spread,
      otherPredictions: new Float64Array(18).fill(1 / 3),
      numOutputs: 3,
    },
    "logLoss",
  ],
])("of %s it has the losses that each would have alone, and their difference", (_, input, loss) => {
  const { loss: found, value, other, difference } = comparePredictions(input);
  expect(found).toBe(loss);
  const { kind, response, numOutputs } = input;
  for (const [estimate, predictions] of [[value, input.predictions] as const, [other, input.otherPredictions] as const]) {
    const metric = assessQuality({ kind, response, predictions, numOutputs }).metrics.find(({ name }) => name === loss);
    // Rounding of sums of six numbers.
    expect(estimate.value).toBeCloseTo(metric?.value ?? NaN, 12);
  }
  expect(difference.value).toBeCloseTo(value.value - other.value, 12);
  expect(difference.value).toBeLessThan(0);
  const turned = comparePredictions({ ...input, predictions: input.otherPredictions, otherPredictions: input.predictions });
  expect(turned.difference.value).toBe(-difference.value);
});

test("the interval is that of the mean of paired differences", () => {
  const { difference } = comparePredictions({ kind: "regression", response: numbers, predictions: near, otherPredictions: far });
  const differences = [0.5 - 2, 0.5 - 1, 0.5 - 0, 0.5 - 2, 0.5 - 0, 0.5 - 1];
  const mean = differences.reduce((sum, each) => sum + each, 0) / 6;
  const error = Math.sqrt(differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 5 / 6);
  expect(difference.standardError).toBeCloseTo(error, 12);
  expect(difference.interval?.low).toBeCloseTo(mean - 1.959964 * error, 5);
});

test("models that predict the same differ by nothing", () => {
  const same = comparePredictions({ kind: "regression", response: numbers, predictions: near, otherPredictions: near });
  expect(same.difference.value).toBe(0);
});

test("either of the predictions is checked", () => {
  const short = { kind: "regression", response: numbers, predictions: near, otherPredictions: far.subarray(1) } as const;
  expect(messageOf(() => comparePredictions(short))).toContain("comparePredictions: predictions must be 6 numbers");
});
