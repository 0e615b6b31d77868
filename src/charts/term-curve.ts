import { pixels, tips } from "./channels.ts";
import type { TermEffect } from "../models/index.ts";
import { coverEffects, scalingOf } from "./effect-scale.ts";
import { findTrust } from "./curve-trust.ts";
import type { Trust } from "./curve-trust.ts";
import { formatCount, formatterOf, withUnit } from "./format.ts";
import { inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { writeSize } from "./level-rows.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import { drawBands } from "./term-band.ts";
import type { TermDrawing, TermReading } from "./term-chart.ts";
import { coverResiduals, drawResiduals, pickResiduals } from "./term-residuals.ts";
import type { ShownResiduals } from "./term-residuals.ts";
import { barWords, comparedWith, effectWords, intervalWords, silenceWords } from "./term-words.ts";

/** Below the curve: the bars of the numbers of cases, and the gap above them. */
const barRoom = 28;
const barGap = 10;

/** A curve with the bands of its intervals over the range of the values, above bars of how many cases have them. */
export function drawTermCurve(reading: TermReading): TermDrawing {
  const { look, effect, scaling, maxDots } = reading;
  const trust = findTrust(effect.points, scaling);
  const layout = layOutCurve(reading, trust);
  const residuals = pickResiduals(effect, layout, maxDots);
  const words = writePoints(reading);
  return {
    note: writeNote(reading, trust, residuals),
    description: describeCurve(reading, words),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom },
    layers: [
      ...drawBands(reading, layout),
      {
        data: { values: [{ at: scaling.neutral }] },
        mark: { type: "rule", aria: false, stroke: look.palette.quiet },
        encoding: { y: { field: "at", ...layout.y } },
      },
      ...drawResiduals(look, residuals, layout),
      ...drawSizes(reading, layout),
      ...drawCurve(reading, layout, trust),
      ...drawReference(reading, layout),
      drawTips(reading, layout, words),
    ],
  };
}

function layOutCurve({ look, effect, scaling, range }: TermReading, trust: Trust): PlaneLayout {
  const { points, label, unit = "" } = effect;
  const [from, to] = coverCurve(effect, trust);
  const [least, most] = coverResiduals(effect) ?? range;
  const across = { low: Number(points[0].x), high: Number(points[points.length - 1].x), scaling: scalingOf("link") };
  const upright = { low: Math.min(from, range[0], least), high: Math.max(to, range[1], most), scaling };
  const strip = points.some(({ n }) => n !== undefined) ? barRoom + barGap : 0;
  return layOutPlane(look, across, upright, inUnits(label, unit), { strip });
}

/** What the axis covers of a curve with its bands: where a band is too wide to tell anything, it may leave the plot. */
function coverCurve({ points, scale }: TermEffect, { first, last }: Trust): [number, number] {
  const bands = points.map((point, k) => {
    const [low, high] = k < first || k > last ? [null, null] : (point.simultaneous ?? [point.low, point.high]);
    return { estimate: point.estimate, low, high };
  });
  return coverEffects(bands, scalingOf(scale), true);
}

/** What the axis of `termChart` covers of an effect, lowest first: of several, for one `range` of all. */
export function effectRange(effect: TermEffect): [number, number] {
  const scaling = scalingOf(effect.scale);
  return effect.kind === "numeric" ? coverCurve(effect, findTrust(effect.points, scaling)) : coverEffects(effect.points, scaling);
}

/** The curve, faded and dashed where it tells nothing. */
function drawCurve({ look, effect }: TermReading, { x, y }: PlaneLayout, { first, last }: Trust): Layer[] {
  const { palette } = look;
  const part = (from: number, to: number, mark: { stroke: string; strokeWidth: number; strokeDash?: number[] }): Layer => ({
    data: { values: effect.points.slice(from, to + 1).map((point) => ({ x: point.x, estimate: point.estimate })) },
    mark: { type: "line", aria: false, clip: true, ...mark },
    encoding: { x: { field: "x", ...x }, y: { field: "estimate", ...y } },
  });
  const faded = { stroke: palette.others, strokeWidth: 2, strokeDash: [4, 4] };
  return [
    part(first, last, { stroke: palette.accent, strokeWidth: 2.5 }),
    ...(first > 0 ? [part(0, first, faded)] : []),
    ...(last < effect.points.length - 1 ? [part(last, effect.points.length - 1, faded)] : []),
  ];
}

/** To be hovered over, not seen. */
function drawTips({ effect }: TermReading, { x, y }: PlaneLayout, words: readonly TermWords[]): Layer {
  return {
    data: { values: effect.points.map((point, k) => ({ x: point.x, estimate: point.estimate, tip: words[k].tip })) },
    mark: { type: "circle", aria: false, size: 144, opacity: 0 },
    encoding: { x: { field: "x", ...x }, y: { field: "estimate", ...y }, tooltip: tips.tooltip },
  };
}

