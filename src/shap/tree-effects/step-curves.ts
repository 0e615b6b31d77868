import { ZERO_IS_MISSING, countTrees, findLeaf, goesLeft } from "../../trees/index.ts";
import type { EncodedRows, TreeEnsemble, TreeNodes } from "../../trees/index.ts";
import { reachRanges } from "./feature-slots.ts";
import type { FeatureSlots } from "./feature-slots.ts";

/**
 * Raw predictions as functions of one column. A row goes through a tree with that column free: which slots lead to a leaf does not depend on
 * the row, so that a curve is the sum of the leaves that it reaches, each over its slots.
 */
export class StepCurves {
  private readonly ensemble: TreeEnsemble;
  private readonly feature: number;
  private readonly ranges: (Int32Array | undefined)[];
  private readonly stack: Int32Array;
  private readonly found: Int32Array;
  private readonly numOutputs: number;
  private readonly numSlots: number;

  constructor(ensemble: TreeEnsemble, feature: number, slots: FeatureSlots) {
    this.ensemble = ensemble;
    this.feature = feature;
    this.ranges = reachRanges(ensemble.nodes, feature, slots);
    this.numOutputs = ensemble.numOutputs;
    this.numSlots = slots.samples.length;
    const { treeStart } = ensemble.nodes;
    const largest = treeStart.reduce((most, start, t) => (t > 0 ? Math.max(most, start - treeStart[t - 1]) : most), 1);
    this.stack = new Int32Array(largest);
    this.found = new Int32Array(largest);
  }

  /** The weighted sum of all rows' curves, base scores included: slots × outputs. */
  sum(rows: EncodedRows, weights: Float64Array): Float64Array {
    const { nodes } = this.ensemble;
    const reach = new Float64Array(nodes.feature.length);
    for (let tree = 0; tree < countTrees(nodes); tree++) {
      for (let row = 0; row < rows.numRows; row++) {
        const count = this.walk(tree, rows, row);
        for (let f = 0; f < count; f++) reach[this.found[f]] += weights[row];
      }
    }
    const sums = this.start(weights.reduce((total, weight) => total + weight, 0));
    for (let tree = 0; tree < countTrees(nodes); tree++) {
      for (let i = nodes.treeStart[tree]; i < nodes.treeStart[tree + 1]; i++) if (reach[i] !== 0) this.add(sums, tree, i, reach[i]);
    }
    return accumulate(sums, this.numSlots, this.numOutputs);
  }

  /** The curve of one row, base scores included: slots × outputs. */
  ofRow(rows: EncodedRows, row: number): Float64Array {
    const sums = this.start(1);
    for (let tree = 0; tree < countTrees(this.ensemble.nodes); tree++) {
      const count = this.walk(tree, rows, row);
      for (let f = 0; f < count; f++) this.add(sums, tree, this.found[f], 1);
    }
    return accumulate(sums, this.numSlots, this.numOutputs);
  }

  /** Steps of the curves, which are summed up at the end; one more than there are slots. */
  private start(weight: number): Float64Array {
    const sums = new Float64Array((this.numSlots + 1) * this.numOutputs);
    this.ensemble.baseScores.forEach((score, k) => (sums[k] = weight * score));
    return sums;
  }

  private add(sums: Float64Array, tree: number, leaf: number, weight: number): void {
    const { leafStart, leafValues, leafWidth, treeOutput } = this.ensemble.nodes;
    const ranges = this.ranges[leaf];
    for (let k = 0; k < leafWidth; k++) {
      const value = weight * leafValues[leafStart[leaf] + k];
      const output = treeOutput[tree] + k;
      if (ranges === undefined) sums[output] += value;
      else {
        for (let r = 0; r < ranges.length; r += 2) {
          sums[ranges[r] * this.numOutputs + output] += value;
          sums[ranges[r + 1] * this.numOutputs + output] -= value;
        }
      }
    }
  }

  /** Fills `found` with the leaves that the row reaches by some value of the column. @returns how many */
  private walk(tree: number, rows: EncodedRows, row: number): number {
    const { stack, found, ranges, feature } = this;
    const { nodes } = this.ensemble;
    const root = nodes.treeStart[tree];
    const start = row * rows.numColumns;
    if (ranges[root] === undefined) {
      found[0] = findLeaf(nodes, root, rows.values, start);
      return 1;
    }
    let [count, depth] = [0, 1];
    stack[0] = root;
    while (depth > 0) {
      const i = stack[--depth];
      const tested = nodes.feature[i];
      if (tested < 0) found[count++] = i;
      else if (tested !== feature) stack[depth++] = isLeft(nodes, i, rows.values[start + tested]) ? nodes.left[i] : nodes.right[i];
      else {
        for (const child of [nodes.left[i], nodes.right[i]]) if (ranges[child]?.length) stack[depth++] = child;
      }
    }
    return count;
  }
}

/** Plain numbers, nearly all there are, are compared here; what else there is by the full rule. */
function isLeft(nodes: TreeNodes, i: number, x: number): boolean {
  if (nodes.flags[i] < ZERO_IS_MISSING) {
    if (x <= nodes.threshold[i]) return true;
    if (x > nodes.threshold[i]) return false;
  }
  return goesLeft(nodes, i, x);
}

function accumulate(steps: Float64Array, numSlots: number, numOutputs: number): Float64Array {
  for (let cell = numOutputs; cell < numSlots * numOutputs; cell++) steps[cell] += steps[cell - numOutputs];
  return steps.subarray(0, numSlots * numOutputs);
}
