// Times interactions of trees beside shap's C extension: same machine, same model, one thread, in turn.
// Writes results.json and docs/benchmarks.md.   npm run bench
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { treeShap } from "vitrine/shap";
import { importLightgbm } from "vitrine/trees";
import { Engine, python } from "../engine.ts";
import { median } from "../median.ts";
import { describeMachine, writePage } from "../page.ts";
import type { InteractionsResult, TreeInteractionsRun } from "./section.ts";

const folder = resolve(import.meta.dirname, "../models");
const ROUNDS = 5;
const COLUMNS = 20;
/** Both sides sum the same terms in float64, in another order. */
const AGREEMENT = 1e-10;

const cases = [
  { name: "depth6", leaves: 63, depth: 6, trees: 100, rows: 1000, shapRows: 20 },
  { name: "depth8", leaves: 255, depth: 8, trees: 100, rows: 500, shapRows: 4 },
  { name: "depth16", leaves: 1000, depth: 16, trees: 20, rows: 500, shapRows: 4 },
];

function readDoubles(file: string): Float64Array {
  const bytes = readFileSync(resolve(folder, file));
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function timeProcessor(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function runCase(peers: Engine, { name, leaves, depth, trees, rows, shapRows }: (typeof cases)[number]): Promise<InteractionsResult> {
  if (!existsSync(resolve(folder, `${name}.lgb.txt`))) await peers.ask({ do: "train", name, leaves, depth, trees });
  await peers.ask({ do: "open", name, rows });
  await peers.ask({ do: "openInteractions", name, rows: shapRows });
  const cells = readDoubles(`${name}.x`);
  const first = (numRows: number): { values: Float64Array; numRows: number; numColumns: number } => {
    return { values: cells.subarray(0, numRows * COLUMNS), numRows, numColumns: COLUMNS };
  };
  const data = first(rows);
  const expected = readDoubles(`${name}.pairs`);
  const start = performance.now();
  const ensemble = importLightgbm(readFileSync(resolve(folder, `${name}.lgb.txt`), "utf8"));
  const explainer = treeShap(ensemble);
  // Tables are made at the first call.
  explainer.interactions(first(1));
  const buildSeconds = (performance.now() - start) / 1000;
  const { values } = explainer.interactions(first(shapRows));
  const difference = values.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
  if (!(difference < AGREEMENT)) throw new Error(`${name}: interactions differ from shap's by ${difference}`);
  const against = treeShap(ensemble, { background: first(100) });
  against.interactions(first(1));
  const numLeaves = ensemble.nodes.leafStart.filter((place) => place >= 0).length;
  const pathDependent: number[] = [];
  const interventional: number[] = [];
  const shap: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    pathDependent.push((timeProcessor(() => explainer.interactions(data)) * 1e9) / rows / numLeaves);
    interventional.push((timeProcessor(() => against.interactions(data)) * 1e9) / rows / numLeaves);
    shap.push(((await peers.ask<{ seconds: number }>({ do: "interactions" })).seconds * 1e9) / shapRows / numLeaves);
  }
  return {
    name,
    trees: ensemble.numTrees,
    depth,
    numLeaves,
    rows,
    shapRows,
    difference,
    buildSeconds,
    nanoseconds: { pathDependent: median(pathDependent), interventional: median(interventional), shap: median(shap) },
    ratio: median(shap.map((other, i) => other / pathDependent[i])),
  };
}

mkdirSync(folder, { recursive: true });
const peers = new Engine(python, [resolve(import.meta.dirname, "../tree-shap/peers.py"), folder]);
const versions = await peers.ask({ do: "versions" });
const results: InteractionsResult[] = [];
for (const each of cases) {
  const result = await runCase(peers, each);
  results.push(result);
  const { pathDependent, interventional, shap } = result.nanoseconds;
  console.log(
    `${result.name}: vitrine ${pathDependent.toFixed(1)} ns per row and leaf, ${interventional.toFixed(1)} against a background, shap ${shap.toFixed(0)} (${result.ratio.toFixed(0)} ×)`,
  );
}
peers.close();
const run: TreeInteractionsRun = { ...describeMachine(versions), rounds: ROUNDS, results };
writeFileSync(resolve(import.meta.dirname, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
writePage();
