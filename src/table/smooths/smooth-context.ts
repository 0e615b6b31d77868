import type { BasisPoints } from "../../numeric/index.ts";
import type { FormulaSource } from "../formula/formula-error.ts";
import type { CovariateTable } from "./covariate-table.ts";
import type { MarginSpec, SmoothCovariate, SmoothSpec } from "./smooth-spec.ts";

/** What smooths are learned from. */
export interface SmoothContext {
  readonly source: FormulaSource;
  /** The training rows in which nothing is missing. */
  readonly covariates: CovariateTable;
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
