import { columnLabel } from "../../table/index.ts";
import type { Column, Table } from "../../table/index.ts";
import { joinAnd } from "../words.ts";
import type { AdditiveModel } from "./additive-model.ts";
import type { Course, EffectMeasure, TermEffects } from "./effect.ts";
import { groupTerms } from "./group-terms.ts";
import type { TermGroup } from "./group-terms.ts";
import { readParts } from "./probe.ts";
import { hasNumericLevels, readLevels } from "./read-levels.ts";
import { readNumbers } from "./read-numbers.ts";
import type { ColumnReading } from "./read-numbers.ts";
import { readSurface } from "./read-surface.ts";

/** What a model that is a sum does with one column, or with columns that it takes together. */
export interface TermReading {
  readonly columns: readonly Column[];
  /** What people call them: `Age`, `Age and Sex`. */
  readonly label: string;
  /** Mean distance of its part of the score from the mean part; 0 where it moves nothing in these rows. */
  readonly strength: number;
  /** Whether an effect can be told from chance; null where that is not known. */
  readonly isFound: boolean | null;
  /** Null where all rows have one value. */
  readonly effects: TermEffects | null;
  /** Null of columns that act together. */
  readonly course: Course | null;
}

/** The probability of seeing as much without an effect, below which an effect is said to be found. */
const SIGNIFICANT = 0.05;

/** Everything that a sum adds up, the strongest in these rows first. */
export function readTerms(model: AdditiveModel, data: Table, measure: EffectMeasure): TermReading[] {
  return groupTerms(model.terms)
    .filter(({ columns }) => columns.length > 0)
    .map((group) => readGroup(model, group, data, measure))
    .sort((a, b) => b.strength - a.strength);
}

function readGroup(model: AdditiveModel, group: TermGroup, data: Table, measure: EffectMeasure): TermReading {
  const columns = group.columns.map((name) => data.column(name));
  const labels = columns.map(columnLabel);
  const reading = columns.length === 1 ? readColumn(model, group, { data, column: columns[0], measure }) : null;
  const together = readTogether(model, group, columns, { data, measure }) ?? { kind: "together", labels };
  return {
    columns,
    label: joinAnd(labels),
    strength: meanDistance(readParts(model, group, data).values),
    isFound: isFound(model, group),
    effects: columns.length === 1 ? (reading?.effects ?? null) : together,
    course: reading?.course ?? null,
  };
}

/** Two numeric columns make a surface; null for others. */
function readTogether(
  model: AdditiveModel,
  group: TermGroup,
  [across, upwards, ...more]: readonly Column[],
  looked: { readonly data: Table; readonly measure: EffectMeasure },
): TermEffects | null {
  if (across.kind !== "numeric" || upwards?.kind !== "numeric" || more.length > 0) return null;
  if (hasNumericLevels(model, group, across) || hasNumericLevels(model, group, upwards)) return null;
  const effect = readSurface(model, group, looked, [across, upwards]);
  return effect && { kind: "surface", effect };
}

function readColumn(
  model: AdditiveModel,
  group: TermGroup,
  looked: { readonly data: Table; readonly column: Column; readonly measure: EffectMeasure },
): ColumnReading | null {
  const { data, column, measure } = looked;
  if (column.kind === "categorical" || hasNumericLevels(model, group, column)) return readLevels(model, group, looked);
  return readNumbers(model, group, { data, column, measure });
}

/** One term is found where its test says so; of several the clearest must hold out against their number. */
function isFound(model: AdditiveModel, { terms }: TermGroup): boolean | null {
  const known = terms.map((term) => model.pValueOf(model.terms[term])).filter((pValue) => pValue !== null);
  return known.length === 0 ? null : Math.min(...known) * known.length < SIGNIFICANT;
}

function meanDistance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + Math.abs(value - mean), 0) / values.length;
}
