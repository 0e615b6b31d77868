import { columnLabel } from "../table/index.ts";
import type { NumericColumn } from "../table/index.ts";
import { layOutAxis, padRange } from "./axis.ts";
import { shownAxis } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import type { Dependence } from "./dependence.ts";
import { inUnits, plotWidth } from "./frame.ts";
import { cleanText, estimateWidth, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";
import { pickEvenly } from "./thin.ts";

/** The cases of a scatter by what their value is. */
export interface Cases {
  /** With a finite value, in rising order of value and then of contribution. */
  readonly present: readonly number[];
  /** Without a value, in rising order of contribution. */
  readonly missing: readonly number[];
}

/** Sizes in pixels, and axes. */
export interface ScatterLayout {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
  /** Room below the plot for the horizontal axis. */
  readonly axisRoom: number;
  readonly x: AxisChannel;
  readonly y: AxisChannel;
  /** Pixels from the plot's upper edge to a contribution. */
  readonly toPixel: (amount: number) => number;
}

/** Width of the strip at the right where missing values stand. */
export const stripWidth = 72;
const edge = 8;

/** Sorts rows into those with a value and those without; infinite values belong to neither. */
export function sortCases(values: Float64Array, amounts: Float64Array): Cases {
  const rows = Array.from(values, (_, row) => row);
  return {
    present: rows.filter((row) => Number.isFinite(values[row])).sort((a, b) => values[a] - values[b] || amounts[a] - amounts[b]),
    missing: rows.filter((row) => Number.isNaN(values[row])).sort((a, b) => amounts[a] - amounts[b]),
  };
}

/** An even pick of both kinds of cases, at most `maxDots`; the strongest contributions of those present always stay. */
export function thinCases({ present, missing }: Cases, amounts: Float64Array, maxDots: number): Cases {
  const all = present.length + missing.length;
  if (all <= maxDots) return { present, missing };
  const mostMissing = Math.min(missing.length, Math.max(2, Math.floor((maxDots * missing.length) / all)));
  const kept = new Set(pickEvenly(present.length, maxDots - mostMissing - 2).map((position) => present[position]));
  if (present.length > 0) {
    kept.add(present.reduce((lowest, row) => (amounts[row] < amounts[lowest] ? row : lowest)));
    kept.add(present.reduce((highest, row) => (amounts[row] > amounts[highest] ? row : highest)));
  }
  return { present: [...kept], missing: pickEvenly(missing.length, mostMissing).map((position) => missing[position]) };
}

/** Lays out the axes: contributions upwards with zero in sight, values to the right, the strip behind them where values are missing. */
export function layOutScatter({ reading, amounts, range }: Dependence, column: NumericColumn, { present, missing }: Cases): ScatterLayout {
  const height = Math.round(Math.min(340, Math.max(220, reading.width * 0.5)));
  const lowest = amounts.reduce((low, amount) => Math.min(low, amount), Math.min(0, range[0]));
  const highest = amounts.reduce((high, amount) => Math.max(high, amount), Math.max(0, range[1]));
  const [low, high] = padRange(lowest, highest, height, edge, edge);
  const vertical = layOutAxis(low, high, height, { apart: 40, upright: true });
  const left = Math.ceil(Math.max(...vertical.labels.map((label) => estimateWidth(label, fontSizes.note)))) + 10;
  const right = 20;
  const width = plotWidth(reading, { left, right });
  const strip = missing.length > 0 ? stripWidth + 2 * edge : 0;
  const ends = present.length > 0 ? [column.values[present[0]], column.values[present[present.length - 1]]] : [0, 0];
  const [first, last] = padRange(ends[0], ends[1], width - strip, edge, edge);
  const horizontal = layOutAxis(first, last, width - strip);
  const ticks = present.length > 0 ? horizontal : { ...horizontal, ticks: [] };
  const title = wrapText(cleanText(inUnits(columnLabel(column), column.description.unit ?? "")), width, fontSizes.note);
  return {
    left,
    right,
    width,
    height,
    axisRoom: 34 + 16 * title.length,
    x: shownAxis({ ...ticks, domain: [first, last + ((last - first) * strip) / (width - strip)] }, title),
    y: shownAxis(vertical, null),
    toPixel: (amount) => (height * (high - amount)) / (high - low),
  };
}
