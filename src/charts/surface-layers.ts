import { pixels, tips } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { drawAreas, drawPaths, hatchAreas } from "./shapes.ts";
import type { Area, Pixel } from "./shapes.ts";
import type { Bands } from "./surface-bands.ts";
import type { SurfaceLayout } from "./surface-layout.ts";
import { effectAt, placeWriter, valuesAt } from "./surface-reading.ts";
import type { SurfaceReading } from "./surface-reading.ts";
import { pickEvenly } from "./thin.ts";
import { traceRegion } from "./trace-region.ts";
import type { Region } from "./trace-region.ts";

/** Pixels between the hatches of what is not clear. */
const hatchApart = 8;
/** So many rows and columns of places can be hovered over. */
const mostColumns = 24;
const mostRows = 16;

function toPixels({ toPixel }: SurfaceLayout, lines: Region["lines"]): Pixel[][] {
  return lines.map((line) => line.map(toPixel));
}

/** Bands of effects, each in its colour, with lines between them; that of no effect is the strongest. */
export function drawBands({ palette }: Look, { estimates }: SurfaceReading, { bands, neutral }: Bands, layout: SurfaceLayout): Layer[] {
  const regions = bands.map(({ low }) => traceRegion(estimates, low));
  const areas = bands.map(({ colour }, k): Area => {
    // The band is what lies above its lower end without what lies above its upper end, whose outlines run the other way round.
    const holes = k + 1 < regions.length ? toPixels(layout, regions[k + 1].rings).map((ring) => ring.reverse()) : [];
    return { colour, rings: [...toPixels(layout, regions[k].rings), ...holes] };
  });
  const lines = regions.slice(1).map((region) => toPixels(layout, region.lines));
  const plain = lines.flatMap((own, k) => (k === neutral ? [] : own));
  return [
    drawAreas(areas),
    ...(plain.length > 0 ? [drawPaths(plain, { stroke: palette.ink, width: 0.75, opacity: 0.35 })] : []),
    ...(neutral >= 0 ? [drawPaths(lines[neutral], { stroke: palette.ink, width: 2 })] : []),
  ];
}

/** Hatches over what the intervals do not tell from no effect. */
export function drawDoubts({ palette }: Look, { doubts }: SurfaceReading, layout: SurfaceLayout): Layer[] {
  if (doubts === null) return [];
  const hatches = hatchAreas(toPixels(layout, traceRegion(doubts, 0).rings), hatchApart);
  return hatches.length > 0 ? [drawPaths(hatches, { stroke: palette.quiet, width: 1, opacity: 0.5 })] : [];
}

/** What is clearly above no effect, what is clearly below, and what is neither. */
export function drawClear({ palette }: Look, { doubts, above, below }: SurfaceReading, layout: SurfaceLayout): Layer[] {
  const areas = [
    { grid: doubts, colour: palette.grid },
    { grid: above, colour: palette.raises },
    { grid: below, colour: palette.lowers },
  ];
  return [drawAreas(areas.flatMap(({ grid, colour }) => (grid ? [{ colour, rings: toPixels(layout, traceRegion(grid, 0).rings) }] : [])))];
}

/** A small dot for each case, of many an even pick over the plane. */
export function drawCases({ palette }: Look, { effect }: SurfaceReading, layout: SurfaceLayout, maxDots: number): Layer[] {
  if (effect.cases === undefined || maxDots === 0) return [];
  const most = Math.min(maxDots, Math.floor((layout.width * layout.height) / dotRoom));
  const values = pickCases(effect.cases, layout, most).map(([x, y]) => ({ x, y }));
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: "circle", aria: false, clip: true, size: 7, opacity: 0.5, color: palette.ink },
      encoding: { x: { field: "x", ...layout.x }, y: { field: "y", ...layout.y } },
    },
  ];
}

/** One dot for so many square pixels at most, so that a small chart is not covered. */
const dotRoom = 200;
/** Strips so many pixels wide, up one and down the next: along them a pick of every so many keeps crowds and edges. */
const stripWidth = 16;

function pickCases({ x, y }: NonNullable<SurfaceReading["effect"]["cases"]>, layout: SurfaceLayout, most: number): Pixel[] {
  const places = Array.from(x, (_, row) => {
    const at = layout.place(x[row], y[row]);
    const strip = Math.floor(at.x / stripWidth);
    return {
      row,
      isIn: at.x >= 0 && at.x <= layout.width && at.y >= 0 && at.y <= layout.height,
      strip,
      along: strip % 2 === 0 ? at.y : -at.y,
    };
  });
  const sorted = places.filter(({ isIn }) => isIn).sort((a, b) => a.strip - b.strip || a.along - b.along || a.row - b.row);
  return pickEvenly(sorted.length, most).map((k): Pixel => [x[sorted[k].row], y[sorted[k].row]]);
}

/** Invisible places to be hovered over. */
export function drawTips({ effect, scaling }: SurfaceReading, { place: toPixel }: SurfaceLayout): Layer {
  const write = placeWriter(effect);
  const { x, y, isFar } = effect;
  const [columns, rows] = [pickEvenly(x.values.length, mostColumns), pickEvenly(y.values.length, mostRows)];
  const values = rows.flatMap((j) =>
    columns.flatMap((i) => {
      const k = j * x.values.length + i;
      if (isFar?.[k]) return [];
      const at = toPixel(x.values[i], y.values[j]);
      return [{ x: at.x, y: at.y, tip: `${write(valuesAt(effect, k))}: ${scaling.write([effectAt(effect, k)])[0]}` }];
    }),
  );
  return {
    data: { values },
    mark: { type: "circle", aria: false, size: 400, opacity: 0 },
    encoding: { x: pixels("x"), y: pixels("y"), tooltip: tips.tooltip },
  };
}
