import { describeReceived, InputError } from "../../errors.ts";
import type { Column, Matrix, Table } from "../../table/index.ts";
import { encodeMatrix } from "../encode-matrix.ts";
import { checkPresent, encodeTable } from "../encode-table.ts";
import type { EncodedRows, ModelFeature } from "../encoded-rows.ts";
import { hashCategory } from "./city-hash.ts";
import { categoryChecker, deriveColumns, type DerivedColumns } from "./derived-columns.ts";

/**
 * A table as the trees read it, derived columns after the model's own. Categories are texts, whole numbers or true and false; those that
 * training did not meet are welcome.
 *
 * @throws InputError where a column is missing, a category is missing or a fraction, or a number is a text.
 */
export function encodeDerivedTable(call: string, features: readonly ModelFeature[], derived: DerivedColumns, table: Table): EncodedRows {
  checkPresent(call, features, table);
  const numeric = features.filter(({ kind }) => kind === "numeric");
  const numbers = encodeTable(call, numeric, Number, [], table);
  const place = new Map(numeric.map((feature, i) => [feature, i]));
  const hashes = features.map((feature, j) => {
    if (feature.kind === "numeric") return null;
    const knows = categoryChecker(derived, j);
    return hashColumn(call, feature, table.column(feature.name), (text) => knows(hashCategory(text)));
  });
  return derive(features, derived, numbers, (j) => place.get(features[j]) ?? -1, hashes);
}

/**
 * A matrix in the model's column order: categorical cells are codes of `levels` where the model knows their names, else the whole numbers
 * that the categories were in training.
 *
 * @throws InputError for another shape, and where a categorical cell is missing, a fraction or no code.
 */
export function encodeDerivedMatrix(call: string, features: readonly ModelFeature[], derived: DerivedColumns, matrix: Matrix): EncodedRows {
  const cells = encodeMatrix(
    call,
    features.map((feature) => ({ ...feature, kind: "numeric" })),
    Number,
    matrix,
  );
  const { values, numRows, numColumns } = cells;
  const hashes = features.map((feature, j) => {
    if (feature.kind === "numeric") return null;
    const own = Float64Array.from({ length: numRows }, (_, row) => values[row * numColumns + j]);
    return hashNumbers(own, (x, row) => textOfCode(call, feature, x, row));
  });
  return derive(features, derived, cells, (j) => j, hashes);
}

/** @param from - The column of `cells` with the numbers of a numeric feature. */
function derive(
  features: readonly ModelFeature[],
  derived: DerivedColumns,
  cells: EncodedRows,
  from: (feature: number) => number,
  hashes: readonly (Int32Array | null)[],
): EncodedRows {
  const { numRows } = cells;
  const numColumns = features.length + derived.columns.length;
  const values = new Float64Array(numRows * numColumns);
  for (const [j, { kind }] of features.entries()) {
    if (kind !== "numeric") continue;
    const source = from(j);
    for (let row = 0; row < numRows; row++) values[row * numColumns + j] = cells.values[row * cells.numColumns + source];
  }
  deriveColumns(derived, values, hashes);
  return { values, numRows, numColumns };
}

function hashColumn(call: string, feature: ModelFeature, column: Column, knows: (text: string) => boolean): Int32Array {
  if (column.kind === "numeric") return hashNumbers(column.values, (x, row) => textOfNumber(call, feature, x, row));
  const { codes, levels } = column;
  const missing = codes.findIndex((code) => code < 0);
  if (missing >= 0) throw missingCategory(call, feature, missing);
  const hashes = Int32Array.from(spellBooleans(levels, knows), hashCategory);
  return codes.map((code) => hashes[code]);
}

/** true and false as training spelled them: Python's are True and False, numpy's 1 and 0. */
function spellBooleans(levels: readonly string[], knows: (text: string) => boolean): readonly string[] {
  if (levels.length !== 2 || levels[0] !== "false" || levels[1] !== "true") return levels;
  const spellings = [levels, ["False", "True"], ["0", "1"]];
  return spellings.find((spelling) => spelling.some(knows)) ?? levels;
}

function hashNumbers(numbers: Float64Array, toText: (x: number, row: number) => string): Int32Array {
  const known = new Map<number, number>();
  return Int32Array.from(numbers, (x, row) => {
    const found = known.get(x);
    if (found !== undefined) return found;
    const hash = hashCategory(toText(x, row));
    known.set(x, hash);
    return hash;
  });
}

function textOfNumber(call: string, feature: ModelFeature, x: number, row: number): string {
  if (Number.isNaN(x)) throw missingCategory(call, feature, row);
  if (Number.isSafeInteger(x)) return String(x);
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: "whole numbers or texts, as CatBoost takes categories",
    received: describeReceived(x),
    where: `row ${row}`,
    mend: "Write the numbers as the texts that stood for them in training.",
  });
}

function textOfCode(call: string, feature: ModelFeature, x: number, row: number): string {
  if (feature.levels === null || Number.isNaN(x)) return textOfNumber(call, feature, x, row);
  const level = feature.levels[x];
  if (level !== undefined) return level;
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: `a code from 0 to ${feature.levels.length - 1}`,
    received: describeReceived(x),
    where: `row ${row}`,
    mend: "Codes count the feature's levels in ensemble.features; a table may hold any category as text.",
  });
}

function missingCategory(call: string, feature: ModelFeature, row: number): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: "a category in each row: CatBoost has no missing ones",
    received: "a missing value",
    where: `row ${row}`,
    mend: 'Write the text that stood for it in training, such as "nan"; read files with the option missing: [] where that word is a category.',
  });
}
