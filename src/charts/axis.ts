import { formatNumber } from "./format.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** A numeric axis: its ends in the data's units, its ticks, their d3 number format, and how they then read. */
export interface NumericAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: string;
  readonly labels: readonly string[];
}

/** How an axis may set its ticks, in pixels. */
export interface TickOptions {
  /** At least so far apart; further where labels side by side need it. @defaultValue 60 */
  readonly apart?: number;
  /** None closer than this to either end, so that its label is not cut. @defaultValue 0 */
  readonly clear?: number;
  /** Whether the axis stands upright, with its labels one above the other. @defaultValue false */
  readonly upright?: boolean;
}

const labelGap = 12;
/** Ranges below this share of their numbers are dust, and ticks in them could not be told apart. */
const rounding = 1e-9;
const smallestRange = 1e-290;

/** With fewer ticks an axis cannot be read off, so that they may stand closer together. */
const fewTicks = 3;
const closer = 0.7;

/** An axis over `low` to `high`, which is `pixels` long, with ticks at round numbers: 1, 2 or 5 times a power of ten apart. */
export function layOutAxis(low: number, high: number, pixels: number, options: TickOptions = {}): NumericAxis {
  const axis = setTicks(low, high, pixels, options);
  const apart = closer * (options.apart ?? 60);
  if (axis.ticks.length >= fewTicks || pixels < 2 * apart) return axis;
  const dense = setTicks(low, high, pixels, { ...options, apart });
  return dense.ticks.length > axis.ticks.length ? dense : axis;
}

function setTicks(low: number, high: number, pixels: number, options: TickOptions): NumericAxis {
  const { apart = 60, clear = 0, upright = false } = options;
  const step = roundStep((high - low) / Math.max(2, Math.floor(pixels / apart)));
  const margin = (clear * (high - low)) / pixels;
  const slack = step * 1e-9;
  const ticks: number[] = [];
  // Multiples of the step, cleaned of binary dust such as 0.30000000000000004.
  for (let k = Math.ceil((low + margin - slack) / step); k * step <= high - margin + slack; k++)
    ticks.push(Number((k * step).toPrecision(12)) + 0);
  const written = writeTicks(ticks, step, Math.max(Math.abs(low), Math.abs(high)));
  const widest = upright ? 0 : Math.max(0, ...written.labels.map((label) => estimateWidth(label, fontSizes.note))) + labelGap;
  const crowded = widest > (step * pixels) / (high - low) && 2 * apart < pixels;
  return crowded
    ? setTicks(low, high, pixels, { ...options, apart: Math.max(widest, apart + 1) })
    : { domain: [low, high], ticks, ...written };
}

function writeTicks(ticks: readonly number[], step: number, largest: number): Pick<NumericAxis, "format" | "labels"> {
  if (largest >= 1e9 || step < 1e-6) return { format: ".2~e", labels: ticks.map((tick) => tick.toExponential(2)) };
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const labels = ticks.map((tick) => (tick === 0 ? (0).toFixed(decimals) : formatNumber(tick, decimals)));
  return { format: `${largest >= 1e4 ? "," : ""}.${decimals}f`, labels };
}

/** Widens a range so that its ends keep clear of the plot's edges by so many pixels. What is one number, but for rounding, is first widened by at least one each way. */
export function padRange(low: number, high: number, pixels: number, before: number, after: number): [number, number] {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const spread = high - low > Math.max(smallestRange, largest * rounding) ? 0 : Math.max(1, largest / 100);
  const [from, to] = [low - spread, high + spread];
  const unitsPerPixel = (to - from) / Math.max(1, pixels - before - after);
  return [from - before * unitsPerPixel, to + after * unitsPerPixel];
}

/** The smallest of 1, 2 and 5 times a power of ten that is at least `step`. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5].find((each) => each * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}
