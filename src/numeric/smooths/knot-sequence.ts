import { differentiateAt, evaluateAt, findInterval } from "../bases/b-splines.ts";
import type { KnotSequence } from "../bases/b-splines.ts";

/** The ends are moved outward by this share of the range, so that no number lies on one. */
const WIDENING = 0.001;

/** Ascending copies, without change to the caller's. */
export function sortKnots(knots: readonly number[]): number[] {
  return [...knots].sort((one, other) => one - other);
}

/**
 * Knots for `size` B-splines, equally spaced over the range of two ends, a little widened, and beyond it on both sides.
 *
 * @param ends - ascending numbers, of which the first and the last count
 */
export function spaceKnots(ends: ArrayLike<number>, size: number, degree: number): number[] {
  const [first, last] = [ends[0], ends[ends.length - 1]];
  const margin = (last - first) * WIDENING;
  const [low, high] = [first - margin, last + margin];
  const numIntervals = size - degree;
  const step = (high - low) / numIntervals;
  const [start, end] = [low - degree * step, high + degree * step];
  const numSteps = numIntervals + 2 * degree;
  return Array.from({ length: numSteps + 1 }, (_, j) => start + j * ((end - start) / numSteps));
}

/** The interval that all functions of a sequence span together. */
function findSpan({ degree, knots }: KnotSequence): readonly [low: number, high: number] {
  return [knots[degree], knots[knots.length - degree - 1]];
}

/**
 * All B-splines of a knot sequence at each number: numbers × functions, row-major. Beyond the span of the functions they go on as straight
 * lines, by value and slope.
 */
export function evaluateSequence(sequence: KnotSequence, x: Float64Array): Float64Array {
  const { degree, knots } = sequence;
  const size = knots.length - degree - 1;
  const [low, high] = findSpan(sequence);
  const slopes = [low, high].map((end) => differentiateAt(sequence, findInterval(sequence, end), end, 1));
  const rows = new Float64Array(x.length * size);
  const values = new Float64Array(degree + 1);
  for (let i = 0; i < x.length; i++) {
    const inside = x[i] < low ? low : x[i] > high ? high : x[i];
    const interval = findInterval(sequence, inside);
    const first = i * size + interval - degree;
    evaluateAt(knots, degree, interval, inside, values);
    for (let k = 0; k <= degree; k++) rows[first + k] = values[k];
    if (inside !== x[i]) {
      const slope = x[i] < low ? slopes[0] : slopes[1];
      for (let k = 0; k <= degree; k++) rows[first + k] += slope[k] * (x[i] - inside);
    }
  }
  return rows;
}
