import type { TopLevelSpec } from "vega-lite";
import { InputError } from "../errors.ts";
import { padRange } from "./axis.ts";
import { hiddenAxis, tips } from "./channels.ts";
import { formatCount, formatNumber, formatPercent } from "./format.ts";
import { assembleChart, plotWidth } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { layOutRows, nameLayers, rowLine, rowPosition } from "./row-layout.ts";
import type { RowLayout } from "./row-layout.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A group of cases of similar predicted risk. */
export interface LiftRow {
  /** What to call it, for example `Highest tenth`. */
  readonly group: string;
  /** Share of its cases where it happened, 0 to 1. */
  readonly rate: number;
  /** That share over the share in all cases. */
  readonly lift: number;
  /** Number of its cases. */
  readonly n: number;
}

const barRoom = 28;
const averageText = "1 = average";
const averageRoom = 24;

/**
 * How well the model sorts: how often it happened in each group, as a multiple of the average, with a line at the average.
 * @param rows at least one, in the order to show, usually from the highest predicted risk
 * @throws InputError for unusable rows or options
 * @example
 * liftChart([{ group: "Highest tenth", rate: 0.72, lift: 2.4, n: 100 }]);
 */
export function liftChart(rows: readonly LiftRow[], options: LookOptions = {}): TopLevelSpec {
  const look = readLook("liftChart", options);
  checkRows(rows);
  const layout = layOutRows(
    look,
    rows.map(({ group }) => ({ name: group })),
    barRoom,
  );
  const percentDecimals = Math.max(...rows.map(({ rate }) => rate)) < 0.1 ? 1 : 0;
  const texts = rows.map(({ lift, rate }) => `${formatNumber(lift, 1)}× (${formatPercent(rate, percentDecimals)})`);
  const plot = { left: layout.left, right: 0, height: layout.height, bottom: averageRoom };
  const width = plotWidth(look, plot);
  const room = Math.max(...texts.map((text) => estimateWidth(text, fontSizes.label))) + 8;
  const domain = padRange(0, Math.max(1, ...rows.map(({ lift }) => lift)), width, 0, room);
  const tip = rows.map(({ group, n }, rank) => `${group}: ${texts[rank]}, ${formatCount(n, "case", "cases")}`);
  return assembleChart({
    look,
    title: "How well does it sort?",
    note: "How often it happened in each group, as a multiple of the average (in brackets: its share of cases)",
    description: `Lift chart. ${tip.join("; ")}.`,
    plot,
    rows: rows.map(({ lift }, rank) => ({
      rank,
      label: layout.labels[rank],
      zero: 0,
      lift,
      text: texts[rank],
      quiet: false,
      tip: tip[rank],
    })),
    layers: [...drawLifts(look, layout, domain, width), ...nameLayers(look, layout)],
  });
}

function drawLifts({ palette }: Look, layout: RowLayout, domain: readonly [number, number], width: number): Layer[] {
  const x = hiddenAxis(domain);
  const y = rowPosition();
  // Beside a very long bar the average lies so far left that a centred text would be cut.
  const atEdge = layout.left + width / (domain[1] - domain[0]) < estimateWidth(averageText, fontSizes.note) / 2;
  return [
    {
      mark: { type: "bar", size: 16, cornerRadiusEnd: 2, color: palette.accent, yOffset: layout.markShift },
      encoding: { y, x: { field: "zero", ...x }, x2: { field: "lift" }, ...tips },
    },
    {
      mark: { type: "text", aria: false, align: "right", yOffset: layout.markShift },
      encoding: { y, x: { value: width }, text: { field: "text", type: "nominal" } },
    },
    rowLine(layout, x, 0, palette.quiet),
    // A light edge, for the part of the line that lies on bars.
    rowLine(layout, x, 1, palette.ground, 3.5),
    rowLine(layout, x, 1, palette.ink, 1.5),
    {
      data: { values: [{}] },
      mark: {
        type: "text",
        aria: false,
        text: averageText,
        align: atEdge ? "left" : "center",
        color: palette.quiet,
        fontSize: fontSizes.note,
      },
      encoding: { x: { datum: 1, ...x }, y: { value: layout.height + averageRoom / 2 } },
    },
  ];
}

function checkRows(rows: readonly LiftRow[]): void {
  const call = "liftChart";
  if (rows.length === 0) {
    throw new InputError({
      call,
      argument: "rows",
      expected: "at least one row",
      received: "none",
      mend: "Give the rows of a lift table.",
    });
  }
  rows.forEach(({ rate, lift, n }, position) => {
    const checks = [
      { key: "rate", value: rate, most: 1, least: 0, expected: "a share from 0 to 1", mend: "Give shares, not per cents." },
      {
        key: "lift",
        value: lift,
        most: Number.MAX_VALUE,
        least: 0,
        expected: "a number of at least 0",
        mend: "Divide the group's rate by the overall rate.",
      },
      {
        key: "n",
        value: n,
        most: Number.MAX_VALUE,
        least: 1,
        expected: "a number of cases of at least 1",
        mend: "Leave empty groups out.",
      },
    ];
    for (const { key, value, least, most, expected, mend } of checks) {
      if (value >= least && value <= most) continue;
      throw new InputError({ call, argument: `rows[${position}].${key}`, expected, received: String(value), mend });
    }
  });
}
