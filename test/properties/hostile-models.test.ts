import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../../src/errors.ts";
import { importLightgbm, importXgboost } from "../../src/trees/index.ts";
import type { TreeEnsemble } from "../../src/trees/index.ts";

const RUNS = 2000;
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

/** Either an InputError, or a model whose predictions are numbers: raw ones finite, responses never NaN. */
function expectHandled(read: (bytes: Uint8Array) => TreeEnsemble, bytes: Uint8Array): void {
  let ensemble: TreeEnsemble;
  try {
    ensemble = read(bytes);
  } catch (error) {
    if (error instanceof InputError) return;
    throw error;
  }
  const numColumns = ensemble.features.length;
  const fillers = [0, 1, -1, NaN, Infinity, -Infinity, 20.5, 1e-36, 1e30, 2];
  const values = Float64Array.from(
    { length: fillers.length * numColumns },
    (_, cell) => fillers[(Math.floor(cell / numColumns) + cell) % fillers.length],
  );
  const data = { values, numRows: fillers.length, numColumns };
  expect(ensemble.predict(data, { scale: "raw" }).every(Number.isFinite)).toBe(true);
  expect(ensemble.predict(data).some(Number.isNaN)).toBe(false);
  expect(ensemble.sumLeaves(ensemble.encode(data, "test")).every(Number.isFinite)).toBe(true);
}

describe("a damaged file gives an InputError or a model that predicts", () => {
  test.each([
    ["trees/xgb_named_categories.xgb.json", importXgboost],
    ["trees/xgb_dart_poisson.xgb.json", importXgboost],
    ["trees/xgb_vector_leaf_softprob.xgb.json", importXgboost],
    ["trees/xgb_vector_leaf_old.xgb.json", importXgboost],
    ["trees/lgb_pandas_categories.lgb.txt", importLightgbm],
    ["trees/lgb_forest_binary.lgb.txt", importLightgbm],
    ["treeshap/lgb_single_leaf_concrete.lgb.txt", importLightgbm],
  ])("%s", (file, read) => {
    const bytes = readFileSync(new URL(`../reference/${file}`, import.meta.url));
    expect(bytes.length).toBeLessThan(MOST_BYTES);
    expectHandled(read, bytes);
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => expectHandled(read, mutate(bytes, mutations))),
      { numRuns: RUNS },
    );
  });
});
