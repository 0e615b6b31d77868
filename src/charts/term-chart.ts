import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import type { TermEffect } from "../models/index.ts";
import { scalingOf } from "./effect-scale.ts";
import type { Scaling } from "./effect-scale.ts";
import { assembleChart } from "./frame.ts";
import type { ChartParts } from "./frame.ts";
import { checkRange, checkText, checkWhole, readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { drawTermCurve } from "./term-curve.ts";
import { checkEffect } from "./term-effect.ts";
import { drawTermLevels } from "./term-levels.ts";

/** Options of {@link termChart}. */
export interface TermChartOptions extends LookOptions {
  /** Levels by effect, highest first, or as they are given. @defaultValue "effect" */
  readonly order?: "effect" | "given";
  /** What the numbers of cases count, for example `policy years`. @defaultValue "cases" */
  readonly sizeLabel?: string;
  /** Effects, lowest first, that the axis covers at least: the same for charts that are to be compared. @defaultValue those of the term */
  readonly range?: readonly [number, number];
  /** At most so many partial residuals: of more it shows an even pick; 0 for none. @defaultValue 1000 */
  readonly maxDots?: number;
}

/** What the chart of one term is drawn from. */
export interface TermReading {
  readonly look: Look;
  readonly effect: TermEffect;
  readonly scaling: Scaling;
  readonly order: "effect" | "given";
  readonly sizeLabel: string;
  readonly range: readonly [number, number];
  readonly maxDots: number;
}

/** What the two ways of drawing it hand back. */
export type TermDrawing = Pick<ChartParts, "note" | "description" | "plot" | "layers">;

/**
 * How the prediction changes with one term of an additive model, all others alike. A numeric term makes a curve with the band of its
 * intervals above bars that say how many cases stand behind it, dashed where the band is too wide or no cases are; levels make dots with intervals, most of them first and those beyond the
 * 20 most important together.
 * @throws InputError for an unusable effect or option
 * @example
 * termChart(termEffect(model, "age"));
 */
export function termChart(effect: TermEffect, options: TermChartOptions = {}): TopLevelSpec {
  const call = "termChart";
  const look = readLook(call, options, ["order", "sizeLabel", "range", "maxDots"]);
  checkEffect(call, effect);
  const scaling = scalingOf(effect.scale);
  const { order = "effect", sizeLabel = "cases", range = [scaling.neutral, scaling.neutral], maxDots = 1000 } = options;
  checkOrder(call, order);
  checkText(call, "sizeLabel", sizeLabel, 'Leave it out for "cases".');
  checkRange(call, range);
  checkWhole(call, "maxDots", maxDots, { low: 0, high: 1800 }, "Leave it out for 1000.");
  if (effect.scale === "factor" && !(range[0] > 0)) {
    const mend = "Leave it out for the chart's own range.";
    throw new InputError({ call, argument: "range", expected: "two factors above 0", received: describeReceived(range[0]), mend });
  }
  const reading: TermReading = { look, effect, scaling, order, sizeLabel, range, maxDots };
  return assembleChart({
    look,
    title: `How the prediction changes with “${effect.label}”`,
    ...(effect.kind === "numeric" ? drawTermCurve(reading) : drawTermLevels(reading)),
  });
}

/** Checks in which order levels are to stand. @throws InputError in the name of `call` */
export function checkOrder(call: string, order: string): void {
  if (order === "effect" || order === "given") return;
  const received = describeReceived(order);
  throw new InputError({
    call,
    argument: "order",
    expected: '"effect" or "given"',
    received,
    mend: "Leave it out for the chart's own order.",
  });
}
