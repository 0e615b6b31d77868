import type { BasisPoints } from "../../numeric/index.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import type { PointMatrix } from "./smooth-matrix.ts";
import type { MarginSpec, SmoothCovariate, SmoothSpec } from "./smooth-spec.ts";
import type { SmoothMargin } from "./smooth-variable.ts";

/** What smooths are learned from of the covariates, by the texts of their expressions. */
export interface TrainingCovariates {
  /**
   * The distinct points of expressions, rounded to cells where that is asked for.
   *
   * @param together - how many covariates their smooth has in all @defaultValue as many as there are texts
   */
  points(texts: readonly string[], together?: number): BasisPoints;
  /** Whether an expression is the same number in every row. */
  isConstant(text: string): boolean;
  /** The chosen products of a smooth's margins of numbers at the distinct points of its covariates, computed once for the same margins. */
  products(margins: readonly SmoothMargin[], order: readonly number[] | null): PointMatrix;
  /** The largest absolute value of the product of expressions. */
  largestProduct(texts: readonly string[]): number;
}

/** What smooths are learned from. */
export interface SmoothContext {
  readonly source: FormulaSource;
  /** The training rows in which nothing is missing. */
  readonly covariates: TrainingCovariates;
  /** The levels of a covariate that these rows have, in order. */
  readonly levelsOf: (covariate: SmoothCovariate) => readonly string[];
  /** Knots by the text of a covariate. */
  readonly knots: ReadonlyMap<string, readonly number[]>;
}

/** A smooth to learn, and where the numbers of its bases come from: its own rows, or those of all smooths that it is linked with. */
export interface SmoothTask {
  readonly context: SmoothContext;
  readonly spec: SmoothSpec;
  /** Whether it is learned from the numbers of other smooths too. */
  readonly isLinked: boolean;
  /** The distinct points of some of its covariates. */
  readonly points: (covariates: readonly SmoothCovariate[]) => BasisPoints;
}

/** The texts of covariates that are numbers. */
export function numberTexts(covariates: MarginSpec["covariates"]): string[] {
  return covariates.filter(({ kind }) => kind === "numbers").map(({ text }) => text);
}
