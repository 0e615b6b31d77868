import type { TermPoint } from "../models/index.ts";
import { findTrust } from "./curve-trust.ts";
import type { Trust } from "./curve-trust.ts";
import type { Scaling } from "./effect-scale.ts";

/** A stretch of a curve that goes one way, up to a point. */
export interface Leg {
  readonly way: "rises" | "falls" | "level";
  /** The position of its last point. */
  readonly to: number;
}

/** How a curve goes, where it can be read. */
export interface CurveShape {
  readonly trust: Trust;
  /** Whether some interval leaves no effect out; of a curve without intervals, whether it moves at all. */
  readonly isClear: boolean;
  /** From the first told point to the last; empty where the curve does not move. */
  readonly legs: readonly Leg[];
  readonly lowest: number;
  readonly highest: number;
}

/** A turn is a way back of this share of the whole swing, */
const turnShare = 0.1;
/** and of this share of the typical width of the band: less can be the band's own wavering. */
const bandShare = 0.5;
/** Less than this share of a leg's height is no movement, */
const levelHeight = 0.1;
/** and over this share of the told range it is worth a word. */
const levelWidth = 0.25;

/** Reads the course of a curve from estimates and their intervals. */
export function readShape(points: readonly TermPoint[], scaling: Scaling): CurveShape {
  const trust = findTrust(points, scaling);
  const neutral = scaling.toAdditive(scaling.neutral);
  const told = points.slice(trust.first, trust.last + 1);
  const heights = told.map(({ estimate }) => scaling.toAdditive(estimate));
  const at = told.map(({ x }) => Number(x));
  const lowest = heights.indexOf(Math.min(...heights));
  const highest = heights.indexOf(Math.max(...heights));
  const swing = heights[highest] - heights[lowest];
  const widths = told.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [scaling.toAdditive(high) - scaling.toAdditive(low)],
  );
  const isClear =
    widths.length === 0
      ? swing > 0
      : told.some(
          ({ low, high }) => low !== null && high !== null && (scaling.toAdditive(low) > neutral || scaling.toAdditive(high) < neutral),
        );
  // A band wider than the swing hides every turn, but not that the curve goes from its lowest point to its highest.
  const turn = Math.min(Math.max(turnShare * swing, bandShare * middleOf(widths)), swing * 0.9);
  const legs = swing > 0 ? findLegs(heights, at, turn) : [];
  return {
    trust,
    isClear,
    legs: legs.map(({ way, to }) => ({ way, to: to + trust.first })),
    lowest: lowest + trust.first,
    highest: highest + trust.first,
  };
}

function middleOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  return finite.length > 0 ? finite[finite.length >> 1] : 0;
}

function findLegs(heights: readonly number[], at: readonly number[], turn: number): Leg[] {
  const last = heights.length - 1;
  const pivots = findPivots(heights, turn);
  const isWide = (from: number, to: number): boolean => at[to] - at[from] >= levelWidth * (at[last] - at[0]);
  const [first, end] = [pivots[0], pivots[pivots.length - 1]];
  // Short stretches without movement at the ends belong to what is next to them.
  const starts = isWide(0, first) ? first : 0;
  const ends = isWide(end, last) ? end : last;
  const turns = [starts, ...pivots.slice(1, -1), ends];
  const ways = turns.slice(1).map((to, k): Leg => ({ way: heights[pivots[k + 1]] > heights[pivots[k]] ? "rises" : "falls", to }));
  const head = levelHead(heights, turns[0], turns[1]);
  const tail = levelTail(heights, turns[turns.length - 2], turns[turns.length - 1]);
  const from = isWide(0, head) ? head : 0;
  const until = isWide(tail, last) && tail > from ? tail : last;
  const moving = ways.map(({ way, to }, k) => ({ way, to: k === ways.length - 1 ? until : to }));
  return [
    ...(from > 0 ? [{ way: "level", to: from } as const] : []),
    ...moving,
    ...(until < last ? [{ way: "level", to: last } as const] : []),
  ];
}

/** Lows and highs in turn, each a turn's height from the next: the first of them the last before the first movement. */
function findPivots(heights: readonly number[], turn: number): number[] {
  const pivots: number[] = [];
  let low = 0;
  let high = 0;
  let way = 0;
  for (let k = 1; k < heights.length; k++) {
    if (heights[k] < heights[low] || (way < 0 && heights[k] === heights[low])) low = k;
    if (heights[k] > heights[high] || (way > 0 && heights[k] === heights[high])) high = k;
    if (way >= 0 && heights[high] - heights[k] >= turn && high < k) {
      pivots.push(high);
      [way, low] = [-1, k];
    } else if (way <= 0 && heights[k] - heights[low] >= turn && low < k) {
      pivots.push(low);
      [way, high] = [1, k];
    }
  }
  return [...pivots, way > 0 ? high : low];
}

/** The last point up to which a leg has hardly begun. */
function levelHead(heights: readonly number[], from: number, to: number): number {
  const most = levelHeight * Math.abs(heights[to] - heights[from]);
  let head = from;
  while (head < to && Math.abs(heights[head + 1] - heights[from]) <= most) head++;
  return head;
}

/** The first point from which a leg has all but ended. */
function levelTail(heights: readonly number[], from: number, to: number): number {
  const most = levelHeight * Math.abs(heights[to] - heights[from]);
  let tail = to;
  while (tail > from && Math.abs(heights[tail - 1] - heights[to]) <= most) tail--;
  return tail;
}
