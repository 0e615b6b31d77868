import { estimateWidth, shorten } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A place in a plot that is to be named, in pixels from its upper left corner. */
export interface LabelAnchor {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Whether it had better stand to the left. @defaultValue false */
  readonly toLeft?: boolean;
}

/** A name where it fits: left-aligned at `x`, with its middle at `y`. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const lineHeight = 16;
const gap = 8;
const dotRoom = 4;
/** So far a name may stand out above the plot. */
const overhang = 6;

/**
 * Names places without writing over each other, over another named place or far beyond the plot's edges: beside its place, else above or
 * below it. A name that fits nowhere is left out, so the first come first.
 */
export function placeLabels(anchors: readonly LabelAnchor[], width: number, height: number): PlacedLabel[] {
  const taken: Box[] = anchors.map(({ x, y }) => ({ left: x - dotRoom, right: x + dotRoom, top: y - dotRoom, bottom: y + dotRoom }));
  const placed: PlacedLabel[] = [];
  for (const { x, y, text: whole, toLeft = false } of anchors) {
    const text = shorten(whole, width / 2, fontSizes.note);
    const long = estimateWidth(text, fontSizes.note);
    const sides = toLeft ? [x - gap - long, x + gap] : [x + gap, x - gap - long];
    const starts = [
      ...[0, -lineHeight / 2, lineHeight / 2].flatMap((shift) => sides.map((side) => ({ x: side, y: y + shift }))),
      { x: x - long / 2, y: y - lineHeight },
      { x: x - long / 2, y: y + lineHeight },
    ];
    const start = starts.find((each) => fits(boxOf(each, long), taken, width, height));
    if (!start) continue;
    taken.push(boxOf(start, long));
    placed.push({ ...start, text });
  }
  return placed;
}

function boxOf({ x, y }: { readonly x: number; readonly y: number }, long: number): Box {
  return { left: x, right: x + long, top: y - lineHeight / 2, bottom: y + lineHeight / 2 };
}

function fits({ left, right, top, bottom }: Box, taken: readonly Box[], width: number, height: number): boolean {
  if (left < 0 || right > width || top < -overhang || bottom > height) return false;
  return taken.every((box) => right <= box.left || left >= box.right || bottom <= box.top || top >= box.bottom);
}
