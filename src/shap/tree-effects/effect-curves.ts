import type { EncodedRows } from "../../trees/index.ts";
import type { EffectGrid } from "./effect-grid.ts";
import { isLinear } from "./effect-grid.ts";
import type { EffectSetting } from "./effect-setting.ts";
import { StepCurves } from "./step-curves.ts";

/** Rows whose curves of a linear model are made together. */
const ROWS_AT_ONCE = 256;

/** The weighted mean of all rows' curves on the scale asked for: points and then missing × outputs. */
export function meanCurve(setting: EffectSetting, grid: EffectGrid): Float64Array {
  const { ensemble, rows, weights, output, column } = setting;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const isSum = output === "raw" || ensemble.link.name === "identity";
  if (isSum && !isLinear(setting)) {
    const sums = new StepCurves(ensemble, column, grid.slots).sum(rows, weights);
    return toScale(
      setting,
      take(sums, grid.places, ensemble.numOutputs).map((sum) => sum / total),
    );
  }
  const means = new Float64Array(grid.places.length * ensemble.numOutputs);
  eachCurve(setting, grid, (curve, row) => {
    const share = weights[row] / total;
    if (share > 0) for (let cell = 0; cell < means.length; cell++) means[cell] += share * curve[cell];
  });
  return means;
}

/** Hands over each row's curve on the scale asked for: points and then missing × outputs; void after the call. */
export function eachCurve(setting: EffectSetting, grid: EffectGrid, visit: (curve: Float64Array, row: number) => void): void {
  const { ensemble, rows, column } = setting;
  if (isLinear(setting)) return eachLinearCurve(setting, grid, visit);
  const curves = new StepCurves(ensemble, column, grid.slots);
  for (let row = 0; row < rows.numRows; row++) {
    visit(toScale(setting, take(curves.ofRow(rows, row), grid.places, ensemble.numOutputs)), row);
  }
}

/** Models that multiply numbers predict at each point. */
function eachLinearCurve(setting: EffectSetting, { codes }: EffectGrid, visit: (curve: Float64Array, row: number) => void): void {
  const { ensemble, rows, column } = setting;
  const { numOutputs } = ensemble;
  const points = [...codes, NaN];
  for (let first = 0; first < rows.numRows; first += ROWS_AT_ONCE) {
    const block = takeRows(rows, first, Math.min(rows.numRows, first + ROWS_AT_ONCE));
    const curves = new Float64Array(block.numRows * points.length * numOutputs);
    points.forEach((x, p) => {
      for (let cell = column; cell < block.values.length; cell += block.numColumns) block.values[cell] = x;
      const sums = ensemble.sumLeaves(block);
      for (let row = 0; row < block.numRows; row++) {
        curves.set(sums.subarray(row * numOutputs, (row + 1) * numOutputs), (row * points.length + p) * numOutputs);
      }
    });
    const width = points.length * numOutputs;
    const scaled = toScale(setting, curves);
    for (let row = 0; row < block.numRows; row++) visit(scaled.subarray(row * width, (row + 1) * width), first + row);
  }
}

/** Raw values on the scale asked for. */
export function toScale({ ensemble, output }: EffectSetting, raw: Float64Array): Float64Array {
  return output === "raw" ? raw : ensemble.link.apply(raw, ensemble.numOutputs);
}

/** A copy of some rows. */
function takeRows({ values, numColumns }: EncodedRows, first: number, end: number): EncodedRows {
  return { values: values.slice(first * numColumns, end * numColumns), numRows: end - first, numColumns };
}

function take(curve: Float64Array, places: Int32Array, numOutputs: number): Float64Array {
  const taken = new Float64Array(places.length * numOutputs);
  for (let p = 0; p < places.length; p++) {
    for (let k = 0; k < numOutputs; k++) taken[p * numOutputs + k] = curve[places[p] * numOutputs + k];
  }
  return taken;
}
