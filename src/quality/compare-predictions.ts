import { checkBinary, checkCount, checkMulticlass, checkRegression } from "./checks.ts";
import type { Estimate } from "./interval.ts";
import { estimateMean } from "./mean-loss.ts";
import type { MetricName } from "./metric.ts";
import { SMALLEST_PROBABILITY } from "./probability-losses.ts";
import type { QualityReport } from "./quality-report.ts";

/** Predictions of two models for the same rows. */
export interface ComparedPredictions {
  /** As in `assessQuality`. */
  readonly kind: QualityReport["kind"];
  /** One number a row. */
  readonly response: Float64Array;
  /** On the response scale; numRows × numOutputs, row-major. */
  readonly predictions: Float64Array;
  /** Those of the other model, laid out alike. */
  readonly otherPredictions: Float64Array;
  /** @defaultValue 1 */
  readonly numOutputs?: number;
}

/** How much two models lose on the same rows. */
export interface PredictionComparison {
  /** What is lost: the mean absolute error of numbers, the log loss of probabilities, the Poisson deviance of counts. */
  readonly loss: MetricName & ("meanAbsoluteError" | "logLoss" | "meanPoissonDeviance");
  readonly value: Estimate;
  readonly other: Estimate;
  /** The first less the other, row by row: above 0 the first loses more. Its interval is narrower than those of the two, which rise and fall together. */
  readonly difference: Estimate;
}

const call = "comparePredictions";
const LOSSES = { regression: "meanAbsoluteError", binary: "logLoss", multiclass: "logLoss", count: "meanPoissonDeviance" } as const;

/**
 * Which of two models predicts better? The mean loss of each and their difference with a 95 % interval of the mean of the differences of the
 * rows.
 * @throws InputError as `assessQuality`, for either of the predictions
 * @example
 * comparePredictions({ kind: "regression", response, predictions: glm.predict(data), otherPredictions: trees.predict(data) }).difference;
 */
export function comparePredictions(input: ComparedPredictions): PredictionComparison {
  const { kind, response, predictions, otherPredictions, numOutputs = 1 } = input;
  const [own, others] = [predictions, otherPredictions].map((each) => rowLosses(kind, response, each, numOutputs));
  return {
    loss: LOSSES[kind],
    value: estimateMean(own, 0),
    other: estimateMean(others, 0),
    difference: estimateMean(own.map((loss, row) => loss - others[row])),
  };
}

function rowLosses(kind: QualityReport["kind"], response: Float64Array, predictions: Float64Array, numOutputs: number): Float64Array {
  if (kind === "regression") {
    checkRegression(call, response, predictions);
    return response.map((y, row) => Math.abs(predictions[row] - y));
  }
  if (kind === "count") {
    checkCount(call, response, predictions);
    return response.map((y, row) => 2 * ((y > 0 ? y * Math.log(y / predictions[row]) : 0) - (y - predictions[row])));
  }
  if (kind === "binary") {
    checkBinary(call, response, predictions);
    return response.map((y, row) => -Math.log(Math.max(SMALLEST_PROBABILITY, y === 1 ? predictions[row] : 1 - predictions[row])));
  }
  checkMulticlass(call, response, predictions, numOutputs);
  return response.map((y, row) => -Math.log(Math.max(SMALLEST_PROBABILITY, predictions[row * numOutputs + y])));
}
