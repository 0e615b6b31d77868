import { formatterOf, surfaceChart, withUnit } from "../../charts/index.ts";
import type { SurfaceEffect } from "../../charts/index.ts";
import { dataTable } from "../data-table.ts";
import type { Facts } from "../facts.ts";
import { renderFigure } from "../figure.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { EffectMeasure } from "../terms/effect.ts";
import { describeEffects, writeEffect } from "../terms/effect-words.ts";
import { nameMeasure } from "../terms/plain-effect.ts";
import type { TermReading } from "../terms/read-terms.ts";
import { capitalize } from "../words.ts";
import { hasPicture, writeWhat } from "./sum-figures.ts";

/** Dots of a map: what a file of a megabyte can hold twice. */
const DOTS = 300;
/** Rows and columns of its table. */
const TABLE_PLACES = 6;

/** Maps of two columns that act together. */
export async function showSurfaces(facts: Facts, measure: EffectMeasure, readings: readonly TermReading[]): Promise<Html | null> {
  const shown = readings.filter((reading) => hasPicture(readings, reading));
  const parts: Html[] = [];
  for (const [k, { effects, label }] of shown.entries()) {
    if (effects?.kind !== "surface") continue;
    parts.push(
      html`<h3>${label}</h3>
        <p>${describeEffects(measure, effects, facts.words.cases)}</p>
        ${await surfaceFigure(facts, measure, effects.effect, `surface-${k}`)}`,
    );
  }
  return parts.length > 0 ? html`<div class="maps">${parts}</div>` : null;
}

function surfaceFigure({ words }: Facts, measure: EffectMeasure, effect: SurfaceEffect, id: string): Promise<Html> {
  const { x, y, lows } = effect;
  const hatches = lows === null ? "" : " Hatched: no clear difference (95 % interval).";
  const unit = measure.scale === "difference" && measure.unit !== undefined ? `, in ${measure.unit}` : "";
  return renderFigure({
    id,
    size: "full",
    caption: `${writeWhat(measure)} at each place between “${x.label}” (left to right) and “${y.label}” (upwards), against the average ${words.case}${unit}, all else alike. Thick line: no difference.${hatches} Dots: ${words.cases}; blank: too far from any ${words.case}.`,
    draw: (width) => surfaceChart(effect, { width, title: null, note: null, sizeLabel: words.cases, maxDots: DOTS }),
    table: surfaceTable(measure, effect),
  });
}

/** Every few places; those too far from all cases are left out. */
function surfaceTable(measure: EffectMeasure, effect: SurfaceEffect): Html {
  const { x, y, estimates, lows, highs, isFar } = effect;
  const [writeX, writeY] = [x, y].map(({ values, unit }) => {
    const write = formatterOf(Float64Array.from(values));
    return (k: number): string => withUnit(write(values[k]), unit);
  });
  const places = pickPlaces(y.values).flatMap((j) => pickPlaces(x.values).map((i) => ({ i, j, k: j * x.values.length + i })));
  return dataTable(
    `The ${measure.subject} by ${x.label} and ${y.label}`,
    [{ name: x.label }, { name: y.label }, { name: capitalize(nameMeasure(measure)) }],
    places
      .filter(({ k }) => !isFar?.[k])
      .map(({ i, j, k }) => {
        const interval = { estimate: estimates[k], low: lows === null ? null : lows[k], high: highs === null ? null : highs[k] };
        return [writeX(i), writeY(j), writeEffect(measure, interval)];
      }),
  );
}

/** Positions from end to end. */
function pickPlaces({ length }: readonly number[]): number[] {
  return Array.from({ length: TABLE_PLACES }, (_, k) => Math.round((k * (length - 1)) / (TABLE_PLACES - 1)));
}
