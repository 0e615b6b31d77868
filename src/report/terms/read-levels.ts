import { formatterOf, withUnit } from "../../charts/index.ts";
import { levelLabel } from "../../table/index.ts";
import type { CategoricalColumn, Column, NumericColumn, Table } from "../../table/index.ts";
import type { AdditiveCoefficient, AdditiveModel } from "./additive-model.ts";
import { neutralOf, toMeasure } from "./effect.ts";
import type { CoursePoint, Effect, EffectMeasure } from "./effect.ts";
import type { TermGroup } from "./group-terms.ts";
import { probeColumns } from "./probe.ts";
import type { ColumnReading } from "./read-numbers.ts";

/** A level as the model knows it. */
interface Level {
  readonly name: string;
  readonly label: string;
  readonly n: number;
}

/** Rounding of differences of sums. */
const ROUNDING = 1e-8;

/** Reads what a group of terms does with the levels of a column, or with numbers that the model takes for levels. */
export function readLevels(
  model: AdditiveModel,
  group: TermGroup,
  { data, column, measure }: { readonly data: Table; readonly column: Column; readonly measure: EffectMeasure },
): ColumnReading | null {
  const { levels, probed } = column.kind === "categorical" ? listLevels(model, column) : listNumbers(column);
  if (levels.length < 2) return null;
  const { values, standardErrors } = probeColumns(model, group, data, [probed]);
  const reference = findReference(model, group, levels, values);
  const effects = levels.map(({ name }, k): Effect => {
    if (reference === null) return around(values[k], standardErrors === null ? null : model.errorsInHalfInterval * standardErrors[k]);
    return k === reference ? { estimate: 0, low: null, high: null } : coefficientOf(model, group, name);
  });
  const points = levels.map(({ label, n }, k): CoursePoint => ({ x: label, n, ...toMeasure(measure, effects[k]) }));
  const label = reference === null ? null : levels[reference].label;
  return {
    effects: {
      kind: "levels",
      reference: label,
      levels: points.flatMap(({ x, estimate, low, high }, k) => (k === reference ? [] : [{ label: String(x), estimate, low, high }])),
    },
    course: {
      kind: "categorical",
      reference: label,
      points: points.map((point, k) => (k === reference ? { ...point, estimate: neutralOf(measure) } : point)),
    },
  };
}

/** Whether a model takes the numbers of a column for levels: then its coefficients are named after them. */
export function hasNumericLevels(model: AdditiveModel, group: TermGroup, { values }: NumericColumn): boolean {
  const known = new Set(values.filter(Number.isFinite));
  return [...known].some((value) => findCoefficient(model, group, String(value)) !== undefined);
}

function listLevels(model: AdditiveModel, column: CategoricalColumn): { levels: Level[]; probed: CategoricalColumn } {
  const names = model.levelsOf(column.name);
  const counts = new Map<string, number>();
  for (const code of column.codes) if (code >= 0) counts.set(column.levels[code], (counts.get(column.levels[code]) ?? 0) + 1);
  const probed = { ...column, codes: Int32Array.from(names.keys()), levels: names };
  return { levels: names.map((name, code) => ({ name, label: levelLabel(probed, code), n: counts.get(name) ?? 0 })), probed };
}

function listNumbers(column: NumericColumn): { levels: Level[]; probed: NumericColumn } {
  const counts = new Map<number, number>();
  for (const value of column.values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = Float64Array.from(counts.keys()).sort();
  const write = formatterOf(values);
  const levels = Array.from(values, (value): Level => {
    return { name: String(value), label: withUnit(write(value), column.description.unit), n: counts.get(value) ?? 0 };
  });
  return { levels, probed: { ...column, values } };
}

/** The position of the level that the coefficients of all others compare with; null where they compare with none. */
function findReference(model: AdditiveModel, group: TermGroup, levels: readonly Level[], values: Float64Array): number | null {
  const coefficients = levels.map(({ name }) => findCoefficient(model, group, name));
  const without = coefficients.flatMap((coefficient, k) => (coefficient === undefined ? [k] : []));
  if (without.length !== 1) return null;
  const [reference] = without;
  const scale = Math.max(1, ...values.map(Math.abs));
  const isContrast = coefficients.every(
    (coefficient, k) => coefficient === undefined || Math.abs(values[k] - values[reference] - coefficient.estimate) <= ROUNDING * scale,
  );
  return isContrast ? reference : null;
}

function findCoefficient({ terms, coefficients }: AdditiveModel, group: TermGroup, level: string): AdditiveCoefficient | undefined {
  if (group.terms.length !== 1) return undefined;
  const { label, positions } = terms[group.terms[0]];
  return positions.map((position) => coefficients[position]).find(({ name }) => name === label + level);
}

function coefficientOf(model: AdditiveModel, group: TermGroup, level: string): Effect {
  const { estimate, low, high } = findCoefficient(model, group, level) ?? { estimate: 0, low: null, high: null };
  return { estimate, low, high };
}

function around(estimate: number, half: number | null): Effect {
  return { estimate, low: half === null ? null : estimate - half, high: half === null ? null : estimate + half };
}
