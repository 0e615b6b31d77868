import { columnLabel } from "../../table/index.ts";
import type { NumericColumn, Table } from "../../table/index.ts";
import type { AdditiveCoefficient, AdditiveModel } from "./additive-model.ts";
import { toMeasure } from "./effect.ts";
import type { Course, CoursePoint, Effect, EffectMeasure, TermEffects } from "./effect.ts";
import { toTermEffect } from "./plain-effect.ts";
import type { TermGroup } from "./group-terms.ts";
import { probeColumns } from "./probe.ts";
import type { GroupParts } from "./probe.ts";
import { chooseStep } from "./value-step.ts";

/** What a group of terms of one column does. */
export interface ColumnReading {
  readonly effects: TermEffects;
  readonly course: Course;
}

/** A curve is looked at in so many of the values that occur. */
const MOST_VALUES = 61;
/** Rounding of differences of sums, relative to the whole swing. */
const ROUNDING = 1e-9;

/** Reads what a group of terms of one numeric column does; null where it has one value in all rows. */
export function readNumbers(
  model: AdditiveModel,
  group: TermGroup,
  { data, column, measure }: { readonly data: Table; readonly column: NumericColumn; readonly measure: EffectMeasure },
): ColumnReading | null {
  const values = pickValues(column);
  if (values.length < 2) return null;
  const parts = probeColumns(model, group, data, [{ ...column, values }]);
  const course: Course = { kind: "numeric", reference: null, points: readCourse(model, column, { values, parts, measure }) };
  const coefficient = onlyCoefficient(model, group);
  const line = readLine(coefficient, column, { values, parts, measure });
  return { effects: line ?? { kind: "curve", effect: toTermEffect(measure, columnLabel(column), column, course) }, course };
}

/** The group's values where it was looked at. */
interface Looked {
  readonly values: Float64Array;
  readonly parts: GroupParts;
  readonly measure: EffectMeasure;
}

/** The different values, lowest first; of many an even pick with both ends. */
function pickValues({ values }: NumericColumn): Float64Array {
  const different = Float64Array.from(new Set(values.filter(Number.isFinite))).sort();
  if (different.length <= MOST_VALUES) return different;
  const last = different.length - 1;
  return Float64Array.from({ length: MOST_VALUES }, (_, k) => different[Math.round((k * last) / (MOST_VALUES - 1))]);
}

function onlyCoefficient({ terms, coefficients }: AdditiveModel, group: TermGroup): AdditiveCoefficient | null {
  const positions = group.terms.flatMap((term) => terms[term].positions);
  return positions.length === 1 ? coefficients[positions[0]] : null;
}

/** The same effect for each step, or for each doubling; null where neither holds. */
function readLine(coefficient: AdditiveCoefficient | null, column: NumericColumn, { values, parts, measure }: Looked): TermEffects | null {
  if (coefficient === null || coefficient.estimate === 0) return null;
  const told = (change: number): Effect => toMeasure(measure, stretch(coefficient, change / coefficient.estimate));
  const slope = straightSlope(values, parts.values);
  if (slope !== null) {
    if (values.length === 2 && values[0] === 0 && values[1] === 1) {
      return { kind: "levels", reference: "0", levels: [{ label: "1", ...told(slope) }] };
    }
    const step = chooseStep(column.values);
    return { kind: "step", step, unit: column.description.unit, effect: told(slope * step) };
  }
  const doubling = values[0] > 0 ? straightSlope(values.map(Math.log2), parts.values) : null;
  return doubling === null ? null : { kind: "doubling", effect: told(doubling) };
}

/** The slope of the line that all points lie on; null where they lie on none. */
function straightSlope(x: Float64Array, y: Float64Array): number | null {
  const last = x.length - 1;
  const slope = (y[last] - y[0]) / (x[last] - x[0]);
  const swing = Math.abs(y[last] - y[0]);
  return y.every((value, k) => Math.abs(value - y[0] - slope * (x[k] - x[0])) <= ROUNDING * swing) ? slope : null;
}

/** So many times a coefficient, with its interval. */
function stretch({ estimate, low, high }: AdditiveCoefficient, times: number): Effect {
  const ends = [low, high].map((end) => (end === null ? null : times * end));
  const [from, to] = times < 0 ? [ends[1], ends[0]] : ends;
  return { estimate: times * estimate, low: from, high: to };
}

function readCourse({ errorsInHalfInterval }: AdditiveModel, column: NumericColumn, { values, parts, measure }: Looked): CoursePoint[] {
  const counts = countNearest(column.values, values);
  return Array.from(values, (x, k): CoursePoint => {
    const half = parts.standardErrors === null ? null : errorsInHalfInterval * parts.standardErrors[k];
    const estimate = parts.values[k];
    const score = { estimate, low: half === null ? null : estimate - half, high: half === null ? null : estimate + half };
    return { x, n: counts[k], ...toMeasure(measure, score) };
  });
}

/** How many values are nearest to each of the sorted points. */
function countNearest(values: Float64Array, points: Float64Array): Uint32Array {
  const counts = new Uint32Array(points.length);
  const sorted = values.filter(Number.isFinite).sort();
  let nearest = 0;
  for (const value of sorted) {
    while (nearest + 1 < points.length && points[nearest + 1] - value < value - points[nearest]) nearest++;
    counts[nearest]++;
  }
  return counts;
}
