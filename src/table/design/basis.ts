/** Functions of one number, as they were learned from the training table. */
export type Basis = PolynomialBasis | PowerBasis | SplineBasis;

/** Orthonormal polynomials by their three-term recurrence. */
export interface PolynomialBasis {
  readonly kind: "polynomial";
  /** One centre a degree: p[k + 1] = (x − centres[k]) p[k] − (squaredNorms[k] / squaredNorms[k − 1]) p[k − 1]. */
  readonly centres: readonly number[];
  /** Sums of squares over the training rows of the polynomials 0, 1, …: one more than degrees. */
  readonly squaredNorms: readonly number[];
}

/** x, x², … */
export interface PowerBasis {
  readonly kind: "powers";
  readonly degree: number;
}

/** B-splines, or natural cubic splines: linear beyond the boundary. */
export interface SplineBasis {
  readonly kind: "bSpline" | "naturalSpline";
  readonly degree: number;
  /** The interior knots, ascending. */
  readonly knots: readonly number[];
  readonly boundary: readonly [number, number];
  /** Whether the basis holds the constant. */
  readonly intercept: boolean;
}

/** The number of functions that a basis has. */
export function basisSize(basis: Basis): number {
  if (basis.kind === "polynomial") return basis.centres.length;
  if (basis.kind === "powers") return basis.degree;
  const without = basis.kind === "bSpline" ? basis.degree : 1;
  return basis.knots.length + without + (basis.intercept ? 1 : 0);
}

/** R's names of the columns: numbered where there are several. */
export function basisNames(label: string, basis: Basis): string[] {
  const size = basisSize(basis);
  return size === 1 ? [label] : Array.from({ length: size }, (_, column) => `${label}${column + 1}`);
}
