import { median } from "simple-statistics";
import type { NumericColumn } from "../table/index.ts";
import { colourIn, pixels, tips } from "./channels.ts";
import type { Dependence, DependenceDrawing } from "./dependence.ts";
import { cellText, decimalsFor, formatCount, formatSigned, formatterOf, withUnit } from "./format.ts";
import { inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { drawLegend } from "./legend.ts";
import { medianLine } from "./median-line.ts";
import type { MedianPoint } from "./median-line.ts";
import { layOutScatter, sortCases, stripWidth, thinCases } from "./scatter-layout.ts";
import type { Cases, ScatterLayout } from "./scatter-layout.ts";
import { spreadDots } from "./swarm.ts";
import { fontSizes } from "./theme.ts";

const dotDiameter = 5;
const dotMark = { type: "circle", aria: false, size: dotDiameter ** 2, opacity: 1 } as const;

/** A dot for each case at its value and contribution, a line through binned medians, and a strip at the right for missing values. */
export function drawScatter(dependence: Dependence, column: NumericColumn): DependenceDrawing {
  const { reading, amounts, label, shades, maxDots } = dependence;
  const cases = sortCases(column.values, amounts);
  const line = medianLine(cases.present, column.values, amounts);
  const layout = layOutScatter(dependence, column, cases);
  const legend = drawLegend(reading, shades.legend, layout.left, layout.height + layout.axisRoom);
  const shown = thinCases(cases, amounts, maxDots);
  const note = writeNote(dependence, cases, shown, line);
  return {
    note,
    description: `Scatter of ${label}. ${note}. ${describeMedians(dependence, column, cases, line)}`,
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom + legend.height },
    layers: [
      {
        data: { values: [{}] },
        mark: { type: "rule", aria: false, stroke: reading.palette.quiet },
        encoding: { y: { datum: 0, ...layout.y } },
      },
      ...(cases.present.length > 0 ? [drawPresent(dependence, column, shown.present, layout)] : []),
      ...(cases.missing.length > 0 ? drawMissing(dependence, cases, shown.missing, layout) : []),
      ...(line.length > 0 ? [drawLine(dependence, line, layout)] : []),
      ...legend.layers,
    ],
  };
}

function drawPresent({ amounts, shades, label }: Dependence, column: NumericColumn, rows: readonly number[], layout: ScatterLayout): Layer {
  const dots = rows.map((row) => ({
    value: column.values[row],
    amount: amounts[row],
    colour: shades.colours[row],
    tip: `${label}: ${cellText(column, row)}, ${formatSigned(amounts[row])}`,
  }));
  return {
    data: { values: dots },
    // Dots of one dark colour may shine through each other, so that crowds show; paler colours need all their contrast.
    mark: { ...dotMark, opacity: shades.legend.length > 0 ? 1 : 0.7 },
    encoding: { x: { field: "value", ...layout.x }, y: { field: "amount", ...layout.y }, fill: colourIn("colour"), tooltip: tips.tooltip },
  };
}

function drawMissing(
  { amounts, shades, label, reading }: Dependence,
  { missing }: Cases,
  rows: readonly number[],
  layout: ScatterLayout,
): Layer[] {
  const middle = layout.width - stripWidth / 2;
  const { palette } = reading;
  const offsets = spreadDots(
    rows.map((row) => layout.toPixel(amounts[row])),
    dotDiameter,
    stripWidth - 24,
  );
  const typical = median(missing.map((row) => amounts[row]));
  const y = { field: "amount", ...layout.y };
  const dots = rows.map((row, k) => {
    return {
      x: middle + offsets[k],
      amount: amounts[row],
      colour: shades.colours[row],
      tip: `${label}: missing, ${formatSigned(amounts[row])}`,
    };
  });
  return [
    {
      data: { values: [{}] },
      mark: { type: "rule", aria: false, stroke: palette.grid, strokeDash: [4, 4] },
      encoding: { x: { value: layout.width - stripWidth } },
    },
    { data: { values: dots }, mark: dotMark, encoding: { x: pixels("x"), y, fill: colourIn("colour"), tooltip: tips.tooltip } },
    {
      data: { values: [{ amount: typical, tip: `${label}: missing, median ${formatSigned(typical)}` }] },
      mark: { type: "tick", orient: "horizontal", size: stripWidth - 24, thickness: 3, color: palette.ink, opacity: 1 },
      encoding: { x: { value: middle }, y, ...tips },
    },
    {
      data: { values: [{}] },
      mark: { type: "text", aria: false, text: "missing", color: palette.quiet, fontSize: fontSizes.note },
      encoding: { x: { value: middle }, y: { value: layout.height + 13 } },
    },
  ];
}

function drawLine({ reading }: Dependence, line: readonly MedianPoint[], layout: ScatterLayout): Layer {
  return {
    data: { values: [...line] },
    mark: { type: "line", aria: false, strokeWidth: 2.5, stroke: reading.palette.ink },
    encoding: { x: { field: "value", ...layout.x }, y: { field: "amount", ...layout.y } },
  };
}

function writeNote({ reading, amounts }: Dependence, cases: Cases, shown: Cases, line: readonly MedianPoint[]): string {
  const finite = cases.present.length + cases.missing.length;
  const drawn = shown.present.length + shown.missing.length;
  const thinned = drawn < finite ? `; ${formatCount(drawn)} of ${formatCount(finite)} cases, evenly picked with the extremes` : "";
  const left = amounts.length > finite ? `; ${formatCount(amounts.length - finite, "infinite value", "infinite values")} left out` : "";
  return `${inUnits("Height: contribution", reading.units)}, above zero it raises${line.length > 0 ? "; line: median" : ""}${thinned}${left}`;
}

function describeMedians({ amounts }: Dependence, column: NumericColumn, { missing }: Cases, line: readonly MedianPoint[]): string {
  const middles = missing.length > 0 ? [median(missing.map((row) => amounts[row]))] : [];
  const decimals = decimalsFor([...line.map(({ amount }) => amount), ...middles]);
  const ends = line.length > 0 ? [line[0], line[line.length - 1]] : [];
  const write = formatterOf(column.values);
  const told = ends.map(({ value, amount }) => `${formatSigned(amount, decimals)} at ${withUnit(write(value), column.description.unit)}`);
  const toldMissing = middles.map((middle) => `Where it is missing, the median is ${formatSigned(middle, decimals)}.`);
  return [...(told.length > 0 ? [`The median contribution goes from ${told.join(" to ")}.`] : []), ...toldMissing].join(" ");
}
