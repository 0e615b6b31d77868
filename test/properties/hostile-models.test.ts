import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/errors.ts";
import { treeShap } from "../../src/shap/index.ts";
import type { Matrix } from "../../src/table/index.ts";
import { importLightgbm, importXgboost, type TreeEnsemble } from "../../src/trees/index.ts";
import { restoreEnsemble } from "../support/restore-ensemble.ts";

const PREDICTION_RUNS = 2000;
const EXPLANATION_RUNS = 200;
/** The start of a file holds what counts and lengths hang on; a model of this size imports in a moment. */
const MOST_BYTES = 30_000;

type Mutation =
  | { readonly kind: "flip"; readonly at: number; readonly bit: number }
  | { readonly kind: "cut"; readonly at: number }
  | { readonly kind: "number"; readonly at: number; readonly by: string };

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("flip" as const), at: fc.double({ min: 0, max: 1, noNaN: true }), bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({
    kind: fc.constant("number" as const),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    by: fc.constantFrom(
      "0",
      "-1",
      "1",
      "2",
      "3",
      "1e39",
      "1e308",
      "-1e308",
      "1e999",
      "NaN",
      "0.5",
      "4294967295",
      "999999999",
      "",
      "null",
      '"x"',
      "[]",
    ),
  }),
);

function mutate(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  let mutated: Uint8Array = Uint8Array.from(bytes);
  for (const one of mutations) {
    const at = Math.min(mutated.length - 1, Math.floor(one.at * mutated.length));
    if (at < 0) return mutated;
    if (one.kind === "flip") mutated[at] ^= 1 << one.bit;
    else if (one.kind === "cut") mutated = mutated.slice(0, at);
    else mutated = replaceNumber(mutated, at, one.by);
  }
  return mutated;
}

/** Replaces the first number at or after a place. */
function replaceNumber(bytes: Uint8Array, at: number, by: string): Uint8Array {
  const text = new TextDecoder("latin1").decode(bytes);
  const found = /-?\d[\d.eE+-]*/.exec(text.slice(at));
  if (!found) return bytes;
  const start = at + found.index;
  return Uint8Array.from(text.slice(0, start) + by + text.slice(start + found[0].length), (character) => character.charCodeAt(0));
}

type Reader = (bytes: Uint8Array) => TreeEnsemble;

/** The result of work, or null where it says by InputError that it can't; any other error is a fault. */
function orInputError<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Ten rows of numbers that stress tests: zeros, signs, missing, infinities, huge and tiny. */
function stressRows(ensemble: TreeEnsemble): Matrix {
  const numColumns = ensemble.features.length;
  const fillers = [0, 1, -1, NaN, Infinity, -Infinity, 20.5, 1e-36, 1e30, 2];
  const fill = (_: unknown, cell: number): number => fillers[(Math.floor(cell / numColumns) + cell) % fillers.length];
  return { values: Float64Array.from({ length: fillers.length * numColumns }, fill), numRows: fillers.length, numColumns };
}

/** Either an InputError, or a model whose predictions are numbers: raw ones finite, responses never NaN. */
function expectPredicts(read: Reader, bytes: Uint8Array): void {
  const ensemble = orInputError(() => read(bytes));
  if (!ensemble) return;
  const data = stressRows(ensemble);
  expect(ensemble.predict(data, { scale: "raw" }).every(Number.isFinite)).toBe(true);
  expect(ensemble.predict(data).some(Number.isNaN)).toBe(false);
  expect(ensemble.sumLeaves(ensemble.encode(data, "test")).every(Number.isFinite)).toBe(true);
}

/** Either an InputError, or values that are finite and add up, or a warning that they do not. */
function expectExplains(read: Reader, bytes: Uint8Array): void {
  const ensemble = orInputError(() => read(bytes));
  if (!ensemble) return;
  const data = stressRows(ensemble);
  for (const options of [{}, { background: data }]) {
    const explanation = orInputError(() => treeShap(ensemble, options).explain(data));
    if (!explanation) continue;
    const warned = explanation.warnings.some(({ name }) => name === "additivity");
    expect(warned || explanation.values.every(Number.isFinite)).toBe(true);
  }
}

function readReference(file: string): Uint8Array {
  return readFileSync(new URL(`../reference/${file}`, import.meta.url));
}

/** A model of the newest XGBoost in UBJSON. */
function readUbjson(name: string): Uint8Array {
  const text = new TextDecoder().decode(readReference("trees/xgboost/xgboost-3.4.1.json"));
  const { cases } = JSON.parse(text) as { cases: { name: string; ubjson: string }[] };
  const found = cases.find((one) => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return Buffer.from(found.ubjson, "base64");
}

/** The bytes of an ensemble's own JSON. */
function saveEnsemble(ensemble: TreeEnsemble): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(ensemble));
}

describe("a damaged file gives an InputError or a model that works", () => {
  describe.each<[string, Reader, Uint8Array?]>([
    ["trees/xgb_named_categories.xgb.json", importXgboost],
    ["trees/xgb_dart_poisson.xgb.json", importXgboost],
    ["trees/xgb_vector_leaf_softprob.xgb.json", importXgboost],
    ["trees/xgb_vector_leaf_old.xgb.json", importXgboost],
    ["trees/lgb_pandas_categories.lgb.txt", importLightgbm],
    ["trees/lgb_forest_binary.lgb.txt", importLightgbm],
    ["treeshap/lgb_single_leaf_concrete.lgb.txt", importLightgbm],
    ["UBJSON with categories", importXgboost, readUbjson("category_names")],
    ["UBJSON with weights of trees", importXgboost, readUbjson("dart_softprob")],
    ["UBJSON with vector leaves", importXgboost, readUbjson("vector_leaf")],
    ["an ensemble's own JSON with categories", restoreEnsemble, saveEnsemble(importXgboost(readUbjson("category_names")))],
    ["an ensemble's own JSON with vector leaves", restoreEnsemble, saveEnsemble(importXgboost(readUbjson("vector_leaf_softprob")))],
  ])("%s", (file, read, own) => {
    const bytes = own ?? readReference(file);
    const damage = fc.array(mutation, { minLength: 1, maxLength: 3 });

    test("predicts", () => {
      expect(bytes.length).toBeLessThan(MOST_BYTES);
      expectPredicts(read, bytes);
      fc.assert(
        fc.property(damage, (mutations) => expectPredicts(read, mutate(bytes, mutations))),
        { numRuns: PREDICTION_RUNS },
      );
    });

    test("explains", () => {
      expectExplains(read, bytes);
      fc.assert(
        fc.property(damage, (mutations) => expectExplains(read, mutate(bytes, mutations))),
        { numRuns: EXPLANATION_RUNS },
      );
    });
  });
});
