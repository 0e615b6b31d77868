import { pixels, tips } from "./channels.ts";
import { scalingOf } from "./effect-scale.ts";
import { formatCount, formatNumber, formatterOf, withUnit } from "./format.ts";
import { inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { decimalsOfMeans } from "./mean-levels.ts";
import type { MeanReading } from "./partial-dependence-chart.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import type { TermDrawing } from "./term-chart.ts";

/** Below the curve: the bars of the numbers of rows, and the gap above them. */
const barRoom = 28;
const barGap = 10;

/** Steps over the values, single rows' curves behind them, above bars of how many rows have such values. */
export function drawMeanCurve(reading: MeanReading): TermDrawing {
  const { look, dependence, means, missing, curves, numCurves, units } = reading;
  const { label, unit, numMissing, isStepwise } = dependence;
  const linear = scalingOf("link");
  const at = dependence.grid.map(Number);
  const heights = [...means, ...(numMissing > 0 ? [missing] : []), ...curves.flat()];
  const [across, upright] = [at, heights].map((all) => ({ ...extentOf(all), scaling: linear }));
  const layout = layOutPlane(look, across, upright, inUnits(label, unit), { strip: barRoom + barGap });
  const told = tellPoints(reading, at);
  const { length } = curves;
  const parts = [
    inUnits(`Height: mean prediction of all rows with this value`, units),
    ...(isStepwise ? ["steps: the model's own"] : []),
    ...(length > 0 ? [`thin lines: single rows${length < numCurves ? `, ${formatCount(length)} of ${formatCount(numCurves)}` : ""}`] : []),
    ...(numMissing > 0 ? [`dashed: where it is missing, ${formatCount(numMissing, "row", "rows")}`] : []),
    "bars: number of rows",
  ];
  return {
    note: parts.join("; "),
    description: `Mean prediction by ${label}${units === "" ? "" : `, in ${units}`}: ${told.description}`,
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom },
    layers: [
      ...drawSizes(reading, at, layout),
      ...(length > 0 ? [drawRows(reading, at, layout)] : []),
      ...(numMissing > 0 ? [drawMissing(reading, layout, told.missing)] : []),
      drawLine(reading, at, layout),
      {
        data: { values: at.map((x, k) => ({ x, mean: means[k], tip: told.tips[k] })) },
        mark: { type: "circle", aria: false, size: 144, opacity: 0 },
        encoding: { x: { field: "x", ...layout.x }, y: { field: "mean", ...layout.y }, tooltip: tips.tooltip },
      },
    ],
  };
}

function extentOf(all: readonly number[]): { low: number; high: number } {
  return { low: all.reduce((least, x) => Math.min(least, x)), high: all.reduce((most, x) => Math.max(most, x)) };
}

/** The points of a curve; steps go on to both edges of the plot. */
function pointsOf({ dependence }: MeanReading, at: readonly number[], heights: readonly number[], { x }: PlaneLayout): [number, number][] {
  const points = at.map((each, k): [number, number] => [each, heights[k]]);
  if (!dependence.isStepwise) return points;
  const [first, last] = x.scale.domain;
  return [[first, heights[0]], ...points, [last, heights[heights.length - 1]]];
}

/** A value holds from above the point before up to its own. */
const interpolationOf = ({ dependence }: MeanReading): "step-before" | "linear" => (dependence.isStepwise ? "step-before" : "linear");

function drawLine(reading: MeanReading, at: readonly number[], layout: PlaneLayout): Layer {
  const values = pointsOf(reading, at, reading.means, layout).map(([x, mean]) => ({ x, mean }));
  const stroke = reading.look.palette.accent;
  return {
    data: { values },
    mark: { type: "line", aria: false, clip: true, interpolate: interpolationOf(reading), stroke, strokeWidth: 2.5 },
    encoding: { x: { field: "x", ...layout.x }, y: { field: "mean", ...layout.y } },
  };
}

function drawRows(reading: MeanReading, at: readonly number[], layout: PlaneLayout): Layer {
  const values = reading.curves.flatMap((curve, row) => pointsOf(reading, at, curve, layout).map(([x, height]) => ({ x, height, row })));
  const stroke = reading.look.palette.others;
  return {
    data: { values },
    mark: { type: "line", aria: false, clip: true, interpolate: interpolationOf(reading), stroke, strokeWidth: 1, opacity: 0.5 },
    encoding: {
      x: { field: "x", ...layout.x },
      y: { field: "height", ...layout.y },
      detail: { field: "row", type: "nominal" },
    },
  };
}

function drawMissing({ look, missing }: MeanReading, { y }: PlaneLayout, tip: string): Layer {
  return {
    data: { values: [{ missing, tip }] },
    mark: { type: "rule", stroke: look.palette.quiet, strokeWidth: 1.5, strokeDash: [4, 4] },
    encoding: { y: { field: "missing", ...y }, ...tips },
  };
}

/** Steps along the lower edge, as high as rows are dense: their area is the number of rows. */
function drawSizes({ look, dependence }: MeanReading, at: readonly number[], { x, height }: PlaneLayout): Layer[] {
  const borders = [x.scale.domain[0], ...at];
  const densities = dependence.numRows.map((n, k) => (n > 0 ? n / Math.max(borders[k + 1] - borders[k], Number.MIN_VALUE) : 0));
  const widest = borders[borders.length - 1] - borders[0];
  // Steps too narrow to be seen do not press the others flat.
  const shown = densities.filter((_, k) => borders[k + 1] - borders[k] > widest / 200);
  const densest = shown.reduce((most, density) => Math.max(most, density), Number.MIN_VALUE);
  const values = densities.flatMap((density, k) => {
    const top = height - (density > 0 ? Math.max(1, barRoom * Math.min(1, density / densest)) : 0);
    return [
      { at: borders[k], top },
      { at: borders[k + 1], top },
    ];
  });
  return [
    {
      data: { values },
      mark: { type: "area", aria: false, fill: look.palette.others, opacity: 1 },
      encoding: { x: { field: "at", ...x }, y: { ...pixels("top"), stack: null }, y2: { value: height } },
    },
  ];
}

/** The points in words: the ends and the extremes in a sentence, and each for those who hover. */
function tellPoints(
  { dependence, means, missing }: MeanReading,
  at: readonly number[],
): { tips: string[]; missing: string; description: string } {
  const { unit, numRows, numMissing, isStepwise } = dependence;
  const write = formatterOf(Float64Array.from(at));
  const decimals = decimalsOfMeans([...means, missing]);
  const texts = means.map((mean, k) => `${formatNumber(mean, decimals)} at ${withUnit(write(at[k]), unit)}`);
  const upTo = isStepwise ? "up to " : "";
  const tipsOf = at.map(
    (x, k) => `${upTo}${withUnit(write(x), unit)}: ${formatNumber(means[k], decimals)}, ${formatCount(numRows[k], "row", "rows")}`,
  );
  const [lowest, highest] = [means.indexOf(Math.min(...means)), means.indexOf(Math.max(...means))];
  const last = means.length - 1;
  const toldMissing = `missing: ${formatNumber(missing, decimals)}`;
  const told = [
    last === 0 ? texts[0] : `from ${texts[0]} to ${texts[last]}`,
    ...(lowest > 0 && lowest < last ? [`lowest ${texts[lowest]}`] : []),
    ...(highest > 0 && highest < last ? [`highest ${texts[highest]}`] : []),
    ...(numMissing > 0 ? [toldMissing] : []),
  ];
  return { tips: tipsOf, missing: `${toldMissing}, ${formatCount(numMissing, "row", "rows")}`, description: `${told.join("; ")}.` };
}
