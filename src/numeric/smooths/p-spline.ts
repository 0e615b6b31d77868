import { evaluateAt, findInterval } from "../bases/b-splines.ts";
import { wrapIntoPeriod } from "./cyclic-cubic.ts";
import { differencePenalty } from "./difference-penalty.ts";
import { evaluateSequence, sortKnots, spaceKnots } from "./knot-sequence.ts";
import type { CyclicPSplineBasis, LearnedBasis, PSplineBasis, SmoothBasisOptions } from "./types.ts";

const DEFAULT_ORDER = 2;

/** The degree of the splines and the order of the differences that are penalized; mgcv's m counts degrees less one. */
function readOrder([first = DEFAULT_ORDER, second = first]: readonly number[] = []): { degree: number; order: number } {
  return { degree: first + 1, order: second };
}

/**
 * B-splines on equally spaced knots with a penalty on the differences of their coefficients.
 *
 * @param sorted - distinct numbers, ascending
 * @see Eilers and Marx (1996), Statistical Science 11, 89–121, doi:10.1214/ss/1038425655
 */
export function learnPSpline(sorted: Float64Array, { size, order: orders, knots: given }: SmoothBasisOptions): LearnedBasis {
  const { degree, order } = readOrder(orders);
  const own = given ? sortKnots(given) : sorted;
  const knots = given && given.length > 2 ? sortKnots(given) : spaceKnots(own, size, degree);
  return {
    basis: { kind: "pSpline", degree, knots },
    penalties: [differencePenalty(size, order, false)],
    ranks: [size - order],
    nullSpaceDimension: order,
  };
}

/** The functions at each number: numbers × size, row-major. Beyond the inner knots they go on as straight lines. */
export function evaluatePSpline({ degree, knots }: Pick<PSplineBasis, "degree" | "knots">, x: Float64Array): Float64Array {
  return evaluateSequence({ degree, knots: Float64Array.from(knots) }, x);
}

/** B-splines whose knots repeat themselves, period after period, with a penalty on cyclic differences of their coefficients. */
export function learnCyclicPSpline(sorted: Float64Array, { size, order: orders, knots: given }: SmoothBasisOptions): LearnedBasis {
  const { degree, order } = readOrder(orders);
  const nullSpaceDimension = order === 0 ? 0 : 1;
  return {
    basis: { kind: "cyclicPSpline", degree, knots: placePeriod(sorted, size, given ?? []) },
    penalties: [differencePenalty(size, order, true)],
    ranks: [size - nullSpaceDimension],
    nullSpaceDimension,
  };
}

/** The knots given; or equally spaced ones between two ends given, or those of the numbers. */
function placePeriod(sorted: Float64Array, size: number, given: readonly number[]): number[] {
  if (given.length > 2) return sortKnots(given);
  const ends = given.length === 2 ? sortKnots(given) : [sorted[0], sorted[sorted.length - 1]];
  return Array.from({ length: size + 1 }, (_, j) => (j === size ? ends[1] : ends[0] + (j * (ends[1] - ends[0])) / size));
}

/** The functions at each number, brought into the first period: numbers × size, row-major. */
export function evaluateCyclicPSpline({ degree, knots: period }: CyclicPSplineBasis, x: Float64Array): Float64Array {
  const size = period.length - 1;
  const [low, high] = [period[0], period[size]];
  // Each knot of the periods before and after is a knot of this one, moved.
  const knots = Float64Array.from({ length: size + 1 + 2 * degree }, (_, at) => {
    const turns = Math.floor((at - degree) / size);
    const place = at - degree - turns * size;
    return at === size + degree ? high : period[place] + turns * (high - low);
  });
  const rows = new Float64Array(x.length * size);
  const values = new Float64Array(degree + 1);
  for (let i = 0; i < x.length; i++) {
    const wrapped = wrapIntoPeriod(x[i], low, high);
    const interval = findInterval({ degree, knots }, wrapped);
    evaluateAt(knots, degree, interval, wrapped, values);
    for (let k = 0; k <= degree; k++) rows[i * size + ((interval - degree + k) % size)] += values[k];
  }
  return rows;
}
