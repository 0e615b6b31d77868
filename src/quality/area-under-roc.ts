import { checkBinary } from "./checks.ts";
import { makeInterval, NORMAL_QUANTILE, type Estimate, type Interval } from "./interval.ts";
import { groupByScore, type ScoreGroups } from "./score-groups.ts";

/**
 * The area under the ROC curve: the chance that a random row with the event has a higher prediction than a random row
 * without it, ties counting one half. The standard error is DeLong's; the interval is taken on the logit scale, so it
 * stays within (0, 1). Error and interval are null with a single row of a class; the interval is also null where DeLong's
 * variance is zero (perfect ranking, or one prediction for all).
 *
 * @param response - 0 or 1, one a row.
 * @param predictions - probabilities of the event, one a row.
 * @throws InputError on arrays of other lengths, other values, or a response of one class.
 * @see DeLong, DeLong and Clarke-Pearson (1988), doi:10.2307/2531595; Sun and Xu (2014), doi:10.1109/LSP.2014.2337313.
 */
export function areaUnderRoc(response: Float64Array, predictions: Float64Array): Estimate {
  checkBinary("areaUnderRoc", response, predictions);
  return areaOfGroups(groupByScore(response, predictions));
}

/**
 * The Gini coefficient (accuracy ratio), `2 × area under the ROC curve − 1`, with the interval of that area.
 *
 * @throws InputError like {@link areaUnderRoc}.
 */
export function gini(response: Float64Array, predictions: Float64Array): Estimate {
  checkBinary("gini", response, predictions);
  return giniFromArea(areaOfGroups(groupByScore(response, predictions)));
}

/** `2 A − 1`, ends of the interval and all. */
export function giniFromArea({ value, standardError, interval }: Estimate): Estimate {
  return {
    value: 2 * value - 1,
    standardError: standardError === null ? null : 2 * standardError,
    interval: interval && makeInterval(2 * interval.low - 1, 2 * interval.high - 1, interval.method),
  };
}

/** The area and its DeLong error from gathered rows. */
export function areaOfGroups(groups: ScoreGroups): Estimate {
  const { counts, events, numEvents } = groups;
  const numOthers = groups.numRows - numEvents;
  // DeLong's components: the share of the other class that each row outranks (ties one half), equal within a group.
  const ofEvents = new Float64Array(counts.length);
  const ofOthers = new Float64Array(counts.length);
  let eventsBelow = 0;
  let othersBelow = 0;
  let pairsWon = 0;
  for (let g = 0; g < counts.length; g++) {
    const others = counts[g] - events[g];
    ofEvents[g] = (othersBelow + others / 2) / numOthers;
    ofOthers[g] = (numEvents - eventsBelow - events[g] / 2) / numEvents;
    // Whole and half pairs, which add up without rounding: a perfect ranking is exactly 1.
    pairsWon += events[g] * (othersBelow + others / 2);
    eventsBelow += events[g];
    othersBelow += others;
  }
  const value = pairsWon / (numEvents * numOthers);
  if (numEvents < 2 || numOthers < 2) return { value, standardError: null, interval: null };
  let squaresOfEvents = 0;
  let squaresOfOthers = 0;
  for (let g = 0; g < counts.length; g++) {
    squaresOfEvents += events[g] * (ofEvents[g] - value) ** 2;
    squaresOfOthers += (counts[g] - events[g]) * (ofOthers[g] - value) ** 2;
  }
  const variance = squaresOfEvents / (numEvents - 1) / numEvents + squaresOfOthers / (numOthers - 1) / numOthers;
  const standardError = Math.sqrt(variance);
  return { value, standardError, interval: logitInterval(value, standardError) };
}

function logitInterval(value: number, standardError: number): Interval | null {
  const slope = value * (1 - value);
  if (!(standardError > 0) || !(slope > 0)) return null;
  const centre = Math.log(value / (1 - value));
  const half = (NORMAL_QUANTILE * standardError) / slope;
  return makeInterval(expit(centre - half), expit(centre + half), "DeLong, on the logit scale");
}

function expit(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
