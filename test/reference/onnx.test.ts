import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { importOnnx, TreeEnsemble } from "../../src/index.ts";
import type { Matrix } from "../../src/table/index.ts";

/** Links run in float32 in onnxruntime, in float64 here. */
const FLOAT32 = 2e-6;

/** Its formula takes differences of nearly equal numbers in float32. */
const PROBIT = 1e-4;

type Cell = number | null | "Infinity" | "-Infinity";

interface OnnxCase {
  readonly name: string;
  readonly output: string | null;
  readonly double: boolean;
  readonly X: readonly (readonly Cell[])[];
  /** What onnxruntime gives: rows × classes or targets. */
  readonly scores: readonly (readonly Cell[])[];
}

const folder = resolve(import.meta.dirname, "onnx");
const { cases } = JSON.parse(readFileSync(resolve(folder, "cases.json"), "utf8")) as { readonly cases: readonly OnnxCase[] };
const bytesOf = ({ name }: OnnxCase): Uint8Array => readFileSync(resolve(folder, `${name}.onnx`));

function matrixOf(rows: readonly (readonly Cell[])[]): Matrix {
  return {
    values: Float64Array.from(rows.flat(), (cell) => (cell === null ? NaN : Number(cell))),
    numRows: rows.length,
    numColumns: rows[0].length,
  };
}

/** onnxruntime's scores for the model's outputs: of two columns the second where one output stands for both. */
function expectedOf({ scores }: OnnxCase, model: TreeEnsemble): number[] {
  const hidden = scores[0].length - model.numOutputs;
  return scores.flatMap((row) => row.slice(hidden).map(Number));
}

describe("predictions equal onnxruntime's", () => {
  test("every case is found", () => expect(cases.length).toBeGreaterThanOrEqual(55));
  test.each(cases)("$name", (one) => {
    const model = importOnnx(bytesOf(one));
    const rows = matrixOf(one.X);
    const found = model.predict(rows);
    const expected = expectedOf(one, model);
    // Sums are onnxruntime's to the bit where nothing but the trees and float32 stand in the graph, or the means of trees are taken.
    const exact = model.singlePrecision !== undefined && model.link.name === "identity" && !/average/.test(one.name);
    if (exact) expect([...found]).toEqual(expected.map((x) => x + 0));
    const miss = expected.map((x, i) => Math.abs(found[i] - x) / Math.max(1, Math.abs(x)));
    expect(Math.max(...miss)).toBeLessThan(model.link.name === "probit" ? PROBIT : FLOAT32);
    const restored = TreeEnsemble.fromJSON(JSON.parse(JSON.stringify(model)));
    expect(restored.predict(rows)).toEqual(found);
  });
});
