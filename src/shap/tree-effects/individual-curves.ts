import { InputError } from "../../errors.ts";
import type { TreeEnsemble } from "../../trees/index.ts";
import { eachCurve } from "./effect-curves.ts";
import { chooseGrid } from "./effect-grid.ts";
import { describeSetting, inputError, readSetting } from "./effect-setting.ts";
import { tellGrid } from "./partial-dependence.ts";
import type { CurveGrid, PartialDependenceOptions } from "./partial-dependence.ts";

/** How {@link individualConditionalExpectation} is told. */
export interface IndividualOptions extends Omit<PartialDependenceOptions, "weights"> {
  /** Each curve as its difference from its first point, so that shapes can be compared. @defaultValue false */
  readonly centred?: boolean;
}

/** The prediction of each row as a function of one feature. */
export interface IndividualCurves extends CurveGrid {
  readonly numCurves: number;
  readonly isCentred: boolean;
  /** Rows × points × outputs, row-major. */
  readonly values: Float64Array;
  /** The predictions with the feature missing: rows × outputs. */
  readonly missing: Float64Array;
}

/** 1 GiB of numbers. */
const MOST_CELLS = 2 ** 27;

/**
 * Individual conditional expectation: for each row, the prediction with one feature set to each value, all else as it is. As exact as
 * {@link partialDependence}, which is the mean of these curves, and in the same pass over the trees.
 *
 * @throws {@link InputError} as {@link partialDependence}, and where rows × points × outputs are more than memory should hold
 * @example
 * const { values } = individualConditionalExpectation(ensemble, "age", { data: table.rows(0, 50), centred: true });
 * @see Goldstein et al. (2015), doi:10.1080/10618600.2014.907095
 */
export function individualConditionalExpectation(ensemble: TreeEnsemble, feature: string, options: IndividualOptions): IndividualCurves {
  const call = "individualConditionalExpectation";
  const setting = readSetting(call, ensemble, feature, options, ["grid", "centred"]);
  const { centred = false } = options;
  if (typeof centred !== "boolean") throw inputError(call, "centred", "true or false", centred, "Leave it out for false.");
  const chosen = chooseGrid(setting, options.grid);
  const { numRows } = setting.rows;
  const { numOutputs } = ensemble;
  const width = chosen.grid.length * numOutputs;
  if (numRows * width > MOST_CELLS) {
    const mend = "Give fewer rows, or a grid of fewer points.";
    const expected = `at most ${MOST_CELLS} rows × points × outputs`;
    throw new InputError({ call, argument: "data", expected, received: String(numRows * width), mend });
  }
  const values = new Float64Array(numRows * width);
  const missing = new Float64Array(numRows * numOutputs);
  eachCurve(setting, chosen, (curve, row) => {
    if (centred) for (let cell = curve.length - 1; cell >= 0; cell--) curve[cell] -= curve[cell % numOutputs];
    values.set(curve.subarray(0, width), row * width);
    missing.set(curve.subarray(width), row * numOutputs);
  });
  return { ...describeSetting(setting), ...tellGrid(chosen), numCurves: numRows, isCentred: centred, values, missing };
}
