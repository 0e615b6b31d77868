import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { treeShap } from "../../src/shap/index.ts";
import { importXgboost, type ImportXgboostOptions, TreeEnsemble } from "../../src/trees/index.ts";
import { importCase, toMatrix, treeCases } from "./tree-cases.ts";

/** XGBoost applies its links in float32 (6e-8 a step); we round once at the end. */
const FLOAT32 = 1e-6;
/** XGBoost computes what several expectiles start from with its platform's expm1f, which rounds as it likes; a unit in the last place. */
const EXPECTILES = 3e-7;
/** XGBoost computes contributions in float32, by a recurrence up to 3.2 and by eight nodes after; relative to the raw scores. */
const CONTRIBUTIONS = 2e-5;

/** What the outputs of cases are called, where there are several. */
const OUTPUTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/soft(prob|max)$/, ["class 0", "class 1", "class 2"]],
  [/^quantiles$/, ["quantile 0.4", "quantile 0.5", "quantile 0.6"]],
  [/^expectiles$/, ["expectile 0.1", "expectile 0.5", "expectile 0.9"]],
  [/^wide_expectiles$/, ["expectile 0.1", "expectile 0.9"]],
  [/^(two_targets|vector_leaf)$/, ["target 0", "target 1"]],
];

interface FormatCase {
  readonly name: string;
  /** The file as text, of some; the bytes of the file in UBJSON, in base64. */
  readonly json?: string;
  readonly ubjson: string;
  readonly raw: readonly (readonly number[])[];
  /** Null where the library predicts classes and we probabilities. */
  readonly prediction: readonly (readonly number[])[] | null;
  /** Raw scores of the first boosting round alone, and of the rounds up to the best one. */
  readonly firstRound?: readonly (readonly number[])[];
  readonly best?: readonly (readonly number[])[];
  /** Rows × outputs × features and the bias. */
  readonly contributions: readonly (readonly (readonly number[])[])[] | null;
  /** The same rows by column, with names of categories. */
  readonly table?: Readonly<Record<string, readonly (string | number | null)[]>>;
}

interface Version {
  readonly library: string;
  readonly X: readonly (readonly (number | null)[])[];
  readonly cases: readonly FormatCase[];
}

const folder = resolve(import.meta.dirname, "trees/xgboost");
const versions = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Version);

function read({ ubjson }: FormatCase, options?: ImportXgboostOptions): TreeEnsemble {
  return importXgboost(Buffer.from(ubjson, "base64"), options);
}

/** A model's data without its functions. */
function dataOf(ensemble: TreeEnsemble): unknown {
  return JSON.parse(JSON.stringify(ensemble));
}

test("every version is there", () => {
  expect(versions.map(({ library, cases }) => [library, cases.length])).toEqual([
    ["xgboost 1.6.2", 23],
    ["xgboost 2.1.4", 29],
    ["xgboost 3.1.3", 30],
    ["xgboost 3.3.0", 2],
    ["xgboost 3.4.1", 33],
  ]);
});

describe.each([...versions])("$library", ({ X, cases }) => {
  const rows = toMatrix(X);

  describe.each([...cases])("$name", (formatCase) => {
    const ensemble = read(formatCase);
    const rawOf = (options: ImportXgboostOptions): Float64Array => read(formatCase, options).predict(rows, { scale: "raw" });
    const expectSame = (found: Float64Array, expected: readonly (readonly number[])[] = []): void => {
      if (!formatCase.name.endsWith("expectiles")) return expect([...found]).toEqual(expected.flat());
      expected
        .flat()
        .forEach((value, cell) => expect(Math.abs(found[cell] - value)).toBeLessThanOrEqual(EXPECTILES * Math.max(1, Math.abs(value))));
    };

    test("predicts as the library", () => {
      expectSame(ensemble.predict(rows, { scale: "raw" }), formatCase.raw);
      if (formatCase.prediction === null) return;
      expect(ensemble.verify(rows, formatCase.prediction.flat(), { tolerance: FLOAT32 }).ok).toBe(true);
    });

    test("is known by its objective", () => {
      expect(ensemble.warnings).toEqual([]);
      expect(ensemble.outputNames).toEqual(OUTPUTS.find(([name]) => name.test(formatCase.name))?.[1] ?? ["output"]);
    });

    test.runIf(formatCase.json)("JSON and UBJSON hold the same", () => {
      expect(dataOf(importXgboost(formatCase.json as string))).toEqual(dataOf(read(formatCase)));
    });

    test("is restored from its own JSON", () => {
      const restored = TreeEnsemble.fromJSON(dataOf(ensemble));
      expect(restored.predict(rows)).toEqual(ensemble.predict(rows));
      expect(dataOf(restored)).toEqual(dataOf(ensemble));
    });

    test.runIf(formatCase.firstRound)("rounds can be chosen", () => {
      expectSame(rawOf({ iterations: [0, 1] }), formatCase.firstRound);
      expectSame(rawOf({ iterations: "best" }), formatCase.best ?? formatCase.raw);
    });

    test.runIf(formatCase.table)("reads the names of categories", () => {
      expect([...ensemble.predict(formatCase.table as Record<string, (string | number | null)[]>, { scale: "raw" })]).toEqual(
        formatCase.raw.flat(),
      );
    });

    test.runIf(formatCase.contributions)("contributions are the library's", () => {
      const { values, baseValues } = treeShap(ensemble).explain(rows);
      const { numOutputs } = ensemble;
      const size = Math.max(1, ...formatCase.raw.flat().map(Math.abs));
      formatCase.contributions?.forEach((row, i) =>
        row.forEach((contributions, output) =>
          contributions.forEach((expected, j) => {
            const found = j < 4 ? values[(i * 4 + j) * numOutputs + output] : baseValues[i * numOutputs + output];
            expect(Math.abs(found - expected)).toBeLessThanOrEqual(CONTRIBUTIONS * size);
          }),
        ),
      );
    });
  });
});

describe("XGBoost 1.7 in UBJSON", () => {
  test.each(treeCases.filter(({ kind }) => kind === "xgboost"))("$name", (treeCase) => {
    const bytes = readFileSync(join(treeCase.folder, treeCase.modelFile.replace(/json$/, "ubj")));
    expect(dataOf(importXgboost(bytes))).toEqual(dataOf(importCase(treeCase)));
  });
});
