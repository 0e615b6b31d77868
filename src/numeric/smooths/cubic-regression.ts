import { quantileOfSorted } from "../bases/index.ts";
import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { findCubicCurvature } from "./cubic-curvature.ts";
import type { CubicRegressionBasis, LearnedBasis, SmoothBasisOptions } from "./types.ts";

/** Knots of a cubic spline, at equally spaced quantiles of distinct numbers. */
export function placeKnots(sorted: Float64Array, size: number): number[] {
  return Array.from({ length: size }, (_, j) => quantileOfSorted(sorted, j / (size - 1)));
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
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.3.1; section 5.4.3 (shrinkage)
 */
export function learnCubicRegression(sorted: Float64Array, options: SmoothBasisOptions): LearnedBasis {
  const { size, shrinkage = false } = options;
  const knots = options.knots ? [...options.knots].sort((one, other) => one - other) : placeKnots(sorted, size);
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
