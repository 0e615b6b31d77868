import { ZERO_IS_MISSING, ZERO_THRESHOLD, countTrees, goesLeft } from "../../trees/index.ts";
import type { TreeNodes } from "../../trees/index.ts";

/**
 * What a model tells apart in one column: between two neighbouring thresholds all numbers are alike. The last slot is that of missing values.
 */
export interface FeatureSlots {
  /** Ascending; a slot reaches from above the cut before it up to its own. Those of a categorical column are its codes. */
  readonly cuts: Float64Array;
  /** A value of each slot. */
  readonly samples: Float64Array;
}

/** The slots of a numeric column: one for each threshold (and number that a test lists), one above them all, one for missing values. */
export function numericSlots(nodes: TreeNodes, feature: number): FeatureSlots {
  const found = new Set<number>();
  for (let i = 0; i < nodes.treeStart[countTrees(nodes)]; i++) {
    if (nodes.feature[i] !== feature) continue;
    for (const code of nodes.categories.subarray(nodes.categoryStart[i], nodes.categoryEnd[i])) found.add(code).add(numberBelow(code));
    if (!Number.isNaN(nodes.threshold[i])) found.add(nodes.threshold[i]);
    // What counts as missing lies between the number below the one limit and the other limit.
    if (nodes.flags[i] & ZERO_IS_MISSING) found.add(numberBelow(-ZERO_THRESHOLD)).add(ZERO_THRESHOLD);
  }
  const cuts = Float64Array.from(found).sort();
  return { cuts, samples: Float64Array.from([...cuts, Infinity, NaN]) };
}

/** The slots of given codes of a categorical column, ascending, and one for missing values. */
export function categoricalSlots(codes: Float64Array): FeatureSlots {
  return { cuts: codes, samples: Float64Array.from([...codes, NaN]) };
}

/** The slot of a number. */
export function slotOf({ cuts }: Pick<FeatureSlots, "cuts">, x: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The slots that lead to each node, as pairs of a first slot and the one after the last; trees that do not test the column have none at all.
 * A parent stands before its children, so that one pass does.
 */
export function reachRanges(nodes: TreeNodes, feature: number, { samples }: FeatureSlots): (Int32Array | undefined)[] {
  const ranges: (Int32Array | undefined)[] = Array.from({ length: nodes.feature.length });
  const all = Int32Array.of(0, samples.length);
  for (let tree = 0; tree < countTrees(nodes); tree++) {
    const [root, end] = [nodes.treeStart[tree], nodes.treeStart[tree + 1]];
    if (!nodes.feature.subarray(root, end).includes(feature)) continue;
    ranges[root] = all;
    for (let i = root; i < end; i++) {
      const own = ranges[i];
      if (nodes.left[i] < 0 || own === undefined) continue;
      const tests = nodes.feature[i] === feature;
      ranges[nodes.left[i]] = tests ? narrow(own, (slot) => goesLeft(nodes, i, samples[slot])) : own;
      ranges[nodes.right[i]] = tests ? narrow(own, (slot) => !goesLeft(nodes, i, samples[slot])) : own;
    }
  }
  return ranges;
}

function narrow(ranges: Int32Array, keep: (slot: number) => boolean): Int32Array {
  const kept: number[] = [];
  for (let r = 0; r < ranges.length; r += 2) {
    let start = -1;
    for (let slot = ranges[r]; slot <= ranges[r + 1]; slot++) {
      const inside = slot < ranges[r + 1] && keep(slot);
      if (inside && start < 0) start = slot;
      if (inside || start < 0) continue;
      kept.push(start, slot);
      start = -1;
    }
  }
  return Int32Array.from(kept);
}

function numberBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  return x * (x > 0 ? 1 - Number.EPSILON / 2 : 1 + Number.EPSILON);
}
