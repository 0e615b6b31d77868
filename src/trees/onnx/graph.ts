import { describeNode } from "./attributes.ts";
import { afterTrees } from "./after-trees.ts";
import { beforeTrees } from "./before-trees.ts";
import type { OnnxGraph, OnnxNode } from "./model-file.ts";
import { unknown, type Columns, type Known } from "./scores.ts";
import { readClassifier, readRegressor, readTreeEnsemble } from "./tree-operators.ts";

const TREES: Readonly<Record<string, { readonly read: typeof readRegressor; readonly output: number }>> = {
  TreeEnsembleRegressor: { read: readRegressor, output: 0 },
  // The first output of a classifier is the label.
  TreeEnsembleClassifier: { read: readClassifier, output: 1 },
  TreeEnsemble: { read: readTreeEnsemble, output: 0 },
};

/** A graph that was walked. */
export interface WalkedGraph {
  /** What is known of each value, by name. */
  readonly known: ReadonlyMap<string, Known>;
  /** How many operators of trees it has. */
  readonly numForests: number;
}

/**
 * Follows the columns of the model through the graph to what the trees add up to, and on to its outputs.
 *
 * @param inputs - The graph's inputs that are columns.
 * @throws InputError where an operator of trees is damaged
 */
export function walkGraph(call: string, graph: OnnxGraph, inputs: ReadonlyMap<string, Columns>): WalkedGraph {
  const known = new Map<string, Known>(inputs);
  for (const [name, { values }] of graph.constants) known.set(name, { kind: "constant", values });
  let numForests = 0;
  for (const node of graph.nodes) {
    const from = node.inputs.map((name) => known.get(name) ?? unknown(`the value ${JSON.stringify(name)}`));
    const trees = Object.hasOwn(TREES, node.operator) && node.domain === "ai.onnx.ml" ? TREES[node.operator] : null;
    if (trees === null) {
      const made = applyNode(call, node, from);
      for (const [i, name] of node.outputs.entries()) known.set(name, i === 0 ? made : unknown(describeNode(node)));
      continue;
    }
    numForests++;
    for (const [i, name] of node.outputs.entries()) {
      const [columns = unknown(describeNode(node))] = from;
      if (i !== trees.output) known.set(name, unknown(`the label of ${describeNode(node)}`));
      else known.set(name, columns.kind === "columns" ? trees.read(call, node, columns) : unknown(blame(columns, node)));
    }
  }
  return { known, numForests };
}

/** What a node makes that is no operator of trees. */
function applyNode(call: string, node: OnnxNode, from: readonly Known[]): Known {
  const stranger = from.find((one) => one.kind === "unknown");
  if (stranger !== undefined) return stranger;
  const made = (from.some(({ kind }) => kind === "scores") ? afterTrees : beforeTrees)(call, node, from);
  return made ?? unknown(describeNode(node));
}

function blame(columns: Known, node: OnnxNode): string {
  return columns.kind === "unknown" ? columns.because : `${describeNode(node)} of what are no columns of the model`;
}
