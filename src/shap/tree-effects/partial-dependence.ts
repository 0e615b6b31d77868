import type { TreeEnsemble } from "../../trees/index.ts";
import { meanCurve } from "./effect-curves.ts";
import { chooseGrid } from "./effect-grid.ts";
import type { EffectGrid } from "./effect-grid.ts";
import { describeSetting, readSetting } from "./effect-setting.ts";
import type { EffectOfFeature, TreeEffectOptions } from "./effect-setting.ts";

/** How {@link partialDependence} is told. */
export interface PartialDependenceOptions extends TreeEffectOptions {
  /** Numbers, or levels. @defaultValue every step of the model, so that the curve is exact everywhere; every level */
  readonly grid?: readonly (number | string)[];
}

/** Where curves are told, and how many rows stand there. */
export interface CurveGrid extends EffectOfFeature, Pick<EffectGrid, "grid" | "numRows" | "numMissing" | "isStepwise"> {}

/** The mean prediction as a function of one feature. */
export interface PartialDependence extends CurveGrid {
  /** Points × outputs, row-major. */
  readonly values: Float64Array;
  /** The mean prediction with the feature missing; one an output. */
  readonly missing: Float64Array;
}

/**
 * The partial dependence of a model of trees: the mean over rows of the prediction with one feature set to each value, all else as it is.
 * Exact: the curve changes only at the model's own thresholds, and each tree is walked once a row for all of them together. Response means are
 * means of the rows' own curves. Models that multiply numbers (linear leaves, `gblinear`) are no step functions: they predict at each point.
 *
 * @param feature - the name of one of the model's columns
 * @throws {@link InputError} for an unknown feature or option, rows that do not fit, and features that CatBoost's statistics are made from
 * @example
 * const { grid, values } = partialDependence(ensemble, "age", { data: table });
 * @see Friedman (2001), doi:10.1214/aos/1013203451
 */
export function partialDependence(ensemble: TreeEnsemble, feature: string, options: PartialDependenceOptions): PartialDependence {
  const setting = readSetting("partialDependence", ensemble, feature, options, ["grid"]);
  const chosen = chooseGrid(setting, options.grid);
  const all = meanCurve(setting, chosen);
  const end = chosen.grid.length * ensemble.numOutputs;
  return { ...describeSetting(setting), ...tellGrid(chosen), values: all.slice(0, end), missing: all.slice(end) };
}

/** What of a grid people see. */
export function tellGrid({ grid, numRows, numMissing, isStepwise }: EffectGrid): Pick<EffectGrid, keyof CurveGrid & keyof EffectGrid> {
  return { grid, numRows, numMissing, isStepwise };
}
