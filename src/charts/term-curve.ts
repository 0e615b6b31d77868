import { pixels, tips } from "./channels.ts";
import { coverEffects, scalingOf } from "./effect-scale.ts";
import { formatterOf, withUnit } from "./format.ts";
import { inUnits } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { writeSize } from "./level-rows.ts";
import { layOutPlane } from "./plane-layout.ts";
import type { PlaneLayout } from "./plane-layout.ts";
import type { TermDrawing, TermReading } from "./term-chart.ts";
import { barWords, comparedWith, effectWords, intervalWords } from "./term-words.ts";

/** Below the curve: the bars of the numbers of cases, and the gap above them. */
const barRoom = 28;
const barGap = 10;

/** A curve with the band of its intervals over the range of the values, above bars of how many cases have them. */
export function drawTermCurve(reading: TermReading): TermDrawing {
  const { look, effect, scaling } = reading;
  const { palette } = look;
  const layout = layOutCurve(reading);
  const { x, y } = layout;
  const words = writePoints(reading);
  const points = effect.points.map((point, k) => ({ ...point, tip: words[k].tip }));
  const hasBand = effect.points.some(({ low }) => low !== null);
  const [bottom, top] = y.scale.domain;
  const band = points
    .filter(({ low }) => low !== null)
    .map(({ x: at, low, high }) => ({ x: at, low: Math.max(bottom, low ?? 0), high: Math.min(top, high ?? 0) }));
  const bandEdge = (field: "low" | "high"): Layer => ({
    data: { values: band },
    mark: { type: "line", aria: false, clip: true, stroke: palette.others, strokeWidth: 1 },
    encoding: { x: { field: "x", ...x }, y: { field, ...y } },
  });
  return {
    note: writeNote(reading),
    description: describeCurve(reading, words),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom },
    layers: [
      ...(hasBand
        ? [
            {
              data: { values: band },
              mark: { type: "area", aria: false, clip: true, fill: palette.accent, opacity: 0.16 },
              encoding: { x: { field: "x", ...x }, y: { field: "low", ...y }, y2: { field: "high" } },
            } satisfies Layer,
            bandEdge("low"),
            bandEdge("high"),
          ]
        : []),
      {
        data: { values: [{ at: scaling.neutral }] },
        mark: { type: "rule", aria: false, stroke: palette.quiet },
        encoding: { y: { field: "at", ...y } },
      },
      ...drawSizes(reading, layout),
      {
        data: { values: points },
        mark: { type: "line", aria: false, clip: true, stroke: palette.accent, strokeWidth: 2.5 },
        encoding: { x: { field: "x", ...x }, y: { field: "estimate", ...y } },
      },
      ...drawReference(reading, layout),
      {
        data: { values: points },
        // To be hovered over, not seen.
        mark: { type: "circle", aria: false, size: 144, opacity: 0 },
        encoding: { x: { field: "x", ...x }, y: { field: "estimate", ...y }, tooltip: tips.tooltip },
      },
    ],
  };
}

function layOutCurve({ look, effect, scaling, range }: TermReading): PlaneLayout {
  const { points, label, unit = "" } = effect;
  const [from, to] = coverEffects(points, scaling, true);
  const across = { low: Number(points[0].x), high: Number(points[points.length - 1].x), scaling: scalingOf("link") };
  const upright = { low: Math.min(from, range[0]), high: Math.max(to, range[1]), scaling };
  return layOutPlane(look, across, upright, inUnits(label, unit), points.some(({ n }) => n !== undefined) ? barRoom + barGap : 0);
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

function writeNote({ effect, sizeLabel }: TermReading): string {
  const { points, scale, confidence } = effect;
  const measured = `${effectWords(effect)} ${comparedWith(effect)}`;
  return [
    `Height: ${measured.charAt(0).toLowerCase()}${measured.slice(1)}${scale === "factor" ? " (1 = the same)" : ""}`,
    ...(points.some(({ low }) => low !== null) ? [`band: ${intervalWords(confidence)}`] : []),
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
