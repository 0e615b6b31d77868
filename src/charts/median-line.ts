import { median } from "simple-statistics";

/** The middle of one bin: medians of what is on both axes. */
export interface MedianPoint {
  readonly value: number;
  readonly amount: number;
}

const mostBins = 12;
const fewestCases = 5;

/**
 * Medians of bins that are equally filled, but for equal values, which stay together: at most 12 bins of at least 5 cases.
 * Empty where there are not two such bins.
 * @param rows the cases in rising order of `values`
 */
export function medianLine(rows: readonly number[], values: Float64Array, amounts: Float64Array): MedianPoint[] {
  const fill = Math.max(fewestCases, Math.ceil(rows.length / mostBins));
  const bins: number[][] = [];
  for (const row of rows) {
    const bin = bins.at(-1);
    if (!bin || (bin.length >= fill && values[bin[bin.length - 1]] !== values[row])) bins.push([row]);
    else bin.push(row);
  }
  const last = bins.at(-1);
  if (bins.length > 1 && last && last.length < fewestCases) bins[bins.length - 2].push(...(bins.pop() ?? []));
  if (bins.length < 2) return [];
  return bins.map((bin) => ({ value: median(bin.map((row) => values[row])), amount: median(bin.map((row) => amounts[row])) }));
}
