import { Table } from "../../table/index.ts";
import type { Column } from "../../table/index.ts";
import type { AdditiveModel } from "./additive-model.ts";
import type { TermGroup } from "./group-terms.ts";

/** What a group of terms adds to the score, one number a row. */
export interface GroupParts {
  readonly values: Float64Array;
  /** Null where they are not known: of several terms, or without a covariance. */
  readonly standardErrors: Float64Array | null;
}

/** The parts of a group in these rows, summed over its terms. */
export function readParts(model: AdditiveModel, { terms }: TermGroup, data: Table): GroupParts {
  const parts = model.predictTerms(data);
  const width = model.terms.length;
  const pick = (all: Float64Array, term: number): Float64Array =>
    Float64Array.from({ length: data.numRows }, (_, row) => all[row * width + term]);
  const values = terms.map((term) => pick(parts.values, term)).reduce((sum, part) => sum.map((value, row) => value + part[row]));
  const errors = terms.length === 1 ? pick(parts.standardErrors, terms[0]) : null;
  return { values, standardErrors: errors !== null && errors.every(Number.isFinite) ? errors : null };
}

/**
 * What a group adds, against the average row, where its columns take these values, as many of each, in rows that are otherwise like the
 * first of the data.
 */
export function probeColumns(model: AdditiveModel, group: TermGroup, data: Table, columns: readonly Column[]): GroupParts {
  const [first] = columns;
  const count = first.kind === "numeric" ? first.values.length : first.codes.length;
  const alike = data.take(new Int32Array(count)).columns;
  const parts = readParts(model, group, Table.of(alike.map((each) => columns.find(({ name }) => name === each.name) ?? each)));
  if (model.isCentred) return parts;
  const all = readParts(model, group, data).values;
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  // The errors are those of the part itself, not of its distance from the mean.
  return { values: parts.values.map((value) => value - mean), standardErrors: null };
}
