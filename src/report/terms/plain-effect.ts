import type { EffectScale, SurfaceEffect, TermEffect } from "../../charts/index.ts";
import type { Column } from "../../table/index.ts";
import type { Course, EffectMeasure } from "./effect.ts";

/** The scale and the unit of effects as charts and sentences take them. */
export function scaleOf(measure: EffectMeasure): Pick<SurfaceEffect, "scale" | "unitsLabel"> {
  const scale: EffectScale = measure.scale === "factor" ? "factor" : "link";
  return { scale, unitsLabel: measure.scale === "difference" ? (measure.unit ?? "") : nameMeasure(measure) };
}

/** A course as charts and sentences take it. */
export function toTermEffect(measure: EffectMeasure, label: string, column: Column, { kind, reference, points }: Course): TermEffect {
  const { unit } = column.description;
  return {
    label,
    ...(kind === "numeric" && unit !== undefined ? { unit } : {}),
    kind,
    points,
    ...scaleOf(measure),
    ...(reference === null ? {} : { reference }),
  };
}

/** What effects are called, in their unit: `odds ratio`, `multiple`, `€`, `points of score`; `difference` without a unit. */
export function nameMeasure({ scale, subject, unit }: EffectMeasure): string {
  if (scale === "factor") return subject.startsWith("odds of ") ? "odds ratio" : "multiple";
  return scale === "difference" ? (unit ?? "difference") : "points of score";
}
