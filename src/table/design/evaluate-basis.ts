import { evaluateBSplines, evaluateNaturalSplines, evaluateOrthogonalPolynomials } from "../../numeric/index.ts";
import type { Basis } from "./basis.ts";

/** The functions of a basis at each number: one array a function. */
export function evaluateBasis(basis: Basis, x: Float64Array): Float64Array[] {
  switch (basis.kind) {
    case "polynomial":
      return evaluateOrthogonalPolynomials(basis.centres, basis.squaredNorms, x);
    case "powers":
      return Array.from({ length: basis.degree }, (_, k) => x.map((value) => value ** (k + 1)));
    case "bSpline":
      return evaluateBSplines(basis.knots, basis.boundary, basis.degree, x).slice(basis.intercept ? 0 : 1);
    case "naturalSpline":
      return evaluateNaturalSplines(basis.knots, basis.boundary, basis.intercept, x);
  }
}
