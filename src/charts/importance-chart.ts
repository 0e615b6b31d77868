import type { TopLevelSpec } from "vega-lite";
import type { Explanation } from "../shap/index.ts";
import { padRange } from "./axis.ts";
import { hiddenAxis, tips } from "./channels.ts";
import { decimalsFor, formatCount, formatSize } from "./format.ts";
import { assembleChart, inUnits, plotWidth } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { checkWhole, readExplanation } from "./options.ts";
import type { ChartOptions, Reading } from "./options.ts";
import { layOutRows, nameLayers, rowLine, rowPosition } from "./row-layout.ts";
import type { RowLayout } from "./row-layout.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** Options of {@link importanceChart}. */
export interface ImportanceChartOptions extends ChartOptions {
  /** So many features get a bar of their own; the others share the last. @defaultValue 7 */
  readonly top?: number;
}

interface Bar {
  readonly name: string;
  readonly size: number;
  /** Half the 95 % interval; 0 where contributions are exact. */
  readonly margin: number;
  readonly quiet: boolean;
}

/** 97.5 % point of the standard normal distribution. */
const normalQuantile = 1.959964;
const barRoom = 30;

/**
 * What drives the model: the mean absolute contribution of each feature, as bars with their values, largest first.
 * The features after the first `top` share one last, quieter bar, which sums their means.
 * Sampled contributions get whiskers: the mean ± 1.96 times the mean of the rows' standard errors, which is wide enough
 * however the rows' errors hang together.
 * @param explanation at least one row and one feature
 * @throws InputError for an unusable explanation or option
 * @example
 * importanceChart(explanation, { top: 5, scale: 100, unitsLabel: "points of probability" });
 */
export function importanceChart(explanation: Explanation, options: ImportanceChartOptions = {}): TopLevelSpec {
  const reading = readExplanation("importanceChart", explanation, options, ["top"]);
  const { top = 7 } = options;
  checkWhole("importanceChart", "top", top, { low: 1, high: 50 }, "Leave it out for 7.");
  const bars = collectBars(reading, top);
  const decimals = decimalsFor(bars.map(({ size }) => size));
  const texts = bars.map(({ size }) => formatSize(size, decimals));
  const layout = layOutRows(reading, bars, barRoom);
  const plot = { left: layout.left, right: 0, height: layout.height, bottom: 8 };
  const widestText = Math.max(...texts.map((text) => estimateWidth(text, fontSizes.label)));
  const ends = bars.map(({ size, margin }) => size + margin);
  const domain = padRange(0, Math.max(...ends) || 1, plotWidth(reading, plot), 0, widestText + 8);
  const cases = formatCount(reading.explanation.numRows, "case", "cases");
  const whiskers = reading.explanation.standardErrors ? ". Whiskers: 95 % intervals" : "";
  return assembleChart({
    look: reading,
    title: `What drives the prediction${reading.ofOutput}`,
    note: `${inUnits("Average size of contribution", reading.units)}, ${cases}${whiskers}`,
    description: describeBars(reading, bars, texts),
    plot,
    rows: bars.map((bar, rank) => ({
      rank,
      label: layout.labels[rank],
      zero: 0,
      size: bar.size,
      end: ends[rank],
      low: Math.max(0, bar.size - bar.margin),
      text: texts[rank],
      quiet: bar.quiet,
      tip: `${bar.name}: ${texts[rank]}`,
    })),
    layers: drawBars(reading, layout, domain),
  });
}

function collectBars({ explanation, scale }: Reading, top: number): Bar[] {
  const { numRows, numFeatures, standardErrors, featureNames } = explanation;
  const margin = (feature: string): number => {
    if (!standardErrors) return 0;
    let sum = 0;
    for (let cell = featureNames.indexOf(feature); cell < standardErrors.length; cell += numFeatures) sum += standardErrors[cell];
    return (scale * normalQuantile * sum) / numRows;
  };
  const bars = explanation
    .importance()
    .map(({ feature, label, meanAbsolute }): Bar => ({ name: label, size: scale * meanAbsolute, margin: margin(feature), quiet: false }));
  if (bars.length <= top + 1) return bars;
  const others = bars.slice(top);
  const sum = (key: "size" | "margin"): number => others.reduce((total, bar) => total + bar[key], 0);
  return [...bars.slice(0, top), { name: `${others.length} others together`, size: sum("size"), margin: sum("margin"), quiet: true }];
}

function drawBars(reading: Reading, layout: RowLayout, domain: readonly [number, number]): Layer[] {
  const { palette, explanation } = reading;
  const y = rowPosition();
  const x = hiddenAxis(domain);
  const bars: Layer = {
    mark: { type: "bar", size: 16, cornerRadiusEnd: 2, yOffset: layout.markShift },
    encoding: {
      y,
      x: { field: "zero", ...x },
      x2: { field: "size" },
      color: { condition: { test: "datum.quiet", value: palette.others }, value: palette.accent },
      ...tips,
    },
  };
  const whisker = (stroke: string, strokeWidth: number): Layer => ({
    mark: { type: "rule", aria: false, stroke, strokeWidth, yOffset: layout.markShift, y2Offset: layout.markShift },
    encoding: { y, x: { field: "low", ...x }, x2: { field: "end" } },
  });
  // A light edge, for the part of the whisker that lies on the bar.
  const whiskers = explanation.standardErrors ? [whisker(palette.ground, 4), whisker(palette.ink, 1.5)] : [];
  const values: Layer = {
    mark: { type: "text", aria: false, align: "left", xOffset: 6, yOffset: layout.markShift },
    encoding: { y, x: { field: "end", ...x }, text: { field: "text", type: "nominal" } },
  };
  return [bars, ...whiskers, rowLine(layout, x, 0, palette.quiet), values, ...nameLayers(reading, layout)];
}

function describeBars(reading: Reading, bars: readonly Bar[], texts: readonly string[]): string {
  const named = bars.map(({ name }, rank) => `${name} ${texts[rank]}`);
  return `Bar chart of the average size of each feature's contribution to the prediction${reading.ofOutput}, in ${reading.units || "its units"}: ${named.join(", ")}.`;
}
