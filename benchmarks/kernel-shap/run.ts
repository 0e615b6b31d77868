// Estimates of Kernel SHAP beside shap's KernelExplainer and PermutationExplainer and shapiq's estimators: squared errors at equal evaluations,
// against the exact values of interventional Tree SHAP. Writes results.json and docs/benchmarks.md.   npm run bench
// VITRINE_BENCH_KEEP_PEERS=1 measures vitrine alone, beside the peers' errors of the latest results: same models, rows, budgets and seeds.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { kernelShap, treeShap } from "vitrine/shap";
import { importLightgbm } from "vitrine/trees";
import type { Table } from "vitrine";
import { Engine, python } from "../engine.ts";
import { describeMachine, writePage } from "../page.ts";
import type { CaseResult, KernelShapRun } from "./section.ts";

const folder = resolve(import.meta.dirname, "../models");
const latest = resolve(import.meta.dirname, "results.json");
/** Seeds of ours, whose intervals are counted, and of the peers. */
const REPETITIONS = 8;
const PEER_REPETITIONS = 3;
/** Each model at few evaluations and at many, in evaluations a column. */
const BUDGETS = [5, 20, 60];
const names = ["synthetic-8", "diabetes-10", "wine-13", "synthetic-20", "categories-20", "breast-cancer-30", "synthetic-40", "digits-60"];

function readMatrix(file: string, numColumns: number): { values: Float64Array; numRows: number; numColumns: number } {
  const bytes = readFileSync(resolve(folder, file));
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { values, numRows: values.length / numColumns, numColumns };
}

/** Squared errors over the mean square of the truth. */
function relativeError(values: ArrayLike<number>, truth: Float64Array): number {
  let [errors, squares] = [0, 0];
  truth.forEach((value, i) => {
    errors += (values[i] - value) ** 2;
    squares += value ** 2;
  });
  return errors / squares;
}

/** Microseconds of this process: other work on the machine does not count. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function measureOurs(predict: (batch: Table) => Float64Array, background: Matrix, rows: Matrix, budget: number, truth: Float64Array) {
  let [error, inside, intervals, sent, inModel, whole] = [0, 0, 0, 0, 0, 0];
  const watched = (batch: Table): Float64Array => {
    const start = processorTime();
    const found = predict(batch);
    inModel += processorTime() - start;
    return found;
  };
  for (let seed = 0; seed < REPETITIONS; seed++) {
    const start = processorTime();
    const found = await kernelShap(watched, { background, budget, seed }).explain(rows);
    whole += processorTime() - start;
    error += relativeError(found.values, truth) / REPETITIONS;
    sent += found.sampling?.rowsSent ?? 0;
    found.values.forEach((value, i) => {
      const width = 1.96 * (found.standardErrors?.[i] ?? 0);
      // Exact ones have no interval.
      if (width < 1e-12) return;
      intervals++;
      if (Math.abs(value - truth[i]) <= width) inside++;
    });
  }
  const share = sent / (REPETITIONS * rows.numRows * budget * background.numRows);
  return {
    error,
    coverage: intervals > 0 ? inside / intervals : null,
    intervals,
    sent: share,
    overhead: (whole - inModel) / sent,
  };
}

type Matrix = ReturnType<typeof readMatrix>;

async function runCase(peers: Engine, engines: readonly string[], name: string): Promise<CaseResult[]> {
  if (!existsSync(resolve(folder, `kernel-${name}.lgb.txt`))) await peers.ask({ do: "train", name });
  const { columns } = await peers.ask<{ columns: number }>({ do: "open", name });
  const [rows, background] = [readMatrix(`kernel-${name}.x`, columns), readMatrix(`kernel-${name}.background`, columns)];
  const ensemble = importLightgbm(readFileSync(resolve(folder, `kernel-${name}.lgb.txt`), "utf8"));
  const predict = ({ values, numRows }: Table): Float64Array =>
    ensemble.predict({ values, numRows, numColumns: columns }, { scale: "raw" });
  const truth = treeShap(ensemble, { background }).explain(rows).values;
  const results: CaseResult[] = [];
  // Where most coalitions are played, all that sample without replacement come to be exact.
  for (const budget of BUDGETS.map((each) => each * columns).filter((each) => each < 0.75 * 2 ** columns)) {
    const ours = await measureOurs(predict, background, rows, budget, truth);
    const errors: Record<string, number> = { ...keptErrors(name, budget), vitrine: ours.error };
    for (const engine of engines) {
      if (engine in errors) continue;
      errors[engine] = 0;
      for (let seed = 0; seed < PEER_REPETITIONS; seed++) {
        const { values } = await peers.ask<{ values: number[][] }>({ do: "explain", engine, budget, seed });
        errors[engine] += relativeError(values.flat(), truth) / PEER_REPETITIONS;
      }
    }
    const { coverage, intervals, sent, overhead } = ours;
    results.push({ name, columns, budget, errors, coverage, intervals, sent, overhead });
    const others = Object.entries(errors).map(([engine, error]) => `${engine} ${error.toExponential(1)}`);
    console.log(
      `${name}, ${budget}: ${others.join(", ")}; within ${coverage?.toFixed(3)}, sent ${sent.toFixed(2)}, ${overhead.toFixed(1)} µs a row`,
    );
  }
  return results;
}

/** What the peers had in the latest results, where these are to be kept. */
function keptErrors(name: string, budget: number): Readonly<Record<string, number>> {
  if (process.env.VITRINE_BENCH_KEEP_PEERS !== "1" || !existsSync(latest)) return {};
  const { results: known } = JSON.parse(readFileSync(latest, "utf8")) as KernelShapRun;
  return known.find((result) => result.name === name && result.budget === budget)?.errors ?? {};
}

mkdirSync(folder, { recursive: true });
const peers = new Engine(python, [resolve(import.meta.dirname, "peers.py"), folder]);
const versions = await peers.ask({ do: "versions" });
const { engines } = await peers.ask<{ engines: string[] }>({ do: "engines" });
const results: CaseResult[] = [];
const chosen = process.env.VITRINE_BENCH_CASES?.split(",") ?? names;
for (const name of chosen) results.push(...(await runCase(peers, engines, name)));
peers.close();
const run: KernelShapRun = {
  ...describeMachine(versions),
  rows: 5,
  background: 10,
  repetitions: REPETITIONS,
  peerRepetitions: PEER_REPETITIONS,
  results,
};
if (chosen === names) {
  writeFileSync(latest, `${JSON.stringify(run, null, 2)}\n`);
  writePage();
}
