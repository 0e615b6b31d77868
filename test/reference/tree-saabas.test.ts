import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { importCase, toMatrix, treeCases, type TreeCase } from "./tree-cases.ts";

interface SaabasCase {
  /** XGBoost's approx_contribs and shap's approximate=True: rows × outputs × features. */
  readonly library: readonly (readonly (readonly number[])[])[];
  readonly shap: readonly (readonly (readonly number[])[])[];
  readonly libraryBias: readonly number[];
}

const { cases } = JSON.parse(readFileSync(resolve(import.meta.dirname, "treeshap/saabas.json"), "utf8")) as {
  cases: Record<string, SaabasCase>;
};

/** XGBoost's means and sums are float32, of margins up to 5. */
const FLOAT32 = 2e-6;

test.each(Object.entries(cases))("Saabas values of %s are those of XGBoost and of shap", (name, saabas) => {
  const treeCase = treeCases.find((each) => each.name === name) as TreeCase;
  const explanation = treeShap(importCase(treeCase), { index: "saabas" }).explain(toMatrix(treeCase.X.slice(0, saabas.library.length)));
  expect(explanation.warnings).toEqual([]);
  for (const expected of [saabas.library, saabas.shap]) {
    expected.forEach((outputs, row) =>
      outputs.forEach((values, output) =>
        values.forEach((value, feature) => expect(Math.abs(explanation.value(row, feature, output) - value)).toBeLessThan(FLOAT32)),
      ),
    );
  }
  saabas.libraryBias.forEach((bias, output) => expect(Math.abs(explanation.baseValues[output] - bias)).toBeLessThan(FLOAT32));
});
