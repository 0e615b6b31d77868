import type { EffectScale } from "./term-effect.ts";

/** One of the two columns of a surface, and where along it effects are known. */
export interface SurfaceAxis {
  /** What people call the column. */
  readonly label: string;
  /** The unit of its values, for example `years`. */
  readonly unit?: string;
  /** At least two, in rising order, evenly spaced or not. */
  readonly values: readonly number[];
}

/**
 * How a model's prediction changes with two columns together: plain data, of any additive model. Grids are row-major with a row for each
 * value of `y`: the place of `x.values[i]` and `y.values[j]` is `j × x.values.length + i`.
 */
export interface SurfaceEffect {
  /** What people call the term. */
  readonly label: string;
  /** From left to right. */
  readonly x: SurfaceAxis;
  /** Upwards. */
  readonly y: SurfaceAxis;
  readonly estimates: readonly number[];
  /** Lower ends of the intervals, perhaps infinite; null where no intervals are known. */
  readonly lows: readonly number[] | null;
  /** Upper ends of the intervals, perhaps infinite; null where no intervals are known. */
  readonly highs: readonly number[] | null;
  /** Where the grid is too far from all cases to say anything. @defaultValue nowhere */
  readonly isFar?: readonly boolean[];
  /** The cases themselves, one a place. @defaultValue not shown */
  readonly cases?: { readonly x: readonly number[]; readonly y: readonly number[] };
  readonly scale: EffectScale;
  /** What effects are measured in, as people should read it: `log-odds`, `odds ratio`, `relativity`, `€`. */
  readonly unitsLabel: string;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
}
