import { colourIn, pixels } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import { cleanText, estimateWidth, shorten } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** Words and dots that belong together in a legend: `low value ●●●●● high value`, `● missing`. */
export interface LegendGroup {
  readonly before?: string;
  /** Colours of the dots. */
  readonly dots?: readonly string[];
  readonly after?: string;
}

/** A legend as drawn. */
export interface Legend {
  readonly layers: readonly Layer[];
  /** Pixels from its top to its bottom. */
  readonly height: number;
}

const lineHeight = 20;
const dotStep = 13;
const wordGap = 5;
const groupGap = 14;
const longestWords = 240;
const dotMark = { type: "circle", aria: false, size: 64, opacity: 1 } as const;

interface PlacedDot {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
}

interface PlacedWords {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Writes groups one behind the other from the chart's left edge, on as many lines as it takes, below `top` pixels of the plot. */
export function drawLegend(look: Look, groups: readonly LegendGroup[], left: number, top: number): Legend {
  if (groups.length === 0) return { layers: [], height: 0 };
  const { dots, words, lines } = placeGroups(look, groups, left, top);
  const place = { x: pixels("x"), y: pixels("y") };
  const drawDots: Layer = { data: { values: [...dots] }, mark: dotMark, encoding: { ...place, fill: colourIn("colour") } };
  const drawWords: Layer = {
    data: { values: [...words] },
    mark: { type: "text", aria: false, align: "left", color: look.palette.quiet, fontSize: fontSizes.note },
    encoding: { ...place, text: { field: "text", type: "nominal" } },
  };
  return { layers: [drawDots, drawWords], height: lines * lineHeight };
}

function placeGroups(
  look: Look,
  groups: readonly LegendGroup[],
  left: number,
  top: number,
): { dots: PlacedDot[]; words: PlacedWords[]; lines: number } {
  const dots: PlacedDot[] = [];
  const words: PlacedWords[] = [];
  const room = Math.min(longestWords, look.width - dotStep - wordGap);
  const fit = (text: string): string => shorten(cleanText(text), room, fontSizes.note);
  let x = 0;
  let lines = 1;
  for (const { before = "", dots: colours = [], after = "" } of groups) {
    const [head, tail] = [fit(before), fit(after)];
    const dotsAt = head ? estimateWidth(head, fontSizes.note) + wordGap : 0;
    const tailAt = dotsAt + colours.length * dotStep + wordGap;
    const width = tail ? tailAt + estimateWidth(tail, fontSizes.note) : tailAt - wordGap;
    if (x > 0 && x + width > look.width) {
      x = 0;
      lines++;
    }
    const y = top + (lines - 0.5) * lineHeight;
    if (head) words.push({ x: x - left, y, text: head });
    for (const [k, colour] of colours.entries()) dots.push({ x: x - left + dotsAt + (k + 0.5) * dotStep, y, colour });
    if (tail) words.push({ x: x - left + tailAt, y, text: tail });
    x += width + groupGap;
  }
  return { dots, words, lines };
}
