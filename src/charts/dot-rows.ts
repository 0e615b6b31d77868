import { layOutAxis, padRange } from "./axis.ts";
import type { NumericAxis } from "./axis.ts";
import { colourIn, pixels, shownAxis, tips } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import type { Layer, Plot } from "./frame.ts";
import { inUnits, plotWidth } from "./frame.ts";
import { drawLegend } from "./legend.ts";
import type { LegendGroup } from "./legend.ts";
import type { Reading } from "./options.ts";
import { layOutRows, nameLayers, rowLine, rowPosition } from "./row-layout.ts";
import type { RowLayout, RowName } from "./row-layout.ts";
import { roundPixels, spreadDots } from "./swarm.ts";
import { wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** One line of dots. */
export interface DotRow extends RowName {
  readonly dots: readonly Dot[];
  /** Where to draw a median mark; left out for none. */
  readonly median?: number;
  /** What hovering over the median says. */
  readonly tip?: string;
}

/** One case. */
export interface Dot {
  /** Its contribution in the shown units. */
  readonly amount: number;
  readonly colour: string;
  /** What hovering says. */
  readonly tip: string;
}

/** The parts of a chart made of lines of dots over one axis of contributions. */
export interface DotRowsDrawing {
  readonly plot: Plot;
  readonly rows: readonly object[];
  readonly layers: readonly Layer[];
}

const rowRoom = 40;
const swarmRoom = 34;
const dotDiameter = 5;

/**
 * Draws a line of dots for each row: across, the contribution; dots that would hide each other are spread over the line's height.
 * The axis covers zero, `range` and all dots.
 */
export function drawDotRows(
  reading: Reading,
  rows: readonly DotRow[],
  legend: readonly LegendGroup[],
  range: readonly [number, number] = [0, 0],
): DotRowsDrawing {
  const layout = layOutRows(reading, rows, rowRoom);
  const width = plotWidth(reading, { left: layout.left, right: 0 });
  const amounts = rows.flatMap(({ dots }) => dots.map(({ amount }) => amount));
  const [low, high] = padRange(
    amounts.reduce((a, b) => Math.min(a, b), Math.min(0, range[0])),
    amounts.reduce((a, b) => Math.max(a, b), Math.max(0, range[1])),
    width,
    2 * dotDiameter,
    2 * dotDiameter,
  );
  const axis = layOutAxis(low, high, width, { apart: 48, clear: 20 });
  const title = wrapText(inUnits("← lowers · contribution · raises →", reading.units), width, fontSizes.note);
  const axisRoom = 34 + 16 * title.length;
  const key = drawLegend(reading, legend, layout.left, layout.height + axisRoom);
  const x = shownAxis(axis, title);
  return {
    plot: { left: layout.left, right: 0, height: layout.height, bottom: axisRoom + key.height },
    rows: rows.map(({ median = null, tip = "" }, rank) => ({ rank, label: layout.labels[rank], quiet: false, median, tip })),
    layers: [
      rowLine(layout, x, 0, reading.palette.quiet),
      {
        data: { values: placeDots(rows, layout, axis, width) },
        mark: { type: "circle", aria: false, size: dotDiameter ** 2, opacity: 1 },
        encoding: {
          x: { field: "amount", ...x },
          y: pixels("y"),
          fill: colourIn("colour"),
          tooltip: tips.tooltip,
        },
      },
      ...medianLayers(reading, layout, x, rows),
      ...nameLayers(reading, layout),
      ...key.layers,
    ],
  };
}

function placeDots(rows: readonly DotRow[], layout: RowLayout, axis: NumericAxis, width: number): object[] {
  const pixelsPerUnit = width / (axis.domain[1] - axis.domain[0]);
  return rows.flatMap(({ dots }, rank) => {
    const positions = dots.map(({ amount }) => (amount - axis.domain[0]) * pixelsPerUnit);
    const offsets = spreadDots(positions, dotDiameter, swarmRoom);
    const middle = (rank + 0.5) * layout.step + layout.markShift;
    return dots.map((dot, k) => ({ ...dot, y: roundPixels(middle + offsets[k]) }));
  });
}

function medianLayers({ palette }: Reading, layout: RowLayout, x: AxisChannel, rows: readonly DotRow[]): Layer[] {
  if (!rows.some(({ median }) => median !== undefined)) return [];
  return [
    {
      transform: [{ filter: "isValid(datum.median)" }],
      mark: { type: "tick", orient: "vertical", size: swarmRoom, thickness: 3, color: palette.ink, opacity: 1, yOffset: layout.markShift },
      encoding: { y: rowPosition(), x: { field: "median", ...x }, ...tips },
    },
  ];
}
