import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { gamSection, type GamRun } from "./gam/section.ts";
import { glmSection, type GlmRun } from "./glm/section.ts";
import { kernelShapSection, type KernelShapRun } from "./kernel-shap/section.ts";
import { treeInteractionsSection, type TreeInteractionsRun } from "./tree-interactions/section.ts";
import type { TreeShapRun } from "./tree-shap/results.ts";
import { treeShapSection } from "./tree-shap/section.ts";

/** Where and with what a run measured. */
export interface Environment {
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  readonly versions: Readonly<Record<string, unknown>>;
}

/** This machine, today. */
export function describeMachine(versions: Readonly<Record<string, unknown>>): Environment {
  return { date: new Date().toISOString().slice(0, 10), node: process.version, cpu: cpus()[0].model, versions };
}

/** Writes docs/benchmarks.md from the latest results of every benchmark: nothing in it is typed by hand. */
export function writePage(): void {
  const trees = readRun<TreeShapRun>("tree-shap");
  const interactions = readRun<TreeInteractionsRun>("tree-interactions");
  const kernel = readRun<KernelShapRun>("kernel-shap");
  const glm = readRun<GlmRun>("glm");
  const gam = readRun<GamRun>("gam");
  const sections = [
    // Results of an earlier shape of this benchmark wait for its next run.
    trees && "pathDependent" in trees ? section("Tree SHAP", trees, treeShapSection(trees)) : null,
    interactions && section("Interactions of trees", interactions, treeInteractionsSection(interactions)),
    kernel && section("Kernel SHAP", kernel, kernelShapSection(kernel)),
    glm && section("Generalized linear models", glm, glmSection(glm)),
    gam && section("Generalized additive models", gam, gamSection(gam)),
  ].filter((text) => text !== null);
  const page = `# Benchmarks\n\nWritten by \`npm run bench\`: do not edit.\n\n${sections.join("\n")}`;
  writeFileSync(resolve(import.meta.dirname, "../docs/benchmarks.md"), page);
}

function readRun<Run>(name: string): Run | null {
  const path = resolve(import.meta.dirname, name, "results.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Run) : null;
}

function section(title: string, { date, node, cpu, versions }: Environment, text: string): string {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${String(version)}`);
  return `## ${title}\n\nMeasured on ${date}: Node ${node}, ${cpu}; ${peers.join(", ")}.\n\n${text}`;
}
