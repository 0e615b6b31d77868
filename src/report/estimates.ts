import { decimalsFor, formatNumber, formatPercent, withUnit } from "../charts/index.ts";
import type { Interval, Metric, MetricName, QualityReport } from "../quality/index.ts";

/** A value with its interval, all of one precision: `0.74 (0.66 to 0.83)`. */
export function writeEstimate(value: number, interval: Interval | null, unit?: string): string {
  const decimals = decimalsOf(value, interval);
  const range = interval ? ` (${formatNumber(interval.low, decimals)} to ${formatNumber(interval.high, decimals)})` : "";
  return withUnit(`${formatNumber(value, decimals)}${range}`, unit);
}

/** The value of {@link writeEstimate} alone, as precise as it stands there: beside a wide interval dust reads `≈ 0`. */
export function writeValue(value: number, interval: Interval | null, unit?: string): string {
  return withUnit(formatNumber(value, decimalsOf(value, interval)), unit);
}

/** An interval alone: `36.0 to 43.5 €`. */
export function writeRange({ low, high }: Interval, unit?: string): string {
  const decimals = tellApart([low, high]);
  return withUnit(`${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}`, unit);
}

/** The interval of a share alone: `25 % to 36 %`. */
export function writePercentRange({ low, high }: Pick<Interval, "low" | "high">): string {
  const decimals = percentDecimals([low, high]);
  return `${formatPercent(low, decimals)} to ${formatPercent(high, decimals)}`;
}

/** Decimals of a list of shares: one where all are below 10 %. */
export function percentDecimals(shares: readonly number[]): number {
  return shares.every((share) => Math.abs(share) < 0.0995) ? 1 : 0;
}

/** How many of a hundred a share and its interval are: `78 of 100 (72 to 83)`. */
export function writeOfHundred(share: number, interval: Interval | null, things: string): string {
  const range = interval ? ` (${ofHundred(interval.low)} to ${ofHundred(interval.high)})` : "";
  return `${ofHundred(share)} of 100 ${things}${range}`;
}

function ofHundred(share: number): string {
  return (100 * share).toFixed(0);
}

function decimalsOf(value: number, interval: Interval | null): number {
  return tellApart(interval ? [value, interval.low, interval.high] : [value]);
}

/** Decimals for numbers of one list, up to three more than usual where its least and greatest would read alike. */
function tellApart(values: readonly number[]): number {
  const decimals = decimalsFor(values);
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  if (least === greatest) return decimals;
  return (
    decimals +
    Math.max(
      0,
      [0, 1, 2, 3].findIndex((more) => formatNumber(least, decimals + more) !== formatNumber(greatest, decimals + more)),
    )
  );
}

/** The metric of this name, which reports of its kind always hold. */
export function findMetric({ metrics, kind }: QualityReport, name: MetricName): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (!found) throw new Error(`a ${kind} quality report without ${name}`);
  return found;
}
