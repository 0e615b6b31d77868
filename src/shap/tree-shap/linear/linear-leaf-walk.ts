import { goesLeft, ZERO_IS_MISSING, type EncodedRows, type TreeNodes } from "../../../trees/index.ts";
import type { LinearLeafPlan, LinearTreePlan } from "./linear-leaf-plan.ts";

/** Rows of a block, and patterns of all depths, at most. */
const MOST_ROWS = 1024;
const MOST_WORDS = 2 ** 22;

/** Takes the patterns of a block at a leaf: count × words. */
type VisitLeaf = (leaf: LinearLeafPlan, patterns: Int32Array, first: number, count: number) => void;

/**
 * The pattern of every row at every leaf of a tree: a player's bit is 1 where the row passes all tests on the player along the path and none of
 * the player's terms is missing. Bits that stand for nobody are 1.
 */
export function walkLinearTree(nodes: TreeNodes, plan: LinearTreePlan, rows: EncodedRows, visit: VisitLeaf): void {
  const { depth, words } = plan;
  const most = Math.max(1, Math.min(MOST_ROWS, rows.numRows, Math.floor(MOST_WORDS / ((depth + 1) * words))));
  const patterns = Array.from({ length: depth + 1 }, () => new Int32Array(most * words));
  const passes = Array.from({ length: depth + 1 }, () => new Uint8Array(most));
  for (let first = 0; first < rows.numRows; first += most) {
    const count = Math.min(most, rows.numRows - first);
    for (const step of plan.steps) {
      const own = patterns[step.depth];
      if (step.bit < 0) own.fill(-1);
      else narrow(patterns[step.depth - 1], passes[step.depth - 1], step.isLeft ? 1 : 0, step.bit, words, count, own);
      if (nodes.feature[step.node] >= 0) test(nodes, step.node, rows, first, count, passes[step.depth]);
      if (!step.leaf) continue;
      clearMissing(step.leaf, rows, first, count, words, own);
      visit(step.leaf, own, first, count);
    }
  }
}

/** The patterns of a child: its parent's, without the tested player's bit where the row goes the other way. */
function narrow(parent: Int32Array, passes: Uint8Array, wanted: number, bit: number, words: number, count: number, out: Int32Array): void {
  const mask = ~(1 << (bit & 31));
  if (words === 1) {
    for (let r = 0; r < count; r++) out[r] = passes[r] === wanted ? parent[r] : parent[r] & mask;
    return;
  }
  out.set(parent.subarray(0, count * words));
  for (let r = 0, at = bit >> 5; r < count; r++, at += words) if (passes[r] !== wanted) out[at] &= mask;
}

/** Which rows of a block go left at a node. */
function test(nodes: TreeNodes, node: number, { values, numColumns }: EncodedRows, first: number, count: number, out: Uint8Array): void {
  const threshold = nodes.threshold[node];
  const isPlain = nodes.flags[node] < ZERO_IS_MISSING;
  for (let r = 0, at = first * numColumns + nodes.feature[node]; r < count; r++, at += numColumns) {
    const x = values[at];
    if (isPlain && x <= threshold) out[r] = 1;
    else if (isPlain && x > threshold) out[r] = 0;
    else out[r] = goesLeft(nodes, node, x) ? 1 : 0;
  }
}

function clearMissing(
  { termFeature, termBit }: LinearLeafPlan,
  { values, numColumns }: EncodedRows,
  first: number,
  count: number,
  words: number,
  patterns: Int32Array,
): void {
  for (let term = 0; term < termFeature.length; term++) {
    const mask = ~(1 << (termBit[term] & 31));
    let cell = first * numColumns + termFeature[term];
    for (let at = termBit[term] >> 5; at < count * words; at += words, cell += numColumns) {
      // Only a missing value differs from itself.
      if (values[cell] !== values[cell]) patterns[at] &= mask;
    }
  }
}

/** Adds what the terms of each slot give a row. @param out - one a slot; overwritten. Missing values give nothing */
export function sumTerms(
  { termFeature, termCoefficient, termSlot }: LinearLeafPlan,
  values: Float64Array,
  start: number,
  out: Float64Array,
): void {
  out.fill(0);
  for (let term = 0; term < termFeature.length; term++) {
    const x = values[start + termFeature[term]];
    if (!Number.isNaN(x)) out[termSlot[term]] += termCoefficient[term] * x;
  }
}

/** Finds the place of a pattern among those that were seen; most are narrow enough for a list by their bits. */
export class PatternIndex {
  size = 0;
  private readonly words: number;
  private readonly mask: number;
  private readonly listed: Int32Array | null;
  private readonly places = new Map<number | string, number>();

  constructor(numPlayers: number, words: number) {
    this.words = words;
    this.mask = 2 ** Math.min(numPlayers, MOST_LISTED) - 1;
    this.listed = numPlayers <= MOST_LISTED ? new Int32Array(2 ** numPlayers).fill(-1) : null;
  }

  /** The pattern's place; a new one takes the next, which is `size` before. */
  place(patterns: Int32Array, at: number): number {
    const { listed, places, words } = this;
    if (listed) {
      const known = listed[patterns[at] & this.mask];
      return known >= 0 ? known : (listed[patterns[at] & this.mask] = this.size++);
    }
    const key = words === 1 ? patterns[at] : patterns.subarray(at, at + words).join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, this.size);
    return this.size++;
  }
}

const MOST_LISTED = 12;
