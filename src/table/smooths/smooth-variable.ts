import type { SmoothBasis } from "../../numeric/index.ts";

/** A factor of a smooth's product: functions of numbers. */
export interface BasisMargin {
  readonly kind: "basis";
  /** How the numbers are computed, one expression a coordinate. */
  readonly expressions: readonly string[];
  readonly basis: SmoothBasis;
  /** What the functions are multiplied by, functions × width, row-major; null where they stand as they are. */
  readonly transform: readonly number[] | null;
}

/** A factor of a smooth's product: one column a level. */
export interface LevelsMargin {
  readonly kind: "levels";
  /** The column, or the expression of numbers that are taken as levels. */
  readonly expression: string;
  readonly levels: readonly string[];
}

export type SmoothMargin = BasisMargin | LevelsMargin;

/** The level that a copy of a smooth belongs to: in rows of other levels it is 0. */
export interface SmoothLevel {
  readonly expression: string;
  readonly levels: readonly string[];
  /** Its position among the levels. */
  readonly level: number;
}

/**
 * A smooth term of a design, as a recipe remembers it: the columns of its margins multiplied, of which some are chosen, reflected so that
 * the first of them can go (it is the constraint), and multiplied by numbers of the row. Plain JSON.
 */
export interface SmoothVariable {
  readonly kind: "smooth";
  /** mgcv's label: `s(age)`, `te(lon,lat)`, `s(hour):regionnorth`. */
  readonly label: string;
  /** Every column is a product of one column of each, the last margin's changing fastest. */
  readonly margins: readonly SmoothMargin[];
  /** The products that are chosen, in order; null for all in their order. */
  readonly order: readonly number[] | null;
  /**
   * The vector v of a Householder reflection I − 2vv'/v'v of the chosen columns; the column of its first entry other than 0 goes afterwards,
   * which makes the columns sum to zero over the training rows. Null where there is no constraint.
   */
  readonly reflector: readonly number[] | null;
  /** What is subtracted from each column then, so that it has mean 0 over the training rows; null for nothing. */
  readonly centres: readonly number[] | null;
  /** Positions of columns that go last, because smooths of fewer covariates have them already; ascending. */
  readonly dropped: readonly number[];
  /** Expressions of numbers whose product multiplies the row: a numeric `by`, the numbers of a random slope. */
  readonly multipliers: readonly string[];
  readonly by: SmoothLevel | null;
}

/** Linear inequalities A β ≥ 0 on a smooth's coefficients. */
export interface ShapeConstraint {
  /** m × size, row-major. */
  readonly matrix: Float64Array;
  readonly numRows: number;
}

/** What fitting needs to know of a smooth term. */
export interface LearnedSmooth {
  /** The label of its term. */
  readonly label: string;
  /** Position of its first column in the design; all of them are next to each other. */
  readonly first: number;
  readonly size: number;
  /** size × size each, row-major, divided by `scales`, the constraint absorbed; none where the smooth is not penalized. */
  readonly penalties: readonly Float64Array[];
  readonly ranks: readonly number[];
  /** What each penalty was divided by: mgcv's `S.scale`. */
  readonly scales: readonly number[];
  /** Dimension of the space of functions that no penalty touches. */
  readonly nullSpaceDimension: number;
  /** Smoothing parameters that the user fixed, for penalties as divided by `scales`; null where they are to be estimated. */
  readonly smoothing: readonly (number | null)[];
  /** Smooths of one group share their smoothing parameters; null for one that is alone. */
  readonly group: string | null;
  readonly isRandomEffect: boolean;
  /** Whether no function of it is free of a penalty. */
  readonly isFullyPenalized: boolean;
  readonly shape: ShapeConstraint | null;
}
