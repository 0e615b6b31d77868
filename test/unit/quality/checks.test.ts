import { describe, expect, it } from "vitest";
import { assessQuality, calibration, liftTable, predictionBins, regressionErrors, type QualityInput } from "../../../src/quality/index.ts";
import { messageOf } from "./expect-close.ts";

const response = Float64Array.of(0, 1, 0, 1);
const predictions = Float64Array.of(0.1, 0.6, 0.4, 0.7);
const binary: QualityInput = { kind: "binary", response, predictions };
const classes: QualityInput = {
  kind: "multiclass",
  response: Float64Array.of(0, 1, 2),
  predictions: Float64Array.of(0.6, 0.2, 0.2, 0.2, 0.6, 0.2, 0.2, 0.2, 0.6),
  numOutputs: 3,
};

describe("what assessQuality says of wrong input", () => {
  it.each<[string, QualityInput, string]>([
    [
      "an option with a slip of the pen",
      { ...binary, weigths: [1] } as unknown as QualityInput,
      'options must be made of "kind", "response", "predictions", "numOutputs", "seed", "resamples"; got "weigths". Correct the name, or leave it out.',
    ],
    [
      "an unknown kind",
      { ...binary, kind: "survival" as "binary" },
      'kind must be "binary", "regression", "multiclass" or "count"; got "survival". Name the kind of the response.',
    ],
    [
      "a plain array as response",
      { ...binary, response: [0, 1] as unknown as Float64Array },
      "response must be a Float64Array; got an array of 2. Use Float64Array.from(response).",
    ],
    [
      "no predictions",
      { ...binary, predictions: undefined as unknown as Float64Array },
      "predictions must be a Float64Array; got nothing. Use Float64Array.from(predictions).",
    ],
    [
      "one row",
      { ...binary, response: Float64Array.of(1), predictions: Float64Array.of(0.5) },
      "response must be at least 2 rows; got 1. Quality cannot be judged on fewer.",
    ],
    [
      "too few predictions",
      { ...binary, predictions: Float64Array.of(0.1, 0.2) },
      "predictions must be 4 numbers (4 rows × 1 output); got 2. Predict the same rows that the response comes from.",
    ],
    [
      "too few predictions of several outputs",
      { ...classes, predictions },
      "predictions must be 9 numbers (3 rows × 3 outputs); got 4. Predict the same rows that the response comes from.",
    ],
    [
      "a missing response",
      { ...binary, response: Float64Array.of(0, 1, Number.NaN, 1) },
      "response must be finite numbers, at most 1e150 in size; got NaN at row 2. Leave out rows where it is missing.",
    ],
    [
      "an infinite prediction",
      { ...binary, predictions: Float64Array.of(0, 1, 1, Infinity) },
      "predictions must be finite numbers, at most 1e150 in size; got Infinity at row 3. Find out why the model gave this.",
    ],
    [
      "a missing prediction of one class",
      { ...classes, predictions: Float64Array.of(0.6, 0.2, 0.2, 0.2, Number.NaN, 0.2, 0.2, 0.2, 0.6) },
      "predictions must be finite numbers, at most 1e150 in size; got NaN at row 1, output 1. Find out why the model gave this.",
    ],
    [
      "a response of 2",
      { ...binary, response: Float64Array.of(0, 1, 2, 1) },
      "response must be 0 or 1 in every row; got 2 at row 2. Code the event as 1 and its absence as 0.",
    ],
    [
      "a response without the event",
      { ...binary, response: Float64Array.of(0, 0, 0, 0) },
      "response must be a mix of 0 and 1; got 0 in all 4 rows. Use data that has rows with the event and rows without it.",
    ],
    [
      "a margin instead of a probability",
      { ...binary, predictions: Float64Array.of(0.1, 1.5, 0.4, 0.7) },
      "predictions must be probabilities from 0 to 1; got 1.5 at row 1. Give the model's predictions on the response scale, not its raw margin.",
    ],
    [
      "several outputs of one response",
      { ...binary, numOutputs: 2 },
      'numOutputs must be 1 for kind "binary"; got 2. Choose one output, or kind multiclass.',
    ],
    [
      "too few resamples",
      { ...binary, resamples: 20 },
      "resamples must be a whole number of at least 100; got 20. Leave it out for 1000 resamples.",
    ],
    ["a broken seed", { ...binary, seed: 0.5 }, "seed must be a whole number; got 0.5. Leave it out for seed 1."],
    [
      "classes without their number",
      { ...classes, numOutputs: undefined },
      "numOutputs must be a whole number of at least 2; got 1. Give the number of classes.",
    ],
    [
      "a class that the model does not know",
      { ...classes, response: Float64Array.of(0, 1, 3) },
      "response must be a class from 0 to 2 in every row; got 3 at row 2. Code each class as its position among the model's outputs.",
    ],
    [
      "a single class",
      { ...classes, response: Float64Array.of(2, 2, 2) },
      "response must be a mix of classes; got class 2 in all 3 rows. Use data that has rows of two classes at least.",
    ],
    [
      "a probability below 0",
      { ...classes, predictions: Float64Array.of(0.6, 0.2, 0.2, 0.2, 0.6, 0.2, 0.6, -0.2, 0.6) },
      "predictions must be probabilities from 0 to 1; got -0.2 at row 2, output 1. Give the model's predictions on the response scale, not its raw margin.",
    ],
    [
      "probabilities that do not sum to 1",
      { ...classes, predictions: Float64Array.of(0.6, 0.2, 0.2, 0.2, 0.6, 0.2, 0.2, 0.3, 0.6) },
      "predictions must be probabilities that sum to 1 in each row; got a sum of 1.1 at row 2. Give one probability for each class, row after row.",
    ],
    [
      "a number that never varies",
      { kind: "regression", response: Float64Array.of(3, 3), predictions: Float64Array.of(1, 2) },
      "response must be numbers that differ; got 3 in all 2 rows. Nothing can be explained where nothing varies: use other data.",
    ],
    [
      "a negative count",
      { kind: "count", response: Float64Array.of(0, -1), predictions: Float64Array.of(1, 2) },
      "response must be counts of 0 or more; got -1 at row 1. Give the counts themselves, not their logarithm.",
    ],
    [
      "a mean of 0",
      { kind: "count", response: Float64Array.of(0, 1), predictions: Float64Array.of(0, 2) },
      "predictions must be means above 0 (at least 1e-150); got 0 at row 0. Give the model's predictions on the response scale, not on the log scale.",
    ],
    [
      "no count at all",
      { kind: "count", response: Float64Array.of(0, 0), predictions: Float64Array.of(1, 2) },
      "response must be numbers that differ; got 0 in all 2 rows. Nothing can be explained where nothing varies: use other data.",
    ],
  ])("%s", (_, input, message) => {
    expect(messageOf(() => assessQuality(input))).toBe(`InputError: assessQuality: ${message}`);
  });

  it("takes probabilities that were rounded", () => {
    const rounded = Float64Array.of(0.33, 0.33, 0.33, 0.2, 0.6, 0.2, 0.2, 0.2, 0.6);
    expect(assessQuality({ ...classes, predictions: rounded }).numRows).toBe(3);
  });
});

describe("options with a slip of the pen", () => {
  it.each([
    ["calibration", () => calibration(response, predictions, { bin: 3 } as object)],
    ["liftTable", () => liftTable(response, predictions, { group: 3 } as object)],
    ["predictionBins", () => predictionBins(response, predictions, { bin: 3 } as object)],
    ["regressionErrors", () => regressionErrors(response, predictions, { resample: 100 } as object)],
  ])("%s refuses them", (call, act) => {
    expect(messageOf(act)).toMatch(new RegExp(`^InputError: ${call}: options must be made of .* Correct the name, or leave it out\\.$`));
  });
});
