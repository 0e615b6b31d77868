import type { AxisChannel } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { cleanText, estimateWidth, isolateDirection, shorten, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** What a row of a chart is called: a name and, for one case, the value that it has. */
export interface RowName {
  readonly name: string;
  readonly value?: string;
  /** Whether the value stands in brackets behind the name, as a number of cases does. @defaultValue false: behind a colon */
  readonly inBrackets?: boolean;
}

/** How the rows of a chart lie, in pixels. */
export interface RowLayout {
  /** Room for the names left of the plot; 0 where they stand above their rows. */
  readonly left: number;
  /** From one row to the next. */
  readonly step: number;
  /** The part of a step that marks have. */
  readonly markRoom: number;
  readonly height: number;
  /** How far marks lie below the middle of their row. */
  readonly markShift: number;
  /** How far names lie below the middle of their row. */
  readonly nameShift: number;
  /** The names as they fit, in one line or two, an ellipsis where they do not. */
  readonly labels: readonly string[];
}

/** Up to this width names stand above their rows. */
export const narrowWidth = 400;
const nameLine = 18;
export const nameLineHeight = 16;
export const nameGap = 12;
const widestNames = 0.42;
const twoLines = 38;

/** Lays out rows of `markRoom` pixels each under names left of them, or above them in a narrow chart. */
export function layOutRows(look: Look, names: readonly RowName[], markRoom: number): RowLayout {
  const narrow = look.width <= narrowWidth;
  const room = narrow ? look.width : Math.floor(look.width * widestNames) - nameGap;
  const labels = names.map((name) => (narrow ? fitLine(name, room) : fitLines(name, room)));
  const lines = labels.flatMap((label) => label.split("\n"));
  const widest = Math.ceil(Math.max(...lines.map((line) => estimateWidth(line, fontSizes.label))));
  const marks = lines.length > labels.length ? Math.max(markRoom, twoLines) : markRoom;
  const step = narrow ? marks + nameLine : marks;
  return {
    left: narrow ? 0 : Math.min(widest, room) + nameGap,
    step,
    markRoom: marks,
    height: step * names.length,
    markShift: narrow ? nameLine / 2 : 0,
    nameShift: narrow ? nameLine / 2 - step / 2 : 0,
    labels,
  };
}

/** The vertical place of row `datum.rank`. */
export function rowPosition(): { field: "rank"; type: "ordinal"; axis: null; scale: { type: "band"; paddingInner: 0; paddingOuter: 0 } } {
  return { field: "rank", type: "ordinal", axis: null, scale: { type: "band", paddingInner: 0, paddingOuter: 0 } };
}

/** Writes the names: each datum holds `rank`, `label` and `quiet` (whether its name steps back). Above rows they have a halo against lines. */
export function nameLayers({ palette }: Look, layout: RowLayout): Layer[] {
  const above = layout.left === 0;
  const place = { align: above ? "left" : "right", x: above ? 0 : -nameGap, yOffset: layout.nameShift } as const;
  const text = { y: rowPosition(), text: { field: "label", type: "nominal" } } as const;
  const halo: Layer = {
    mark: { type: "text", aria: false, ...place, stroke: palette.ground, strokeWidth: 4, strokeJoin: "round" },
    encoding: text,
  };
  const names: Layer = {
    mark: {
      type: "text",
      aria: false,
      ...place,
      lineHeight: nameLineHeight,
      dy: { expr: `indexof(datum.label, '\\n') < 0 ? 0 : ${-nameLineHeight / 2}` },
    },
    encoding: { ...text, color: { condition: { test: "datum.quiet", value: palette.quiet }, value: palette.ink } },
  };
  return above ? [halo, names] : [names];
}

/** A line at one place of the axis down all rows, which leaves out the names where they stand above. */
export function rowLine(layout: RowLayout, x: AxisChannel, at: number, colour: string, thickness = 1): Layer {
  return {
    mark: {
      type: "tick",
      orient: "vertical",
      aria: false,
      size: layout.markRoom,
      thickness,
      color: colour,
      opacity: 1,
      yOffset: layout.markShift,
    },
    encoding: { y: rowPosition(), x: { datum: at, ...x } },
  };
}

/** `name: value` in at most two lines of so many pixels. */
function fitLines(row: RowName, room: number): string {
  const [before, after] = frameOf(row);
  const whole = row.value === undefined ? row.name : `${row.name}${before}${row.value}${after}`;
  const lines = wrapText(cleanText(whole), room, fontSizes.label);
  const fits = lines.length <= 2 && !lines.some((line) => line.endsWith("…"));
  return fits ? lines.map(isolateDirection).join("\n") : fitLine(row, room);
}

/** `name: value` in one line of so many pixels; the name gives way first, the value only where it fills more than half. */
function fitLine(row: RowName, room: number): string {
  const { name, value } = row;
  if (value === undefined) return isolateDirection(shorten(cleanText(name), room, fontSizes.label));
  const [before, after] = frameOf(row);
  const frame = estimateWidth(before + after, fontSizes.label);
  const wholeName = estimateWidth(cleanText(name), fontSizes.label);
  const shownValue = shorten(cleanText(value), Math.max(room / 2, room - wholeName - frame), fontSizes.label);
  const shownName = shorten(cleanText(name), room - frame - estimateWidth(shownValue, fontSizes.label), fontSizes.label);
  return `${isolateDirection(shownName)}${before}${isolateDirection(shownValue)}${after}`;
}

/** What stands before and after a value that follows its name. */
function frameOf({ inBrackets = false }: RowName): readonly [string, string] {
  return inBrackets ? [" (", ")"] : [": ", ""];
}
