import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import type { TermReading } from "./term-chart.ts";

/** One place along a band; ends are finite, and cut at the axis. */
interface BandPlace {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/** The bands around a curve: that of the whole curve at once below that of each point. */
export function drawBands(reading: TermReading, layout: PlaneLayout): Layer[] {
  const { points } = reading.effect;
  const [bottom, top] = layout.y.scale.domain;
  const cut = (x: number | string, low: number, high: number): BandPlace => ({
    x: Number(x),
    low: Math.max(bottom, low),
    high: Math.min(top, high),
  });
  const pointwise = points.flatMap(({ x, low, high }) => (low === null || high === null ? [] : [cut(x, low, high)]));
  const whole = points.flatMap(({ x, simultaneous }) => (simultaneous === undefined ? [] : [cut(x, ...simultaneous)]));
  return [
    ...(whole.length > 0 ? [drawArea(reading.look, whole, layout, 0.1), ...drawEdges(reading.look, whole, layout, [3, 3])] : []),
    ...(pointwise.length > 0 ? [drawArea(reading.look, pointwise, layout, 0.16), ...drawEdges(reading.look, pointwise, layout, [])] : []),
  ];
}

function drawArea({ palette }: Look, values: BandPlace[], { x, y }: PlaneLayout, opacity: number): Layer {
  return {
    data: { values },
    mark: { type: "area", aria: false, clip: true, fill: palette.accent, opacity },
    encoding: { x: { field: "x", ...x }, y: { field: "low", ...y }, y2: { field: "high" } },
  };
}

function drawEdges({ palette }: Look, values: BandPlace[], { x, y }: PlaneLayout, strokeDash: number[]): Layer[] {
  return (["low", "high"] as const).map((field) => ({
    data: { values },
    mark: {
      type: "line",
      aria: false,
      clip: true,
      stroke: palette.others,
      strokeWidth: 1,
      ...(strokeDash.length > 0 ? { strokeDash } : {}),
    },
    encoding: { x: { field: "x", ...x }, y: { field, ...y } },
  }));
}
