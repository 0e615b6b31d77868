import { quantileOfSorted } from "../bases/index.ts";
import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { findCubicCurvature } from "./cubic-curvature.ts";
import type { CubicRegressionBasis, LearnedBasis, SmoothBasisOptions } from "./types.ts";

/** No rounded number stands for more than so many times as many different ones as they do on average: what is more is a crowd of the same number. */
const MOST_CROWDED = 4;

/**
 * Knots of a cubic spline, at equally spaced quantiles of distinct numbers.
 *
 * @param counts - of the numbers that were rounded to each; null where none were
 */
export function placeKnots(sorted: Float64Array, size: number, counts: Float64Array | null): number[] {
  const shares = Array.from({ length: size }, (_, j) => j / (size - 1));
  if (counts === null) return shares.map((share) => quantileOfSorted(sorted, share));
  const most = (MOST_CROWDED * counts.reduce((sum, count) => sum + count, 0)) / counts.length;
  // Each number stands in the middle of those that were rounded to it.
  const middles = new Float64Array(sorted.length);
  let below = 0;
  for (let i = 0; i < sorted.length; i++) {
    const count = Math.min(counts[i], most);
    middles[i] = below + count / 2;
    below += count;
  }
  const last = sorted.length - 1;
  let i = 0;
  return shares.map((share) => {
    const place = middles[0] + share * (middles[last] - middles[0]);
    while (i < last - 1 && middles[i + 1] < place) i++;
    const part = Math.min(1, (place - middles[i]) / (middles[i + 1] - middles[i]));
    return (1 - part) * sorted[i] + part * sorted[i + 1];
  });
}

/** The distances between knots and the next. */
export function findGaps(knots: readonly number[]): Float64Array {
  return Float64Array.from({ length: knots.length - 1 }, (_, j) => knots[j + 1] - knots[j]);
}

/** The interval between knots that a number falls in: the first or last where it falls beyond. */
export function findSegment(knots: readonly number[], x: number): number {
  let low = 0;
  let high = knots.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (x >= knots[middle]) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A cubic regression spline: functions are 1 at their own knot and 0 at others, and the penalty is ∫ f″².
 *
 * @param sorted - distinct numbers, ascending
 * @param counts - of the numbers that were rounded to each; null where none were
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.3.1; section 5.4.3 (shrinkage)
 */
export function learnCubicRegression(sorted: Float64Array, options: SmoothBasisOptions, counts: Float64Array | null): LearnedBasis {
  const { size, shrinkage = false } = options;
  const knots = options.knots ? [...options.knots].sort((one, other) => one - other) : placeKnots(sorted, size, counts);
  const { penalty } = findCubicCurvature(findGaps(knots), false);
  if (shrinkage) penalizeLines(penalty, knots);
  return {
    basis: { kind: "cubicRegression", knots },
    penalties: [penalty],
    ranks: [shrinkage ? size : size - 2],
    nullSpaceDimension: shrinkage ? 0 : 2,
  };
}

/** Eigenvalues of the two directions that the penalty did not see, as shares of the least that it did. */
const SHRINKAGE = [0.1, 0.01];

/**
 * Gives the penalty's null space, the straight lines, small eigenvalues. Many pairs of directions span it: this is the one that LAPACK, and
 * so mgcv, finds, whose tridiagonal reduction starts from the first row: the line that is 0 at the first knot, and what is orthogonal to it.
 * Which of the two mgcv gives the larger eigenvalue is a matter of rounding; here it is the line, for the other is little but the constant.
 */
function penalizeLines(penalty: Float64Array, knots: readonly number[]): void {
  const size = knots.length;
  const least = symmetricEigen(penalty, size).values[size - 3];
  const line = makeUnit(Float64Array.from(knots, (knot) => knot - knots[0]));
  const sum = line.reduce((total, value) => total + value, 0);
  const rest = makeUnit(line.map((value) => 1 - sum * value));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      penalty[i * size + j] += least * (SHRINKAGE[0] * line[i] * line[j] + SHRINKAGE[1] * rest[i] * rest[j]);
    }
  }
}

function makeUnit(vector: Float64Array): Float64Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** The functions at each number: numbers × size, row-major. Beyond the knots they go on as straight lines. */
export function evaluateCubicRegression({ knots }: CubicRegressionBasis, x: Float64Array): Float64Array {
  const size = knots.length;
  const { curvature } = findCubicCurvature(findGaps(knots), false);
  const rows = new Float64Array(x.length * size);
  for (let i = 0; i < x.length; i++) {
    const j = findSegment(knots, x[i]);
    const h = knots[j + 1] - knots[j];
    const right = x[i] - knots[j];
    const left = knots[j + 1] - x[i];
    const at = i * size;
    // What the second derivatives at both ends of the segment add to the chord; beyond the ends, to its continuation.
    let ofLeft = ((left * left) / h - h) * (left / 6);
    let ofRight = ((right * right) / h - h) * (right / 6);
    if (right < 0) {
      ofLeft = (-h * right) / 3;
      ofRight = (-h * right) / 6;
    } else if (left < 0) {
      ofLeft = (-h * left) / 6;
      ofRight = (-h * left) / 3;
    }
    for (let c = 0; c < size; c++) rows[at + c] = ofLeft * curvature[j * size + c] + ofRight * curvature[(j + 1) * size + c];
    rows[at + j] += left / h;
    rows[at + j + 1] += right / h;
  }
  return rows;
}
