/**
 * What effects are measured in: `link`, differences of the linear predictor (0 = none); `factor`, multiples such as odds ratios and
 * relativities (1 = none); `percent`, changes in per cent (0 = none).
 */
export type EffectScale = "link" | "factor" | "percent";

/** The effect of one term at one value of its column. */
export interface TermPoint {
  /** A value of a numeric column, or the label of a level. */
  readonly x: number | string;
  readonly estimate: number;
  /** Lower end of the interval, perhaps infinite; null where no interval is known. */
  readonly low: number | null;
  /** Upper end of the interval, perhaps infinite; null where no interval is known. */
  readonly high: number | null;
  /** Ends of the interval of the whole curve at once: wider, so that no point of the true curve lies outside with this confidence. */
  readonly simultaneous?: readonly [low: number, high: number];
  /** Number of cases with this level, or nearer to this value than to the others. */
  readonly n?: number;
}

/** How a model's prediction changes with one of its terms: plain data, of any additive model. */
export interface TermEffect {
  /** What people call the term. */
  readonly label: string;
  /** The unit of a numeric term's values, for example `years`. */
  readonly unit?: string;
  readonly kind: "numeric" | "categorical";
  /** Of a numeric term in rising order of `x`. */
  readonly points: readonly TermPoint[];
  readonly scale: EffectScale;
  /** What effects are measured in, as people should read it: `log-odds`, `odds ratio`, `relativity`, `claims`. */
  readonly unitsLabel: string;
  /** The value or level that the others are compared with; left out, effects are compared with the average case. */
  readonly reference?: number | string;
  /** The confidence of the intervals, 0 to 1. @defaultValue 0.95 */
  readonly confidence?: number;
  /**
   * Partial residuals of a numeric term: each case's value, and the effect there plus what its outcome is off the prediction, in the units
   * of effects. @defaultValue not shown
   */
  readonly residuals?: { readonly x: readonly number[]; readonly y: readonly number[] };
}
