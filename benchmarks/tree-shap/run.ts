// Times path-dependent Tree SHAP beside shap's C extension and LightGBM's own contributions: same machine, same rows, one thread, in turn.
// Writes results.json and docs/benchmarks.md.   npm run bench
import { mkdirSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { treeShap } from "vitrine/shap";
import { importLightgbm } from "vitrine/trees";
import { Engine, python } from "../engine.ts";
import { median } from "../median.ts";
import { describeMachine, writePage } from "../page.ts";
import type { CaseResult, TreeShapRun } from "./section.ts";

const folder = resolve(import.meta.dirname, "../models");
const ROUNDS = 7;
/** Both sides sum the same terms in float64, in another order. */
const AGREEMENT = 1e-10;

const cases = [
  { name: "depth6", leaves: 63, depth: 6, trees: 100, rows: 1000 },
  { name: "depth7", leaves: 127, depth: 7, trees: 100, rows: 1000 },
  { name: "depth8", leaves: 255, depth: 8, trees: 100, rows: 1000 },
];

function readDoubles(file: string): Float64Array {
  const bytes = readFileSync(resolve(folder, file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

async function runCase(peers: Engine, { name, leaves, depth, trees, rows }: (typeof cases)[number]): Promise<CaseResult> {
  if (!existsSync(resolve(folder, `${name}.lgb.txt`))) await peers.ask({ do: "train", name, leaves, depth, trees });
  await peers.ask({ do: "open", name, rows });
  const data = { values: readDoubles(`${name}.x`), numRows: rows, numColumns: 20 };
  const expected = readDoubles(`${name}.phi`);
  const built = performance.now();
  const ensemble = importLightgbm(readFileSync(resolve(folder, `${name}.lgb.txt`), "utf8"));
  const explainer = treeShap(ensemble);
  // Tables are made at the first call.
  explainer.explain({ ...data, values: data.values.subarray(0, data.numColumns), numRows: 1 });
  const buildSeconds = (performance.now() - built) / 1000;
  const difference = explainer.explain(data).values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  if (!(difference < AGREEMENT)) throw new Error(`${name}: values differ from shap's by ${difference}`);
  const seconds = { vitrine: [] as number[], shap: [] as number[], lightgbm: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    explainer.explain(data);
    seconds.vitrine.push((performance.now() - start) / 1000);
    for (const peer of ["shap", "lightgbm"] as const) seconds[peer].push((await peers.ask<{ seconds: number }>({ do: peer })).seconds);
  }
  const numLeaves = ensemble.nodes.leafStart.filter((start) => start >= 0).length;
  const perCell = (all: readonly number[]): number => (median(all) * 1e9) / rows / numLeaves;
  return {
    name,
    trees: ensemble.numTrees,
    depth,
    numLeaves,
    rows,
    difference,
    buildSeconds,
    nanoseconds: { vitrine: perCell(seconds.vitrine), shap: perCell(seconds.shap), lightgbm: perCell(seconds.lightgbm) },
    ratios: {
      shap: median(seconds.shap.map((other, i) => other / seconds.vitrine[i])),
      lightgbm: median(seconds.lightgbm.map((other, i) => other / seconds.vitrine[i])),
    },
  };
}

mkdirSync(folder, { recursive: true });
const peers = new Engine(python, [resolve(import.meta.dirname, "peers.py"), folder]);
const versions = await peers.ask({ do: "versions" });
const results: CaseResult[] = [];
for (const each of cases) {
  const result = await runCase(peers, each);
  results.push(result);
  const { vitrine, shap, lightgbm } = result.nanoseconds;
  console.log(
    `${result.name}: vitrine ${vitrine.toFixed(1)} ns per row and leaf, shap ${shap.toFixed(0)} (${result.ratios.shap.toFixed(1)} ×), LightGBM ${lightgbm.toFixed(0)} (${result.ratios.lightgbm.toFixed(1)} ×)`,
  );
}
peers.close();
const run: TreeShapRun = { ...describeMachine(versions), rounds: ROUNDS, results };
writeFileSync(resolve(import.meta.dirname, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
writePage();
