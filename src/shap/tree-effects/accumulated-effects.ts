import { InputError } from "../../errors.ts";
import type { EncodedRows, TreeEnsemble } from "../../trees/index.ts";
import { toScale } from "./effect-curves.ts";
import { cellsOf } from "./effect-grid.ts";
import { describeSetting, inputError, readSetting } from "./effect-setting.ts";
import type { EffectOfFeature, EffectSetting, TreeEffectOptions } from "./effect-setting.ts";
import { slotOf } from "./feature-slots.ts";

/** How {@link accumulatedLocalEffects} is told. */
export interface AccumulatedOptions extends TreeEffectOptions {
  /** So many bins, of about as many rows each; fewer where values repeat. @defaultValue 40 */
  readonly bins?: number;
}

/** The prediction's local changes along a numeric feature, added up. */
export interface AccumulatedEffects extends EffectOfFeature {
  /** The bins' edges in rising order; the first is the smallest value. */
  readonly edges: readonly number[];
  /** Rows of each bin: above its lower edge up to its upper one, in the first one also those at its lower edge. */
  readonly numRows: readonly number[];
  /** Rows where the feature is missing: they take no part. */
  readonly numMissing: number;
  /** Edges × outputs, row-major; the mean over rows is 0. */
  readonly values: Float64Array;
}

/**
 * Accumulated local effects of a numeric feature: within bins of its quantiles, the mean change of the prediction from the one edge to the other
 * for the rows in the bin, added up and centred. Where features go together it does not ask the model about rows that there are not, as
 * {@link partialDependence} does. Two predictions a row, whatever the number of bins.
 *
 * @throws {@link InputError} for an unknown option, a categorical feature (its levels have no order), or one without two distinct known values
 * @example
 * const { edges, values } = accumulatedLocalEffects(ensemble, "age", { data: table });
 * @see Apley & Zhu (2020), doi:10.1111/rssb.12377
 */
export function accumulatedLocalEffects(ensemble: TreeEnsemble, feature: string, options: AccumulatedOptions): AccumulatedEffects {
  const call = "accumulatedLocalEffects";
  const setting = readSetting(call, ensemble, feature, options, ["bins"]);
  const { bins = 40 } = options;
  if (!(Number.isInteger(bins) && bins >= 1 && bins <= 10_000)) {
    throw inputError(call, "bins", "a whole number from 1 to 10000", bins, "Leave it out for 40.");
  }
  if (setting.feature.kind !== "numeric") {
    const mend = "Levels have no order: use partialDependence.";
    throw new InputError({ call, argument: "feature", expected: "numeric", received: `the categorical ${JSON.stringify(feature)}`, mend });
  }
  const cells = cellsOf(setting);
  const edges = quantileEdges(setting, cells, bins);
  const binOf = Int32Array.from(cells, (x) => (Number.isFinite(x) ? Math.max(0, slotOf({ cuts: edges }, x) - 1) : -1));
  const numRows = Array.from({ length: edges.length - 1 }, () => 0);
  for (const bin of binOf) if (bin >= 0) numRows[bin]++;
  const numMissing = cells.reduce((sum, x) => sum + Number(Number.isNaN(x)), 0);
  const values = accumulate(setting, edges, binOf);
  return { ...describeSetting(setting), edges: [...edges], numRows, numMissing, values };
}

/** Distinct quantiles (values that occur) of rows that count. */
function quantileEdges({ call, feature, weights }: EffectSetting, cells: Float64Array, bins: number): Float64Array {
  const known = cells.filter((x, row) => Number.isFinite(x) && weights[row] > 0).sort();
  const at = Array.from({ length: bins + 1 }, (_, k) => known[Math.max(0, Math.ceil((known.length * k) / bins) - 1)]);
  const edges = Float64Array.from(new Set(at));
  if (known.length > 0 && edges.length > 1) return edges;
  throw new InputError({
    call,
    argument: "data",
    expected: `at least two distinct known values of ${JSON.stringify(feature.name)}`,
    received: known.length === 0 ? "none" : "one",
    mend: "Give rows like those of training.",
  });
}

function accumulate(setting: EffectSetting, edges: Float64Array, binOf: Int32Array): Float64Array {
  const { ensemble, weights } = setting;
  const { numOutputs } = ensemble;
  const [low, high] = [0, 1].map((side) => predictAtEdge(setting, edges, binOf, side));
  const numBins = edges.length - 1;
  const inBin = new Float64Array(numBins);
  const changes = new Float64Array(numBins * numOutputs);
  binOf.forEach((bin, row) => {
    if (bin < 0) return;
    inBin[bin] += weights[row];
    for (let k = 0; k < numOutputs; k++) {
      const cell = row * numOutputs + k;
      changes[bin * numOutputs + k] += weights[row] * (high[cell] - low[cell]);
    }
  });
  const total = inBin.reduce((sum, weight) => sum + weight, 0);
  const values = new Float64Array(edges.length * numOutputs);
  for (let k = 0; k < numOutputs; k++) {
    let mean = 0;
    for (let bin = 0; bin < numBins; bin++) {
      const [from, to] = [bin * numOutputs + k, (bin + 1) * numOutputs + k];
      values[to] = values[from] + (inBin[bin] > 0 ? changes[from] / inBin[bin] : 0);
      // As in Apley's own ALEPlot, a bin's rows count at the middle of its edges' values.
      mean += (inBin[bin] / total) * ((values[from] + values[to]) / 2);
    }
    for (let edge = 0; edge <= numBins; edge++) values[edge * numOutputs + k] -= mean;
  }
  return values;
}

/** Predictions of all rows with the feature at the lower (0) or upper (1) edge of their bin. */
function predictAtEdge(setting: EffectSetting, edges: Float64Array, binOf: Int32Array, side: number): Float64Array {
  const { ensemble, rows, column } = setting;
  const moved: EncodedRows = { ...rows, values: rows.values.slice() };
  binOf.forEach((bin, row) => {
    if (bin >= 0) moved.values[row * rows.numColumns + column] = edges[bin + side];
  });
  return toScale(setting, ensemble.sumLeaves(moved));
}
