import type { SurfaceEffect } from "../models/index.ts";
import { scalingOf } from "./effect-scale.ts";
import { tellEffect } from "./effect-sentences.ts";
import type { SentenceOptions } from "./effect-sentences.ts";
import { formatPercent } from "./format.ts";
import { placeWriter, readSurface, valuesAt } from "./surface-reading.ts";
import type { SurfaceReading } from "./surface-reading.ts";
import type { Grid } from "./trace-region.ts";

/** The effect goes one way with a column where no more than a tenth of its movement goes the other way. */
const oneWay = 0.8;
/** Movement along a column is worth a word from this share of that along the other. */
const worthAWord = 0.15;

/**
 * What a surface comes to, in one sentence: `The price rises with “Living area”: highest around Living area 2 400 sq ft, Year 2005
 * (× 1.42), lowest around … (× 0.61); the difference from none is clear for 71 % of the cases.`
 */
export function describeSurfaceEffect(effect: SurfaceEffect, options: SentenceOptions = {}): string {
  const { subject = "prediction", cases = "cases" } = options;
  return describeSurface(readSurface(effect, scalingOf(effect.scale)), subject, cases);
}

/** The same of a surface that is read already. */
export function describeSurface(reading: SurfaceReading, subject: string, cases = "cases"): string {
  const { effect, lowest, highest, estimates } = reading;
  if (estimates.values[lowest] === estimates.values[highest]) return `No effect found: the ${subject} is the same everywhere.`;
  const share = clearShare(reading);
  if (share === 0) return "No clear effect found: the intervals leave room for none everywhere.";
  const write = placeWriter(effect);
  const tell = (place: number): string => {
    const interval = { estimate: effect.estimates[place], low: null, high: null };
    return `around ${write(valuesAt(effect, place))} (${tellEffect(effect, interval)})`;
  };
  const of = effect.cases === undefined ? "of the area with cases" : `of the ${cases}`;
  const clear = share === null ? "" : `; the difference from none is clear for ${formatPercent(share, 0)} ${of}`;
  const ways = describeWays(reading);
  const extremes = `highest ${tell(highest)}, lowest ${tell(lowest)}`;
  return ways === ""
    ? `The ${subject} is ${extremes.replace(", lowest", " and lowest")}${clear}.`
    : `The ${subject} ${ways}: ${extremes}${clear}.`;
}

/** `rises with “Living area” and falls with “Age”`; empty where it goes neither way. */
function describeWays({ effect, estimates }: SurfaceReading): string {
  const { width, height } = estimates;
  const [along, up] = [movement(estimates, 1, width - 1, height), movement(estimates, width, width, height - 1)];
  const most = Math.max(along.all, up.all);
  const ways = [
    { ...along, label: effect.x.label },
    { ...up, label: effect.y.label },
  ].filter(({ net, all }) => all >= worthAWord * most && Math.abs(net) >= oneWay * all);
  if (ways.length === 2 && Math.sign(ways[0].net) === Math.sign(ways[1].net)) {
    return `${verb(ways[0].net)} with “${ways[0].label}” and “${ways[1].label}”`;
  }
  return ways.map(({ net, label }) => `${verb(net)} with “${label}”`).join(" and ");
}

function verb(net: number): string {
  return net > 0 ? "rises" : "falls";
}

/** The sum of the steps from each place to the one `stride` places on, and that of their sizes, over `columns` × `rows` places. */
function movement({ width, values }: Grid, stride: number, columns: number, rows: number): { net: number; all: number } {
  let [net, all] = [0, 0];
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const step = values[j * width + i + stride] - values[j * width + i];
      if (Number.isNaN(step)) continue;
      net += step;
      all += Math.abs(step);
    }
  }
  return { net, all };
}

/** How many of the cases, else of the known places, lie where the interval leaves no effect out; null without intervals. */
function clearShare({ effect, doubts }: SurfaceReading): number | null {
  if (doubts === null) return null;
  const { x, y, cases } = effect;
  const places = cases
    ? cases.x.map((value, row) => nearest(y.values, cases.y[row]) * x.values.length + nearest(x.values, value))
    : [...doubts.values.keys()];
  const known = places.filter((place) => !Number.isNaN(doubts.values[place]));
  if (known.length === 0) return null;
  return known.filter((place) => doubts.values[place] < 0).length / known.length;
}

/** The position of the nearest of sorted values. */
function nearest(values: readonly number[], value: number): number {
  let [low, high] = [0, values.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (values[middle] <= value) low = middle;
    else high = middle;
  }
  return value - values[low] <= values[high] - value ? low : high;
}
