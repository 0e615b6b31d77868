import { findCubicCurvature } from "./cubic-curvature.ts";
import { findGaps, findSegment, placeKnots } from "./cubic-regression.ts";
import type { CyclicCubicBasis, LearnedBasis, SmoothBasisOptions } from "./types.ts";

/**
 * A cubic regression spline whose value and first two derivatives at the last knot are those at the first.
 *
 * @param sorted - distinct numbers, ascending
 * @param counts - of the numbers that were rounded to each; null where none were
 * @see Wood (2017), Generalized Additive Models, 2nd edition, section 5.3.2
 */
export function learnCyclicCubic(
  sorted: Float64Array,
  { size, knots: given }: SmoothBasisOptions,
  counts: Float64Array | null,
): LearnedBasis {
  const knots = findKnots(sorted, size, given ?? [], counts);
  const { penalty } = findCubicCurvature(findGaps(knots), true);
  return { basis: { kind: "cyclicCubic", knots }, penalties: [penalty], ranks: [size - 2], nullSpaceDimension: 1 };
}

/** The knots given; or between two ends given, or those of the numbers, knots at quantiles. */
function findKnots(sorted: Float64Array, size: number, given: readonly number[], counts: Float64Array | null): number[] {
  if (given.length === size) return [...given].sort((one, other) => one - other);
  if (given.length === 0) return placeKnots(sorted, size, counts);
  const [low, high] = [Math.min(...given), Math.max(...given)];
  const inside = sorted.filter((x) => x > low && x < high);
  const ofInside = counts && counts.filter((_, i) => sorted[i] > low && sorted[i] < high);
  return placeKnots(Float64Array.of(low, ...inside, high), size, ofInside && Float64Array.of(1, ...ofInside, 1));
}

/** The functions at each number, brought into the first period: numbers × size, row-major. */
export function evaluateCyclicCubic({ knots }: CyclicCubicBasis, x: Float64Array): Float64Array {
  const size = knots.length - 1;
  const { curvature } = findCubicCurvature(findGaps(knots), true);
  const rows = new Float64Array(x.length * size);
  for (let i = 0; i < x.length; i++) {
    const wrapped = wrapIntoPeriod(x[i], knots[0], knots[size]);
    const j = findSegment(knots, wrapped);
    const next = j + 1 === size ? 0 : j + 1;
    const h = knots[j + 1] - knots[j];
    const right = wrapped - knots[j];
    const left = knots[j + 1] - wrapped;
    const ofLeft = ((left * left) / h - h) * (left / 6);
    const ofRight = ((right * right) / h - h) * (right / 6);
    const at = i * size;
    for (let c = 0; c < size; c++) rows[at + c] = ofLeft * curvature[j * size + c] + ofRight * curvature[next * size + c];
    rows[at + j] += left / h;
    rows[at + next] += right / h;
  }
  return rows;
}

/** The number in [low, high] that is whole periods of high − low away. */
export function wrapIntoPeriod(x: number, low: number, high: number): number {
  if (x >= low && x <= high) return x;
  const wrapped = x - Math.floor((x - low) / (high - low)) * (high - low);
  return Math.min(Math.max(wrapped, low), high);
}
