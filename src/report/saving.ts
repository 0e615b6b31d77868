import { formatPercent } from "../charts/index.ts";
import type { Metric } from "../quality/index.ts";
import { percentDecimals, writePercentRange } from "./estimates.ts";
import type { Tile } from "./findings.ts";

/**
 * How much less error the model makes than one prediction for all, or how much more: `17 % (10 % to 24 %) less error`,
 * `6.0 % (2.4 % to 9.7 %) more error`, `3 % less error (between 5 % more and 11 % less)`.
 */
export function writeSaving(metric: Metric): string {
  const { value, interval } = metric;
  const size = writeSize(metric);
  const direction = value < 0 ? "more error" : "less error";
  if (!interval) return `${size} ${direction}`;
  return spansZero(interval) ? `${size} ${direction} (${writeSavingRange(metric)})` : `${size} (${writeSavingRange(metric)}) ${direction}`;
}

/** The same as a tile; `plain` is what the model is compared with. */
export function savingTile(metric: Metric, plain: string): Tile {
  const isMore = metric.value < 0;
  const range = metric.interval ? `${writeSavingRange(metric)}; ` : "";
  return {
    label: `${isMore ? "More" : "Less"} error than ${plain} (log loss)`,
    value: writeSize(metric),
    note: `${range}0\u00a0% is no gain${isMore ? "" : ", 100\u00a0% is perfect"}`,
  };
}

/** The interval in the direction of the value; one with zero inside names both directions. */
function writeSavingRange({ value, interval }: Metric): string {
  if (!interval) return "";
  const { low, high } = interval;
  if (spansZero(interval)) {
    const decimals = percentDecimals([low, high]);
    return `between ${formatPercent(-low, decimals)} more and ${formatPercent(high, decimals)} less`;
  }
  return writePercentRange(value < 0 ? { low: -high, high: -low } : { low, high });
}

function writeSize({ value, interval }: Metric): string {
  return formatPercent(Math.abs(value), percentDecimals(interval ? [value, interval.low, interval.high] : [value]));
}

function spansZero({ low, high }: { readonly low: number; readonly high: number }): boolean {
  return low <= 0 && high >= 0;
}
