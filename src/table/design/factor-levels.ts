import { InputError, listNames } from "../../errors.ts";
import type { CategoricalColumn } from "../column.ts";
import { numberText } from "../formula/expression-text.ts";
import { codesByLevel } from "../levels.ts";
import { takeCodes, takeNumbers } from "./complete-rows.ts";

/** Where the levels of a factor come from, in all rows of a table. */
export type LevelSource =
  Pick<CategoricalColumn, "kind" | "codes" | "levels"> | { readonly kind: "numeric"; readonly values: Float64Array };

/**
 * What becomes of a level that training did not have: an error, the reference level, or a missing value. Smooth terms of levels (random
 * effects, curves by level) have no reference: under "reference" they are 0 in such a row, as they are under "population", which leaves an
 * unseen level of other factors an error.
 */
export type UnseenPolicy = "fail" | "reference" | "missing" | "population";

/** What becomes of levels that no complete row of the training data has. */
export type UnusedPolicy = "keep" | "drop";

/**
 * The levels that occur in these rows: those of a column in its order, numbers ascending, as R prints them.
 *
 * @param rows - null for all rows
 */
export function findOccurringLevels(source: LevelSource, rows: Int32Array | null = null): string[] {
  if (source.kind === "categorical") {
    const codes = takeCodes(source.codes, rows);
    const seen = new Uint8Array(source.levels.length);
    for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) seen[codes[row]] = 1;
    return source.levels.filter((_, code) => seen[code] === 1);
  }
  const numbers = [...new Set(takeNumbers(source.values, rows))].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  return [...new Set(numbers.map(numberText))];
}

/** Where a factor stands, for an error. */
export interface FactorPlace {
  readonly call: string;
  /** The column or expression. */
  readonly name: string;
}

/**
 * The codes of a factor's levels in all rows; −1 where missing. The source's own codes are returned where they are right already.
 *
 * @param reference - the code that an unseen level gets under "reference"
 * @param isIncomplete - whether a row is left out for other reasons, so that its unseen level does not matter
 * @throws InputError naming the level and the row under "fail"
 */
export function codeLevels(
  place: FactorPlace,
  source: LevelSource,
  levels: readonly string[],
  unseen: UnseenPolicy,
  reference: number,
  isIncomplete: ((row: number) => boolean) | null = null,
): Int32Array {
  const byLevel = codesByLevel(levels);
  const find = (level: string): number => byLevel.get(level) ?? (unseen === "reference" ? reference : unseen === "missing" ? -1 : -2);
  if (source.kind === "numeric") return codeNumbers(place, source.values, find, levels, isIncomplete);
  const map = Int32Array.from(source.levels, find);
  if (map.every((code, old) => code === old)) return source.codes;
  const codes = new Int32Array(source.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const old = source.codes[row];
    const code = old < 0 ? -1 : map[old];
    if (code < -1 && !isIncomplete?.(row)) throw refuseLevel(place, source.levels[old], row, levels);
    codes[row] = Math.max(-1, code);
  }
  return codes;
}

function codeNumbers(
  { call, name }: FactorPlace,
  values: Float64Array,
  find: (level: string) => number,
  levels: readonly string[],
  isIncomplete: ((row: number) => boolean) | null,
): Int32Array {
  const known = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row];
    let code = known.get(value);
    if (code === undefined) {
      code = Number.isNaN(value) ? -1 : find(numberText(value));
      known.set(value, code);
    }
    if (code < -1 && !isIncomplete?.(row)) throw refuseLevel({ call, name }, numberText(value), row, levels);
    codes[row] = Math.max(-1, code);
  }
  return codes;
}

function refuseLevel({ call, name }: FactorPlace, level: string, row: number, levels: readonly string[]): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: `among the levels ${listNames(levels)}`,
    received: JSON.stringify(level),
    where: `row ${row}`,
    mend: 'A level that the model has not seen has no coefficient: give unseenLevels: "reference" or "missing", or leave out the row.',
  });
}
