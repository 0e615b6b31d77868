import type { IntervalRow } from "./interval-rows.ts";
import type { Look } from "./options.ts";
import { layOutRows, narrowWidth, nameGap, nameLineHeight } from "./row-layout.ts";
import { cleanText, estimateWidth, isolateDirection, shorten } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A row with its place in pixels from the plot's upper edge. */
export interface PlacedRow extends IntervalRow {
  /** The name as it fits. */
  readonly label: string;
  readonly nameY: number;
  readonly markY: number;
}

/** How rows of intervals lie, in pixels: names, plot, texts and bars from left to right; in a narrow chart names and texts stand above. */
export interface IntervalLayout {
  readonly isNarrow: boolean;
  readonly left: number;
  readonly right: number;
  /** Width of the plot. */
  readonly width: number;
  readonly height: number;
  readonly markRoom: number;
  readonly nameGap: number;
  readonly nameLineHeight: number;
  /** Where texts end, from the plot's left edge. */
  readonly textsAt: number;
  /** Where bars begin, from the plot's left edge. */
  readonly barsAt: number;
  readonly barWidth: number;
  /** Room for the bars and the gap before them; 0 where there are none. */
  readonly barRoom: number;
  readonly rows: readonly PlacedRow[];
}

const markRoom = 26;
const groupRoom = 30;
const gap = 12;
const barWidth = 48;
/** Bold letters are so much wider. */
const boldness = 1.12;

/** Lays out rows; names stand at the left where this leaves the plot enough room, else above with the texts. */
export function layOutIntervalRows(look: Look, rows: readonly IntervalRow[]): IntervalLayout {
  const levels = rows.filter(({ kind }) => kind !== "group");
  const textRoom = Math.ceil(Math.max(...levels.map(({ text }) => estimateWidth(text, fontSizes.label)))) + gap;
  const barRoom = levels.some(({ n }) => n !== null) ? barWidth + gap : 0;
  const rest = look.width - textRoom - barRoom;
  const isNarrow = rest <= narrowWidth;
  const layout = layOutRows({ ...look, width: isNarrow ? Math.min(narrowWidth, look.width - textRoom) : rest }, levels, markRoom);
  const width = look.width - layout.left - barRoom - (isNarrow ? 0 : textRoom);
  let top = 0;
  let level = 0;
  const placed = rows.map((row): PlacedRow => {
    const start = top;
    if (row.kind === "group") {
      top += groupRoom;
      const label = isolateDirection(shorten(cleanText(row.name), look.width / boldness, fontSizes.label));
      return { ...row, label, nameY: start + groupRoom / 2 + 2, markY: start + groupRoom / 2 };
    }
    top += layout.step;
    const middle = start + layout.step / 2;
    return { ...row, label: layout.labels[level++], nameY: middle + layout.nameShift, markY: middle + layout.markShift };
  });
  return {
    isNarrow,
    left: layout.left,
    right: barRoom + (isNarrow ? 0 : textRoom),
    width,
    height: top,
    markRoom: layout.markRoom,
    nameGap,
    nameLineHeight,
    textsAt: isNarrow ? look.width : width + textRoom,
    barsAt: width + gap + (isNarrow ? 0 : textRoom),
    barWidth,
    barRoom,
    rows: placed,
  };
}
