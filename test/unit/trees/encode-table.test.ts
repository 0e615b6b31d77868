import { describe, expect, test } from "vitest";
import type { Warning } from "../../../src/errors.ts";
import { parseCsv } from "../../../src/table/index.ts";
import { encodeTable } from "../../../src/trees/encode-table.ts";
import type { ModelFeature } from "../../../src/trees/index.ts";
import { messageOf } from "../../support/message-of.ts";

const numeric = (name: string): ModelFeature => ({ name, kind: "numeric", levels: null });
const categorical = (name: string, levels: readonly string[] | null): ModelFeature => ({ name, kind: "categorical", levels });

function encode(features: readonly ModelFeature[], csv: string, warnings: readonly Warning[] = []): number[] {
  return [...encodeTable("predict", features, (cell) => cell, warnings, parseCsv(csv)).values];
}

test("true and false find the model's categories however either side spells them", () => {
  expect(encode([categorical("k", ["False", "True"])], "k,n\nTrue,1\nFalse,2\n")).toEqual([1, 0]);
  expect(encode([categorical("k", ["true", "false"])], "k,n\nTRUE,1\nfalse,2\n")).toEqual([0, 1]);
  // Texts that are not all true or false are told apart by their letters.
  expect(messageOf(() => encode([categorical("k", ["Yes", "No"])], "k,n\nyes,1\n"))).toContain('the unseen category "yes" at row 0');
});

describe("a category named like a missing mark", () => {
  const feature = categorical("garage", ["NA", "attached"]);

  test("is not lost without a word", () => {
    expect(messageOf(() => encode([feature], "garage,n\nattached,1\nNA,2\n"))).toBe(
      'predict: column "garage" must be read so that the model\'s category "NA" is told from missing values; got a missing value at row 1. ' +
        "Read the file with the option missing: [] where the word is a category; where values are really missing, list the model's categories as the column's levels.",
    );
  });

  test("is found when the reader keeps it, and missing cells may stand beside it", () => {
    const kept = parseCsv("garage,n\nattached,1\nNA,2\n,3\n", { missing: [] });
    expect([...encodeTable("predict", [feature], (cell) => cell, [], kept).values]).toEqual([1, 0, NaN]);
    const listed = parseCsv("garage,n\nattached,1\n,2\n", { missing: [], levels: { garage: ["NA", "attached"] } });
    expect([...encodeTable("predict", [feature], (cell) => cell, [], listed).values]).toEqual([1, NaN]);
  });
});

test.each([
  [
    "the cell that is no number is the one named",
    () => encode([numeric("age")], "age,n\n64,1\n31,2\nold,3\n"),
    'predict: column "age" must be numbers, as in training; got the text "old" at row 2. Turn the column into numbers, with missing values as null or NaN.',
  ],
  [
    "numbers that were read as texts",
    () => encode([numeric("code")], "code,n\n007,1\n"),
    'predict: column "code" must be numbers, as in training; got the text "007" at row 0. Turn the column into numbers, with missing values as null or NaN.',
  ],
  [
    "a model trained without names",
    () => encode([numeric("Column_0"), numeric("Column_1")], "age,n\n64,1\n"),
    'predict: data must be a table with all 2 columns of the model; got "age", "n" without "Column_0", "Column_1". The model was trained without names: rename the table\'s columns in the order of training, or give a matrix.',
  ],
  [
    "categories that the file does not tell, with what is known of why",
    () =>
      encode([categorical("city", null)], "city,n\nKöln,1\n", [
        { name: "categories", message: "The file cuts these categories.", subjects: ["city"] },
        { name: "other", message: "Not about it.", subjects: ["n"] },
      ]),
    'predict: column "city" must be whole-number codes: the model file does not name its categories; got the text "Köln" at row 0. Replace each category by the code that it had in training. The file cuts these categories.',
  ],
])("%s", (_, call, message) => {
  expect(messageOf(call)).toBe(message);
});
