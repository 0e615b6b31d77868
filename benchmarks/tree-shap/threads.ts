// Times explainParallel with one thread and with two, in turn, after both have prepared: same machine, same rows. run.ts calls it; by itself it
// needs the model that run.ts trains, or any LightGBM text file.   tsx benchmarks/tree-shap/threads.ts [MODEL] [ROWS]
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { treeShap } from "vitrine/shap";
import { importLightgbm } from "vitrine/trees";
import { median } from "../median.ts";
import type { ThreadsResult } from "./results.ts";

/** Path-dependent and interventional values of so many rows, with one thread and with two. */
export async function measureThreads(file: string, numRows: number, rounds: number): Promise<ThreadsResult[]> {
  const ensemble = importLightgbm(readFileSync(file));
  const numColumns = ensemble.featureNames.length;
  // A plain sequence that fills the unit interval evenly: rows need only differ.
  const values = Float64Array.from({ length: numRows * numColumns }, (_, cell) => ((cell * 0.6180339887498949) % 1) * 4 - 2);
  const data = { values, numRows, numColumns };
  const background = { values: values.slice(0, 1000 * numColumns), numRows: 1000, numColumns };
  const results: ThreadsResult[] = [];
  for (const [name, options] of Object.entries({ "path-dependent": {}, "1,000 background rows": { background } })) {
    const explainer = treeShap(ensemble, options);
    const seconds: Record<number, number[]> = { 1: [], 2: [] };
    const found: Float64Array[] = [];
    for (let round = -1; round < rounds; round++) {
      for (const threads of [1, 2]) {
        const start = performance.now();
        const explanation = await explainer.explainParallel(data, { threads });
        // The first round starts threads and prepares tables in them.
        if (round >= 0) seconds[threads].push((performance.now() - start) / 1000);
        else found.push(explanation.values);
      }
    }
    await explainer.close();
    if (!found[0].every((value, i) => Object.is(value, found[1][i]))) throw new Error(`${name}: one thread and two differ`);
    const ratio = median(seconds[1].map((one, i) => one / seconds[2][i]));
    results.push({ name, rows: numRows, one: median(seconds[1]), two: median(seconds[2]), ratio });
  }
  return results;
}

/** One line for a terminal. */
export function describeThreads({ name, rows, one, two, ratio }: ThreadsResult): string {
  return `${name}, ${rows} rows: one thread ${one.toFixed(2)} s, two ${two.toFixed(2)} s, ${ratio.toFixed(2)} times as fast`;
}

if (process.argv[1] === import.meta.filename) {
  const [file = resolve(import.meta.dirname, "../models/depth6.lgb.txt"), rows = "200000"] = process.argv.slice(2);
  for (const result of await measureThreads(file, Number(rows), 7)) console.log(describeThreads(result));
}
