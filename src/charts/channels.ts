import type { NumericAxis } from "./axis.ts";

/** A place along a numeric axis, for the `x` or `y` channel. */
export interface AxisChannel {
  readonly type: "quantitative";
  readonly axis: { title: string[] | null; values: number[]; format: string; grid: boolean } | null;
  readonly scale: { domain: [number, number]; nice: false; zero: false } | { type: "log"; domain: [number, number]; nice: false };
}

/** A channel over `domain` without an axis. */
export function hiddenAxis(domain: readonly [number, number]): AxisChannel {
  return { type: "quantitative", axis: null, scale: { domain: [domain[0], domain[1]], nice: false, zero: false } };
}

/** A channel over an axis with grid lines; `title` in lines, or null for none. */
export function shownAxis({ domain, ticks, format }: NumericAxis, title: readonly string[] | null): AxisChannel {
  return { ...hiddenAxis(domain), axis: { title: title && [...title], values: [...ticks], format, grid: true } };
}

/** As {@link shownAxis}, on a logarithmic scale. */
export function shownLogAxis(axis: NumericAxis, title: readonly string[] | null): AxisChannel {
  const { domain } = axis;
  return { ...shownAxis(axis, title), scale: { type: "log", domain: [domain[0], domain[1]], nice: false } };
}

/** A place in pixels from the plot's left or upper edge, read from a field. */
export function pixels(field: string): { field: string; type: "quantitative"; scale: null; axis: null } {
  return { field, type: "quantitative", scale: null, axis: null };
}

/** A colour as it stands in a field. */
export function colourIn(field: string): { field: string; type: "nominal"; scale: null; legend: null } {
  return { field, type: "nominal", scale: null, legend: null };
}

/** What a mark says to those who hover over it, and to screen readers where the mark is not hidden from them: the text in `datum.tip`. */
export const tips = {
  description: { field: "tip", type: "nominal" },
  tooltip: { field: "tip", type: "nominal" },
} as const;
