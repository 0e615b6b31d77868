import { refuseUnknownOptions } from "../errors.ts";
import { checkBinary, checkWhole } from "./checks.ts";
import { groupByScore, splitIntoBins, type ScoreGroups } from "./score-groups.ts";
import { sum } from "./sum.ts";

/** One group of rows, from the highest predictions down. */
export interface LiftGroup {
  /** 1 for the highest predictions. */
  readonly group: number;
  readonly numRows: number;
  readonly numEvents: number;
  /** The lowest prediction in the group. */
  readonly lowestPrediction: number;
  readonly meanPredicted: number;
  /** Share of the group's rows with the event. */
  readonly rate: number;
  /** `rate` over the rate of all rows: 2 means twice as many events as in a random choice. */
  readonly lift: number;
  /** Share of all rows that are in this group or a higher one. */
  readonly cumulativeShare: number;
  /** Share of all events that are in this group or a higher one (the gain). */
  readonly cumulativeCaptured: number;
  /** `cumulativeCaptured / cumulativeShare`. */
  readonly cumulativeLift: number;
}

export interface LiftOptions {
  /**
   * How many groups of nearly equal row counts; fewer where equal predictions, which always stay together, fill several.
   * @defaultValue 10
   */
  readonly groups?: number;
}

/**
 * How many of the events the highest predictions hold, group by group.
 *
 * @param response - 0 or 1, one a row.
 * @param predictions - probabilities of the event, one a row.
 * @throws InputError like `areaUnderRoc`, or when `groups` is not a whole number of at least 1.
 */
export function liftTable(response: Float64Array, predictions: Float64Array, options: LiftOptions = {}): LiftGroup[] {
  refuseUnknownOptions("liftTable", options, ["groups"]);
  const { groups = 10 } = options;
  checkBinary("liftTable", response, predictions);
  checkWhole("liftTable", "groups", groups, 1, "Leave it out for 10 groups.");
  return liftOfGroups(groupByScore(response, predictions), groups);
}

/** The same from gathered rows. */
export function liftOfGroups({ numRows, numEvents, ...ascending }: ScoreGroups, numGroups: number): LiftGroup[] {
  const scores = ascending.scores.toReversed();
  const counts = ascending.counts.toReversed();
  const events = ascending.events.toReversed();
  const totals = scores.map((score, g) => score * counts[g]);
  return splitIntoBins(counts, numGroups).map(({ from, to }, index): LiftGroup => {
    const rows = sum(counts, from, to);
    const groupEvents = sum(events, from, to);
    const cumulativeShare = sum(counts, 0, to) / numRows;
    const cumulativeCaptured = sum(events, 0, to) / numEvents;
    return {
      group: index + 1,
      numRows: rows,
      numEvents: groupEvents,
      lowestPrediction: scores[to - 1],
      meanPredicted: sum(totals, from, to) / rows,
      rate: groupEvents / rows,
      lift: groupEvents / rows / (numEvents / numRows),
      cumulativeShare,
      cumulativeCaptured,
      cumulativeLift: cumulativeCaptured / cumulativeShare,
    };
  });
}
