import type { SmoothMargin } from "./smooth-variable.ts";

/** A smooth before its penalties are scaled and its constraint is absorbed. */
export interface RawSmooth {
  readonly margins: readonly SmoothMargin[];
  readonly order: readonly number[] | null;
  /** size × size each, of the chosen products. */
  readonly penalties: readonly Float64Array[];
  readonly ranks: readonly number[];
  readonly nullSpaceDimension: number;
  /** The columns that the constraint is about; null where there is none. */
  readonly constrained: "all" | readonly number[] | null;
  /** Numbers of the row that are part of the smooth itself, not of its `by`. */
  readonly multipliers: readonly string[];
}
