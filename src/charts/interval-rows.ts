import { colourIn, pixels, tips } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import { coverEffects } from "./effect-scale.ts";
import type { EffectInterval, Scaling } from "./effect-scale.ts";
import type { Layer, Plot } from "./frame.ts";
import { layOutIntervalRows } from "./interval-layout.ts";
import type { IntervalLayout, PlacedRow } from "./interval-layout.ts";
import type { Look } from "./options.ts";
import { cleanText, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A row of a chart of intervals: the heading of a group, a level, the level that others are compared with, or what other levels span. */
export interface IntervalRow extends EffectInterval {
  readonly kind: "group" | "level" | "reference" | "rest";
  readonly name: string;
  /** What stands at the right. */
  readonly text: string;
  /** What hovering says. */
  readonly tip: string;
  /** Number of cases; null where unknown. */
  readonly n: number | null;
}

/** The axis below the rows. */
export interface IntervalAxis {
  readonly scaling: Scaling;
  readonly title: string;
  /** What it covers at least. */
  readonly range: readonly [number, number];
}

/** The parts of a chart made of intervals. */
export interface IntervalDrawing {
  readonly plot: Plot;
  readonly layers: readonly Layer[];
  /** Whether some interval reaches beyond the axis, where an arrow stands for the rest of it. */
  readonly isCut: boolean;
}

/** Room at both ends: for the label of a tick where there is no effect, and for arrows. */
const edge = 22;
const barHeight = 8;

/** Dots with intervals, one a row, over one axis; with the numbers of cases as quiet bars at the right where they are known. */
export function drawIntervalRows(look: Look, rows: readonly IntervalRow[], axis: IntervalAxis): IntervalDrawing {
  const { scaling } = axis;
  const layout = layOutIntervalRows(look, rows);
  const [from, to] = coverEffects(
    rows.filter(({ kind }) => kind !== "group"),
    scaling,
  );
  const [low, high] = scaling.padRange(Math.min(from, axis.range[0]), Math.max(to, axis.range[1]), layout.width, edge, edge);
  const ticks = scaling.layOutAxis(low, high, layout.width, { apart: 48, clear: 20 });
  const title = wrapText(cleanText(axis.title), layout.width, fontSizes.note);
  const x = scaling.channel(ticks, title);
  const marks = layout.rows.filter(({ kind }) => kind !== "group");
  return {
    isCut: marks.some((row) => (row.low ?? row.estimate) < low || (row.high ?? row.estimate) > high),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: 34 + 16 * title.length },
    layers: [
      drawNeutral(look, layout, marks, x, scaling.neutral),
      ...drawIntervals(look, marks, x, scaling.neutral),
      ...drawBars(look, layout, marks),
      ...drawTexts(look, layout),
    ],
  };
}

/** The line of no effect, which leaves out the names where they stand above. */
function drawNeutral({ palette }: Look, { markRoom }: IntervalLayout, rows: readonly PlacedRow[], x: AxisChannel, neutral: number): Layer {
  const values = rows.map(({ markY }) => ({ at: neutral, top: markY - markRoom / 2, bottom: markY + markRoom / 2 }));
  return {
    data: { values },
    mark: { type: "rule", aria: false, stroke: palette.quiet },
    encoding: { x: { field: "at", ...x }, y: pixels("top"), y2: { field: "bottom" } },
  };
}

