import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { importLightgbm } from "../../src/trees/index.ts";
import { toMatrix } from "./tree-cases.ts";

interface ObjectiveCase {
  readonly name: string;
  readonly model: string;
  readonly raw: readonly number[];
  readonly response: readonly number[];
}

/** Exponentials of two mathematical libraries, relative to 1 or the response. */
const EXPONENTIALS = 1e-14;
const file = resolve(import.meta.dirname, "trees/lightgbm/objectives.json");
const { X, cases } = JSON.parse(readFileSync(file, "utf8")) as { X: (number | null)[][]; cases: ObjectiveCase[] };

test.each(cases)("LightGBM 4.7, $name: raw scores to the bit, and the response", ({ name, model, raw, response }) => {
  const ensemble = importLightgbm(model);
  expect([...ensemble.predict(toMatrix(X), { scale: "raw" })]).toEqual(raw);
  const found = ensemble.predict(toMatrix(X));
  expect(found.length).toBe(response.length);
  response.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(EXPONENTIALS * Math.max(1, Math.abs(value))));
  expect(ensemble.warnings.map((warning) => warning.name)).toEqual(name === "an objective of one's own" ? ["objective"] : []);
});
