import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError, listNames } from "../errors.ts";
import type { IndividualCurves, PartialDependence } from "../shap/index.ts";
import { assembleChart } from "./frame.ts";
import { checkText, checkWhole, readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { drawMeanCurve } from "./mean-curve.ts";
import { drawMeanLevels } from "./mean-levels.ts";

/** Options of {@link partialDependenceChart}. */
export interface PartialDependenceChartOptions extends LookOptions {
  /** The model output to show, by name or position. @defaultValue the first */
  readonly output?: string | number;
  /** Curves of single rows, on the same points, to be drawn behind the mean; of numeric features. @defaultValue none */
  readonly individual?: IndividualCurves;
  /** At most so many of them: of more it shows an even pick. @defaultValue 30 */
  readonly maxCurves?: number;
  /** The unit of predictions as people should read it, for example `probability`. @defaultValue the model's own */
  readonly unitsLabel?: string;
}

/** What the chart is drawn from. */
export interface MeanReading {
  readonly look: Look;
  readonly dependence: PartialDependence;
  /** The mean prediction at each point. */
  readonly means: readonly number[];
  readonly missing: number;
  /** Single rows' predictions at each point. */
  readonly curves: readonly (readonly number[])[];
  readonly numCurves: number;
  readonly units: string;
}

const call = "partialDependenceChart";

/**
 * The mean prediction as a function of one feature, by `partialDependence`: steps for a numeric one, with curves of single rows behind them if given,
 * above bars of the numbers of rows; a dot for each level.
 * @throws InputError for an unusable result or option
 * @example
 * partialDependenceChart(partialDependence(ensemble, "age", { data: table }));
 */
export function partialDependenceChart(dependence: PartialDependence, options: PartialDependenceChartOptions = {}): TopLevelSpec {
  const look = readLook(call, options, ["output", "individual", "maxCurves", "unitsLabel"]);
  const { individual, maxCurves = 30, unitsLabel } = options;
  checkDependence(dependence);
  checkWhole(call, "maxCurves", maxCurves, { low: 1, high: 200 }, "Leave it out for 30.");
  if (unitsLabel !== undefined) checkText(call, "unitsLabel", unitsLabel, "Leave it out for the model's own.");
  const output = chooseOutput(dependence, options.output ?? 0);
  const { outputNames, label } = dependence;
  const numOutputs = outputNames.length;
  const reading: MeanReading = {
    look,
    dependence,
    means: dependence.grid.map((_, point) => dependence.values[point * numOutputs + output]),
    missing: dependence.missing[output],
    curves: individual === undefined ? [] : pickCurves(dependence, individual, output, maxCurves),
    numCurves: individual?.numCurves ?? 0,
    units: unitsLabel ?? (dependence.units || (dependence.output === "response" ? "response" : "")),
  };
  return assembleChart({
    look,
    title: `Mean prediction${numOutputs > 1 ? ` of “${outputNames[output]}”` : ""} by “${label}”`,
    ...(dependence.kind === "numeric" ? drawMeanCurve(reading) : drawMeanLevels(reading)),
  });
}

function checkDependence(dependence: PartialDependence): void {
  const isOne = Array.isArray(dependence?.grid) && dependence.grid.length > 0 && dependence.values instanceof Float64Array;
  if (isOne && dependence.values.every(Number.isFinite) && dependence.missing.every(Number.isFinite)) return;
  const mend = "Make one with partialDependence(ensemble, feature, { data }).";
  const received = isOne ? "values that are not" : describeReceived(dependence);
  throw new InputError({ call, argument: "dependence", expected: "a PartialDependence of finite values", received, mend });
}

function chooseOutput({ outputNames }: PartialDependence, output: string | number): number {
  const index = typeof output === "number" ? output : outputNames.indexOf(output);
  if (Number.isInteger(index) && index >= 0 && index < outputNames.length) return index;
  const expected = `one of ${listNames(outputNames)}, or its position`;
  throw new InputError({ call, argument: "output", expected, received: describeReceived(output), mend: "See outputNames." });
}

/** Curves in even steps through the rows. */
function pickCurves(dependence: PartialDependence, individual: IndividualCurves, output: number, most: number): number[][] {
  const { grid, feature, kind } = dependence;
  const fits =
    kind === "numeric" &&
    individual?.feature === feature &&
    individual.output === dependence.output &&
    !individual.isCentred &&
    individual.grid.length === grid.length &&
    individual.grid.every((x, point) => x === grid[point]);
  if (!fits) {
    const expected = "curves of the same numeric feature, on the same scale and points, not centred";
    const mend = "Give both the same data, or the same grid.";
    throw new InputError({ call, argument: "individual", expected, received: "others", mend });
  }
  const numOutputs = dependence.outputNames.length;
  const shown = Math.min(most, individual.numCurves);
  return Array.from({ length: shown }, (_, k) => {
    const start = Math.floor((k * individual.numCurves) / shown) * grid.length;
    return grid.map((_x, point) => individual.values[(start + point) * numOutputs + output]);
  });
}
