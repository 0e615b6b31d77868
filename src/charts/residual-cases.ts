import { median } from "simple-statistics";
import { decimalsFor, formatCount, formatNumber, formatPercent, formatSigned } from "./format.ts";
import type { MedianPoint } from "./median-line.ts";
import { pickLargest } from "./named-dots.ts";
import { pickEvenly } from "./thin.ts";

/** One case: what was predicted for it and how far off that was. */
export interface ResidualPoint {
  /** The prediction. */
  readonly fitted: number;
  /** What came out, as far from the prediction as residuals of the kind measure it. */
  readonly residual: number;
  /** What to call the case. @defaultValue `row` and its position, from 0 */
  readonly name?: string;
}

/** What residuals measure: see `model.residuals(type)`. */
export type ResidualKind = "quantile" | "deviance" | "pearson" | "standardized" | "response" | "working";

/** What the chart is drawn from. */
export interface ResidualCases {
  readonly points: readonly ResidualPoint[];
  readonly fitted: Float64Array;
  readonly residuals: Float64Array;
  /** Positions in rising order of prediction. */
  readonly ordered: readonly number[];
  /** Positions of the cases that are named, farthest first. */
  readonly farthest: readonly number[];
  /** Whether predictions stand on a logarithmic axis. */
  readonly isLog: boolean;
}

/** 97.5 % point of the standard normal distribution. */
export const normalQuantile = 1.959964;
/** Where the largest prediction is so many times the median one, a linear axis would press most cases together. */
const longTail = 10;

/** Sorts cases by prediction, picks the `named` farthest and chooses the axis. */
export function readCases(points: readonly ResidualPoint[], named: number): ResidualCases {
  const fitted = Float64Array.from(points, (point) => point.fitted);
  const residuals = Float64Array.from(points, ({ residual }) => residual);
  const ordered = Array.from(points, (_, row) => row).sort((a, b) => fitted[a] - fitted[b] || residuals[a] - residuals[b]);
  const [least, largest] = [fitted[ordered[0]], fitted[ordered[ordered.length - 1]]];
  const isLog = least > 0 && largest > longTail * fitted[ordered[ordered.length >> 1]];
  return { points, fitted, residuals, ordered, farthest: pickLargest(residuals.map(Math.abs), named), isLog };
}

/** An even pick over the predictions, always with the named cases and the farthest of both sides. */
export function thinResiduals({ ordered, residuals, farthest }: ResidualCases, maxDots: number): readonly number[] {
  if (ordered.length <= maxDots) return ordered;
  const side = Math.floor(maxDots / 20);
  const lowest = pickLargest(
    residuals.map((residual) => -residual),
    side,
  );
  const kept = new Set([...farthest, ...pickLargest(residuals, side), ...lowest]);
  for (const position of pickEvenly(ordered.length, maxDots - kept.size)) kept.add(ordered[position]);
  return [...kept].sort((a, b) => a - b);
}

/** What is measured and what a good picture looks like. */
export function writeResidualNote(kind: ResidualKind, all: number, shown: number): string {
  const thinned = shown < all ? `; ${formatCount(shown)} of ${formatCount(all)} cases, evenly picked with the farthest` : "";
  const lines = kind === "quantile" ? ", 95 % of the dots between the dashed lines" : "";
  return `Height: ${measureOf(kind)}, above zero more than predicted. Good: the line of medians stays near zero${lines}${thinned}`;
}

/** The same with figures. */
export function describeResiduals(kind: ResidualKind, cases: ResidualCases, line: readonly MedianPoint[]): string {
  const { points, residuals, farthest } = cases;
  const outside = residuals.reduce((count, residual) => count + (Math.abs(residual) > normalQuantile ? 1 : 0), 0);
  const medians = line.map(({ amount }) => amount).sort((a, b) => a - b);
  const decimals = decimalsFor(medians);
  return [
    `Scatter of the ${measureOf(kind)} over the prediction, ${formatCount(points.length, "case", "cases")}.`,
    medians.length > 0
      ? `Its medians in bins of similar predictions lie from ${formatNumber(medians[0], decimals)} to ${formatNumber(medians[medians.length - 1], decimals)}.`
      : `Its median is ${formatNumber(median([...residuals]))}.`,
    ...(kind === "quantile" ? [`Beyond the dashed lines lie ${formatPercent(outside / points.length, 1)}; 5 % are expected.`] : []),
    ...(farthest.length > 0 ? [`Farthest: ${farthest.map((row) => tellCase(cases, row)).join("; ")}.`] : []),
  ].join(" ");
}

/** `row 17: −3.41 where 0.28 was predicted`. */
export function tellCase({ points, fitted, residuals }: ResidualCases, row: number): string {
  return `${nameCase(points, row)}: ${writeResidual(residuals[row])} where ${formatNumber(fitted[row])} was predicted`;
}

/** What a case is called. */
export function nameCase(points: readonly ResidualPoint[], row: number): string {
  return points[row].name ?? `row ${row}`;
}

/** With its sign, and two decimals at least. */
export function writeResidual(residual: number): string {
  return residual === 0 ? "0" : formatSigned(residual, decimalsFor([residual]));
}

function measureOf(kind: ResidualKind): string {
  return kind === "quantile" ? "residual in standard deviations" : `${kind} residual`;
}
