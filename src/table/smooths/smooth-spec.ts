import type { Expression, SmoothNode } from "../formula/expression.ts";

/** mgcv's names of bases. */
export const BASIS_NAMES = ["tp", "ts", "cr", "cs", "cc", "ps", "cp", "bs", "re", "fs", "ad"] as const;
export type BasisName = (typeof BASIS_NAMES)[number];

/** The shapes that a curve can be held to. */
export const SHAPE_NAMES = [
  "increasing",
  "decreasing",
  "convex",
  "concave",
  "increasing-convex",
  "increasing-concave",
  "decreasing-convex",
  "decreasing-concave",
] as const;
export type ShapeName = (typeof SHAPE_NAMES)[number];

/** A covariate of a smooth: an expression of numbers, or a column that is taken as levels. */
export interface SmoothCovariate {
  readonly expression: Expression;
  /** How it reads in a label. */
  readonly text: string;
  readonly kind: "numbers" | "levels";
}

/** A margin of a smooth as the formula asks for it; s( ) has one. */
export interface MarginSpec {
  readonly basis: BasisName;
  readonly covariates: readonly SmoothCovariate[];
  /** Number of functions before any constraint. */
  readonly size: number;
  /** mgcv's m; null for the basis's own. */
  readonly order: readonly number[] | null;
  readonly penalized: boolean;
  /** Whether functions are centred (of ti only). */
  readonly centred: boolean;
}

/** What a smooth term of a formula asks for, before anything is learned. */
export interface SmoothSpec {
  readonly place: SmoothNode;
  readonly type: SmoothNode["name"];
  /** mgcv's label, without the level of a factor `by`. */
  readonly label: string;
  /** The columns that it reads, each once, in order. */
  readonly columns: readonly string[];
  readonly covariates: readonly SmoothCovariate[];
  readonly margins: readonly MarginSpec[];
  readonly by: SmoothCovariate | null;
  /** One for each penalty; null where it is to be estimated; null alone where all are. */
  readonly smoothing: readonly (number | null)[] | null;
  readonly group: string | null;
  /** Whether te( ) margins become values at points (mgcv's np). */
  readonly reparameterized: boolean;
  /** Whether t2( ) penalizes each product with every null function of its own (mgcv's full). */
  readonly full: boolean;
  readonly shape: ShapeName | null;
  /** Knots by the text of a covariate. */
  readonly knots: Readonly<Record<string, readonly number[]>>;
  /** Where the smooth is held to 0, one number a covariate; null where it is so on average. */
  readonly point: readonly number[] | null;
}
