import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readNumbers } from "../json-numbers.ts";
import { readSymmetricTreeJson } from "./file.ts";
import type { SplitReader } from "./splits.ts";

/** Levels of a tree, at most: CatBoost itself ends at 16. */
const MOST_LEVELS = 24;

/** How many values a leaf of the first tree holds. @throws InputError where its leaves are not all that its splits make */
export function symmetricLeafWidth(call: string, json: unknown): number {
  const { splits, leaf_values: values } = readSymmetricTreeJson(call, json, "tree 0");
  const width = values.length / 2 ** Math.min(splits.length, MOST_LEVELS + 1);
  if (Number.isInteger(width) && width > 0) return width;
  throw damagedFile(call, "leaf_values", `a multiple of 2^${splits.length}`, String(values.length), "tree 0");
}

/**
 * A tree that asks the same on each level. Bit i of a leaf's number says that split i holds; the last split stands at the root, so that
 * leaves keep their order. Node i has the children 2i + 1 and 2i + 2.
 *
 * @throws InputError at the first thing that cannot be.
 */
export function draftSymmetricTree(call: string, reader: SplitReader, json: unknown, t: number, leafWidth: number): DraftTree {
  const where = `tree ${t}`;
  const tree = readSymmetricTreeJson(call, json, where);
  const numLevels = tree.splits.length;
  const numLeaves = 2 ** numLevels;
  if (numLevels > MOST_LEVELS || tree.leaf_values.length !== numLeaves * leafWidth) {
    throw damagedFile(call, "leaf_values", `2^${numLevels} × ${leafWidth} numbers`, String(tree.leaf_values.length), where);
  }
  const values = readNumbers({ call, name: "leaf_values", where }, tree.leaf_values, numLeaves * leafWidth);
  const weights = tree.leaf_weights?.length
    ? readNumbers({ call, name: "leaf_weights", where }, tree.leaf_weights, numLeaves)
    : new Float64Array(numLeaves).fill(NaN);
  const tests = tree.splits.map((split) => reader.read(split, where)).reverse();
  const numTests = numLeaves - 1;
  const testOf = (i: number): (typeof tests)[number] => tests[Math.floor(Math.log2(i + 1))];
  const fill = (pick: (test: (typeof tests)[number], i: number) => number, leaf: number): Float64Array =>
    Float64Array.from({ length: numTests + numLeaves }, (_, i) => (i < numTests ? pick(testOf(i), i) : leaf));
  const cover = new Float64Array(numTests + numLeaves);
  cover.set(weights, numTests);
  for (let i = numTests - 1; i >= 0; i--) cover[i] = cover[2 * i + 1] + cover[2 * i + 2];
  const leafValues = new Float64Array((numTests + numLeaves) * leafWidth);
  leafValues.set(values, numTests * leafWidth);
  return {
    left: Int32Array.from(fill((_, i) => 2 * i + 1, -1)),
    right: Int32Array.from(fill((_, i) => 2 * i + 2, -1)),
    feature: Int32Array.from(fill(({ feature }) => feature, -1)),
    threshold: fill(({ threshold }) => threshold, NaN),
    flags: Uint8Array.from(fill(({ flags }) => flags, 0)),
    cover,
    leafValues,
    categories: new Map(
      Array.from({ length: numTests }, (_, i) => [i, testOf(i).category] as const).flatMap(([i, category]) =>
        category === null ? [] : [[i, Int32Array.of(category)] as const],
      ),
    ),
    output: 0,
    numDeleted: 0,
  };
}
