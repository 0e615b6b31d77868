import type { Warning } from "../errors.ts";

/** Where outcomes stand in the distributions that a model expects, as standard normal deviates: of a right model they are standard normal. */
export interface Residuals {
  /** `report`: of the explained rows of the report; `training`: of the rows that the model was fitted to. */
  readonly source: "report" | "training";
  /** Predictions, one a row. */
  readonly fitted: Float64Array;
  /** Quantile residuals, one a row. */
  readonly values: Float64Array;
}

/** What a model says of its curves. */
export interface CurveChecks {
  /** Along which columns what it misses still has a pattern, the strongest first, and whether their curve is as bent as it was allowed to be. */
  readonly patterns: readonly { readonly columns: readonly string[]; readonly isFull: boolean }[];
  /** Curves of which other terms could say this share, 0 to 1, largest first. */
  readonly shared: readonly { readonly columns: readonly string[]; readonly share: number }[];
  /** How many rows lie outside of what the model was fitted to, and in which columns. */
  readonly outside: { readonly count: number; readonly columns: readonly string[] };
}

/** What a model with a distribution says of its own weaknesses. */
export interface Diagnosis {
  /** Null where the outcomes of no rows are known, for models of events, and for those without a distribution. */
  readonly residuals: Residuals | null;
  /**
   * How many times the variation of its distribution outcomes have, whether that is more than chance, and whether the intervals of the model
   * allow for it; null where the distribution says nothing of it.
   */
  readonly scatter: { readonly ratio: number; readonly isFound: boolean; readonly isAllowedFor: boolean } | null;
  /** Zeros among counts, where there are more than the model expects; null elsewhere. */
  readonly zeros: { readonly observed: number; readonly expected: number } | null;
  /** How much wider the intervals of each term are because of others that go with it, widest first; empty where it is not known. */
  readonly widenings: readonly { readonly columns: readonly string[]; readonly times: number }[];
  /** Null of models without curves of their own choosing. */
  readonly curves: CurveChecks | null;
  /** What fitting warned of. */
  readonly warnings: readonly Warning[];
}
