import type { SurfaceEffect, TermEffect } from "../../charts/index.ts";

/** How far something moves a prediction, with its 95 % interval; ends are null where none is known. */
export interface Effect {
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** What effects of a model that is a sum are told in. */
export interface EffectMeasure {
  /** `factor`: multiples, 1 is none; `difference`: of the prediction itself, 0 is none; `score`: of the model's own scale, 0 is none. */
  readonly scale: "factor" | "difference" | "score";
  /** What is multiplied, moved or scored, without an article: `odds of default`, `number of claims`, `price`. */
  readonly subject: string;
  /** What goes up and down with them, a noun in the singular: `risk of default`, `price`, `score`. */
  readonly quantity: string;
  /** The unit of differences. */
  readonly unit: string | undefined;
  /** Whether a higher score means a higher prediction; true but for scores of a falling link. */
  readonly rises: boolean;
}

/** One term of such a model, as it can be told. */
export type TermEffects =
  /** A line: the same effect for each step. */
  | { readonly kind: "step"; readonly step: number; readonly unit: string | undefined; readonly effect: Effect }
  /** A line in the logarithm: the same effect for each doubling. */
  | { readonly kind: "doubling"; readonly effect: Effect }
  /** Levels, each compared with the reference level, or with the average where that is null. */
  | { readonly kind: "levels"; readonly reference: string | null; readonly levels: readonly LevelEffect[] }
  /** Any other course along one numeric column. */
  | { readonly kind: "curve"; readonly effect: TermEffect }
  /** Two numeric columns whose effects depend on one another. */
  | { readonly kind: "surface"; readonly effect: SurfaceEffect }
  /** Other columns whose effects depend on one another. */
  | { readonly kind: "together"; readonly labels: readonly string[] };

/** What a level does compared with the reference level. */
export interface LevelEffect extends Effect {
  readonly label: string;
}

/** The effect at one value or level of a column. */
export interface CoursePoint extends Effect {
  /** A value of a numeric column, or the label of a level. */
  readonly x: number | string;
  /** So many of the rows have this level, or are nearest to this value. */
  readonly n: number;
}

/** The effect of one column all along, compared with a reference level or, where that is null, with the average row. */
export interface Course {
  readonly kind: "numeric" | "categorical";
  readonly reference: string | null;
  readonly points: readonly CoursePoint[];
}

/** Where there is no effect. */
export function neutralOf({ scale }: EffectMeasure): number {
  return scale === "factor" ? 1 : 0;
}

/** An effect on the score, in the measure that it is told in. */
export function toMeasure({ scale }: EffectMeasure, { estimate, low, high }: Effect): Effect {
  if (scale !== "factor") return { estimate, low, high };
  return { estimate: Math.exp(estimate), low: low === null ? null : Math.exp(low), high: high === null ? null : Math.exp(high) };
}
