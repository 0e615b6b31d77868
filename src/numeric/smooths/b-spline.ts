import { differentiateAt } from "../bases/b-splines.ts";
import type { KnotSequence } from "../bases/b-splines.ts";
import { gaussLegendre } from "../gauss-legendre.ts";
import { sortKnots, spaceKnots } from "./knot-sequence.ts";
import type { LearnedBasis, SmoothBasisOptions } from "./types.ts";

const CUBIC = 3;

/**
 * B-splines of any degree, each penalty the integral of a squared derivative over the span of the functions.
 *
 * @param sorted - distinct numbers, ascending
 * @see Wood (2017), Statistics and Computing 27, 985–989, doi:10.1007/s11222-016-9666-x
 */
export function learnBSpline(sorted: Float64Array, { size, order = [], knots: given }: SmoothBasisOptions): LearnedBasis {
  const [degree = CUBIC, ...named] = order;
  const derivatives = named.length > 0 ? named : [degree - 1];
  const knots = placeSequence(sorted, size, degree, sortKnots(given ?? []));
  const sequence = { degree, knots: Float64Array.from(knots) };
  return {
    basis: { kind: "bSpline", degree, knots },
    penalties: derivatives.map((derivative) => integrateSquares(sequence, derivative)),
    ranks: derivatives.map((derivative) => size - derivative),
    nullSpaceDimension: Math.min(...derivatives),
  };
}

/**
 * All knots given; or equally spaced ones over two ends given, or those of the numbers; or where four are given, over the outer two, with
 * all inner knots between the inner two.
 */
function placeSequence(sorted: Float64Array, size: number, degree: number, given: readonly number[]): number[] {
  if (given.length === 0) return spaceKnots(sorted, size, degree);
  if (given.length === 2) return spaceKnots(given, size, degree);
  if (given.length !== 4 || size + degree + 1 === 4) return [...given];
  const [low, from, to, high] = given;
  const step = (high - low) / (size - degree);
  const numInner = size - degree - 1;
  const before = Array.from({ length: degree + 1 }, (_, j) => low - (degree - j) * step);
  const after = Array.from({ length: degree + 1 }, (_, j) => high + j * step);
  const inner = Array.from({ length: numInner }, (_, j) => (j === 0 ? from : from + (j * (to - from)) / (numInner - 1)));
  return [...before, ...inner, ...after];
}

/**
 * ∫ f⁽ᵈ⁾² over the span as a quadratic form of the coefficients: size × size. On each interval between knots the integrand is a polynomial,
 * for which the quadrature is exact.
 */
function integrateSquares(sequence: KnotSequence, derivative: number): Float64Array {
  const { degree, knots } = sequence;
  const size = knots.length - degree - 1;
  const { nodes, weights } = gaussLegendre(degree - derivative + 1);
  const penalty = new Float64Array(size * size);
  for (let interval = degree; interval < size; interval++) {
    const width = knots[interval + 1] - knots[interval];
    if (width === 0) continue;
    for (const [q, node] of nodes.entries()) {
      const values = differentiateAt(sequence, interval, knots[interval] + node * width, derivative);
      addSquare(penalty, size, interval - degree, values, weights[q] * width);
    }
  }
  return penalty;
}

function addSquare(matrix: Float64Array, size: number, first: number, values: Float64Array, weight: number): void {
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j < values.length; j++) matrix[(first + i) * size + first + j] += weight * (values[i] * values[j]);
  }
}
