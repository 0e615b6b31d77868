import { describeReceived, InputError } from "../errors.ts";
import type { EffectScale, TermEffect, TermPoint } from "../models/index.ts";
import type { EffectInterval } from "./effect-scale.ts";

const mend = "Make one with termEffect(model, term).";

/** Checks an effect. @throws InputError in the name of `call` */
export function checkEffect(call: string, effect: TermEffect): void {
  const fail = (argument: string, expected: string, received: unknown): never => {
    throw new InputError({ call, argument: `effect${argument}`, expected, received: describeReceived(received), mend });
  };
  if (typeof effect !== "object" || effect === null) fail("", "a TermEffect", effect);
  const { kind, scale, points, confidence, reference } = effect;
  for (const key of ["label", "unitsLabel"] as const) if (typeof effect[key] !== "string") fail(`.${key}`, "a text", effect[key]);
  if (kind !== "numeric" && kind !== "categorical") fail(".kind", '"numeric" or "categorical"', kind);
  if (!["link", "factor", "percent"].includes(scale)) fail(".scale", '"link", "factor" or "percent"', scale);
  if (!Array.isArray(points) || points.length === 0) fail(".points", "at least one point", points);
  const ofKind = kind === "numeric" ? isFinite : isText;
  const expected = kind === "numeric" ? "a finite number" : "the label of a level";
  if (reference !== undefined && !ofKind(reference)) fail(".reference", expected, reference);
  points.forEach((point, k) => {
    if (!ofKind(point.x)) fail(`.points[${k}].x`, expected, point.x);
    if (kind === "numeric" && k > 0 && !(point.x > points[k - 1].x)) fail(`.points[${k}].x`, `above ${points[k - 1].x}`, point.x);
    checkInterval(call, `effect.points[${k}]`, point, scale, "estimate");
    if (point.n !== undefined) checkSize(call, `effect.points[${k}].n`, point.n);
    if (point.simultaneous !== undefined) checkWhole(point, `.points[${k}].simultaneous`, fail);
  });
  if (effect.residuals !== undefined) checkResiduals(effect, fail);
  if (confidence !== undefined) checkConfidence(call, "effect.confidence", confidence);
}

type Fail = (argument: string, expected: string, received: unknown) => never;

/** The interval of the whole curve holds that of the point. */
function checkWhole({ estimate, low, high, simultaneous }: TermPoint, argument: string, fail: Fail): void {
  const [from, to] = [low ?? estimate, high ?? estimate];
  const [least, most] = Array.isArray(simultaneous) ? (simultaneous as readonly number[]) : [];
  if (!(least <= from && most >= to)) fail(argument, `two numbers around ${from} and ${to}`, simultaneous);
}

function checkResiduals({ kind, scale, residuals }: TermEffect, fail: Fail): void {
  const { x, y } = residuals ?? {};
  if (kind !== "numeric") fail(".residuals", "left out for levels", residuals);
  for (const [name, values] of Object.entries({ x, y }))
    if (!Array.isArray(values)) fail(`.residuals.${name}`, "a list of numbers", values);
  if (x?.length !== y?.length) fail(".residuals.y", `of ${x?.length} numbers, as residuals.x is`, y);
  for (const [name, values = []] of Object.entries({ x, y })) {
    const wrong = values.findIndex((value) => !Number.isFinite(value) || (scale === "factor" && name === "y" && !(value > 0)));
    if (wrong >= 0)
      fail(`.residuals.${name}[${wrong}]`, name === "y" && scale === "factor" ? "a factor above 0" : "a finite number", values[wrong]);
  }
}

function isFinite(value: unknown): boolean {
  return Number.isFinite(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** Checks an estimate and its interval; `name` is what the estimate is called. @throws InputError in the name of `call` */
export function checkInterval(
  call: string,
  where: string,
  { estimate, low, high }: EffectInterval,
  scale: EffectScale,
  name: string,
): void {
  const fail = (argument: string, expected: string, received: unknown, hint: string): never => {
    throw new InputError({ call, argument: `${where}.${argument}`, expected, received: describeReceived(received), mend: hint });
  };
  if (scale === "factor" && !(estimate > 0 && estimate < Infinity)) {
    fail(name, "a finite number above 0", estimate, "Give multiples, 1 where there is no effect; leave aliased coefficients out.");
  }
  if (!Number.isFinite(estimate)) fail(name, "a finite number", estimate, "Leave out what the model could not estimate.");
  if (low !== null && !(low <= estimate))
    fail("low", `at most ${estimate}, or null`, low, "Give null for both ends where no interval is known.");
  if (high !== null && !(high >= estimate))
    fail("high", `at least ${estimate}, or null`, high, "Give null for both ends where no interval is known.");
  if ((low === null) !== (high === null))
    fail(low === null ? "low" : "high", "a number, as the other end is one", null, "Give both ends, or null for both.");
  if (scale === "factor" && low !== null && low < 0) fail("low", "at least 0", low, "Give multiples, 1 where there is no effect.");
}

/** Checks a number of cases or an exposure. @throws InputError in the name of `call` */
export function checkSize(call: string, argument: string, n: number): void {
  if (n >= 0 && n < Infinity) return;
  const expected = "a finite number of at least 0";
  throw new InputError({ call, argument, expected, received: describeReceived(n), mend: "Leave it out where it is not known." });
}

/** Checks the confidence of intervals. @throws InputError in the name of `call` */
export function checkConfidence(call: string, argument: string, confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  const expected = "a number between 0 and 1";
  throw new InputError({ call, argument, expected, received: describeReceived(confidence), mend: "Leave it out for 0.95." });
}
