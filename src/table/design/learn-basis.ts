import { findRecurrence, quantileOfSorted } from "../../numeric/index.ts";
import { expressionText } from "../formula/expression-text.ts";
import { formulaError } from "../formula/formula-error.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import type { Basis, SplineBasis } from "./basis.ts";
import type { BasisSpec } from "./classify-variable.ts";

type SplineSpec = Exclude<BasisSpec, { kind: "polynomial" }>;

/**
 * A basis as R learns it from all numbers of a variable: missing and infinite ones are left out.
 *
 * @throws InputError with a caret when the numbers are too few for it, or the knots lie outside of them
 */
export function learnBasis(source: FormulaSource, spec: BasisSpec, values: Float64Array): Basis {
  const x = takeFinite(values);
  if (spec.kind !== "polynomial") return learnSpline(source, spec, x);
  const { degree, raw, place } = spec;
  if (raw) return { kind: "powers", degree };
  const numDistinct = countDistinct(x, degree + 1);
  if (degree < numDistinct) return { kind: "polynomial", ...findRecurrence(x, degree) };
  throw formulaError(source, place, {
    expected: `made of ${expressionText(place)} of more than ${degree} different numbers`,
    received: `${numDistinct}`,
    mend: "Take a lower degree.",
  });
}

function learnSpline(source: FormulaSource, spec: SplineSpec, x: Float64Array): SplineBasis {
  const { kind, degree, intercept } = spec;
  const boundary = spec.boundary ?? findBoundary(source, spec, x);
  const knots = spec.knots ?? placeKnots(x, boundary, spec.numKnots);
  const outside = knots.find((knot) => !(knot >= boundary[0] && knot <= boundary[1]));
  if (outside === undefined) return { kind, degree, knots, boundary, intercept };
  throw formulaError(source, spec.place, {
    expected: `made of ${spec.place.name}( ) with knots from ${boundary[0]} to ${boundary[1]}`,
    received: String(outside),
    mend: "Give Boundary.knots around the knots, or leave the knot out.",
  });
}

function findBoundary(source: FormulaSource, spec: SplineSpec, x: Float64Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of x) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < high) return [low, high];
  throw formulaError(source, spec.place, {
    expected: `made of ${expressionText(spec.place)} of numbers that differ`,
    received: x.length === 0 ? "none" : `${low} in every row`,
    mend: "Take the term out, or give Boundary.knots.",
  });
}

/** Knots at equally spaced quantiles of the numbers within the boundary. */
function placeKnots(x: Float64Array, boundary: readonly [number, number], numKnots: number): number[] {
  if (numKnots === 0) return [];
  const within = takeBetween(x, boundary[0], boundary[1]).sort();
  return Array.from({ length: numKnots }, (_, k) => quantileOfSorted(within, (k + 1) / (numKnots + 1)));
}

/** How many different numbers there are; counting ends at `most`. */
function countDistinct(x: Float64Array, most: number): number {
  const seen = new Set<number>();
  for (const value of x) if (seen.size < most) seen.add(value);
  return seen.size;
}

function takeFinite(values: Float64Array): Float64Array {
  return takeBetween(values, -Number.MAX_VALUE, Number.MAX_VALUE);
}

/** A copy of the numbers from `low` to `high`. */
function takeBetween(values: Float64Array, low: number, high: number): Float64Array {
  const taken = new Float64Array(values.length);
  let next = 0;
  for (let i = 0; i < values.length; i++) if (values[i] >= low && values[i] <= high) taken[next++] = values[i];
  return taken.subarray(0, next);
}
