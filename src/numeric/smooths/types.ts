/** The distinct points that a basis is learned from. */
export interface BasisPoints {
  /** One array a dimension, of m numbers each; the points are in lexicographic order and no two are equal. */
  readonly coordinates: readonly Float64Array[];
  /** How many rows each point stands for. */
  readonly counts: Float64Array;
  /** Whether points stand for different numbers nearby, which were rounded to them. @defaultValue false */
  readonly isRounded?: boolean;
}

/** Kinds of bases; in mgcv's words cr, cc, ps, cp, bs and tp. */
export type SmoothBasisKind = "cubicRegression" | "cyclicCubic" | "pSpline" | "cyclicPSpline" | "bSpline" | "thinPlate";

/** What a basis is learned with. */
export interface SmoothBasisOptions {
  /**
   * mgcv's k: how many functions; a cyclic cubic basis has one less, a thin plate without its null space less by that space's dimension.
   */
  readonly size: number;
  /**
   * mgcv's m. P-splines: [degree − 1, order of differences]. B-splines: [degree, order of each penalty's derivative …].
   * Thin plates: [order of derivatives], with a second entry 0 for no null space in the basis.
   *
   * @defaultValue P-splines [2, 2], or the first entry twice; B-splines [3, 2], or the first entry and one less; thin plates the least order with continuous second derivatives
   */
  readonly order?: readonly number[];
  /**
   * Cubic regression: all knots. Cyclic cubic: all knots, or the two ends. P-splines and B-splines: all knots, or the two ends of the
   * interval, or for B-splines four numbers, of which the inner two bound the penalty. Thin plates: points, dimension after dimension.
   */
  readonly knots?: readonly number[] | null;
  /** Whether the penalty's null space is penalized too, a little (cubic regression and thin plates). @defaultValue false */
  readonly shrinkage?: boolean;
  /** Of the sample of points that a large thin plate is learned from. @defaultValue 1 */
  readonly seed?: number;
}

/** A cubic spline by its values at the knots, linear beyond them. */
export interface CubicRegressionBasis {
  readonly kind: "cubicRegression";
  /** Ascending; as many as functions. */
  readonly knots: readonly number[];
}

/** A periodic cubic spline by its values at the knots; the last knot is the first of the next period. */
export interface CyclicCubicBasis {
  readonly kind: "cyclicCubic";
  /** Ascending; one more than functions. */
  readonly knots: readonly number[];
}

/** B-splines on a knot sequence, with a penalty on differences of their coefficients. */
export interface PSplineBasis {
  readonly kind: "pSpline";
  readonly degree: number;
  /** Ascending; degree + 1 more than functions. */
  readonly knots: readonly number[];
}

/** Periodic B-splines with a penalty on cyclic differences of their coefficients. */
export interface CyclicPSplineBasis {
  readonly kind: "cyclicPSpline";
  readonly degree: number;
  /** One period's, ascending, from its first to the next one's first: one more than functions. */
  readonly knots: readonly number[];
}

/** B-splines on a knot sequence, with penalties on integrals of squared derivatives. */
interface BSplineBasis {
  readonly kind: "bSpline";
  readonly degree: number;
  /** Ascending; degree + 1 more than functions. */
  readonly knots: readonly number[];
}

/** A thin plate regression spline: sums of a radial function of the distances from points, and polynomials. */
export interface ThinPlateBasis {
  readonly kind: "thinPlate";
  /** m: of the derivatives in the penalty. */
  readonly order: number;
  /** What is subtracted from each coordinate before anything else. */
  readonly shift: readonly number[];
  /** Coordinates of the points, less the shift: one array a dimension; in one dimension they ascend. */
  readonly points: readonly (readonly number[])[];
  /** Points × functions that are no polynomials, row-major. */
  readonly weights: readonly number[];
  /** Factor of each polynomial; empty where the basis has none. */
  readonly polynomialScales: readonly number[];
  /** What is subtracted from each function, so that its mean over the rows is 0, where the basis has no polynomials; else empty. */
  readonly means: readonly number[];
}

/** A learned basis: plain JSON, all that evaluation needs. */
export type SmoothBasis = CubicRegressionBasis | CyclicCubicBasis | PSplineBasis | CyclicPSplineBasis | BSplineBasis | ThinPlateBasis;

/** A basis with its penalties. */
export interface LearnedBasis {
  readonly basis: SmoothBasis;
  /** One or more, each size × size, row-major, symmetric, positive semidefinite. */
  readonly penalties: readonly Float64Array[];
  /** Of each penalty. */
  readonly ranks: readonly number[];
  /** Dimension of the functions that no penalty sees. */
  readonly nullSpaceDimension: number;
}
