import { assert, integer, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../../src/errors.ts";
import { loadTreeShap, treeShap, type TreeShapOptions } from "../../../../src/shap/index.ts";
import { checksum } from "../../../../src/shap/tree-saving/checksum.ts";
import { importLightgbm } from "../../../../src/trees/index.ts";
import { manyRows, readReference } from "../../../support/reference-rows.ts";

const { text, rows } = readReference("lgb_regression_diabetes");
const model = importLightgbm(text);
const background = manyRows(rows, 30);
const some = manyRows(rows, 50, 1000);

const cases: [string, string, TreeShapOptions][] = [
  ["no background", "lgb_regression_diabetes", {}],
  ["a background with weights", "lgb_regression_diabetes", { background, backgroundWeights: Array.from({ length: 30 }, (_, i) => i / 7) }],
  [
    "groups and Banzhaf values",
    "lgb_regression_diabetes",
    { background, index: "banzhaf", groups: { body: model.featureNames.slice(1, 4) } },
  ],
  ["Saabas values", "lgb_regression_diabetes", { index: "saabas" }],
];

describe("a saved explainer", () => {
  test.each(cases)("with %s gives the same bits once it is loaded", (_, __, options) => {
    const explainer = treeShap(model, options);
    const loaded = loadTreeShap(explainer.toBytes());
    expect(JSON.stringify(loaded.explain(some))).toBe(JSON.stringify(explainer.explain(some)));
    expect(loaded.toBytes()).toEqual(explainer.toBytes());
  });

  test("with categories and missing values, and with several outputs", () => {
    for (const name of ["lgb_categorical_telco", "lgb_multiclass_wine"]) {
      const saved = readReference(name);
      const explainer = treeShap(importLightgbm(saved.text), {});
      const data = { values: Float64Array.from(saved.rows.flat()), numRows: saved.rows.length, numColumns: saved.rows[0].length };
      const covered = treeShap(importLightgbm(saved.text), { background: data });
      for (const each of [explainer, covered]) {
        expect(JSON.stringify(loadTreeShap(each.toBytes()).explain(data))).toBe(JSON.stringify(each.explain(data)));
      }
    }
  });

  test("with estimates of responses, and their options", () => {
    const binary = readReference("lgb_binary_nan_breast_cancer");
    const options = {
      background: manyRows(binary.rows, 3),
      output: "response",
      budget: 150,
      seed: 7,
      tolerance: { absolute: 0.5 },
    } as const;
    const explainer = treeShap(importLightgbm(binary.text), options);
    const few = manyRows(binary.rows, 3, 50);
    expect(JSON.stringify(loadTreeShap(explainer.toBytes()).explain(few))).toBe(JSON.stringify(explainer.explain(few)));
  });

  test("lies anywhere in memory", () => {
    const bytes = treeShap(model, { background }).toBytes();
    const moved = new Uint8Array(new SharedArrayBuffer(bytes.length + 3), 3);
    moved.set(bytes);
    expect(loadTreeShap(moved).explain(some).values).toEqual(treeShap(model, { background }).explain(some).values);
  });
});

/** What the header holds, as far as it is changed here. */
interface Header {
  schema: string;
  ensemble?: { trees: { feature: unknown } };
  options: Record<string, unknown>;
  background: { numRows: number; numColumns: number } | null;
}

describe("bytes that were never saved", () => {
  const bytes = treeShap(model, { background, groups: { body: model.featureNames.slice(1, 4) } }).toBytes();
  const view = (changed: Uint8Array): DataView => new DataView(changed.buffer, changed.byteOffset);
  const seal = (changed: Uint8Array): Uint8Array => {
    view(changed).setUint32(16, checksum(changed.subarray(24)), true);
    return changed;
  };
  const header = (change: (json: Header) => void): Uint8Array => {
    const length = view(bytes).getUint32(12, true);
    const json = JSON.parse(new TextDecoder().decode(bytes.subarray(24, 24 + length))) as Header;
    change(json);
    const changed = new TextEncoder().encode(JSON.stringify(json));
    const padded = Math.ceil(changed.length / 8) * 8;
    const out = new Uint8Array(24 + padded + bytes.length - 24 - length).fill(32, 24, 24 + padded);
    out.set(bytes.subarray(0, 24));
    out.set(changed, 24);
    out.set(bytes.subarray(24 + length), 24 + padded);
    view(out).setUint32(12, padded, true);
    return seal(out);
  };
  const change = (at: number, value: number): Uint8Array => {
    const changed = bytes.slice();
    changed[at] = value;
    return changed;
  };

  test.each([
    ["nothing", new Uint8Array(0), /0 bytes that begin otherwise/],
    ["something else", new TextEncoder().encode("tree\nversion=v4\nnum_class=1\n"), /begin otherwise/],
    ["a later version", change(8, 2), /version 2 of the format/],
    ["a cut file", bytes.slice(0, -8), /checksum/],
    ["a file cut within a number", bytes.slice(0, -3), /end early or late/],
    ["a header longer than the file", seal(change(15, 0x7f)), /end early or late/],
    ["a flipped bit", change(bytes.length - 9, bytes[bytes.length - 9] ^ 4), /checksum/],
    ["more rows than there are", header((json) => (json.background!.numRows = 2 ** 40)), /numbers instead of/],
    [
      "a shape that multiplies to the same",
      header((json) => Object.assign(json.background ?? {}, { numRows: 11, numColumns: 29 })),
      /columns|numColumns/,
    ],
    ["no background where numbers are", header((json) => (json.background = null)), /numbers instead of 0/],
    ["an unknown option", header((json) => (json.options.speed = 3)), /speed/],
    ["an unknown output", header((json) => (json.options.output = "odds")), /output/],
    ["groups of unknown columns", header((json) => (json.options.groups = { body: ["nose"] })), /nose/],
    ["another schema", header((json) => (json.schema = "vitrine/glm")), /schema/],
    [
      "a damaged model",
      header((json) => (json.ensemble!.trees.feature = { type: "int8", base64: "/////w==" })),
      /TreeEnsemble\.fromJSON|trees/,
    ],
    ["no model", header((json) => delete json.ensemble), /ensemble|schema/],
  ])("%s: refused", (_, changed, message) => {
    expect(() => loadTreeShap(changed)).toThrow(InputError);
    expect(() => loadTreeShap(changed)).toThrow(message);
  });

  test("what is no bytes: refused", () => {
    expect(() => loadTreeShap("explainer.bin" as unknown as Uint8Array)).toThrow(/must be a Uint8Array; got "explainer.bin"/);
  });

  test("weights that are none: refused", () => {
    const changed = bytes.slice();
    view(changed).setFloat64(changed.length - 8, -1, true);
    expect(() => loadTreeShap(seal(changed))).toThrow(/weights/);
  });

  test("any byte of the header changed under a right checksum: a typed error, or an explainer", () => {
    const length = view(bytes).getUint32(12, true);
    assert(
      property(integer({ min: 12, max: 24 + length - 1 }), nat(255), (at, value) => {
        try {
          loadTreeShap(seal(change(at, value)));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("the checksum is CRC-32", () => {
  // The check value of the standard.
  expect(checksum(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
