import { padRange } from "./axis.ts";
import type { NumericAxis, TickOptions } from "./axis.ts";
import { formatNumber } from "./format.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

const labelGap = 12;
/** Below this ratio of its ends an axis reads best with evenly spaced numbers, as it is nearly linear. */
const nearlyLinear = 4;
/** Narrower ranges are taken for one number: their ticks could not be told apart by seven digits. */
const leastRange = 1e-4;
/** Ticks in each power of ten. */
const families: readonly (readonly number[])[] = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
const slack = 1e-9;

/**
 * A logarithmic axis over `low` to `high`, both above zero, which is `pixels` long. Ticks stand at round numbers, at 1 wherever it lies
 * on the axis, as many as keep clear of each other.
 */
export function layOutLogAxis(low: number, high: number, pixels: number, options: TickOptions = {}): NumericAxis {
  const { apart = 60, clear = 0, upright = false } = options;
  const perPixel = Math.log(high / low) / pixels;
  const [first, last] = [low * Math.exp(clear * perPixel) * (1 - slack), high * Math.exp(-clear * perPixel) * (1 + slack)];
  const holdsOne = first <= 1 && last >= 1;
  let ticks: readonly number[] = holdsOne ? [1] : [];
  for (const candidate of tickLists(first, last)) {
    const within = candidate.filter((tick) => tick >= first && tick <= last);
    if (holdsOne && !within.includes(1)) continue;
    if (within.length > ticks.length && keepApart(within, perPixel, apart, upright)) ticks = within;
  }
  return { domain: [low, high], ticks, format: ticks.some(isLong) ? ".2~e" : ",.7~r", labels: writeTicks(ticks) };
}

/** Widens a range of numbers above zero so that its ends keep clear of a logarithmic axis's edges by so many pixels. */
export function padLogRange(low: number, high: number, pixels: number, before: number, after: number): [number, number] {
  const isOne = Math.log(high / low) < leastRange;
  const [from, to] = padRange(Math.log(low), isOne ? Math.log(low) : Math.log(high), pixels, before, after);
  return [Math.exp(from), Math.exp(to)];
}

function keepApart(ticks: readonly number[], perPixel: number, apart: number, upright: boolean): boolean {
  const widths = writeTicks(ticks).map((label) => (upright ? 0 : estimateWidth(label, fontSizes.note)));
  return ticks.every((tick, k) => {
    if (k === 0) return true;
    return Math.log(tick / ticks[k - 1]) / perPixel >= Math.max(apart, (widths[k] + widths[k - 1]) / 2 + labelGap);
  });
}

/** Lists of round numbers that reach over the range. */
function tickLists(low: number, high: number): number[][] {
  const lists: number[][] = [];
  if (high / low < nearlyLinear) {
    for (let power = Math.floor(Math.log10(high - low)) - 1; 10 ** power <= high - low; power++)
      for (const step of [10 ** power, 2 * 10 ** power, 5 * 10 ** power]) lists.push(multiples(step, low, high));
  }
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: last - first + 1 }, (_, k) => first + k);
  for (const family of families) lists.push(powers.flatMap((power) => family.map((factor) => cleanNumber(factor * 10 ** power))));
  for (let every = 2; every <= powers.length; every++)
    lists.push(powers.filter((power) => power % every === 0).map((power) => 10 ** power));
  return lists;
}

function multiples(step: number, low: number, high: number): number[] {
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, k) => cleanNumber((first + k) * step));
}

/** Without binary dust such as 0.30000000000000004. */
function cleanNumber(value: number): number {
  return Number(value.toPrecision(12));
}

/** Whether a number is read more easily as a power of ten. */
function isLong(tick: number): boolean {
  return tick >= 1e6 || tick < 1e-4;
}

/** As wide as Vega's own formats write them: all in one way. */
function writeTicks(ticks: readonly number[]): string[] {
  const asPowers = ticks.some(isLong);
  return ticks.map((tick) => (asPowers ? tick.toExponential() : formatNumber(tick, decimalPlaces(tick))));
}

function decimalPlaces(value: number): number {
  return (String(value).split(".")[1] ?? "").length;
}
