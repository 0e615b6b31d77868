import type { TopLevelSpec } from "vega-lite";
import { describeReceived, InputError } from "../errors.ts";
import type { SurfaceEffect } from "../models/index.ts";
import { scalingOf } from "./effect-scale.ts";
import { describeSurface } from "./surface-sentences.ts";
import { assembleChart } from "./frame.ts";
import type { Layer } from "./frame.ts";
import { drawLegend } from "./legend.ts";
import { drawNames } from "./named-dots.ts";
import { checkRange, checkText, checkWhole, readLook } from "./options.ts";
import type { Look, LookOptions } from "./options.ts";
import { chooseBands } from "./surface-bands.ts";
import { checkSurface } from "./surface-effect.ts";
import { drawColourKey } from "./surface-key.ts";
import { drawBands, drawCases, drawClear, drawDoubts, drawTips } from "./surface-layers.ts";
import { drawUprightName, layOutSurface, nameRoom } from "./surface-layout.ts";
import type { SurfaceLayout } from "./surface-layout.ts";
import { effectAt, placeWriter, readSurface, valuesAt } from "./surface-reading.ts";
import type { SurfaceReading } from "./surface-reading.ts";
import { averageCase, comparedWithAverage, effectWords, intervalWords } from "./term-words.ts";

/** Options of {@link surfaceChart}. */
export interface SurfaceChartOptions extends LookOptions {
  /**
   * `effect`: how large effects are. `clear`: where their intervals leave no effect out, above or below.
   * @defaultValue "effect"
   */
  readonly show?: "effect" | "clear";
  /** Effects, lowest first, that the colours cover at least: the same for charts that are to be compared. @defaultValue those of the surface */
  readonly range?: readonly [number, number];
  /** What the dots count, for example `policies`. @defaultValue "cases" */
  readonly sizeLabel?: string;
  /** At most so many dots: of more cases it shows an even pick; 0 for none. @defaultValue 800 */
  readonly maxDots?: number;
}

const call = "surfaceChart";

/**
 * How the prediction changes with two columns together, all others alike: bands of effects in colours that grow stronger with the distance
 * from no effect, in the same steps above and below, with lines between them. What the intervals do not tell from no effect is hatched;
 * what is too far from all cases stays blank.
 * @throws InputError for an unusable surface or option
 * @example
 * surfaceChart(surfaceEffect(model, ["longitude", "latitude"]));
 */
export function surfaceChart(effect: SurfaceEffect, options: SurfaceChartOptions = {}): TopLevelSpec {
  const look = readLook(call, options, ["show", "range", "sizeLabel", "maxDots"]);
  checkSurface(call, effect);
  const { show = "effect", sizeLabel = "cases", maxDots = 800, range } = options;
  checkShow(show, effect);
  checkText(call, "sizeLabel", sizeLabel, 'Leave it out for "cases".');
  checkWhole(call, "maxDots", maxDots, { low: 0, high: 1000 }, "Leave it out for 800.");
  const scaling = scalingOf(effect.scale);
  if (range !== undefined) checkRange(call, range);
  if (range !== undefined && effect.scale === "factor" && !(range[0] > 0)) {
    const mend = "Leave it out for the chart's own range.";
    throw new InputError({ call, argument: "range", expected: "two factors above 0", received: describeReceived(range[0]), mend });
  }
  const reading = readSurface(effect, scaling);
  const layout = layOutSurface(look, effect);
  const dots = drawCases(look, reading, layout, maxDots);
  const drawing = show === "effect" ? drawEffects(look, reading, layout, range) : drawClearly(look, reading, layout);
  return assembleChart({
    look,
    title: `How the prediction changes with “${effect.x.label}” and “${effect.y.label}”`,
    note: writeNote(effect, show, { sizeLabel, hasDots: dots.length > 0 }),
    description: describeChart(reading),
    plot: { left: layout.left, right: layout.right, height: layout.height, bottom: layout.axisRoom + drawing.keyHeight, top: nameRoom },
    layers: [...drawing.areas, ...dots, ...drawing.names, drawTips(reading, layout), drawUprightName(look, layout, effect), ...drawing.key],
  });
}

