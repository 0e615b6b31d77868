import type { Scaling } from "./effect-scale.ts";
import { formatNumber } from "./format.ts";
import type { Palette } from "./theme.ts";

/** A band of effects that has one colour; ends are on the scale on which effects add up, infinite at both sides of all. */
interface Band {
  readonly low: number;
  readonly high: number;
  readonly colour: string;
}

/** Bands of effects between round numbers, lowest first. */
export interface Bands {
  readonly bands: readonly Band[];
  /** How the round numbers between the bands read. */
  readonly labels: readonly string[];
  /** The position of no effect among them; -1 where all effects lie on one side. */
  readonly neutral: number;
}

/** Like an axis of so many pixels, with a round number at least every so many of them: four to ten bands from end to end. */
const axisPixels = 500;
const apart = 42;

/**
 * Parts the effects from `low` to `high` at round numbers, no effect among them, as far above it as below. Colours grow stronger with the
 * distance from no effect, in the same steps at both sides; `reach` is the distance that has the strongest.
 */
export function chooseBands(palette: Palette, scaling: Scaling, range: { low: number; high: number; reach: number }): Bands {
  const reach = range.reach > 0 ? range.reach : 1;
  const levels = chooseLevels(scaling, reach);
  const borders = [-Infinity, ...levels.map(({ at }) => at), Infinity];
  const all = borders.slice(1).map((high, k): Band => {
    const low = borders[k];
    return { low, high, colour: colourOf(palette, (Math.max(low, -reach) + Math.min(high, reach)) / 2 / reach) };
  });
  const used = all.filter(({ low, high }, k) => (low < range.high || k === 0) && high > range.low);
  const first = all.indexOf(used[0]);
  const between = levels.slice(first, first + used.length - 1);
  return {
    bands: used.map((band, k) => ({
      ...band,
      ...(k === 0 ? { low: -Infinity } : {}),
      ...(k === used.length - 1 ? { high: Infinity } : {}),
    })),
    labels: between.map(({ label }) => label),
    neutral: between.findIndex(({ at }) => at === 0),
  };
}

/** Where bands part, as distances from no effect, lowest first: at round numbers above it, and at the same distances below. */
function chooseLevels(scaling: Scaling, reach: number): { readonly at: number; readonly label: string }[] {
  const neutral = scaling.toAdditive(scaling.neutral);
  const [from, to] = [-reach, reach].map((end) => scaling.fromAdditive(neutral + end));
  const axis = scaling.layOutAxis(from, to, axisPixels, { apart, upright: true });
  const higher = axis.ticks.flatMap((tick, k) =>
    tick > scaling.neutral ? [{ at: scaling.toAdditive(tick) - neutral, label: axis.labels[k] }] : [],
  );
  const lower = higher.map(({ at }) => {
    const value = scaling.fromAdditive(neutral - at);
    // A sum of rounded numbers hits a tick all but exactly.
    const tick = axis.ticks.findIndex((each) => Math.abs(scaling.toAdditive(each) - neutral + at) < 1e-9 * reach);
    return { at: -at, label: tick < 0 ? formatNumber(value) : axis.labels[tick] };
  });
  const none = axis.labels[axis.ticks.indexOf(scaling.neutral)];
  return [...lower.reverse(), { at: 0, label: none ?? formatNumber(scaling.neutral) }, ...higher];
}

/** The colour of a distance from no effect, -1 to 1. */
function colourOf({ above, below }: Palette, share: number): string {
  const side = share < 0 ? below : above;
  return side[Math.min(side.length - 1, Math.floor(Math.abs(share) * side.length))];
}
