import type { FormulaSource } from "../formula/formula-error.ts";
import type { SmoothCovariate } from "./smooth-spec.ts";
import type { SmoothRows } from "./smooth-matrix.ts";

/** What smooths are learned from. */
export interface SmoothContext {
  readonly source: FormulaSource;
  /** The training rows in which nothing is missing. */
  readonly where: SmoothRows;
  /** The levels of a covariate that these rows have, in order. */
  readonly levelsOf: (covariate: SmoothCovariate) => readonly string[];
  /** Knots by the text of a covariate. */
  readonly knots: ReadonlyMap<string, readonly number[]>;
}
