import { sum } from "./sum.ts";

/** The rows of a binary response gathered by equal prediction, in ascending order of the prediction. */
export interface ScoreGroups {
  /** The distinct predictions, ascending. */
  readonly scores: Float64Array;
  /** Rows with that prediction. */
  readonly counts: Float64Array;
  /** Rows with that prediction and the event. */
  readonly events: Float64Array;
  readonly numRows: number;
  readonly numEvents: number;
}

/** A stretch of neighbouring groups: `from` up to but without `to`. */
export interface GroupRange {
  readonly from: number;
  readonly to: number;
}

/** Row numbers in ascending order of `values`. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
}

/** Gathers rows by equal prediction: from here on ties cannot depend on the order of the rows. */
export function groupByScore(response: Float64Array, predictions: Float64Array): ScoreGroups {
  const order = ascendingOrder(predictions);
  const counts = countTies(predictions, order);
  const scores = new Float64Array(counts.length);
  const events = new Float64Array(counts.length);
  let at = 0;
  for (let g = 0; g < counts.length; g++) {
    scores[g] = predictions[order[at]];
    for (const end = at + counts[g]; at < end; at++) events[g] += response[order[at]];
  }
  return { scores, counts, events, numRows: response.length, numEvents: sum(response) };
}

/** How many rows share each distinct value, ascending. */
export function countTies(values: Float64Array, order: Uint32Array): Float64Array {
  const counts: number[] = [];
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && values[order[i]] === values[order[i - 1]]) counts[counts.length - 1]++;
    else counts.push(1);
  }
  return Float64Array.from(counts);
}

/**
 * Cuts groups into at most `bins` neighbouring ranges of nearly equal row counts. A group is never cut in two: it goes
 * whole to the range in which it begins, so heavy ties give fewer and larger ranges.
 */
export function splitIntoBins(counts: Float64Array, bins: number): GroupRange[] {
  const numRows = sum(counts);
  const ranges: GroupRange[] = [];
  let to = 0;
  let rows = 0;
  for (let k = 1; k <= bins; k++) {
    const from = to;
    const target = Math.round((k * numRows) / bins);
    while (rows < target) rows += counts[to++];
    if (to > from) ranges.push({ from, to });
  }
  return ranges;
}
