import { describe, expect, test } from "vitest";
import { parseUbjson } from "../../../../src/trees/xgboost/ubjson.ts";
import { importLightgbm, importXgboost } from "../../../../src/trees/index.ts";
import { messageOf } from "../../../support/message-of.ts";
import { smallXgboost } from "../../../support/small-models.ts";
import { bytesOf, writeUbjson } from "../../../support/ubjson.ts";

const DAMAGED = "The file is damaged or was changed by hand: save the model again with the library that trained it.";
const parse = (...parts: (string | number)[]): unknown => parseUbjson("test", bytesOf(...parts));

describe("values", () => {
  test.each<[string, (string | number)[], unknown]>([
    ["a small number", ["i", 0xff], -1],
    ["a small number without a sign", ["U", 0xff], 255],
    ["16 bits, the highest byte first", ["I", 0x01, 0x02], 258],
    ["32 bits", ["l", 0xff, 0xff, 0xff, 0xfe], -2],
    ["64 bits", ["L", 0, 0, 0, 1, 0, 0, 0, 0], 2 ** 32],
    ["a single", ["d", 0x3f, 0xc0, 0, 0], 1.5],
    ["a double", ["D", 0xbf, 0xe0, 0, 0, 0, 0, 0, 0], -0.5],
    ["NaN", ["d", 0x7f, 0xc0, 0, 0], NaN],
    ["infinity", ["d", 0xff, 0x80, 0, 0], -Infinity],
    ["true", ["T"], true],
    ["false", ["F"], false],
    ["null", ["Z"], null],
    ["a letter", ["Cx"], "x"],
    ["a text", ["Si", 3, "abc"], "abc"],
    ["a text beyond ASCII", ["SU", 2, 0xc3, 0xa9], "é"],
    ["nothing before a value", ["NNi", 7], 7],
    ["an empty array", ["[]"], []],
    ["an empty object", ["{}"], {}],
    ["an array with an end", ["[i", 1, "N[T]Z]"], [1, [true], null]],
    ["an array with a count", ["[#i", 2, "Ti", 5], [true, 5]],
    ["a count of 0", ["[#i", 0], []],
    ["an array of one type", ["[$U#i", 3, 1, 2, 255], [1, 2, 255]],
    ["an array of texts of one type", ["[$S#i", 2, "i", 1, "ai", 0], ["a", ""]],
    ["an object", ["{i", 1, "aTi", 2, "bc{}}"], { a: true, bc: {} }],
    ["an object with a count", ["{#i", 1, "i", 1, "aF"], { a: false }],
    ["an object of one type", ["{$U#i", 1, "i", 1, "a", 9], { a: 9 }],
  ])("%s", (_, parts, expected) => expect(parse(...parts)).toEqual(expected));

  test("a name that objects inherit is a name like any other", () => {
    const value = parse("{i", 9, "__proto__", "{i", 1, "aT}}") as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("bytes may be part of a larger buffer", () => {
    const buffer = bytesOf(0, 0, "[$U#i", 2, 4, 5, 0).buffer;
    expect(parseUbjson("test", new Uint8Array(buffer, 2, 8))).toEqual([4, 5]);
  });
});

describe("damage", () => {
  test.each<[string, (string | number)[]]>([
    ["more bytes; got the end of the file at byte 0", []],
    ["more bytes; got the end of the file at byte 2", ["[T"]],
    ["more bytes; got the end of the file at byte 1", ["D"]],
    ["the end; got 1 bytes more at byte 1", ["TT"]],
    ['the marker of a value; got "?" at byte 1', ["?"]],
    ['the marker of a value; got "H" at byte 1', ["Hi", 1, "5"]],
    ['the type of a length; got "T" at byte 2', ["{T}"]],
    ["a length from 0 to 0, for which there are bytes; got -1 at byte 3", ["Si", 0xff]],
    ["a length from 0 to 3, for which there are bytes; got 4 at byte 3", ["Si", 4, "abc"]],
    [
      "a length from 0 to 2, for which there are bytes; got 9223372036854776000 at byte 11",
      ["[#L", 0x7f, 255, 255, 255, 255, 255, 255, 255, "T]"].flat(),
    ],
    ["a length from 0 to 0, for which there are bytes; got 2000000000 at byte 9", ["[$D#l", 0x77, 0x35, 0x94, 0, "T"]],
    ["a length from 0 to 1, for which there are bytes; got 2 at byte 6", ["[$D#i", 2, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['a type of elements; got "T" at byte 3', ["[$T#l", 0x77, 0x35, 0x94, 0]],
    ["a count after the type of elements; got none at byte 3", ["[$U", 1, "]"]],
    ["UTF-8 text; got other bytes at byte 4", ["Si", 1, 0xff]],
    ["at most 100 containers within one another; got more at byte 101", ["[".repeat(1_000_000)]],
  ])("%s", (problem, parts) => expect(messageOf(() => parse(...parts))).toBe(`test: the UBJSON must be ${problem}. ${DAMAGED}`));
});

describe("a model in UBJSON", () => {
  const text = smallXgboost();
  const bytes = writeUbjson(JSON.parse(text));

  test("is the model in JSON", () => {
    expect(importXgboost(bytes).toJSON()).toEqual(importXgboost(text).toJSON());
  });

  test("that is cut anywhere is refused", () => {
    for (let length = 1; length < bytes.length; length++) {
      expect(messageOf(() => importXgboost(bytes.subarray(0, length)))).toMatch(/^importXgboost: /);
    }
  });

  test("NaN among its numbers is no number, as in JSON", () => {
    const file = JSON.parse(text);
    file.learner.gradient_booster.model.trees[0].split_conditions[0] = NaN;
    expect(messageOf(() => importXgboost(writeUbjson(file)))).toBe(
      `importXgboost: split_conditions[0] must be a number; got NaN at tree 0. ${DAMAGED}`,
    );
  });

  test("is sent on by other readers", () => {
    expect(messageOf(() => importLightgbm(bytes))).toMatch(/got an XGBoost model in UBJSON\. Read it with importXgboost\.$/);
  });
});
