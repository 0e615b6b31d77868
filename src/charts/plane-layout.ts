import type { NumericAxis } from "./axis.ts";
import type { AxisChannel } from "./channels.ts";
import type { Scaling } from "./effect-scale.ts";
import { plotWidth } from "./frame.ts";
import type { Look } from "./options.ts";
import { cleanText, estimateWidth, wrapText } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** What an axis covers, and whether it is linear or logarithmic. */
export interface Extent {
  readonly low: number;
  readonly high: number;
  readonly scaling: Scaling;
}

/** A plane of two numeric axes: sizes in pixels, and channels. */
export interface PlaneLayout {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
  /** Room below the plot for the horizontal axis. */
  readonly axisRoom: number;
  readonly x: AxisChannel;
  readonly y: AxisChannel;
  /** Pixels of a point from the plot's upper left corner. */
  place(x: number, y: number): { readonly x: number; readonly y: number };
}

/** What else a plane may have. */
export interface PlaneOptions {
  /** So many pixels at its lower edge are free of the vertical axis's range. @defaultValue 0 */
  readonly strip?: number;
  /** In pixels. @defaultValue half of the chart's width, 220 to 340 */
  readonly height?: number;
}

const edge = 8;
const leastSide = 20;
const labelGap = 10;

/** Pixels from the low end of a domain to a value. */
function toPixel(value: number, { toAdditive }: Scaling, [low, high]: readonly [number, number], pixels: number): number {
  return (pixels * (toAdditive(value) - toAdditive(low))) / (toAdditive(high) - toAdditive(low));
}

/** Lays out a plane; `title` stands below the horizontal axis. */
export function layOutPlane(
  look: Look,
  horizontal: Extent,
  vertical: Extent,
  title: string,
  { strip = 0, height = Math.round(Math.min(340, Math.max(220, look.width * 0.5))) }: PlaneOptions = {},
): PlaneLayout {
  const { scaling } = vertical;
  const [shown] = scaling.padRange(vertical.low, vertical.high, height - strip, edge, edge);
  const whole = scaling.padRange(vertical.low, vertical.high, height, edge + strip, edge);
  const upright = scaling.layOutAxis(...whole, height, { apart: 40, upright: true });
  const ticks = upright.ticks.filter((tick) => tick >= shown);
  const layOutAcross = (width: number): { across: [number, number]; level: NumericAxis } => {
    const across = horizontal.scaling.padRange(horizontal.low, horizontal.high, width, edge, edge);
    return { across, level: horizontal.scaling.layOutAxis(...across, width) };
  };
  // A tick near an end needs room for half of its label.
  const half = widestOf(layOutAcross(look.width - 2 * leastSide).level) / 2 - edge;
  const left = Math.ceil(Math.max(widestOf(upright) + labelGap, half));
  const right = Math.ceil(Math.max(leastSide, half));
  const width = plotWidth(look, { left, right });
  const { across, level } = layOutAcross(width);
  const lines = wrapText(cleanText(title), width, fontSizes.note);
  return {
    left,
    right,
    width,
    height,
    axisRoom: 34 + 16 * lines.length,
    x: horizontal.scaling.channel(level, lines),
    y: scaling.channel({ ...upright, ticks }, null),
    place: (x, y) => ({ x: toPixel(x, horizontal.scaling, across, width), y: height - toPixel(y, scaling, whole, height) }),
  };
}

function widestOf({ labels }: NumericAxis): number {
  return labels.reduce((widest, label) => Math.max(widest, estimateWidth(label, fontSizes.note)), 0);
}
