// Times Tree SHAP beside its peers: same machine, same rows, one thread, in turn. Peers that are missing, fail or take too long are left out with a note.
// Writes results.json, docs/benchmarks.md and its picture; with --quick everything small, to benchmarks/models alone.   npm run bench
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describeMachine, writePage } from "../page.ts";
import { FULL, QUICK } from "./cases.ts";
import { runInterventionalCase } from "./interventional.ts";
import { drawLinearity, runLinearity } from "./linearity.ts";
import { folder, writeRows } from "./models.ts";
import { runOneRow } from "./one-row.ts";
import { runPathCase } from "./path-dependent.ts";
import { describeFailure, Peer, PEER_NAMES, PEERS, type PeerName } from "./peers.ts";
import type { InterventionalResult, OneRowResult, PathResult, PeerResult, TreeShapRun } from "./results.ts";
import { treeShapSection } from "./section.ts";
import { describeThreads, measureThreads } from "./threads.ts";

const quick = process.argv.includes("--quick");
const plan = quick ? QUICK : FULL;
const begun = performance.now();
const notes: string[] = [];

function report(text: string): void {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function note(text: string): void {
  notes.push(text);
  report(`left out: ${text}`);
}

function describePeers(peers: Readonly<Partial<Record<PeerName, PeerResult>>>): string {
  return PEER_NAMES.flatMap((name) => {
    const peer = peers[name];
    return peer === undefined || peer.note !== undefined
      ? []
      : [`${PEERS[name].title} ${peer.ratio.toFixed(1)} × (built within ${peer.freshRatio.toFixed(1)} ×)`];
  }).join(", ");
}

async function findVersions(peers: Readonly<Record<PeerName, Peer>>): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const name of PEER_NAMES) {
    try {
      versions[PEERS[name].title] = (await peers[name].ask<{ version: string }>({ do: "version" })).version;
    } catch (error) {
      note(`${PEERS[name].title}: ${describeFailure(error)}`);
    }
  }
  return versions;
}

mkdirSync(folder, { recursive: true });
const make = (name: PeerName): Peer => new Peer(name, folder, plan.patience);
const peers: Record<PeerName, Peer> = {
  shap: make("shap"),
  lightgbm: make("lightgbm"),
  fasttreeshap: make("fasttreeshap"),
  woodelf: make("woodelf"),
  xgboost: make("xgboost"),
};
const versions = await findVersions(peers);
report(Object.entries(versions).flat().join(" "));
await writeRows(peers.lightgbm);

const pathDependent: PathResult[] = [];
for (const shape of plan.pathDependent) {
  const result = await runPathCase(peers, shape, plan, note);
  pathDependent.push(result);
  report(
    `${shape.name}, ${shape.rows} rows, ${result.rounds} rounds: vitrine ${result.nanoseconds.toFixed(2)} ns, building as ${result.buildRows} rows; ${describePeers(result.peers)}`,
  );
}
const interventional: InterventionalResult[] = [];
for (const size of plan.interventional.backgrounds) {
  const result = await runInterventionalCase(peers, plan, size, note);
  interventional.push(result);
  report(`${size} background rows: vitrine ${result.microseconds.toFixed(1)} µs a row; ${describePeers(result.peers)}`);
}
const oneRow: OneRowResult[] = [];
for (const shape of plan.oneRow) {
  const result = await runOneRow(peers.lightgbm, shape, note);
  oneRow.push(result);
  report(
    `one row of ${shape.name}: vitrine ${result.vitrine.toFixed(3)} ms, LightGBM native ${result.native?.toFixed(3)}, Python ${result.python?.toFixed(3)}`,
  );
}
const linearity = await runLinearity(peers.lightgbm, plan);
for (const name of PEER_NAMES) peers[name].close();
report(`exponents: ${linearity.map(({ size, exponent }) => `${size} ${exponent.toFixed(2)}`).join(", ")}`);
const threads = await measureThreads(resolve(folder, `${plan.threads.model.name}.lgb.txt`), plan.threads.rows, 5);
for (const result of threads) report(describeThreads(result));

const run: TreeShapRun = { ...describeMachine(versions), pathDependent, interventional, oneRow, linearity, threads, notes };
const results = resolve(quick ? folder : import.meta.dirname, quick ? "quick.json" : "results.json");
writeFileSync(results, `${JSON.stringify(run, null, 2)}\n`);
await drawLinearity(linearity, resolve(quick ? folder : resolve(import.meta.dirname, "../../docs/images"), "tree-shap-linearity.svg"));
if (quick) console.log(treeShapSection(run));
else writePage();
report("done");
process.exit(0);
