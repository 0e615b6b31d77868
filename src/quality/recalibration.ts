import type { Warning } from "../errors.ts";
import { estimateFromError, type Estimate } from "./interval.ts";
import { fitLogistic, meanOfRows, type LogisticFit } from "./logistic-fit.ts";
import { SMALLEST_PROBABILITY } from "./probability-losses.ts";
import type { ScoreGroups } from "./score-groups.ts";
import { sum } from "./sum.ts";

/** How the log-odds of the predictions would have to be shifted and stretched to fit what happened. */
export interface Recalibration {
  /**
   * Calibration in the large: the shift alone, `logit P(event) = inTheLarge + logit(prediction)`, in log-odds. 0 is right;
   * above 0 the model predicts too low. Null only with the warning `recalibration-failed`.
   */
  readonly inTheLarge: Estimate | null;
  /** The shift when the stretch is free, `logit P(event) = intercept + slope × logit(prediction)`. 0 is right. */
  readonly intercept: Estimate | null;
  /** The stretch. 1 is right; below 1 the predictions are too extreme. Null where a warning says why. */
  readonly slope: Estimate | null;
  /** By name: `separation`, `constant-predictions`, `certain-predictions`, `recalibration-failed`. */
  readonly warnings: readonly Warning[];
}

const METHOD = "Wald";

/**
 * Logistic recalibration by maximum likelihood. Predictions of 0 and 1, whose log-odds are infinite, count as 2^-52 and
 * `1 − 2^-52`.
 *
 * @see Cox (1958), doi:10.1093/biomet/45.3-4.562; Van Calster et al. (2019), doi:10.1186/s12916-019-1466-7.
 */
export function recalibrate(groups: ScoreGroups, mostSteps: number = 100): Recalibration {
  const { scores, counts, events, numRows, numEvents } = groups;
  const logits = scores.map(boundedLogit);
  const centre = meanOfRows({ x: logits, counts, events });
  const rows = { x: logits.map((logit) => logit - centre), counts, events };
  const obstacle = findObstacle(groups);
  const shift = fitLogistic(rows, { intercept: centre, slope: 1, freeSlope: false, mostSteps });
  const baseLogOdds = Math.log(numEvents / (numRows - numEvents));
  const stretch = obstacle ? null : fitLogistic(rows, { intercept: baseLogOdds, slope: 0, freeSlope: true, mostSteps });
  const warnings = [...warnOfCertainty(groups), ...(obstacle ? [obstacle] : [])];
  if (shift === null || (stretch === null && !obstacle)) {
    warnings.push({ name: "recalibration-failed", message: `The recalibration did not settle in ${mostSteps} steps.` });
  }
  return {
    inTheLarge: shift && estimateFromError(shift.intercept - centre, Math.sqrt(shift.covariance[0]), METHOD),
    intercept: stretch && interceptAtEvenOdds(stretch, centre),
    slope: stretch && estimateFromError(stretch.slope, Math.sqrt(stretch.covariance[2]), METHOD),
    warnings,
  };
}

/** The intercept where the log-odds are 0, from a fit whose log-odds were centred. */
function interceptAtEvenOdds({ intercept, slope, covariance }: LogisticFit, centre: number): Estimate {
  const variance = covariance[0] - 2 * centre * covariance[1] + centre * centre * covariance[2];
  return estimateFromError(intercept - slope * centre, Math.sqrt(variance), METHOD);
}

/** Log-odds of a probability, finite also at 0 and 1. */
function boundedLogit(probability: number): number {
  const p = Math.min(Math.max(probability, SMALLEST_PROBABILITY), 1 - SMALLEST_PROBABILITY);
  return Math.log(p) - Math.log1p(-p);
}

/**
 * Why the slope has no finite estimate, if so. With one regressor that is exactly when the predictions of rows with and
 * without the event do not overlap by more than one value.
 *
 * @see Albert and Anderson (1984), doi:10.1093/biomet/71.1.1.
 */
function findObstacle({ scores, counts, events }: ScoreGroups): Warning | null {
  if (scores.length === 1) {
    return { name: "constant-predictions", message: "Every row has the same prediction, so the calibration slope cannot be estimated." };
  }
  const hasOthers = (eventsOfGroup: number, group: number): boolean => eventsOfGroup < counts[group];
  const lowestEvent = events.findIndex((count) => count > 0);
  const highestEvent = events.findLastIndex((count) => count > 0);
  const lowestOther = events.findIndex(hasOthers);
  const highestOther = events.findLastIndex(hasOthers);
  if (highestOther > lowestEvent && highestEvent > lowestOther) return null;
  const message = "One threshold divides all rows with the event from those without it, so the calibration slope has no finite estimate.";
  return { name: "separation", message };
}

function warnOfCertainty({ scores, counts }: ScoreGroups): Warning[] {
  const rows = sum(counts.map((count, g) => (scores[g] === 0 || scores[g] === 1 ? count : 0)));
  if (rows === 0) return [];
  const message = `Predictions of exactly 0 or 1 (${rows === 1 ? "1 row" : `${rows} rows`}) were moved by 2^-52 to give finite log-odds for the recalibration.`;
  return [{ name: "certain-predictions", message }];
}
