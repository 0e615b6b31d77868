import type { SurfaceEffect } from "../models/index.ts";
import type { EffectInterval, Scaling } from "./effect-scale.ts";
import { formatterOf, withUnit } from "./format.ts";
import type { Grid } from "./trace-region.ts";

/** A surface on the scale on which effects add up, where 0 is no effect. */
export interface SurfaceReading {
  readonly effect: SurfaceEffect;
  readonly scaling: Scaling;
  /** NaN where it is too far from all cases. */
  readonly estimates: Grid;
  /** At least 0 where the interval holds no effect, above 0 the farther its nearer end is from it; NaN where it is too far; null without intervals. */
  readonly doubts: Grid | null;
  /** At least 0 where the interval lies above no effect. */
  readonly above: Grid | null;
  /** At least 0 where the interval lies below no effect. */
  readonly below: Grid | null;
  /** The places of the lowest and the highest estimate among those that are not too far. */
  readonly lowest: number;
  readonly highest: number;
  /** The largest distance from no effect among them. */
  readonly reach: number;
}

/** Ends of intervals count as no farther from the middle than so many times the largest effect. */
const farthest = 100;

/** Reads a checked surface. */
export function readSurface(effect: SurfaceEffect, scaling: Scaling): SurfaceReading {
  const { x, y, lows, highs, isFar } = effect;
  const neutral = scaling.toAdditive(scaling.neutral);
  const toGrid = (read: (place: number) => number): Grid => ({
    width: x.values.length,
    height: y.values.length,
    values: Float64Array.from(effect.estimates, (_, place) => (isFar?.[place] ? NaN : read(place))),
  });
  const estimates = toGrid((place) => scaling.toAdditive(effect.estimates[place]) - neutral);
  const known = Array.from(estimates.values.keys()).filter((place) => !Number.isNaN(estimates.values[place]));
  const pick = (isBetter: (a: number, b: number) => boolean): number =>
    known.reduce((best, place) => (isBetter(estimates.values[place], estimates.values[best]) ? place : best));
  const [lowest, highest] = [pick((a, b) => a < b), pick((a, b) => a > b)];
  const reach = Math.max(Math.abs(estimates.values[lowest]), Math.abs(estimates.values[highest]));
  const most = farthest * (reach || 1);
  const end = (value: number): number => Math.max(-most, Math.min(most, scaling.toAdditive(value) - neutral));
  const above = lows && toGrid((place) => end(lows[place]));
  const below = highs && toGrid((place) => -end(highs[place]));
  const doubts = above && below && toGrid((place) => Math.min(-above.values[place], -below.values[place]));
  return { effect, scaling, estimates, doubts, above, below, lowest, highest, reach };
}

/** The values of both columns at a place of the grid. */
export function valuesAt({ x, y }: SurfaceEffect, place: number): readonly [x: number, y: number] {
  const width = x.values.length;
  return [x.values[place % width], y.values[Math.floor(place / width)]];
}

/** The effect at a place of the grid, with its interval. */
export function effectAt({ estimates, lows, highs }: SurfaceEffect, place: number): EffectInterval {
  return { estimate: estimates[place], low: lows === null ? null : lows[place], high: highs === null ? null : highs[place] };
}

/** How places read: `Living area 1 500 sq ft, Year 1970`. */
export function placeWriter({ x, y }: SurfaceEffect): (place: readonly [x: number, y: number]) => string {
  const writers = [x, y].map(({ label, unit, values }) => {
    const write = formatterOf(Float64Array.from(values));
    return (value: number): string => `${label} ${withUnit(write(tidy(value, values)), unit)}`;
  });
  return (place) => writers.map((write, k) => write(place[k])).join(", ");
}

/** Values of a grid stand at odd numbers: rounded to a hundredth of the axis. */
function tidy(value: number, values: readonly number[]): number {
  const unit = 10 ** Math.floor(Math.log10((values[values.length - 1] - values[0]) / 100));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
