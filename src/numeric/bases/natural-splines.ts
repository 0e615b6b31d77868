import { differentiateAt, evaluateAt, findInterval, makeKnotSequence } from "./b-splines.ts";
import type { KnotSequence } from "./b-splines.ts";

const CUBIC = 3;

/**
 * Natural cubic splines at each number: one array a function. They are the cubic B-splines turned so that two functions take all of the
 * second derivatives at the boundary; the rest is the basis, which goes on linearly beyond the boundary.
 *
 * @param intercept - whether the basis holds the constant; the first B-spline is left out otherwise
 * @see Hastie (1992) in Chambers and Hastie, Statistical Models in S, section 7.3; the documentation of `ns` in R's package splines
 */
export function evaluateNaturalSplines(
  interior: readonly number[],
  boundary: readonly [number, number],
  intercept: boolean,
  x: Float64Array,
): Float64Array[] {
  const sequence = makeKnotSequence(interior, boundary, CUBIC);
  const skipped = intercept ? 0 : 1;
  const rotation = findRotation(sequence, boundary, skipped);
  const numFunctions = interior.length + CUBIC + 1 - skipped - 2;
  const columns = Array.from({ length: numFunctions }, () => new Float64Array(x.length));
  const values = new Float64Array(CUBIC + 1);
  for (let i = 0; i < x.length; i++) {
    const first = evaluateLinearly(sequence, boundary, x[i], values) - skipped;
    for (let m = 0; m < numFunctions; m++) {
      let sum = 0;
      for (let k = first < 0 ? -first : 0; k <= CUBIC; k++) sum += values[k] * rotation[m][first + k];
      columns[m][i] = sum;
    }
  }
  return columns;
}

/** Writes the four B-splines at a number, or their tangents beyond the boundary, and says which is the first of them. */
function evaluateLinearly(sequence: KnotSequence, boundary: readonly [number, number], x: number, values: Float64Array): number {
  const interval = findInterval(sequence, x);
  const end = x < boundary[0] ? boundary[0] : x > boundary[1] ? boundary[1] : x;
  evaluateAt(sequence.knots, CUBIC, interval, end, values);
  if (end !== x) {
    const slopes = differentiateAt(sequence, interval, end, 1);
    for (let k = 0; k <= CUBIC; k++) values[k] += slopes[k] * (x - end);
  }
  return interval - CUBIC;
}

/** Directions without second derivatives at the boundary: the columns of Q after the first two, in QR by Householder's reflections. */
function findRotation(sequence: KnotSequence, boundary: readonly [number, number], skipped: number): Float64Array[] {
  const size = sequence.knots.length - CUBIC - 1 - skipped;
  const [left, right] = boundary.map((end) => {
    const interval = findInterval(sequence, end);
    const row = new Float64Array(size);
    for (const [k, value] of differentiateAt(sequence, interval, end, 2).entries()) {
      const column = interval - CUBIC + k - skipped;
      if (column >= 0) row[column] = value;
    }
    return row;
  });
  const first = makeReflector(left, 0);
  reflect(right, first, 0);
  const second = makeReflector(right, 1);
  return Array.from({ length: size - 2 }, (_, m) => {
    const direction = new Float64Array(size);
    direction[m + 2] = 1;
    reflect(direction, second, 1);
    reflect(direction, first, 0);
    return direction;
  });
}

/** The vector v whose reflection I − v vᵀ / v[at] takes all after `at` out of x. */
function makeReflector(x: Float64Array, at: number): Float64Array {
  const tail = x.map((value, i) => (i < at ? 0 : value));
  const norm = Math.hypot(...tail) * (x[at] < 0 ? -1 : 1);
  const reflector = tail.map((value) => value / norm);
  reflector[at] += 1;
  return reflector;
}

function reflect(x: Float64Array, reflector: Float64Array, at: number): void {
  let product = 0;
  for (let i = at; i < x.length; i++) product += reflector[i] * x[i];
  for (let i = at; i < x.length; i++) x[i] -= (product / reflector[at]) * reflector[i];
}
