import type { EffectScale } from "../models/index.ts";
import { layOutAxis, padRange } from "./axis.ts";
import type { NumericAxis, TickOptions } from "./axis.ts";
import { shownAxis, shownLogAxis } from "./channels.ts";
import type { AxisChannel } from "./channels.ts";
import { decimalsFor, formatNumber, formatSigned } from "./format.ts";
import { layOutLogAxis, padLogRange } from "./log-axis.ts";

/** An effect with its interval; ends are null where no interval is known, and may be infinite. */
export interface EffectInterval {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How effects of one scale are drawn and written. */
export interface Scaling {
  /** Where there is no effect. */
  readonly neutral: number;
  /** To a scale on which effects add up. */
  toAdditive(value: number): number;
  fromAdditive(value: number): number;
  padRange(low: number, high: number, pixels: number, before: number, after: number): [number, number];
  layOutAxis(low: number, high: number, pixels: number, options?: TickOptions): NumericAxis;
  channel(axis: NumericAxis, title: readonly string[] | null): AxisChannel;
  /** `+0.62 (0.41 to 0.83)` for each. */
  write(effects: readonly EffectInterval[]): string[];
  /** `0.41 to 0.83`. */
  writeRange(low: number, high: number): string;
}

const same = (value: number): number => value;

/** The drawing and writing of a scale. */
export function scalingOf(scale: EffectScale): Scaling {
  if (scale === "factor") return FACTORS;
  return scale === "percent" ? PERCENTS : DIFFERENCES;
}

/** Two significant digits at least of how far factors lie from 1: 1.02, but 1.0023. */
function writerOf(factors: readonly (number | null)[]): (factor: number) => string {
  const nearOne = decimalsFor(factors.map((factor) => (factor ?? 1) - 1));
  return (factor) => formatNumber(factor, Math.max(decimalsFor([factor]), nearOne));
}

const FACTORS: Scaling = {
  neutral: 1,
  toAdditive: Math.log,
  fromAdditive: Math.exp,
  padRange: padLogRange,
  layOutAxis: layOutLogAxis,
  channel: shownLogAxis,
  write: (effects) =>
    effects.map((effect) => {
      const write = writerOf([effect.estimate, effect.low, effect.high]);
      return withInterval(effect, write(effect.estimate), write, "");
    }),
  writeRange: (low, high) => {
    const write = writerOf([low, high]);
    return `${write(low)} to ${write(high)}`;
  },
};

const DIFFERENCES = additiveScaling("");
const PERCENTS = additiveScaling("\u00a0%");

function additiveScaling(unit: string): Scaling {
  return {
    neutral: 0,
    toAdditive: same,
    fromAdditive: same,
    padRange,
    layOutAxis,
    channel: shownAxis,
    write: (effects) => {
      const decimals = decimalsFor(effects.map(({ estimate }) => estimate));
      return effects.map((effect) => {
        const text = formatSigned(effect.estimate, decimals);
        return withInterval(effect, effect.estimate === 0 ? text : text + unit, (value) => formatNumber(value, decimals), unit);
      });
    },
    writeRange: (low, high) => {
      const decimals = decimalsFor([low, high]);
      return `${formatNumber(low, decimals)} to ${formatNumber(high, decimals)}${unit}`;
    },
  };
}

function withInterval({ low, high }: EffectInterval, text: string, write: (value: number) => string, unit: string): string {
  return low === null || high === null ? text : `${text} (${write(low)} to ${write(high)}${unit})`;
}

/** Intervals so many times as wide as the common ones do not decide what an axis covers. */
const mostWidth = 10;

/**
 * The stretch of an axis that effects and their intervals need, no effect included: all of them, but for estimates so uncertain that
 * they would press the others together; those are cut at the axis's ends.
 * @param keepAll whether all estimates are to lie within, however uncertain: those of a curve
 */
export function coverEffects(effects: readonly EffectInterval[], scaling: Scaling, keepAll = false): [number, number] {
  const added = effects.map(({ estimate, low, high }) => ({
    estimate: scaling.toAdditive(estimate),
    low: scaling.toAdditive(low ?? estimate),
    high: scaling.toAdditive(high ?? estimate),
  }));
  const widths = added
    .map(({ low, high }) => high - low)
    .filter((width) => width > 0)
    .sort((a, b) => a - b);
  // Of an even number the smaller middle: of two, the wide one is the odd one.
  const limit = widths.length > 0 ? mostWidth * widths[(widths.length - 1) >> 1] : 0;
  const covered = added.filter(({ low, high }) => high - low <= limit && Number.isFinite(high - low));
  const estimates = keepAll || covered.length === 0 ? added.map(({ estimate }) => estimate) : [];
  const all = [scaling.toAdditive(scaling.neutral), ...covered.flatMap(({ low, high }) => [low, high]), ...estimates];
  const from = all.reduce((least, value) => Math.min(least, value));
  const to = all.reduce((most, value) => Math.max(most, value));
  return [scaling.fromAdditive(from), scaling.fromAdditive(to)];
}
