import type { ColumnCoding } from "./coded-columns.ts";

/** Limits of one narrow column, at most: codes of 16 bits with room for both ends and missing. */
const PART = 60_000;

/**
 * Columns with codes of 16 bits. One with more thresholds than these can count is split into parts: a code below a part is 0 there, one above it the
 * largest, so that each test looks at the one part that its limit lies in.
 */
export interface NarrowColumns {
  /** Of each narrow column: the coded column, and the code that becomes 0. */
  readonly parts: readonly { readonly column: number; readonly base: number }[];
  /** The first narrow column of each coded column; -1 for categories, whose tests read the whole code. */
  readonly first: Int32Array;
}

/** Splits the columns of a coding. */
export function narrowColumns({ columns }: ColumnCoding): NarrowColumns {
  const parts: { column: number; base: number }[] = [];
  const first = Int32Array.from(columns, ({ kind, cuts }, column) => {
    if (kind === "categorical") return -1;
    const start = parts.length;
    for (let base = 0; base === 0 || base <= cuts.length + 1; base += PART) parts.push({ column, base });
    return start;
  });
  return { parts, first };
}

/** A test `code <= limit` in the part that it lies in. */
export function narrowTest({ first }: NarrowColumns, column: number, limit: number): { column: number; limit: number } {
  const part = limit > 0 ? Math.floor((limit - 1) / PART) : 0;
  return { column: first[column] + part, limit: limit - part * PART };
}
