import { describeReceived, InputError, listNames } from "../errors.ts";
import { codesByLevel } from "./levels.ts";

/** Categories with their levels in a chosen order, ready to be a column: see {@link categorical}. */
export interface CategoricalValues {
  readonly kind: "categorical";
  /** One code a row: an index into `levels`, or -1 for missing. */
  readonly codes: Int32Array;
  /** The names of the categories, in order; the first is the reference level. */
  readonly levels: readonly string[];
}

/**
 * Makes a categorical column with its levels in the given order, for `Table.fromColumns`. The first level is the reference level.
 *
 * @param values - one a row: texts, numbers or booleans, matched to the levels by how they print; null, undefined and NaN are missing
 * @param levels - every category that may occur, in order; levels that no row has are kept
 * @throws {@link InputError} when there is no level, a level is named twice, or a value is not among the levels
 * @example
 * const table = Table.fromColumns({ size: categorical(["M", "S", null, "L"], ["S", "M", "L"]) });
 */
export function categorical(values: ArrayLike<unknown>, levels: readonly (string | number | boolean)[]): CategoricalValues {
  const names = checkLevels("categorical", levels);
  if (typeof values !== "object" || values === null || !Number.isInteger(values.length)) {
    throw new InputError({
      call: "categorical",
      argument: "values",
      expected: "a list of categories",
      received: describeReceived(values),
      mend: "Give one category a row, in an array.",
    });
  }
  const byLevel = codesByLevel(names);
  const codes = Int32Array.from(values, (value, row) => {
    if (value === null || value === undefined || Number.isNaN(value)) return -1;
    const code = isName(value) ? byLevel.get(String(value)) : undefined;
    if (code !== undefined) return code;
    throw new InputError({
      call: "categorical",
      argument: "values",
      expected: `among the levels ${listNames(names)}`,
      received: describeReceived(value),
      where: `index ${row}`,
      mend: "Add it to the levels, or make it null if it means missing.",
    });
  });
  return { kind: "categorical", codes, levels: names };
}

/** Levels as texts, in the given order. */
export function checkLevels(call: string, levels: unknown, argument = "levels"): readonly string[] {
  const fail = (expected: string, received: string, mend: string): InputError =>
    new InputError({ call, argument, expected, received, mend });
  if (!Array.isArray(levels) || levels.length === 0) {
    const received = Array.isArray(levels) ? "an empty list" : describeReceived(levels);
    throw fail("a list of at least one level", received, "Name the categories in order, the reference level first.");
  }
  const seen = new Set<string>();
  for (const level of levels as unknown[]) {
    if (!isName(level) || Number.isNaN(level)) {
      throw fail(
        "texts, numbers or booleans",
        describeReceived(level),
        "Leave missing values out of the levels: a missing value needs no level.",
      );
    }
    if (seen.has(String(level))) throw fail("named once each", `${describeReceived(level)} twice`, "Take out the repetition.");
    seen.add(String(level));
  }
  return [...seen];
}

function isName(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
}
