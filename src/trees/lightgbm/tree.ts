import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import type { DraftLinearLeaves } from "../linear-leaves.ts";
import { readCount, readList, readTokens, readWholeTokens, type FieldReader } from "./tokens.ts";
import { CATEGORICAL, MISSING_LEFT, ZERO_IS_MISSING } from "../nodes.ts";

/** The bits of `decision_type`; the kind of missing value stands above them. */
const CATEGORICAL_BIT = 1;
const DEFAULT_LEFT_BIT = 2;
const MISSING_SHIFT = 2;
const MISSING_NONE = 0;
const MISSING_ZERO = 1;
/** Both bits, and 2 (NaN) for the kind of missing value. */
const LARGEST_DECISION = CATEGORICAL_BIT + DEFAULT_LEFT_BIT + (2 << MISSING_SHIFT);
const LARGEST_FEATURE = 2 ** 31 - 1;
const LARGEST_COUNT = 2 ** 53;

/**
 * Turns one tree of the file into the common form: its tests first, under their own numbers, then its leaves.
 * Covers are those of leaves, their counts (NaN where the file has none); tests have NaN.
 *
 * @throws InputError at the first thing that cannot be.
 */
export function draftLightgbmTree(reader: FieldReader, output: number): DraftTree {
  const numLeaves = readCount(reader, "num_leaves", 1);
  const leafValues = readTokens(reader, "leaf_value", numLeaves);
  const numTests = numLeaves - 1;
  const decisions = readWholeTokens(reader, "decision_type", numTests, 0, LARGEST_DECISION);
  const thresholds = readTokens(reader, "threshold", numTests);
  const categories = readCategories(reader, decisions, thresholds);
  const none = new Float64Array(numLeaves);
  const linear = readLinear(reader, numLeaves);
  return {
    left: Int32Array.from([...readChildren(reader, "left_child", numLeaves), ...none.fill(-1)]),
    right: Int32Array.from([...readChildren(reader, "right_child", numLeaves), ...none.fill(-1)]),
    feature: Int32Array.from([...readWholeTokens(reader, "split_feature", numTests, 0, LARGEST_FEATURE), ...none.fill(-1)]),
    threshold: Float64Array.from([...thresholds.map((x, i) => (categories.has(i) ? NaN : x)), ...none.fill(NaN)]),
    flags: Uint8Array.from([...decisions.map((decision, i) => toFlags(decision, thresholds[i])), ...none.fill(0)]),
    cover: Float64Array.from([...new Float64Array(numTests).fill(NaN), ...readLeafCounts(reader, numLeaves)]),
    leafValues: Float64Array.from([...new Float64Array(numTests), ...leafValues]),
    categories,
    output,
    numDeleted: 0,
    ...(linear ? { linear } : {}),
  };
}

/** The linear functions in the leaves of a linear tree; leaves stand after the tests. */
function readLinear(reader: FieldReader, numLeaves: number): DraftLinearLeaves | null {
  const { call, fields, where } = reader;
  const mark = fields.get("is_linear") ?? "0";
  if (mark === "0") return null;
  if (mark !== "1") throw damagedFile(call, "is_linear", "0 or 1", mark, where);
  const numTests = numLeaves - 1;
  const counts = readWholeTokens(reader, "num_features", numLeaves, 0, LARGEST_FEATURE);
  const numTerms = counts.reduce((sum, count) => sum + count, 0);
  const termStart = new Int32Array(numTests + numLeaves + 1);
  const termFeature = Int32Array.from(readList(reader, "leaf_features", numTerms));
  const termCoefficient = readList(reader, "leaf_coeff", numTerms);
  counts.forEach((count, leaf) => (termStart[numTests + leaf + 1] = termStart[numTests + leaf] + count));
  const constants = Float64Array.from([...new Float64Array(numTests), ...readTokens(reader, "leaf_const", numLeaves)]);
  return { constants, termStart, termFeature, termCoefficient };
}

/** A child below zero is a leaf, numbered from -1 down; leaves stand after the tests here. */
function readChildren(reader: FieldReader, name: string, numLeaves: number): Float64Array {
  const numTests = numLeaves - 1;
  const children = readWholeTokens(reader, name, numTests, -numLeaves, Math.max(0, numTests - 1));
  return children.map((child) => (child < 0 ? numTests + ~child : child));
}

function readLeafCounts(reader: FieldReader, numLeaves: number): Float64Array {
  if (!reader.fields.get("leaf_count")) return new Float64Array(numLeaves).fill(NaN);
  return readWholeTokens(reader, "leaf_count", numLeaves, 0, LARGEST_COUNT);
}

/**
 * Where a missing value goes. Nodes that met none in training take NaN for zero, and categorical nodes send it right, whatever
 * their default.
 */
function toFlags(decision: number, threshold: number): number {
  if ((decision & CATEGORICAL_BIT) !== 0) return CATEGORICAL;
  const kind = decision >> MISSING_SHIFT;
  const left = kind === MISSING_NONE ? threshold >= 0 : (decision & DEFAULT_LEFT_BIT) !== 0;
  return (left ? MISSING_LEFT : 0) + (kind === MISSING_ZERO ? ZERO_IS_MISSING : 0);
}

/** The categories that go left, by test: bit sets of 32 categories a word, of which a test's threshold names one. */
function readCategories(reader: FieldReader, decisions: Float64Array, thresholds: Float64Array): Map<number, Int32Array> {
  const { call, where } = reader;
  const lists = new Map<number, Int32Array>();
  if (decisions.every((decision) => (decision & CATEGORICAL_BIT) === 0)) return lists;
  const numSets = readCount(reader, "num_cat", 1);
  const bounds = readWholeTokens(reader, "cat_boundaries", numSets + 1, 0, LARGEST_FEATURE);
  if (bounds[0] !== 0 || bounds.some((bound, i) => i > 0 && bound < bounds[i - 1])) {
    throw damagedFile(call, "cat_boundaries", "ascending from 0", bounds.join(" "), where);
  }
  const words = readWholeTokens(reader, "cat_threshold", bounds[numSets], 0, 2 ** 32 - 1);
  const used = new Set<number>();
  for (const [i, decision] of decisions.entries()) {
    if ((decision & CATEGORICAL_BIT) === 0) continue;
    const set = thresholds[i];
    // Each test owns its set; a set that is shared could make a small file a large model.
    if (!(set >= 0 && set < numSets && Number.isInteger(set)) || used.has(set)) {
      throw damagedFile(call, `threshold ${i}`, `a set of categories of its own, below ${numSets}`, String(set), where);
    }
    used.add(set);
    lists.set(i, listBits(words.subarray(bounds[set], bounds[set + 1])));
  }
  return lists;
}

/** The positions of the bits that are set, ascending. */
function listBits(words: Float64Array): Int32Array {
  const bits: number[] = [];
  for (const [w, word] of words.entries()) {
    for (let bit = 0; bit < 32; bit++) if (((word >>> bit) & 1) === 1) bits.push(32 * w + bit);
  }
  return Int32Array.from(bits);
}
