import { InputError, describeReceived } from "../errors.ts";
import { checkBinary } from "./checks.ts";
import { wilsonInterval, type Interval } from "./interval.ts";

/** A share with Wilson's interval. */
export interface Share {
  readonly value: number;
  readonly interval: Interval;
}

/** Hits and misses when rows with a prediction of at least `threshold` are flagged. */
export interface Confusion {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** Share of all rows that are flagged. */
  readonly flagged: Share;
  /** Share of all rows that are judged rightly. */
  readonly accuracy: Share;
  /** Share of the rows with the event that are flagged: the true positive rate. */
  readonly sensitivity: Share;
  /** Share of the rows without the event that are not flagged: one less the false positive rate. */
  readonly specificity: Share;
  /** Share of the flagged rows that have the event; null when none is flagged. */
  readonly precision: Share | null;
  /** Share of the other rows that do not have the event; null when all are flagged. */
  readonly negativePredictiveValue: Share | null;
}

/**
 * Counts hits and misses at one threshold.
 *
 * @param response - 0 or 1, one a row.
 * @param predictions - probabilities of the event, one a row.
 * @param threshold - from 0 to 1; a prediction equal to it is flagged.
 * @throws InputError like `areaUnderRoc`, or when the threshold is not from 0 to 1.
 */
export function confusionAt(response: Float64Array, predictions: Float64Array, threshold: number): Confusion {
  checkBinary("confusionAt", response, predictions);
  checkThreshold(threshold);
  const countRows = (isFlagged: boolean, outcome: number): number =>
    response.filter((y, i) => y === outcome && predictions[i] >= threshold === isFlagged).length;
  const truePositives = countRows(true, 1);
  const falsePositives = countRows(true, 0);
  const trueNegatives = countRows(false, 0);
  const falseNegatives = countRows(false, 1);
  const flagged = truePositives + falsePositives;
  const numRows = response.length;
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    flagged: estimateShare(flagged, numRows),
    accuracy: estimateShare(truePositives + trueNegatives, numRows),
    sensitivity: estimateShare(truePositives, truePositives + falseNegatives),
    specificity: estimateShare(trueNegatives, trueNegatives + falsePositives),
    precision: flagged === 0 ? null : estimateShare(truePositives, flagged),
    negativePredictiveValue: flagged === numRows ? null : estimateShare(trueNegatives, numRows - flagged),
  };
}

/** `events / total` with Wilson's interval. */
export function estimateShare(events: number, total: number): Share {
  return { value: events / total, interval: wilsonInterval(events, total) };
}

function checkThreshold(threshold: number): void {
  if (threshold >= 0 && threshold <= 1) return;
  throw new InputError({
    call: "confusionAt",
    argument: "threshold",
    expected: "a number from 0 to 1",
    received: describeReceived(threshold),
    mend: "Give the probability from which a row is flagged.",
  });
}
