// Times explainParallel with one thread and with two, in turn, after both have prepared: same machine, same rows. Needs the model that run.ts
// trains, or any LightGBM text file.   tsx benchmarks/tree-shap/threads.ts [MODEL] [ROWS]
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { treeShap } from "vitrine/shap";
import { importLightgbm } from "vitrine/trees";
import { median } from "../median.ts";

const [file = resolve(import.meta.dirname, "../models/depth6.lgb.txt"), rows = "200000"] = process.argv.slice(2);
const ROUNDS = 7;

const ensemble = importLightgbm(readFileSync(file));
const numRows = Number(rows);
const numColumns = ensemble.featureNames.length;
// A plain sequence that fills the unit interval evenly: rows need only differ.
const values = Float64Array.from({ length: numRows * numColumns }, (_, cell) => ((cell * 0.6180339887498949) % 1) * 4 - 2);
const data = { values, numRows, numColumns };
const background = { values: values.slice(0, 1000 * numColumns), numRows: 1000, numColumns };

for (const [name, options] of Object.entries({ "path-dependent": {}, "1000 background rows": { background } })) {
  const explainer = treeShap(ensemble, options);
  const seconds: Record<number, number[]> = { 1: [], 2: [] };
  const found: Float64Array[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    for (const threads of [1, 2]) {
      const start = performance.now();
      const explanation = await explainer.explainParallel(data, { threads });
      // The first round starts threads and prepares tables in them.
      if (round >= 0) seconds[threads].push((performance.now() - start) / 1000);
      else found.push(explanation.values);
    }
  }
  if (!found[0].every((value, i) => Object.is(value, found[1][i]))) throw new Error(`${name}: one thread and two differ`);
  const ratio = median(seconds[1].map((one, i) => one / seconds[2][i]));
  const [one, two] = [median(seconds[1]), median(seconds[2])];
  console.log(`${name}, ${numRows} rows: one thread ${one.toFixed(2)} s, two ${two.toFixed(2)} s, ${ratio.toFixed(2)} times as fast`);
  await explainer.close();
}
