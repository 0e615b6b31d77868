import type { SurfaceEffect } from "../models/index.ts";
import { scalingOf } from "./effect-scale.ts";
import { inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { pixels } from "./channels.ts";
import type { Pixel } from "./shapes.ts";
import { cleanText, shorten } from "./text-width.ts";
import { fontSizes } from "./theme.ts";
import type { Place } from "./trace-region.ts";

/** Room above the plot for the name of the upright axis. */
export const nameRoom = 22;
const tallest = 460;
const lowest = 220;
const sideRoom = 90;

/** The plane of a surface. */
export interface SurfaceLayout extends PlaneLayout {
  /** Pixels of a place on the grid. */
  readonly toPixel: (place: Place) => Pixel;
}

/** Lays out the plane; columns of one unit are drawn to one scale where the chart is not too tall or too flat for it. */
export function layOutSurface(look: Look, { x, y }: SurfaceEffect): SurfaceLayout {
  const scaling = scalingOf("link");
  const [across, upright] = [x, y].map(({ values }) => ({ low: values[0], high: values[values.length - 1], scaling }));
  const isOneUnit = x.unit !== undefined && x.unit === y.unit;
  const ratio = isOneUnit ? (upright.high - upright.low) / (across.high - across.low) : 0.62;
  const height = Math.round(Math.min(tallest, Math.max(lowest, ratio * (look.width - sideRoom))));
  const plane = layOutPlane(look, across, upright, inUnits(x.label, x.unit ?? ""), { height });
  const toPixel = ([i, j]: Place): Pixel => {
    const at = plane.place(valueOf(x.values, i), valueOf(y.values, j));
    return [at.x, at.y];
  };
  return { ...plane, toPixel };
}

/** The name of the upright axis, above it. */
export function drawUprightName({ palette, width }: Look, { left }: PlaneLayout, { y }: SurfaceEffect): Layer {
  const text = shorten(cleanText(`↑ ${inUnits(y.label, y.unit ?? "")}`), width, fontSizes.note);
  return {
    data: { values: [{ x: -left, y: 8 - nameRoom, text }] },
    mark: { type: "text", aria: false, align: "left", color: palette.quiet, fontSize: fontSizes.note },
    encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text", type: "nominal" } },
  };
}

/** The value at a position among sorted values, with fractions between two of them. */
function valueOf(values: readonly number[], position: number): number {
  const k = Math.min(values.length - 2, Math.floor(position));
  return values[k] + (position - k) * (values[k + 1] - values[k]);
}
