export { evaluateBSplines } from "./b-splines.ts";
export { evaluateNaturalSplines } from "./natural-splines.ts";
export { evaluateOrthogonalPolynomials, findRecurrence } from "./orthogonal-polynomials.ts";
export { quantileOfSorted } from "./quantile.ts";
