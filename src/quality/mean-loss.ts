import { estimateFromError, type Estimate } from "./interval.ts";
import { sum } from "./sum.ts";

/** A mean loss beside the loss of a model that predicts the same for every row. */
export interface LossEstimate extends Estimate {
  /** The same loss when every row is given the mean response of these rows. */
  readonly baseline: number;
  /** `1 − value / baseline`: 1 is perfect, 0 no better than the baseline, negative worse. */
  readonly skill: Estimate;
}

/** The mean of one value a row, with a normal interval cut at `lowest`. */
export function estimateMean(values: Float64Array, lowest: number = -Infinity): Estimate {
  const mean = sum(values) / values.length;
  return estimateFromError(mean, standardErrorOfMean(values, mean), "normal approximation of the mean", lowest);
}

/**
 * A mean loss with its baseline and skill, from the losses of model and baseline row by row.
 *
 * The error of the skill is that of a ratio of means (delta method), which keeps the pairing of the two losses. That the
 * baseline was itself estimated from these rows adds nothing at first order, because the mean response minimises its loss.
 */
export function estimateLoss(losses: Float64Array, baselineLosses: Float64Array): LossEstimate {
  const loss = estimateMean(losses, 0);
  const baseline = sum(baselineLosses) / baselineLosses.length;
  const ratio = loss.value / baseline;
  const deviations = losses.map((value, i) => (value - ratio * baselineLosses[i]) / baseline);
  const error = standardErrorOfMean(deviations, 0);
  return { ...loss, baseline, skill: estimateFromError(1 - ratio, error, "delta method", -Infinity, 1) };
}

/** The sample standard deviation over √n; null for a single value. */
function standardErrorOfMean(values: Float64Array, mean: number): number | null {
  if (values.length < 2) return null;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
