import { refuseUnknownOptions } from "../errors.ts";
import { checkBinary, checkWhole } from "./checks.ts";
import { wilsonInterval, type Interval } from "./interval.ts";
import { recalibrate, type Recalibration } from "./recalibration.ts";
import { groupByScore, splitIntoBins, type ScoreGroups } from "./score-groups.ts";
import { sum } from "./sum.ts";

/** Rows of neighbouring predictions: what was predicted, and what happened. */
export interface CalibrationBin {
  /** Rows in the bin. */
  readonly numRows: number;
  /** Rows with the event. */
  readonly numEvents: number;
  readonly meanPredicted: number;
  readonly observedRate: number;
  /** Wilson's interval of `observedRate`. */
  readonly interval: Interval;
}

/** Whether probabilities mean what they say. */
export interface Calibration extends Recalibration {
  /** In ascending order of the predictions. */
  readonly bins: readonly CalibrationBin[];
  /** Mean prediction over all rows. */
  readonly meanPredicted: number;
  /** Share of rows with the event. */
  readonly observedRate: number;
  /** Mean distance between predicted and observed rate over the bins, weighted by their rows. */
  readonly expectedCalibrationError: number;
}

export interface CalibrationOptions {
  /**
   * How many bins of nearly equal row counts; fewer where equal predictions, which always stay together, fill several.
   * @defaultValue 10
   */
  readonly bins?: number;
}

/**
 * Compares predicted probabilities with observed rates: in bins, in the large, and by logistic recalibration.
 *
 * @param response - 0 or 1, one a row.
 * @param predictions - probabilities of the event, one a row.
 * @throws InputError like `areaUnderRoc`, or when `bins` is not a whole number of at least 1.
 * @see Naeini, Cooper and Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602 (expected calibration error).
 */
export function calibration(response: Float64Array, predictions: Float64Array, options: CalibrationOptions = {}): Calibration {
  refuseUnknownOptions("calibration", options, ["bins"]);
  const { bins = 10 } = options;
  checkBinary("calibration", response, predictions);
  checkWhole("calibration", "bins", bins, 1, "Leave it out for 10 bins.");
  return calibrationOfGroups(groupByScore(response, predictions), bins);
}

/** The same from gathered rows. */
export function calibrationOfGroups(groups: ScoreGroups, numBins: number): Calibration {
  const { scores, counts, numRows, numEvents } = groups;
  const totals = scores.map((score, g) => score * counts[g]);
  const bins = splitIntoBins(counts, numBins).map(({ from, to }): CalibrationBin => {
    const rows = sum(counts, from, to);
    const events = sum(groups.events, from, to);
    const meanPredicted = sum(totals, from, to) / rows;
    return { numRows: rows, numEvents: events, meanPredicted, observedRate: events / rows, interval: wilsonInterval(events, rows) };
  });
  const distances = bins.map((bin) => (bin.numRows / numRows) * Math.abs(bin.meanPredicted - bin.observedRate));
  return {
    bins,
    meanPredicted: sum(totals) / numRows,
    observedRate: numEvents / numRows,
    expectedCalibrationError: distances.reduce((total, distance) => total + distance, 0),
    ...recalibrate(groups),
  };
}
