import type { TopLevelSpec } from "vega-lite";
import type { Explanation } from "../shap/index.ts";
import { layOutAxis, padRange } from "./axis.ts";
import { describeCaseRow, readCase } from "./case-rows.ts";
import { shownAxis, tips } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import { decimalsFor, formatNumber, formatSigned } from "./format.ts";
import { assembleChart, inUnits, plotWidth } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { readExplanation } from "./options.ts";
import type { ChartOptions, Reading } from "./options.ts";
import { layOutRows, nameLayers, rowPosition } from "./row-layout.ts";
import type { RowLayout, RowName } from "./row-layout.ts";
import { signedBars } from "./signed-bars.ts";
import { estimateWidth, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** Options of {@link waterfallChart}. */
export interface WaterfallChartOptions extends ChartOptions {
  /** So many features get a step of their own; the others share the last. @defaultValue 5 */
  readonly top?: number;
}

/** One line of the chart: a step `from` one level `to` the next, or an end, where both are the same. */
interface Step extends RowName {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly isEnd: boolean;
  readonly quiet: boolean;
  readonly text: string;
}

const barRoom = 30;

/**
 * One case for analysts: how the contributions lead step by step from the average prediction (the base value) to this one,
 * strongest first. The steps end at the prediction because base value plus contributions make the prediction; what Banzhaf values leave over is a
 * step of its own.
 * @param row the case, counted from 0 in the explained data
 * @throws InputError for an unusable explanation, row or option
 * @example
 * waterfallChart(explanation, 12, { top: 8 });
 */
export function waterfallChart(explanation: Explanation, row: number, options: WaterfallChartOptions = {}): TopLevelSpec {
  const reading = readExplanation("waterfallChart", explanation, options, ["top"]);
  const steps = collectSteps(reading, row, options.top ?? 5);
  const layout = layOutRows(reading, steps, barRoom);
  const title = wrapText(inUnits(`Prediction${reading.ofOutput}`, reading.units), reading.width - layout.left, fontSizes.note);
  const plot = { left: layout.left, right: 0, height: layout.height, bottom: 34 + 16 * title.length };
  const width = plotWidth(reading, plot);
  const labelRoom = Math.max(...steps.map(({ text }) => estimateWidth(text, fontSizes.label))) + 8;
  const levels = steps.flatMap(({ from, to }) => [from, to]);
  const domain = padRange(Math.min(...levels), Math.max(...levels), width, labelRoom, labelRoom);
  const x = shownAxis(layOutAxis(domain[0], domain[1], width, { clear: 20 }), title);
  const told = steps.map((step) => describeCaseRow(step, step.text));
  return assembleChart({
    look: reading,
    title: `From the average to this prediction${reading.ofOutput}`,
    note: "Each bar starts where the one above it ends: orange raises, blue lowers",
    description: `Waterfall chart for row ${row}, in ${reading.units || "the prediction's units"}. ${told.join("; ")}.`,
    plot,
    rows: steps.map((step, rank) => ({
      rank,
      next: Math.min(rank + 1, steps.length - 1),
      label: layout.labels[rank],
      from: step.from,
      to: step.to,
      amount: step.amount,
      text: step.text,
      quiet: step.quiet,
      isEnd: step.isEnd,
      tip: told[rank],
    })),
    layers: [
      connectors(reading, layout, x),
      ...signedBars(reading, layout, x),
      endMarks(reading, layout, x),
      ...nameLayers(reading, layout),
    ],
  });
}

function collectSteps(reading: Reading, row: number, top: number): Step[] {
  const { explanation, scale } = reading;
  const parts = readCase("waterfallChart", reading, row, top);
  const base = scale * explanation.baseValues[row];
  const prediction = scale * explanation.predictions[row];
  const levelDecimals = decimalsFor([base, prediction]);
  const decimals = Math.max(levelDecimals, decimalsFor(parts.map(({ amount }) => amount)));
  const end = (name: string, level: number): Step => {
    return { name, from: level, to: level, amount: 0, isEnd: true, quiet: false, text: formatNumber(level, levelDecimals) };
  };
  let level = base;
  // Banzhaf values stop short of the prediction, or beyond it.
  const leftOver = (): Step[] => {
    if (explanation.isAdditive) return [];
    const amount = prediction - level;
    const text = formatSigned(amount, decimals);
    return [{ name: "Not credited to any feature", from: level, to: prediction, amount, isEnd: false, quiet: true, text }];
  };
  const steps = parts.map(({ name, value, amount, isRest }): Step => {
    const from = level;
    level += amount;
    return { name, value, from, to: level, amount, isEnd: false, quiet: isRest, text: formatSigned(amount, decimals) };
  });
  return [end("Average prediction", base), ...steps, ...leftOver(), end("This prediction", prediction)];
}

function connectors({ palette }: Reading, layout: RowLayout, x: AxisChannel): Layer {
  return {
    mark: { type: "rule", aria: false, stroke: palette.quiet, strokeDash: [2, 2], yOffset: layout.markShift, y2Offset: layout.markShift },
    encoding: {
      y: rowPosition(),
      y2: { field: "next" },
      x: { field: "to", ...x },
    },
  };
}

function endMarks({ palette }: Reading, layout: RowLayout, x: AxisChannel): Layer {
  return {
    transform: [{ filter: "datum.isEnd" }],
    mark: { type: "tick", orient: "vertical", size: 20, thickness: 4, color: palette.accent, opacity: 1, yOffset: layout.markShift },
    encoding: {
      y: rowPosition(),
      x: { field: "to", ...x },
      ...tips,
    },
  };
}
