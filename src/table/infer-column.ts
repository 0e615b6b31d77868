import { describeReceived, InputError } from "../errors.ts";
import type { Column } from "./column.ts";
import { codesByLevel, sortLevels } from "./levels.ts";

type ValueKind = "missing" | "number" | "text" | "boolean" | "date" | "other";

/** What the rows of each kind are called in an error. */
const plurals: Readonly<Record<ValueKind, string>> = {
  missing: "missing values",
  number: "numbers",
  text: "texts",
  boolean: "booleans",
  date: "dates",
  other: "objects",
};

/**
 * Makes a column of plain values, all of one kind:
 *
 * - numbers, and bigints up to ±(2^53 − 1): numeric; infinities are kept;
 * - dates: numeric, milliseconds since 1970-01-01 UTC;
 * - booleans: categorical with the levels "false", "true";
 * - texts: categorical, levels sorted by code unit. Texts that look like numbers remain texts;
 * - null, undefined and NaN: missing in any of these; a column of nothing else is numeric.
 *
 * @throws {@link InputError} naming the column and the index of the first value that does not fit
 */
export function inferColumn(call: string, name: string, values: ArrayLike<unknown>): Column {
  if (isNumberArray(values)) return { kind: "numeric", name, values: Float64Array.from(values), description: {} };
  const kind = findKind(call, name, values);
  if (kind === "text") return encodeTexts(name, values);
  if (kind === "boolean") {
    const codes = Int32Array.from(values, (value) => (typeof value === "boolean" ? Number(value) : -1));
    return { kind: "categorical", name, codes, levels: ["false", "true"], description: {} };
  }
  const numbers = Float64Array.from(values, (value, row) => readNumber(call, name, value, row));
  return { kind: "numeric", name, values: numbers, description: {} };
}

/** A typed array of numbers: nothing in it needs a look. */
function isNumberArray(values: ArrayLike<unknown>): values is Float64Array {
  return ArrayBuffer.isView(values) && !(values instanceof BigInt64Array || values instanceof BigUint64Array);
}

/** The one kind of all values that are not missing. */
function findKind(call: string, name: string, values: ArrayLike<unknown>): ValueKind {
  let kind: ValueKind = "missing";
  let first = 0;
  for (let row = 0; row < values.length; row++) {
    const found = kindOf(values[row]);
    if (found === "missing" || found === kind) continue;
    if (found === "other") throw refuseValue(call, name, values[row], row);
    if (kind !== "missing") {
      // The text is what wants cleaning, whichever came first.
      throw kind === "text"
        ? refuseMixture(call, name, `the text ${describeReceived(values[first])} among ${plurals[found]}`, first)
        : refuseMixture(call, name, `the ${found} ${describeReceived(values[row])} among ${plurals[kind]}`, row);
    }
    kind = found;
    first = row;
  }
  return kind;
}

function kindOf(value: unknown): ValueKind {
  if (value === null || value === undefined) return "missing";
  if (typeof value === "number") return Number.isNaN(value) ? "missing" : "number";
  if (typeof value === "string") return "text";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "bigint") return "number";
  return value instanceof Date ? "date" : "other";
}

function encodeTexts(name: string, values: ArrayLike<unknown>): Column {
  const texts = new Set<string>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (typeof value === "string") texts.add(value);
  }
  const levels = sortLevels(texts);
  const byLevel = codesByLevel(levels);
  const codes = Int32Array.from(values, (value) => byLevel.get(value as string) ?? -1);
  return { kind: "categorical", name, codes, levels, description: {} };
}

/** A number, date or missing value as a number. */
function readNumber(call: string, name: string, value: unknown, row: number): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") {
    if (Number.isSafeInteger(Number(value))) return Number(value);
    throw new InputError({
      call,
      argument: `column ${JSON.stringify(name)}`,
      expected: "whole numbers within ±(2^53 - 1)",
      received: String(value),
      where: `index ${row}`,
      mend: "Turn identifiers into texts, or round the numbers yourself with Number().",
    });
  }
  if (!(value instanceof Date)) return NaN;
  const time = value.getTime();
  if (!Number.isNaN(time)) return time;
  throw new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: "valid dates",
    received: "an invalid Date",
    where: `index ${row}`,
    mend: "Make it null if the date is missing.",
  });
}

function refuseValue(call: string, name: string, value: unknown, row: number): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: "numbers, texts, booleans, dates or null",
    received: describeReceived(value),
    where: `index ${row}`,
    mend: "Make one plain value of it, or leave the column out.",
  });
}

function refuseMixture(call: string, name: string, received: string, row: number): InputError {
  return new InputError({
    call,
    argument: `column ${JSON.stringify(name)}`,
    expected: "values of one kind",
    received,
    where: `index ${row}`,
    mend: "Clean the column, or make it categorical(values, levels).",
  });
}
