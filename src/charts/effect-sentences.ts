import type { TermEffect, TermPoint } from "../models/index.ts";
import { readShape } from "./curve-shape.ts";
import type { CurveShape, Leg } from "./curve-shape.ts";
import type { Trust } from "./curve-trust.ts";
import { scalingOf } from "./effect-scale.ts";
import type { EffectInterval } from "./effect-scale.ts";
import { formatCount, formatterOf, withUnit } from "./format.ts";
import { comparedWith, silenceWords } from "./term-words.ts";

/** The words that sentences about effects are built of. */
export interface SentenceOptions {
  /** What rises and falls, a noun without an article: `risk of default`. @defaultValue "prediction" */
  readonly subject?: string;
  /** One row of the data. @defaultValue "case" */
  readonly cases?: string;
}

/** More legs are told as ups and downs. */
const mostLegs = 4;

/**
 * What an effect comes to, in one sentence: `The risk rises until 27 years, then falls (highest × 1.31 at 27 years, lowest × 0.80 at 70
 * years); beyond 70 years the band is too wide to tell.` It tells what the model's predictions do, not what would happen if someone
 * changed anything; turns that the band could make by itself are left out.
 */
export function describeEffect(effect: TermEffect, options: SentenceOptions = {}): string {
  const { subject = "prediction", cases = "cases" } = options;
  return effect.kind === "numeric" ? describeCurve(effect, subject, cases) : describeLevelEffects(effect, subject);
}

/** An effect as a sentence has it: `× 1.31`, `+0.62 log-odds`, `−12 %`, with its interval where it is known. */
export function tellEffect(
  { scale, unitsLabel }: Pick<TermEffect, "scale" | "unitsLabel">,
  { estimate, low, high }: EffectInterval,
): string {
  const [text] = scalingOf(scale).write([{ estimate, low: null, high: null }]);
  const range = low === null || high === null ? "" : `, ${scalingOf(scale).writeRange(low, high)}`;
  if (scale === "factor") return `${unitsLabel.startsWith("odds") ? "odds " : ""}×\u00a0${text}${range}`;
  return `${scale === "link" && estimate !== 0 ? withUnit(text, unitsLabel) : text}${range}`;
}

function describeCurve(effect: TermEffect, subject: string, cases: string): string {
  const { points } = effect;
  const shape = readShape(points, scalingOf(effect.scale));
  const at = writePlaces(effect, shape.trust);
  if (points.length === 1) return `There is one value alone, ${at(0)}: ${tellEffect(effect, withoutInterval(points[0]))}.`;
  const silence = describeSilence(shape.trust, at, cases);
  if (shape.legs.length === 0) return `No effect found: the ${subject} is the same all along${silence}.`;
  if (!shape.isClear) return `No clear effect found: the band leaves room for none all along${silence}.`;
  return `The ${subject} ${describeLegs(shape.legs, at)}${describeFigures(effect, shape, at)}${silence}.`;
}

/** `rises until 27 years, then falls`. */
function describeLegs(legs: readonly Leg[], at: (position: number) => string): string {
  if (legs.length > mostLegs) return "goes up and down";
  const seen = new Set<string>();
  const parts = legs.map(({ way, to }, k) => {
    const again = seen.has(way) && way !== "level" ? " again" : "";
    seen.add(way);
    const verb = way === "level" ? "stays much the same" : way + again;
    return `${k > 0 && k === legs.length - 1 ? "then " : ""}${verb}${k < legs.length - 1 ? ` until ${at(to)}` : ""}`;
  });
  return parts.join(", ");
}

/** The ends of what goes one way, else the highest and the lowest point. */
function describeFigures(effect: TermEffect, { legs, lowest, highest, trust }: CurveShape, at: (position: number) => string): string {
  const tell = (position: number): string => `${tellEffect(effect, withoutInterval(effect.points[position]))} at ${at(position)}`;
  const against = effect.reference === undefined ? "" : `${comparedWith(effect)}: `;
  const isOneWay = legs.filter(({ way }) => way !== "level").length === 1;
  if (isOneWay) return ` (${against}from ${tell(trust.first)} to ${tell(trust.last)})`;
  return ` (${against}highest ${tell(highest)}, lowest ${tell(lowest)})`;
}

function describeSilence({ first, last, before, after }: Trust, at: (position: number) => string, cases: string): string {
  const places = [
    ...(before === null ? [] : [{ where: `below ${at(first)}`, why: silenceWords(before, cases) }]),
    ...(after === null ? [] : [{ where: `beyond ${at(last)}`, why: silenceWords(after, cases) }]),
  ];
  if (places.length === 2 && places[0].why === places[1].why) return `; ${places[0].where} and ${places[1].where} ${places[0].why}`;
  return places.map(({ where, why }) => `; ${where} ${why}`).join("");
}

/** How places along a curve read: its ends as they are, others to a twentieth of the axis or finer, as a grid is finer than what it shows. */
function writePlaces({ points, unit }: TermEffect, { first, last }: Trust): (position: number) => string {
  const values = points.map(({ x }) => Number(x));
  const span = values[last] - values[first];
  const step = span > 0 ? 10 ** Math.floor(Math.log10(span / 20)) : 1;
  const write = formatterOf(Float64Array.from(values));
  return (position) => {
    const value = values[position];
    const isEnd = position === 0 || position === values.length - 1;
    return withUnit(write(isEnd ? value : Number((Math.round(value / step) * step).toPrecision(12))), unit);
  };
}

function describeLevelEffects(effect: TermEffect, subject: string): string {
  const { points, reference, scale } = effect;
  const { neutral } = scalingOf(scale);
  const others = points.filter(({ x }) => x !== reference);
  if (others.length === 0) return "There is one level alone.";
  const sorted = [...points].sort((a, b) => b.estimate - a.estimate);
  const [high, low] = [sorted[0], sorted[sorted.length - 1]];
  if (high.estimate === low.estimate) return `No effect found: the ${subject} is the same at every level.`;
  const isUnclear = (point: TermPoint): boolean =>
    point.low !== null && point.high !== null && point.low <= neutral && point.high >= neutral;
  const unclear = others.filter(isUnclear).length;
  if (unclear === others.length) return "No clear effect found: every interval leaves room for none.";
  const tell = (point: TermPoint): string => {
    if (point.x === reference) return `“${point.x}”`;
    return `“${point.x}” (${tellEffect(effect, point)}${isUnclear(point) ? ", which may be chance" : ""})`;
  };
  const rest = unclear === 0 ? "" : `; no clear difference at ${formatCount(unclear)} of ${formatCount(others.length, "level", "levels")}`;
  const against = high.x === reference || low.x === reference ? "with which the others are compared" : comparedWith(effect);
  return `The ${subject} is highest at ${tell(high)} and lowest at ${tell(low)}, ${against}${rest}.`;
}

function withoutInterval({ estimate }: TermPoint): EffectInterval {
  return { estimate, low: null, high: null };
}
