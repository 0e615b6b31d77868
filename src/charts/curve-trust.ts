import type { TermPoint } from "../models/index.ts";
import type { Scaling } from "./effect-scale.ts";

/** Why a curve tells nothing beyond one of its points. */
export type Silence = "band" | "cases";

/** The stretch over which a curve can be read: positions among its points. */
export interface Trust {
  readonly first: number;
  readonly last: number;
  /** Why nothing is told before it; null where it begins with the curve. */
  readonly before: Silence | null;
  /** Why nothing is told after it; null where it ends with the curve. */
  readonly after: Silence | null;
}

/** A band so many times as wide as where most cases are, and wider than the whole swing of the curve among them, tells nothing. */
const muchWider = 2;
/** Cases that lie farther out do not count for the swing: this share at each end. */
const farOut = 0.01;

/**
 * Cuts off the ends of a curve where no cases are, or where its band is too wide to tell anything: more than twice as wide as it typically
 * is, and wider than everything that the curve does where nearly all cases are (where numbers of cases are not known: where the band is not
 * that wide).
 */
export function findTrust(points: readonly TermPoint[], scaling: Scaling): Trust {
  const widths = points.map(({ low, high }) => (low === null || high === null ? 0 : scaling.toAdditive(high) - scaling.toAdditive(low)));
  const typical = typicalWidth(points, widths);
  const known = middleCases(points) ?? points.filter((_, k) => widths[k] <= muchWider * typical);
  const heights = known.map(({ estimate }) => scaling.toAdditive(estimate));
  const swing =
    heights.reduce((most, value) => Math.max(most, value), -Infinity) - heights.reduce((least, value) => Math.min(least, value), Infinity);
  const silences = points.map(({ n }, k): Silence | null => {
    if (n === 0) return "cases";
    return widths[k] > muchWider * typical && !(widths[k] <= swing) ? "band" : null;
  });
  const first = silences.indexOf(null);
  // Where no point has a case, numbers of cases say nothing.
  if (first < 0) return { first: 0, last: points.length - 1, before: null, after: null };
  const last = silences.lastIndexOf(null);
  return { first, last, before: nameSilence(silences.slice(0, first)), after: nameSilence(silences.slice(last + 1)) };
}

/** One that the band has a part in is told as that of the band. */
function nameSilence(silences: readonly (Silence | null)[]): Silence | null {
  if (silences.length === 0) return null;
  return silences.includes("band") ? "band" : "cases";
}

/** The points among which all but the farthest cases are; null where numbers of cases are not known. */
function middleCases(points: readonly TermPoint[]): readonly TermPoint[] | null {
  if (!isCounted(points)) return null;
  const all = points.reduce((sum, { n = 0 }) => sum + n, 0);
  let before = 0;
  return points.filter(({ n = 0 }) => {
    const [from, to] = [before, before + n];
    before = to;
    return n > 0 && to > farOut * all && from < (1 - farOut) * all;
  });
}

function isCounted(points: readonly TermPoint[]): boolean {
  return points.every(({ n }) => n !== undefined) && points.some(({ n }) => n !== 0);
}

/** The width that half of the cases have at most; of the points where numbers of cases are not known. */
function typicalWidth(points: readonly TermPoint[], widths: readonly number[]): number {
  const counted = isCounted(points);
  const order = widths.map((_, k) => k).sort((a, b) => widths[a] - widths[b]);
  const weights = order.map((k) => (counted ? (points[k].n ?? 0) : 1));
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let sum = 0;
  const at = weights.findIndex((weight) => (sum += weight) >= half);
  return widths[order[at]];
}
