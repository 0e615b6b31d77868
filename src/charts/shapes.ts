import { colourIn } from "./channels.ts";
import type { Layer } from "./frame.ts";

/** A place in pixels from the plot's upper left corner. */
export type Pixel = readonly [x: number, y: number];

/** An area of one colour: closed outlines, holes the other way round. */
export interface Area {
  readonly colour: string;
  readonly rings: readonly (readonly Pixel[])[];
}

// Pixels as they are: without a scale of its own, Vega-Lite would fit shapes into the plot.
const projection = { type: "identity", scale: 1, translate: [0, 0] } satisfies Layer["projection"];

/** Areas without edges, none on another. */
export function drawAreas(areas: readonly Area[]): Layer {
  const values = areas.map(({ colour, rings }) => ({ type: "Feature", geometry: { type: "Polygon", coordinates: copy(rings) }, colour }));
  return { data: { values }, projection, mark: { type: "geoshape", aria: false, stroke: null }, encoding: { fill: colourIn("colour") } };
}

/** Lines of one kind as a single mark. */
export function drawPaths(
  lines: readonly (readonly Pixel[])[],
  { stroke, width, opacity = 1 }: { readonly stroke: string; readonly width: number; readonly opacity?: number },
): Layer {
  return {
    data: { values: [{ type: "Feature", geometry: { type: "MultiLineString", coordinates: copy(lines) } }] },
    projection,
    mark: { type: "geoshape", aria: false, filled: false, stroke, strokeWidth: width, strokeOpacity: opacity },
  };
}

/**
 * Parallel lines at 45 degrees, so many pixels apart, over what the outlines hold: where an outline is crossed, one begins or ends.
 */
export function hatchAreas(rings: readonly (readonly Pixel[])[], apart: number): Pixel[][] {
  const crossings = new Map<number, number[]>();
  for (const ring of rings) for (let k = 1; k < ring.length; k++) crossLines(ring[k - 1], ring[k], apart, crossings);
  return Array.from(crossings, ([line, places]): Pixel[][] => {
    const sorted = places.sort((a, b) => a - b);
    const at = (x: number): Pixel => [x, line * apart - x];
    return Array.from({ length: sorted.length >> 1 }, (_, k) => [at(sorted[2 * k]), at(sorted[2 * k + 1])]);
  }).flat();
}

/** Notes on which of the lines x + y = k × apart a side crosses, and at which x. */
function crossLines([x0, y0]: Pixel, [x1, y1]: Pixel, apart: number, crossings: Map<number, number[]>): void {
  const [from, to] = [(x0 + y0) / apart, (x1 + y1) / apart];
  // Half-open, so that a line through a corner is crossed once.
  for (let line = Math.ceil(Math.min(from, to)); line < Math.max(from, to); line++) {
    const x = x0 + ((line - from) / (to - from)) * (x1 - x0);
    const places = crossings.get(line);
    if (places) places.push(x);
    else crossings.set(line, [x]);
  }
}

/** Rounded to a tenth of a pixel: nothing to be seen. */
function copy(lines: readonly (readonly Pixel[])[]): number[][][] {
  return lines.map((line) => line.map((place) => place.map((at) => Math.round(10 * at) / 10)));
}