/** The parts in which the two ways of drawing differ. */
interface SurfaceDrawing {
  readonly areas: readonly Layer[];
  readonly names: readonly Layer[];
  readonly key: readonly Layer[];
  readonly keyHeight: number;
}

function drawEffects(
  look: Look,
  reading: SurfaceReading,
  layout: SurfaceLayout,
  range: readonly [number, number] | undefined,
): SurfaceDrawing {
  const { scaling, estimates, lowest, highest } = reading;
  const neutral = scaling.toAdditive(scaling.neutral);
  const ends = range?.map((end) => scaling.toAdditive(end) - neutral) ?? [0, 0];
  const reach = Math.max(reading.reach, ...ends.map(Math.abs));
  const bands = chooseBands(look.palette, scaling, { low: estimates.values[lowest], high: estimates.values[highest], reach });
  const key = drawColourKey(look, bands, layout.left, layout.height + layout.axisRoom);
  const areas = [...drawBands(look, reading, bands, layout), ...drawDoubts(look, reading, layout)];
  return { areas, names: nameExtremes(look, reading, layout), key: key.layers, keyHeight: key.height };
}

function drawClearly(look: Look, reading: SurfaceReading, layout: SurfaceLayout): SurfaceDrawing {
  const { palette } = look;
  const groups = [
    { dots: [palette.raises], after: "clearly higher" },
    { dots: [palette.lowers], after: "clearly lower" },
    { dots: [palette.grid], after: "no clear difference" },
  ];
  const key = drawLegend(look, groups, layout.left, layout.height + layout.axisRoom);
  return { areas: drawClear(look, reading, layout), names: [], key: key.layers, keyHeight: key.height };
}

/** The highest and the lowest place by name, where they differ. */
function nameExtremes(look: Look, { effect, scaling, lowest, highest }: SurfaceReading, layout: SurfaceLayout): Layer[] {
  if (effect.estimates[lowest] === effect.estimates[highest]) return [];
  const write = placeWriter(effect);
  const places = [highest, lowest];
  const texts = scaling.write(places.map((place) => ({ estimate: effect.estimates[place], low: null, high: null })));
  const dots = places.map((place, k) => {
    const [x, y] = valuesAt(effect, place);
    const name = `${k === 0 ? "highest" : "lowest"} ${texts[k]}`;
    return { x, y, name, tip: `${write([x, y])}: ${scaling.write([effectAt(effect, place)])[0]}` };
  });
  return drawNames(look, layout, dots);
}

function writeNote(effect: SurfaceEffect, show: string, { sizeLabel, hasDots }: { sizeLabel: string; hasDots: boolean }): string {
  const interval = intervalWords(effect.confidence);
  const measured = `${effectWords(effect)} ${comparedWithAverage}`;
  const colours = `Colour: ${measured.charAt(0).toLowerCase()}${measured.slice(1)}${effect.scale === "factor" ? " (1 = the same)" : ""}`;
  const blank = sizeLabel === "cases" ? "any case" : `all ${sizeLabel}`;
  return [
    ...(show === "effect" ? [colours] : [`Colour: whether the ${interval} lies above or below ${averageCase}`]),
    ...(show === "effect" && effect.lows !== null ? [`hatched: no clear difference (${interval})`] : []),
    ...(hasDots ? [`dots: ${sizeLabel}`] : []),
    ...(effect.isFar?.some(Boolean) ? [`blank: too far from ${blank}`] : []),
  ].join("; ");
}

function describeChart(reading: SurfaceReading): string {
  const { effect } = reading;
  return `Map of ${effect.x.label} (left to right) and ${effect.y.label} (upwards). ${effectWords(effect)} ${comparedWithAverage}. ${describeSurface(reading, "prediction")}`;
}

function checkShow(show: string, { lows }: SurfaceEffect): void {
  const mend = 'Leave it out for "effect".';
  if (show !== "effect" && show !== "clear") {
    throw new InputError({ call, argument: "show", expected: '"effect" or "clear"', received: describeReceived(show), mend });
  }
  if (show !== "clear" || lows !== null) return;
  const expected = '"effect" for a surface without intervals';
  throw new InputError({ call, argument: "show", expected, received: '"clear"', mend });
}
