import type { TopLevelSpec } from "vega-lite";
import type { Look } from "./options.ts";
import { cleanText, wrapText } from "./text-width.ts";
import { fontSizes, themeConfig } from "./theme.ts";

/** One layer of a layered Vega-Lite specification. */
export type Layer = Extract<TopLevelSpec, { layer: readonly unknown[] }>["layer"][number];

/** The plot inside the chart, in pixels: the room left and right of it, its height, and the room below and above it. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly bottom: number;
  /** Between the heading and the plot, for a mark that stands there: Vega sets headings above all marks. @defaultValue 0 */
  readonly top?: number;
}

/** What makes up one chart. */
export interface ChartParts {
  readonly look: Look;
  /** The chart's own heading. */
  readonly title: string;
  /** What is measured, in which unit, on how many cases: the quiet line below the heading. */
  readonly note: string;
  /** One or two sentences with the figures, for those who do not see the chart. */
  readonly description: string;
  readonly plot: Plot;
  readonly rows?: readonly object[];
  readonly layers: readonly Layer[];
}

const noteLineHeight = 17;
const titleLineHeight = 20;
const headingGap = 14;
/** Without a heading: half a line for the topmost label of an axis. */
const bareRoom = 8;
/** Bold letters are so much wider. */
const boldness = 1.12;

/** Width of the plot in pixels. */
export function plotWidth(look: Look, plot: Pick<Plot, "left" | "right">): number {
  return look.width - plot.left - plot.right;
}

/** A text and its unit in brackets: `Contribution (log-odds)`. */
export function inUnits(text: string, units: string): string {
  return units === "" ? text : `${text} (${units})`;
}

/** A chart of exactly the width asked for: every room is reckoned beforehand, so nothing is left to a renderer's fonts. */
export function assembleChart({ look, title, note, description, plot, rows, layers }: ChartParts): TopLevelSpec {
  const heading = layOutHeading(look, title, note, plot);
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    description: cleanText(description),
    background: "transparent",
    width: plotWidth(look, plot),
    height: plot.height,
    padding: { left: plot.left, right: plot.right, top: heading.height, bottom: plot.bottom },
    autosize: { type: "none" },
    ...(heading.title === null ? {} : { title: heading.title }),
    ...(rows ? { data: { values: [...rows] } } : {}),
    layer: [...layers],
    config: themeConfig(look.theme),
  };
}

function layOutHeading(
  look: Look,
  title: string,
  note: string,
  { left, top = 0 }: Plot,
): { title: TopLevelSpec["title"] | null; height: number } {
  const shownTitle = look.title === undefined ? title : look.title;
  const shownNote = look.note === undefined ? note : look.note;
  const noteLines = shownNote === null || shownNote === "" ? [] : wrapText(cleanText(shownNote), look.width, fontSizes.note);
  const place = { anchor: "start", frame: "group", dx: -left, offset: headingGap, subtitleLineHeight: noteLineHeight } as const;
  const noteHeight = noteLines.length * noteLineHeight + headingGap + top;
  if (shownTitle === null || shownTitle === "") {
    if (noteLines.length === 0) return { title: null, height: bareRoom + top };
    const quiet = { color: look.palette.quiet, fontSize: fontSizes.note, fontWeight: "normal", lineHeight: noteLineHeight } as const;
    return { title: { ...place, ...quiet, text: noteLines }, height: noteHeight };
  }
  const titleLines = wrapText(cleanText(shownTitle), look.width / boldness, fontSizes.title);
  return {
    title: { ...place, text: titleLines, ...(noteLines.length > 0 ? { subtitle: noteLines, subtitlePadding: 4 } : {}) },
    height: titleLines.length * titleLineHeight + 4 + noteHeight,
  };
}