function drawIntervals({ palette }: Look, rows: readonly PlacedRow[], x: AxisChannel, neutral: number): Layer[] {
  const [least, most] = x.scale.domain;
  const within = (value: number): boolean => value >= least && value <= most;
  const y = pixels("markY");
  const fill = colourIn("colour");
  const marks = rows.map((row) => {
    const { estimate, markY, tip, kind } = row;
    const [low, high] = [row.low ?? estimate, row.high ?? estimate];
    const colour =
      kind === "rest" || (low <= neutral && high >= neutral) ? palette.others : low > neutral ? palette.raises : palette.lowers;
    return {
      estimate,
      low: Math.max(least, low),
      high: Math.min(most, high),
      before: low < least,
      after: high > most,
      markY,
      tip,
      colour,
      kind,
    };
  });
  const spans = marks.filter(({ kind, low, high }) => kind !== "reference" && low < high);
  const lines = (kind: "level" | "rest", strokeWidth: number): Layer => ({
    data: { values: spans.filter((each) => each.kind === kind) },
    mark: { type: "rule", strokeWidth, ...(kind === "level" ? { aria: false } : {}) },
    encoding: { y, x: { field: "low", ...x }, x2: { field: "high" }, stroke: fill, ...(kind === "rest" ? tips : {}) },
  });
  const arrows = marks.flatMap(({ before, after, markY, colour }) => [
    ...(before ? [{ at: least, markY, colour, shape: "triangle-left" }] : []),
    ...(after ? [{ at: most, markY, colour, shape: "triangle-right" }] : []),
  ]);
  return [
    lines("level", 2),
    lines("rest", 6),
    ...(["triangle-left", "triangle-right"] as const).map((shape): Layer => ({
      data: { values: arrows.filter((arrow) => arrow.shape === shape) },
      // Within the plot, so that the picture's edge does not cut them.
      mark: { type: "point", aria: false, shape, size: 50, filled: true, opacity: 1, xOffset: shape === "triangle-left" ? 4 : -4 },
      encoding: { y, x: { field: "at", ...x }, fill },
    })),
    {
      data: { values: marks.filter(({ kind, estimate }) => kind === "level" && within(estimate)) },
      mark: { type: "circle", size: 70, opacity: 1 },
      encoding: { y, x: { field: "estimate", ...x }, fill, ...tips },
    },
    {
      data: { values: marks.filter(({ kind, estimate }) => kind === "reference" && within(estimate)) },
      mark: { type: "circle", size: 60, opacity: 1, fill: palette.ground, stroke: palette.ink, strokeWidth: 2 },
      encoding: { y, x: { field: "estimate", ...x }, ...tips },
    },
  ];
}

/** Numbers of cases: bars in a column of their own, so that their length is not read off the axis. */
function drawBars({ palette }: Look, layout: IntervalLayout, rows: readonly PlacedRow[]): Layer[] {
  if (layout.barRoom === 0) return [];
  const largest = Math.max(...rows.map(({ n }) => n ?? 0), Number.MIN_VALUE);
  const values = rows.map(({ n, markY }) => ({
    from: layout.barsAt,
    to: layout.barsAt + (layout.barWidth * (n ?? 0)) / largest,
    top: markY - barHeight / 2,
    bottom: markY + barHeight / 2,
  }));
  return [
    {
      data: { values },
      mark: { type: "rect", aria: false, fill: palette.others, opacity: 1 },
      encoding: { x: pixels("from"), x2: { field: "to" }, y: pixels("top"), y2: { field: "bottom" } },
    },
  ];
}

function drawTexts({ palette }: Look, layout: IntervalLayout): Layer[] {
  const { isNarrow, rows } = layout;
  const levels = rows.filter(({ kind }) => kind !== "group");
  const place = { align: isNarrow ? "left" : "right", x: isNarrow ? 0 : -layout.nameGap } as const;
  const names = { y: pixels("nameY"), text: { field: "label", type: "nominal" } } as const;
  const values = {
    y: pixels(isNarrow ? "nameY" : "markY"),
    x: { value: layout.textsAt },
    text: { field: "text", type: "nominal" },
  } as const;
  const data = { values: levels.map(({ label, nameY, markY, text, kind }) => ({ label, nameY, markY, text, quiet: kind === "rest" })) };
  const colour = { condition: { test: "datum.quiet", value: palette.quiet }, value: palette.ink };
  const halo = { type: "text", aria: false, stroke: palette.ground, strokeWidth: 4, strokeJoin: "round" } as const;
  const lineShift = {
    lineHeight: layout.nameLineHeight,
    dy: { expr: `indexof(datum.label, '\\n') < 0 ? 0 : ${-layout.nameLineHeight / 2}` },
  };
  const halos: Layer[] = isNarrow
    ? [
        { data, mark: { ...halo, ...place }, encoding: names },
        { data, mark: { ...halo, align: "right" }, encoding: values },
      ]
    : [];
  const groups = rows.filter(({ kind }) => kind === "group").map(({ label, nameY }) => ({ label, nameY }));
  const headings = { align: "left", x: -layout.left, fontWeight: 600 } as const;
  return [
    ...halos,
    { data, mark: { type: "text", aria: false, ...place, ...lineShift }, encoding: { ...names, color: colour } },
    { data, mark: { type: "text", aria: false, align: "right" }, encoding: { ...values, color: colour } },
    ...(groups.length > 0
      ? [
          { data: { values: groups }, mark: { ...halo, ...headings }, encoding: names } satisfies Layer,
          { data: { values: groups }, mark: { type: "text", aria: false, ...headings }, encoding: names } satisfies Layer,
        ]
      : []),
  ];
}
