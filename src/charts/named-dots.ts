import { pixels, tips } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { placeLabels } from "./place-labels.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { cleanText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A case that stands out, in the units of the axes. */
export interface NamedDot {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  /** What hovering says. */
  readonly tip: string;
  /** Whether its name had better stand to the left. @defaultValue false */
  readonly toLeft?: boolean;
}

/** Positions of the `count` largest sizes, largest first; equal ones in their order. */
export function pickLargest(sizes: Float64Array, count: number): number[] {
  const picked: number[] = [];
  for (let position = 0; position < sizes.length; position++) {
    if (picked.length === count && !(sizes[position] > sizes[picked[count - 1]])) continue;
    let place = picked.length;
    while (place > 0 && sizes[picked[place - 1]] < sizes[position]) place--;
    picked.splice(place, 0, position);
    if (picked.length > count) picked.pop();
  }
  return picked;
}

/** Larger dots with their names, as far as they fit; the names have a halo against what they lie on. */
export function drawNames({ palette }: Look, layout: PlaneLayout, dots: readonly NamedDot[]): Layer[] {
  const { x, y, width, height } = layout;
  if (dots.length === 0) return [];
  const anchors = dots.map((dot) => ({ ...layout.place(dot.x, dot.y), text: cleanText(dot.name), toLeft: dot.toLeft }));
  const labels = placeLabels(anchors, width, height);
  const place = { x: pixels("x"), y: pixels("y"), text: { field: "text", type: "nominal" } } as const;
  const text = { type: "text", aria: false, align: "left", fontSize: fontSizes.note } as const;
  return [
    {
      data: { values: [...dots] },
      mark: { type: "circle", size: 64, opacity: 1, color: palette.ink },
      encoding: { x: { field: "x", ...x }, y: { field: "y", ...y }, ...tips },
    },
    { data: { values: labels }, mark: { ...text, stroke: palette.ground, strokeWidth: 4, strokeJoin: "round" }, encoding: place },
    { data: { values: labels }, mark: { ...text, color: palette.ink }, encoding: place },
  ];
}
