import { InputError } from "../errors.ts";
import type { EncodedRows } from "./encoded-rows.ts";

/** What a model adds beside its trees: a weight times the value of each column; a missing value adds nothing. */
export interface LinearTerms {
  /** features × outputs, row-major. */
  readonly weights: Float64Array;
}

/** Adds weight times value to `sums`, column after column, in the precision of `sums`; changed in place and returned. */
export function addLinearTerms<T extends Float32Array | Float64Array>({ weights }: LinearTerms, rows: EncodedRows, sums: T): T {
  const { values, numRows, numColumns } = rows;
  const numOutputs = sums.length / numRows;
  const single = sums instanceof Float32Array;
  for (let row = 0; row < numRows; row++) {
    for (let j = 0; j < numColumns; j++) {
      const x = values[row * numColumns + j];
      if (Number.isNaN(x)) continue;
      for (let k = 0; k < numOutputs; k++) {
        const weight = weights[j * numOutputs + k];
        sums[row * numOutputs + k] += single ? Math.fround(Math.fround(x) * weight) : x * weight;
      }
    }
  }
  return sums;
}

/** The largest weight of each column. */
export function heaviestWeights({ weights }: LinearTerms, numFeatures: number): Float64Array {
  const numOutputs = weights.length / numFeatures;
  return Float64Array.from({ length: numFeatures }, (_, j) =>
    weights.subarray(j * numOutputs, (j + 1) * numOutputs).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0),
  );
}

/**
 * Makes sure that no row's terms add up beyond the numbers that there are.
 *
 * @param heaviest - The most that a unit of each column adds; -1 for columns that add nothing, whatever they hold.
 * @param largest - The largest number of the arithmetic that the sums are made in.
 * @throws InputError at the first row whose terms exceed a quarter of it; the rest is for the trees and for rounding.
 */
export function checkReach(call: string, heaviest: Float64Array, { values, numRows, numColumns }: EncodedRows, largest: number): void {
  for (let row = 0; row < numRows; row++) {
    let reach = 0;
    for (let j = 0; j < numColumns; j++) {
      const x = values[row * numColumns + j];
      if (heaviest[j] >= 0 && !Number.isNaN(x)) reach += Math.abs(x) * heaviest[j];
    }
    if (reach <= largest / 4) continue;
    throw new InputError({
      call,
      argument: "data",
      expected: "numbers that the model can multiply by its weights",
      received: "one that is infinite or too large",
      where: `row ${row}`,
      mend: "Mark what is not known as missing (null or NaN).",
    });
  }
}
