import { learnBSpline } from "./b-spline.ts";
import { evaluateCubicRegression, learnCubicRegression } from "./cubic-regression.ts";
import { evaluateCyclicCubic, learnCyclicCubic } from "./cyclic-cubic.ts";
import { countThinPlateFunctions, evaluateThinPlate } from "./evaluate-thin-plate.ts";
import { evaluateCyclicPSpline, evaluatePSpline, learnCyclicPSpline, learnPSpline } from "./p-spline.ts";
import { learnThinPlate } from "./thin-plate.ts";
import type { BasisPoints, LearnedBasis, SmoothBasis, SmoothBasisKind, SmoothBasisOptions } from "./types.ts";

/** Learns a basis of smooth functions, and the penalties of their roughness, from distinct points. */
export function learnSmoothBasis(kind: SmoothBasisKind, points: BasisPoints, options: SmoothBasisOptions): LearnedBasis {
  const [first] = points.coordinates;
  const counts = points.isRounded === true ? points.counts : null;
  switch (kind) {
    case "cubicRegression":
      return learnCubicRegression(first, options, counts);
    case "cyclicCubic":
      return learnCyclicCubic(first, options, counts);
    case "pSpline":
      return learnPSpline(first, options);
    case "cyclicPSpline":
      return learnCyclicPSpline(first, options);
    case "bSpline":
      return learnBSpline(first, options);
    case "thinPlate":
      return learnThinPlate(points, options);
  }
}

/**
 * A basis at points, of which any may lie beyond those it was learned from.
 *
 * @param coordinates - one array a dimension
 * @returns points × smoothBasisSize(basis), row-major
 */
export function evaluateSmoothBasis(basis: SmoothBasis, coordinates: readonly Float64Array[]): Float64Array {
  switch (basis.kind) {
    case "cubicRegression":
      return evaluateCubicRegression(basis, coordinates[0]);
    case "cyclicCubic":
      return evaluateCyclicCubic(basis, coordinates[0]);
    case "cyclicPSpline":
      return evaluateCyclicPSpline(basis, coordinates[0]);
    case "pSpline":
    case "bSpline":
      return evaluatePSpline(basis, coordinates[0]);
    case "thinPlate":
      return evaluateThinPlate(basis, coordinates);
  }
}

/** How many functions a basis has. */
export function smoothBasisSize(basis: SmoothBasis): number {
  switch (basis.kind) {
    case "cubicRegression":
      return basis.knots.length;
    case "cyclicCubic":
    case "cyclicPSpline":
      return basis.knots.length - 1;
    case "pSpline":
    case "bSpline":
      return basis.knots.length - basis.degree - 1;
    case "thinPlate":
      return countThinPlateFunctions(basis);
  }
}
