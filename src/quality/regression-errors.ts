import { bootstrap, checkBootstrap, type BootstrapOptions, type Statistics } from "./bootstrap.ts";
import { checkRegression } from "./checks.ts";
import type { Estimate } from "./interval.ts";
import { sum } from "./sum.ts";

/** How far predictions of a number miss, with bootstrap intervals. */
export interface RegressionErrors {
  /** Root of the mean squared error, in the units of the response. */
  readonly rootMeanSquaredError: Estimate;
  /** Mean size of the error, in the units of the response. */
  readonly meanAbsoluteError: Estimate;
  /** One less the squared error over that of predicting the mean response: 1 is perfect, 0 no better than the mean. */
  readonly rSquared: Estimate;
  /** Mean of prediction less response (bias): above 0 the model predicts too high. */
  readonly meanError: Estimate;
  /** The first two errors when every row is given the mean response of these rows. */
  readonly baseline: { readonly rootMeanSquaredError: number; readonly meanAbsoluteError: number };
}

/**
 * Errors of predicted numbers, with percentile bootstrap intervals: 1000 resamples with seed 1 unless told otherwise.
 *
 * @param response - one number a row; not all the same.
 * @param predictions - one number a row, in the units of the response.
 * @throws InputError on arrays of other lengths or with missing values, a response that does not vary, fewer than 100
 * resamples, or a seed that is not a whole number.
 */
export function regressionErrors(response: Float64Array, predictions: Float64Array, options: BootstrapOptions = {}): RegressionErrors {
  checkRegression("regressionErrors", response, predictions);
  checkBootstrap("regressionErrors", options);
  const mean = sum(response) / response.length;
  const errors = predictions.map((prediction, i) => prediction - response[i]);
  const everyRow = Uint32Array.from(response, (_, i) => i);
  const { rootMeanSquaredError, meanAbsoluteError } = measureErrors(
    response.map((y) => mean - y),
    response,
    everyRow,
  );
  return {
    ...bootstrap(response.length, (rows) => measureErrors(errors, response, rows), options),
    baseline: { rootMeanSquaredError, meanAbsoluteError },
  };
}

type ErrorName = "rootMeanSquaredError" | "meanAbsoluteError" | "rSquared" | "meanError";

/** The four statistics of a choice of rows; R² is -Infinity where the response of these rows does not vary. */
function measureErrors(errors: Float64Array, response: Float64Array, rows: Uint32Array): Statistics<ErrorName> {
  let total = 0;
  let size = 0;
  let squares = 0;
  // Indexed loops here and below: this is the inside of the bootstrap, and iterators cost twice as much.
  for (let i = 0; i < rows.length; i++) {
    const error = errors[rows[i]];
    total += error;
    size += Math.abs(error);
    squares += error * error;
  }
  const n = rows.length;
  const variation = variationOf(response, rows);
  return {
    rootMeanSquaredError: Math.sqrt(squares / n),
    meanAbsoluteError: size / n,
    rSquared: variation > 0 ? 1 - squares / variation : -Infinity,
    meanError: total / n,
  };
}

/** Sum of squares about the mean of the chosen rows; exactly 0 when their values are equal. */
function variationOf(values: Float64Array, rows: Uint32Array): number {
  const first = values[rows[0]];
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += values[rows[i]] - first;
  const mean = first + total / rows.length;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) squares += (values[rows[i]] - mean) ** 2;
  return squares;
}
