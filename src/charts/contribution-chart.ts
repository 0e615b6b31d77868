import type { TopLevelSpec } from "vega-lite";
import type { Explanation } from "../shap/index.ts";
import { padRange } from "./axis.ts";
import { describeCaseRow, readCase } from "./case-rows.ts";
import { hiddenAxis } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import { decimalsFor, formatNumber, formatSigned } from "./format.ts";
import { assembleChart, inUnits, plotWidth } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { checkRange, readExplanation } from "./options.ts";
import type { ChartOptions, Reading } from "./options.ts";
import { layOutRows, nameLayers, rowLine } from "./row-layout.ts";
import type { RowLayout } from "./row-layout.ts";
import { signedBars } from "./signed-bars.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** Options of {@link contributionChart}. */
export interface ContributionChartOptions extends ChartOptions {
  /** So many features get a bar of their own; the others share the last. @defaultValue 5 */
  readonly top?: number;
  /**
   * Contributions in the shown units, lowest first, that the bars' scale covers at least: the same for cases that are to be compared.
   * @defaultValue those of the case
   */
  readonly range?: readonly [number, number];
}

const barRoom = 30;
const directionRoom = 24;
const raisesText = "raises →";
const lowersText = "← lowers";

/**
 * One case for business readers: what raised and what lowered its prediction, as bars from zero, strongest first,
 * each with the case's own value in the user's words.
 * @param row the case, counted from 0 in the explained data
 * @throws InputError for an unusable explanation, row or option
 * @example
 * contributionChart(explanation, 12, { theme: "dark" });
 */
export function contributionChart(explanation: Explanation, row: number, options: ContributionChartOptions = {}): TopLevelSpec {
  const { top = 5, range = [0, 0] } = options;
  const reading = readExplanation("contributionChart", explanation, options, ["top", "range"]);
  checkRange("contributionChart", range);
  const parts = readCase("contributionChart", reading, row, top);
  const amounts = parts.map(({ amount }) => amount);
  const decimals = decimalsFor([...amounts, ...range]);
  const texts = amounts.map((amount) => formatSigned(amount, decimals));
  const layout = layOutRows(reading, parts, barRoom);
  const plot = { left: layout.left, right: 0, height: layout.height, bottom: directionRoom };
  const labelRoom = Math.max(...[...texts, raisesText, lowersText].map((text) => estimateWidth(text, fontSizes.label))) + 10;
  const low = Math.min(0, ...range, ...amounts);
  const domain = padRange(low, Math.max(0, ...range, ...amounts), plotWidth(reading, plot), low < 0 ? labelRoom : 0, labelRoom);
  const x = hiddenAxis(domain);
  const summary = summarise(reading, row);
  const told = parts.map((part, rank) => describeCaseRow(part, texts[rank]));
  return assembleChart({
    look: reading,
    title: `What moved this prediction${reading.ofOutput}`,
    note: summary,
    description: `Bar chart for row ${row}. ${summary}. ${told.join("; ")}.`,
    plot,
    rows: parts.map((part, rank) => ({
      rank,
      label: layout.labels[rank],
      from: 0,
      to: part.amount,
      amount: part.amount,
      text: texts[rank],
      quiet: part.isRest,
      tip: told[rank],
    })),
    layers: [
      ...signedBars(reading, layout, x),
      rowLine(layout, x, 0, reading.palette.quiet),
      ...directionTexts(reading, layout, amounts, x),
      ...nameLayers(reading, layout),
    ],
  });
}

function summarise({ explanation, scale, units }: Reading, row: number): string {
  const prediction = scale * explanation.predictions[row];
  const average = scale * explanation.baseValues[row];
  const decimals = decimalsFor([prediction, average]);
  return inUnits(`Prediction ${formatNumber(prediction, decimals)}, on average ${formatNumber(average, decimals)}`, units);
}

function directionTexts({ palette }: Reading, layout: RowLayout, amounts: readonly number[], x: AxisChannel): Layer[] {
  const write = (text: string, align: "left" | "right"): Layer => ({
    data: { values: [{}] },
    mark: { type: "text", aria: false, text, align, xOffset: align === "left" ? 6 : -6, color: palette.quiet, fontSize: fontSizes.note },
    encoding: { x: { datum: 0, ...x }, y: { value: layout.height + directionRoom / 2 } },
  });
  return [
    ...(amounts.some((amount) => amount > 0) ? [write(raisesText, "left")] : []),
    ...(amounts.some((amount) => amount < 0) ? [write(lowersText, "right")] : []),
  ];
}
