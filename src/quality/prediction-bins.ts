import { refuseUnknownOptions } from "../errors.ts";
import { checkNumbers, checkWhole } from "./checks.ts";
import type { Interval } from "./interval.ts";
import { estimateMean } from "./mean-loss.ts";
import { ascendingOrder, countTies, splitIntoBins } from "./score-groups.ts";
import { sum } from "./sum.ts";

/** Rows of neighbouring predictions: what was predicted, and what was observed. */
export interface PredictionBin {
  readonly numRows: number;
  /** In the units of the response. */
  readonly meanPredicted: number;
  /** In the units of the response. */
  readonly meanObserved: number;
  /** Normal interval of `meanObserved`; null with a single row, or when its rows do not differ. */
  readonly interval: Interval | null;
}

export interface PredictionBinOptions {
  /**
   * How many bins of nearly equal row counts; fewer where equal predictions, which always stay together, fill several.
   * @defaultValue 10
   */
  readonly bins?: number;
}

/**
 * Mean observed against mean predicted response, in bins of neighbouring predictions, ascending.
 *
 * @param response - one number a row.
 * @param predictions - one number a row, in the units of the response.
 * @throws InputError on arrays of other lengths or with missing values, or when `bins` is not a whole number of at least 1.
 */
export function predictionBins(response: Float64Array, predictions: Float64Array, options: PredictionBinOptions = {}): PredictionBin[] {
  refuseUnknownOptions("predictionBins", options, ["bins"]);
  const { bins = 10 } = options;
  checkNumbers("predictionBins", response, predictions);
  checkWhole("predictionBins", "bins", bins, 1, "Leave it out for 10 bins.");
  const order = ascendingOrder(predictions);
  const counts = countTies(predictions, order);
  let start = 0;
  return splitIntoBins(counts, bins).map(({ from, to }) => {
    const rows = order.subarray(start, start + sum(counts, from, to));
    start += rows.length;
    return summariseRows(response, predictions, rows);
  });
}

function summariseRows(response: Float64Array, predictions: Float64Array, rows: Uint32Array): PredictionBin {
  const observed = Float64Array.from(rows, (row) => response[row]);
  const predicted = Float64Array.from(rows, (row) => predictions[row]);
  const numRows = rows.length;
  const { value: meanObserved, interval } = estimateMean(observed);
  return { numRows, meanPredicted: sum(predicted) / numRows, meanObserved, interval };
}
