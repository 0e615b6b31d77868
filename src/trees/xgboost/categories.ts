import * as v from "valibot";
import { listNames, type Warning } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import { readIntegers, type Place } from "../json-numbers.ts";
import type { XgboostFile } from "./file.ts";

const list = v.custom<readonly unknown[]>(Array.isArray);
const textTable = v.object({ offsets: list, values: list });
const numberTable = v.object({ values: list });

/** The categories that a model knows, in code order. */
export interface CategoryLevels {
  /** One list a feature; null for features without categories, and where the file does not tell them. */
  readonly levels: readonly (readonly string[] | null)[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads the categories that XGBoost stores from 3.1 on: texts as UTF-8 bytes with offsets, numbers as they are. XGBoost before
 * 3.4 counts letters where it should count bytes, so that texts beyond ASCII are cut at wrong places: such a feature has no
 * levels here, and a warning says so.
 *
 * @throws InputError where a table is malformed or names a category twice.
 */
export function readCategoryLevels(call: string, file: XgboostFile, names: readonly string[]): CategoryLevels {
  const { categoryTables: tables, version } = file;
  if (tables.length === 0) return { levels: names.map(() => null), warnings: [] };
  if (tables.length !== names.length) {
    throw damagedFile(call, "cats.enc", `${names.length} tables, one a feature`, String(tables.length));
  }
  const [major = 0, minor = 0] = version;
  const countsBytes = major > 3 || (major === 3 && minor >= 4);
  const unreadable = names.filter((_, j) => !countsBytes && hasLettersBeyondAscii(tables[j]));
  const levels = tables.map((table, j) => (unreadable.includes(names[j]) ? null : readLevels(call, table, `cats.enc[${j}]`)));
  return { levels, warnings: unreadable.length > 0 ? [cutCategories(unreadable)] : [] };
}

function hasLettersBeyondAscii(table: unknown): boolean {
  return v.is(textTable, table) && table.values.some((byte) => typeof byte === "number" && (byte < 0 || byte > 127));
}

function readLevels(call: string, table: unknown, where: string): readonly string[] | null {
  const levels = v.is(textTable, table) ? readTexts(call, table.offsets, table.values, where) : readNumbers(call, table, where);
  if (new Set(levels).size < levels.length) throw damagedFile(call, "the categories of a feature", "distinct", "one twice", where);
  return levels.length > 0 ? levels : null;
}

function readNumbers(call: string, table: unknown, where: string): string[] {
  if (!v.is(numberTable, table)) throw damagedFile(call, "a table of categories", "a list of values", "something else", where);
  return table.values.map((value) => {
    if (typeof value === "number") return String(value);
    throw damagedFile(call, "a category", "a number", JSON.stringify(value), where);
  });
}

/** Level `i` is the UTF-8 text in `bytes[offsets[i] .. offsets[i + 1])`. */
function readTexts(call: string, offsets: readonly unknown[], bytes: readonly unknown[], where: string): string[] {
  const place = (name: string): Place => ({ call, name, where });
  const ends = readIntegers(place("offsets"), offsets, offsets.length, 0, bytes.length);
  // The bytes are written as signed numbers; a Uint8Array brings them back to 0..255.
  const codes = Uint8Array.from(readIntegers(place("values"), bytes, bytes.length, -128, 255));
  if (ends.some((end, i) => i > 0 && end < ends[i - 1])) {
    throw damagedFile(call, "offsets", "in ascending order", "a smaller one after a larger", where);
  }
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return Array.from(ends.subarray(1), (end, i) => {
    try {
      return decoder.decode(codes.subarray(ends[i], end));
    } catch {
      throw damagedFile(call, `category ${i}`, "UTF-8 text", "other bytes", where);
    }
  });
}

function cutCategories(names: readonly string[]): Warning {
  return {
    name: "categories",
    message:
      `XGBoost before 3.4 cuts categories with letters beyond ASCII, so the file does not tell those of ${listNames(names)}: ` +
      "give these columns as codes, or save the model with a newer XGBoost.",
    subjects: names,
  };
}
