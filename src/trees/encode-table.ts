import { InputError, listNames, type Warning } from "../errors.ts";
import type { CategoricalColumn, Column, Table } from "../table/index.ts";
import { nearestNames } from "../table/index.ts";
import type { EncodedRows, ModelFeature } from "./encoded-rows.ts";

/** One feature and the column that brings its values. */
interface Pairing {
  readonly call: string;
  readonly feature: ModelFeature;
  readonly column: Column;
  readonly categoryCode: (cell: number) => number;
  /** What the model's file says of its features and a reader of an error should know. */
  readonly warnings: readonly Warning[];
}

/** Category names that readers of files take for missing values unless told otherwise. */
const READ_AS_MISSING: ReadonlySet<string> = new Set(["NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NULL", "null"]);

/**
 * A table as the trees read it: the model's columns, found by name, with categories as the model's codes.
 *
 * @throws InputError where a column is missing, holds texts for a number, or a category that the model never saw.
 */
export function encodeTable(
  call: string,
  features: readonly ModelFeature[],
  categoryCode: (cell: number) => number,
  warnings: readonly Warning[],
  table: Table,
): EncodedRows {
  checkPresent(call, features, table);
  const { numRows } = table;
  const numColumns = features.length;
  const values = new Float64Array(numRows * numColumns);
  for (const [j, feature] of features.entries()) {
    const read = cellReader({ call, feature, column: table.column(feature.name), categoryCode, warnings });
    for (let row = 0; row < numRows; row++) values[row * numColumns + j] = read(row);
  }
  return { values, numRows, numColumns };
}

/** What the trees read in each row of a column. */
function cellReader(pairing: Pairing): (row: number) => number {
  const { feature, column, categoryCode } = pairing;
  if (column.kind === "categorical") {
    const codes = feature.kind === "numeric" ? numbersOfLevels(pairing, column) : codesOfLevels(pairing, column);
    return (row) => (column.codes[row] < 0 ? NaN : codes[column.codes[row]]);
  }
  const { values } = column;
  if (feature.kind === "numeric") return (row) => values[row];
  if (feature.levels === null) return (row) => (Number.isNaN(values[row]) ? NaN : categoryCode(values[row]));
  const byLevel = new Map(feature.levels.map((level, code) => [level, code]));
  return (row) => {
    if (Number.isNaN(values[row])) return NaN;
    const code = byLevel.get(String(values[row]));
    if (code === undefined) throw unseenCategory(pairing, String(values[row]), row);
    return code;
  };
}

/** Numbers for a numeric feature whose column holds categories: booleans alone can be such. */
function numbersOfLevels({ call, feature }: Pairing, column: CategoricalColumn): readonly number[] {
  const texts = column.codes.findIndex((code) => code >= 0);
  if (isBoolean(column) || texts < 0) return [0, 1];
  // The cell that is no number made texts of the whole column: that one is to be named.
  const odd = column.codes.findIndex((code) => code >= 0 && !Number.isFinite(Number(column.levels[code].trim() || NaN)));
  const row = odd < 0 ? texts : odd;
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: "numbers, as in training",
    received: `the text ${JSON.stringify(column.levels[column.codes[row]])}`,
    where: `row ${row}`,
    mend: "Turn the column into numbers, with missing values as null or NaN.",
  });
}

/** Whether a column is of true and false, however its file spells them. */
function isBoolean({ levels }: CategoricalColumn): boolean {
  return levels.length === 2 && levels[0] === "false" && levels[1] === "true";
}

/** The model's code of each level that some row has. */
function codesOfLevels(pairing: Pairing, column: CategoricalColumn): readonly number[] {
  const { feature, categoryCode } = pairing;
  checkMissingMarks(pairing, column);
  const firstRows = findFirstRows(column);
  const spell = isBoolean(column) ? (level: string): string => level.toLowerCase() : (level: string): string => level;
  const byLevel = new Map(feature.levels?.map((level, code) => [spell(level), code]));
  return column.levels.map((level, i) => {
    if (firstRows[i] < 0) return NaN;
    if (feature.levels === null) {
      if (/^\d+$/.test(level)) return categoryCode(Number(level));
      throw bareCodes(pairing, level, firstRows[i]);
    }
    const code = byLevel.get(level);
    if (code === undefined) throw unseenCategory(pairing, level, firstRows[i]);
    return code;
  });
}

/** A category called "NA" is not to be lost among missing values without a word. */
function checkMissingMarks({ call, feature }: Pairing, column: CategoricalColumn): void {
  const mark = feature.levels?.find((level) => READ_AS_MISSING.has(level) && !column.levels.includes(level));
  const row = column.codes.indexOf(-1);
  if (mark === undefined || row < 0) return;
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: `read so that the model's category ${JSON.stringify(mark)} is told from missing values`,
    received: "a missing value",
    where: `row ${row}`,
    mend: "Read the file with the option missing: [] where the word is a category; where values are really missing, list the model's categories as the column's levels.",
  });
}

/** The first row of each level; -1 for a level that no row has. */
function findFirstRows({ codes, levels }: CategoricalColumn): Int32Array {
  const firstRows = new Int32Array(levels.length).fill(-1);
  for (let row = codes.length - 1; row >= 0; row--) if (codes[row] >= 0) firstRows[codes[row]] = row;
  return firstRows;
}

/** @throws InputError naming the features that no column of the table brings */
export function checkPresent(call: string, features: readonly ModelFeature[], table: Table): void {
  const missing = features.map((feature) => feature.name).filter((name) => !table.has(name));
  if (missing.length === 0) return;
  const near = nearestNames(missing[0], table.columnNames);
  const hint = near.length > 0 ? ` Is ${JSON.stringify(missing[0])} what the table calls ${listNames(near)}?` : "";
  const nameless = features.every(({ name }, j) => name === `Column_${j}` || name === `x${j}` || name === `f${j}`);
  const rename = "The model was trained without names: rename the table's columns in the order of training, or give a matrix.";
  throw new InputError({
    call,
    argument: "data",
    expected: `a table with all ${features.length} columns of the model`,
    received: `${listNames(table.columnNames)} without ${listNames(missing)}`,
    mend: nameless ? rename : `Add or rename the missing columns.${hint}`,
  });
}

function unseenCategory({ call, feature }: Pairing, level: string, row: number): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: `one of the categories that the model knows, ${listNames(feature.levels ?? [])}`,
    received: `the unseen category ${JSON.stringify(level)}`,
    where: `row ${row}`,
    mend: "Recode it to one that the model knows, or set it to missing.",
  });
}

function bareCodes({ call, feature, warnings }: Pairing, level: string, row: number): InputError {
  const why = warnings.filter(({ subjects }) => subjects?.includes(feature.name)).map(({ message }) => ` ${message}`);
  return new InputError({
    call,
    argument: `column ${JSON.stringify(feature.name)}`,
    expected: "whole-number codes: the model file does not name its categories",
    received: `the text ${JSON.stringify(level)}`,
    where: `row ${row}`,
    mend: `Replace each category by the code that it had in training.${why.join("")}`,
  });
}
