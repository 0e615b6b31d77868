import { decimalsFor, formatNumber, formatPercent, withUnit } from "../charts/index.ts";
import type { Interval, Metric, MetricName, QualityReport } from "../quality/index.ts";

/** A value with its interval, all of one precision: `0.74 (0.66 to 0.83)`. */
export function writeEstimate(value: number, interval: Interval | null, unit?: string): string {
  const decimals = decimalsFor([value, ...(interval ? [interval.low, interval.high] : [])]);
  const range = interval ? ` (${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)})` : "";
  return withUnit(`${formatNumber(value, decimals)}${range}`, unit);
}

/** An interval alone: `36.0 to 43.5 €`. */
export function writeRange({ low, high }: Interval, unit?: string): string {
  const decimals = decimalsFor([low, high]);
  return withUnit(`${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`, unit);
}

/** The interval of a share alone: `25 % to 36 %`. */
export function writePercentRange({ low, high }: Interval): string {
  const decimals = low < 0.0995 && high < 0.0995 ? 1 : 0;
  return `${formatPercent(low, decimals)} to ${formatPercent(high, decimals)}`;
}

/** How many of a hundred a share and its interval are: `78 of 100 (72 to 83)`. */
export function writeOfHundred(share: number, interval: Interval | null, things: string): string {
  const range = interval ? ` (${ofHundred(interval.low)} to ${ofHundred(interval.high)})` : "";
  return `${ofHundred(share)} of 100 ${things}${range}`;
}

function ofHundred(share: number): string {
  return (100 * share).toFixed(0);
}

/** The metric of this name, which reports of its kind always hold. */
export function findMetric({ metrics, kind }: QualityReport, name: MetricName): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (!found) throw new Error(`a ${kind} quality report without ${name}`);
  return found;
}
