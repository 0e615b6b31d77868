import { colourIn, pixels } from "./channels.ts";
import type { Layer } from "./frame.ts";
import type { Look } from "./options.ts";
import type { Bands } from "./surface-bands.ts";
import { estimateWidth } from "./text-width.ts";
import { fontSizes } from "./theme.ts";

/** The key of colours as drawn. */
export interface ColourKey {
  readonly layers: readonly Layer[];
  /** Pixels from its top to its bottom. */
  readonly height: number;
}

const barHeight = 12;
const widestStep = 56;
const labelGap = 8;
const ends = ["lower", "higher"] as const;
const endGap = 8;

/** A bar of the colours of the bands with the numbers between them, below `top` pixels of the plot. */
export function drawColourKey({ palette, width }: Look, { bands, labels, neutral }: Bands, left: number, top: number): ColourKey {
  const [lower, higher] = ends.map((word) => estimateWidth(word, fontSizes.note) + endGap);
  const step = Math.min(widestStep, (width - lower - higher) / bands.length);
  const start = lower - left;
  const bars = bands.map(({ colour }, k) => ({ x: start + k * step, x2: start + (k + 1) * step, colour }));
  const every = crowding(labels, step);
  const numbers = labels.flatMap((text, k) =>
    (k - Math.max(0, neutral)) % every === 0 ? [{ x: start + (k + 1) * step, y: top + barHeight + 12, text }] : [],
  );
  const words = [
    { x: -left, y: top + barHeight / 2, text: ends[0] },
    { x: start + bands.length * step + endGap, y: top + barHeight / 2, text: ends[1] },
  ];
  const write = (values: readonly object[], align: "left" | "center"): Layer => ({
    data: { values: [...values] },
    mark: { type: "text", aria: false, align, color: palette.quiet, fontSize: fontSizes.note },
    encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text", type: "nominal" } },
  });
  const layers: Layer[] = [
    {
      data: { values: bars },
      mark: { type: "rect", aria: false },
      encoding: { x: pixels("x"), x2: { field: "x2" }, y: { value: top }, y2: { value: top + barHeight }, fill: colourIn("colour") },
    },
    write(words, "left"),
    ...(numbers.length > 0 ? [write(numbers, "center")] : []),
  ];
  return { layers, height: barHeight + (numbers.length > 0 ? 22 : 4) };
}

/** Every so many labels fit side by side. */
function crowding(labels: readonly string[], step: number): number {
  const widest = labels.reduce((most, label) => Math.max(most, estimateWidth(label, fontSizes.note)), 0) + labelGap;
  return Math.max(1, Math.ceil(widest / step));
}
