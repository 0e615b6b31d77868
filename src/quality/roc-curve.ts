import { checkBinary } from "./checks.ts";
import { groupByScore, type ScoreGroups } from "./score-groups.ts";

/** What happens when every row with a prediction of at least `threshold` is flagged. */
export interface RocPoint {
  /** Null at the first point, where no row is flagged. */
  readonly threshold: number | null;
  /** Share of rows without the event that are flagged. */
  readonly falsePositiveRate: number;
  /** Share of rows with the event that are flagged. */
  readonly truePositiveRate: number;
}

/** The largest gap between the two rates of the ROC curve. */
export interface KolmogorovSmirnov {
  /** The gap, from 0 to 1. */
  readonly value: number;
  /** Flag predictions of at least this to reach the gap (the highest such threshold); null when the gap is 0. */
  readonly threshold: number | null;
}

/** More points than this cannot be seen in a chart. */
const MOST_POINTS = 200;

/**
 * The ROC curve from (0, 0) to (1, 1), thresholds descending. Curves of more than 200 points are thinned to one for each
 * equal stretch of the curve, both ends kept; every point kept is exact.
 *
 * @throws InputError like `areaUnderRoc`.
 * @see Fawcett (2006), doi:10.1016/j.patrec.2005.10.010.
 */
export function rocCurve(response: Float64Array, predictions: Float64Array): RocPoint[] {
  checkBinary("rocCurve", response, predictions);
  return thinCurve(curveOfGroups(groupByScore(response, predictions)));
}

/**
 * The two-sample Kolmogorov–Smirnov statistic: the largest gap in size, over all thresholds, between the share of events
 * flagged and the share of other rows flagged. A model that ranks backwards has a large gap too: see the area.
 *
 * @throws InputError like `areaUnderRoc`.
 * @see Smirnov (1948), doi:10.1214/aoms/1177730256.
 */
export function kolmogorovSmirnov(response: Float64Array, predictions: Float64Array): KolmogorovSmirnov {
  checkBinary("kolmogorovSmirnov", response, predictions);
  return largestGap(curveOfGroups(groupByScore(response, predictions)));
}

/** Every point of the curve, one for each distinct prediction and one before them. */
export function curveOfGroups({ scores, counts, events, numRows, numEvents }: ScoreGroups): RocPoint[] {
  const points: RocPoint[] = [{ threshold: null, falsePositiveRate: 0, truePositiveRate: 0 }];
  let flagged = 0;
  let caught = 0;
  for (let g = scores.length - 1; g >= 0; g--) {
    flagged += counts[g];
    caught += events[g];
    const falsePositiveRate = (flagged - caught) / (numRows - numEvents);
    points.push({ threshold: scores[g], falsePositiveRate, truePositiveRate: caught / numEvents });
  }
  return points;
}

/** The point of the curve that lies furthest from the diagonal. */
export function largestGap(points: readonly RocPoint[]): KolmogorovSmirnov {
  let best: KolmogorovSmirnov = { value: 0, threshold: null };
  for (const { threshold, falsePositiveRate, truePositiveRate } of points) {
    const value = Math.abs(truePositiveRate - falsePositiveRate);
    if (value > best.value) best = { value, threshold };
  }
  return best;
}

/** The first point in each of 198 equal stretches of the way along the curve (up and across, 2 in all), and the last point. */
export function thinCurve(points: readonly RocPoint[]): RocPoint[] {
  if (points.length <= MOST_POINTS) return [...points];
  const stretch = 2 / (MOST_POINTS - 2);
  const stretchOf = (point: RocPoint): number => Math.floor((point.falsePositiveRate + point.truePositiveRate) / stretch);
  const last = points.length - 1;
  return points.filter((point, i) => i === 0 || i === last || stretchOf(point) !== stretchOf(points[i - 1]));
}
