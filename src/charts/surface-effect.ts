import { describeReceived, InputError } from "../errors.ts";
import type { SurfaceEffect } from "../models/index.ts";
import { checkConfidence, checkInterval } from "./term-effect.ts";

const mend = "Make one with surfaceEffect(model, columns).";

/** Checks a surface. @throws InputError in the name of `call` */
export function checkSurface(call: string, effect: SurfaceEffect): void {
  const fail = (argument: string, expected: string, received: unknown): never => {
    throw new InputError({ call, argument: `effect${argument}`, expected, received: describeReceived(received), mend });
  };
  if (typeof effect !== "object" || effect === null) fail("", "a SurfaceEffect", effect);
  const { scale, confidence, cases, isFar, unitsLabel, label } = effect;
  if (typeof label !== "string") fail(".label", "a text", label);
  if (typeof unitsLabel !== "string") fail(".unitsLabel", "a text", unitsLabel);
  if (!["link", "factor", "percent"].includes(scale)) fail(".scale", '"link", "factor" or "percent"', scale);
  for (const name of ["x", "y"] as const) checkAxis(`.${name}`, effect[name], fail);
  if (isFar !== undefined) checkLength(".isFar", isFar, effect, fail);
  checkGrids(call, effect, fail);
  if (confidence !== undefined) checkConfidence(call, "effect.confidence", confidence);
  if (cases === undefined) return;
  for (const name of ["x", "y"] as const) if (!Array.isArray(cases[name])) fail(`.cases.${name}`, "a list of numbers", cases[name]);
  if (cases.x.length !== cases.y.length) fail(".cases.y", `of ${cases.x.length} numbers, as cases.x is`, cases.y);
}

type Fail = (argument: string, expected: string, received: unknown) => never;

function checkAxis(name: string, axis: SurfaceEffect["x"], fail: Fail): void {
  if (typeof axis !== "object" || axis === null) fail(name, "a column with its values", axis);
  if (typeof axis.label !== "string") fail(`${name}.label`, "a text", axis.label);
  if (!Array.isArray(axis.values) || axis.values.length < 2) fail(`${name}.values`, "at least two numbers", axis.values);
  axis.values.forEach((value: number, k: number) => {
    if (!Number.isFinite(value)) fail(`${name}.values[${k}]`, "a finite number", value);
    if (k > 0 && !(value > axis.values[k - 1])) fail(`${name}.values[${k}]`, `above ${axis.values[k - 1]}`, value);
  });
}

function checkLength(name: string, grid: readonly unknown[], { x, y }: SurfaceEffect, fail: Fail): void {
  const count = x.values.length * y.values.length;
  if (!Array.isArray(grid) || grid.length !== count) fail(name, `a list of ${count}, one for each place of the grid`, grid);
}

function checkGrids(call: string, effect: SurfaceEffect, fail: Fail): void {
  const { estimates, lows, highs, isFar, scale } = effect;
  checkLength(".estimates", estimates, effect, fail);
  if ((lows === null) !== (highs === null)) fail(lows === null ? ".lows" : ".highs", "a list, as the other end is one", null);
  if (lows !== null) checkLength(".lows", lows, effect, fail);
  if (highs !== null) checkLength(".highs", highs, effect, fail);
  if (isFar?.every(Boolean)) fail(".isFar", "false somewhere, so that there is something to see", isFar);
  estimates.forEach((estimate, k) => {
    if (isFar?.[k]) return;
    const interval = { estimate, low: lows === null ? null : lows[k], high: highs === null ? null : highs[k] };
    checkInterval(call, `effect at place ${k}`, interval, scale, "estimate");
  });
}