/** Steps along the lower edge, as high as cases are dense: their area is the number of cases. */
function drawSizes({ look, effect }: TermReading, { x, height }: PlaneLayout): Layer[] {
  const { points } = effect;
  if (points.every(({ n }) => n === undefined)) return [];
  const at = points.map((point) => Number(point.x));
  const [first, last] = x.scale.domain;
  // From halfway to the point before to halfway to the next; one point alone takes the whole width.
  const borders = [first, ...at.slice(1).map((value, k) => (at[k] + value) / 2), last];
  const densities = points.map(({ n = 0 }, k) => n / (borders[k + 1] - borders[k]));
  const densest = Math.max(...densities, Number.MIN_VALUE);
  const values = densities.flatMap((density, k) => {
    const top = height - (density > 0 ? Math.max(1, (barRoom * density) / densest) : 0);
    return [
      { at: borders[k], top },
      { at: borders[k + 1], top },
    ];
  });
  return [
    {
      data: { values },
      mark: { type: "area", aria: false, fill: look.palette.others, opacity: 1 },
      encoding: { x: { field: "at", ...x }, y: { ...pixels("top"), stack: null }, y2: { value: height } },
    },
  ];
}

function drawReference({ look, effect, scaling }: TermReading, { x, y }: PlaneLayout): Layer[] {
  const { palette } = look;
  const at = Number(effect.reference);
  const [first, last] = x.scale.domain;
  if (effect.reference === undefined || at < first || at > last) return [];
  const tip = `The others are ${comparedWith(effect)}`;
  return [
    {
      data: { values: [{ at, effect: scaling.neutral, tip }] },
      mark: { type: "circle", size: 60, opacity: 1, fill: palette.ground, stroke: palette.ink, strokeWidth: 2 },
      encoding: { x: { field: "at", ...x }, y: { field: "effect", ...y }, ...tips },
    },
  ];
}

interface TermWords {
  /** `1.67 (1.52 to 1.82) at 18 years`. */
  readonly told: string;
  /** The same with its number of cases, for those who hover. */
  readonly tip: string;
}

function writePoints({ effect, scaling, sizeLabel }: TermReading): TermWords[] {
  const write = formatterOf(Float64Array.from(effect.points, ({ x }) => Number(x)));
  const texts = scaling.write(effect.points);
  return effect.points.map(({ x, n }, k) => {
    const at = withUnit(write(Number(x)), effect.unit);
    return { told: `${texts[k]} at ${at}`, tip: `${at}: ${texts[k]}${n === undefined ? "" : `, ${writeSize(n, sizeLabel)}`}` };
  });
}

function writeNote({ effect, sizeLabel }: TermReading, { before, after }: Trust, { dots, all, beyond }: ShownResiduals): string {
  const { points, scale, confidence } = effect;
  const measured = `${effectWords(effect)} ${comparedWith(effect)}`;
  const silences = [...new Set([before, after].filter((silence) => silence !== null))];
  const shown = dots.length < all ? `, ${formatCount(dots.length)} of ${formatCount(all)}` : "";
  const left = beyond > 0 ? `, ${formatCount(beyond)} beyond the axes` : "";
  return [
    `Height: ${measured.charAt(0).toLowerCase()}${measured.slice(1)}${scale === "factor" ? " (1 = the same)" : ""}`,
    ...(points.some(({ low }) => low !== null) ? [`band: ${intervalWords(confidence)}`] : []),
    ...(points.some(({ simultaneous }) => simultaneous !== undefined) ? ["wider band: the same of the whole curve at once"] : []),
    ...(all > 0 ? [`dots: partial residuals${shown}${left}`] : []),
    ...(silences.length > 0 ? [`dashed: ${silences.map((silence) => silenceWords(silence, sizeLabel)).join(" or ")}`] : []),
    ...(points.some(({ n }) => n !== undefined) ? [barWords(sizeLabel)] : []),
  ].join("; ");
}

/** The ends, the lowest and the highest point in a sentence. */
function describeCurve({ effect }: TermReading, words: readonly TermWords[]): string {
  const estimates = effect.points.map(({ estimate }) => estimate);
  const lowest = estimates.indexOf(Math.min(...estimates));
  const highest = estimates.indexOf(Math.max(...estimates));
  const last = estimates.length - 1;
  const inner = [
    ...(lowest > 0 && lowest < last ? [`lowest ${words[lowest].told}`] : []),
    ...(highest > 0 && highest < last ? [`highest ${words[highest].told}`] : []),
  ];
  const measured = `${effectWords(effect)} ${comparedWith(effect)}`;
  const ends = last === 0 ? words[0].told : `from ${words[0].told} to ${words[last].told}`;
  return `Curve of ${effect.label}. ${measured}: ${[ends, ...inner].join("; ")}.`;
}
