import { damagedFile } from "./damaged-file.ts";
import type { DraftModel, DraftTree } from "./draft-trees.ts";
import type { EncodedRows } from "./encoded-rows.ts";
import { countTrees, type LinearLeaves, type TreeNodes } from "./nodes.ts";

/** The linear functions of one tree's leaves as a file tells them; one entry a node, read at leaves only. */
export interface DraftLinearLeaves {
  readonly constants: Float64Array;
  /** Where each node's terms begin; length nodes + 1. */
  readonly termStart: Int32Array;
  readonly termFeature: Int32Array;
  readonly termCoefficient: Float64Array;
}

/**
 * Joins the linear functions of the trees' leaves; leaves of trees without them are constant.
 *
 * @param orders - the nodes of each tree, in the order in which they stand in the joint arrays
 * @returns undefined where no tree has any
 * @throws InputError where a feature does not exist or a number is not finite
 */
export function joinLinearLeaves(model: DraftModel, orders: readonly Int32Array[], nodes: TreeNodes): LinearLeaves | undefined {
  if (model.trees.every(({ linear }) => linear === undefined)) return undefined;
  const constants = nodes.leafValues.slice();
  const termStart = new Int32Array(nodes.feature.length + 1);
  const termFeature: number[] = [];
  const termCoefficient: number[] = [];
  let node = 0;
  for (const [t, tree] of model.trees.entries()) {
    for (const id of orders[t]) {
      if (nodes.leafStart[node] >= 0 && tree.linear) {
        const where = `tree ${t}, node ${id}`;
        constants[nodes.leafStart[node]] = checkFinite(model.call, "the constant of a leaf", tree.linear.constants[id], where);
        copyTerms(model, tree.linear, id, termFeature, termCoefficient, where);
      }
      termStart[++node] = termFeature.length;
    }
  }
  return { constants, termStart, termFeature: Int32Array.from(termFeature), termCoefficient: Float64Array.from(termCoefficient) };
}

function copyTerms(
  { call, numFeatures }: DraftModel,
  linear: NonNullable<DraftTree["linear"]>,
  id: number,
  features: number[],
  coefficients: number[],
  where: string,
): void {
  for (let term = linear.termStart[id]; term < linear.termStart[id + 1]; term++) {
    const feature = linear.termFeature[term];
    if (!(feature >= 0 && feature < numFeatures)) {
      throw damagedFile(call, "a feature of a leaf", `a column from 0 to ${numFeatures - 1}`, String(feature), where);
    }
    features.push(feature);
    coefficients.push(checkFinite(call, "a coefficient of a leaf", linear.termCoefficient[term], where));
  }
}

function checkFinite(call: string, what: string, value: number, where: string): number {
  if (!Number.isFinite(value)) throw damagedFile(call, what, "a finite number", String(value), where);
  return value;
}

/**
 * What a leaf gives a row whose cells begin at `values[start]`: its constant plus coefficient times value, term after term, or its plain value
 * where one of these cells is missing.
 */
function evaluateLeaf(nodes: TreeNodes, linear: LinearLeaves, node: number, values: Float64Array, start: number): number {
  const { termStart, termFeature, termCoefficient, constants } = linear;
  const leaf = nodes.leafStart[node];
  let sum = constants[leaf];
  for (let term = termStart[node]; term < termStart[node + 1]; term++) {
    const x = values[start + termFeature[term]];
    if (Number.isNaN(x)) return nodes.leafValues[leaf];
    sum += termCoefficient[term] * x;
  }
  return sum;
}

/** The most that a unit of each column can add to a sum over trees; -1 for columns that no leaf multiplies. */
export function heaviestCoefficients(nodes: TreeNodes, linear: LinearLeaves, numFeatures: number): Float64Array {
  const sums = new Float64Array(numFeatures).fill(-1);
  const most = new Float64Array(numFeatures).fill(-1);
  for (let t = 0; t < countTrees(nodes); t++) {
    const first = linear.termStart[nodes.treeStart[t]];
    const end = linear.termStart[nodes.treeStart[t + 1]];
    for (let term = first; term < end; term++) {
      const j = linear.termFeature[term];
      most[j] = Math.max(most[j], Math.abs(linear.termCoefficient[term]));
    }
    for (let term = first; term < end; term++) {
      const j = linear.termFeature[term];
      if (most[j] >= 0) sums[j] = Math.max(0, sums[j]) + most[j];
      most[j] = -1;
    }
  }
  return sums;
}

/** Adds trees with linear leaves to `sums` (rows × outputs), tree after tree; changed in place and returned. */
export function addLinearLeaves<T extends Float32Array | Float64Array>(
  nodes: TreeNodes,
  linear: LinearLeaves,
  { values, numRows, numColumns }: EncodedRows,
  sums: T,
  findLeaf: (nodes: TreeNodes, root: number, values: Float64Array, start: number) => number,
): T {
  const numOutputs = sums.length / numRows;
  for (let row = 0; row < numRows; row++) {
    const start = row * numColumns;
    for (let t = 0; t < countTrees(nodes); t++) {
      const node = findLeaf(nodes, nodes.treeStart[t], values, start);
      sums[row * numOutputs + nodes.treeOutput[t]] += evaluateLeaf(nodes, linear, node, values, start);
    }
  }
  return sums;
}
