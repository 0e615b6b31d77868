import { describeReceived } from "../../errors.ts";
import { damagedFile } from "../damaged-file.ts";
import type { DraftTree } from "../draft-trees.ts";
import { readIntegers, readNumbers, type Place } from "../json-numbers.ts";
import { CATEGORICAL, OTHERS_LEFT } from "../nodes.ts";
import { readSklearnTree } from "./file.ts";
import { readCovers, readMissing, readShape, type TreeSlot } from "./tree.ts";

/** Codes of categories are bytes in scikit-learn. */
export const MOST_CATEGORIES = 256;

/** What the file says of its columns. */
export interface HistogramSlot extends TreeSlot {
  readonly numOutputs: number;
  /** The codes that training met in each categorical column, ascending; null for numeric ones. */
  readonly knownCodes: readonly (Int32Array | null)[];
}

/**
 * A tree of histogram gradient boosting, whose tests are `x <= threshold` in float64, or sets of categories. A category that training did
 * not meet goes where missing values go: where that is left, the test is turned round, so that the known ones of the right are listed.
 *
 * @throws InputError at the first thing that cannot be.
 */
export function draftHistogramTree(slot: HistogramSlot, json: unknown): DraftTree {
  const { call, where, numOutputs } = slot;
  const tree = readSklearnTree(call, json, where);
  const shape = readShape(slot, tree);
  const numNodes = shape.left.length;
  const place = (name: string): Place => ({ call, where, name });
  if (tree.outputClass >= numOutputs) {
    throw damagedFile(call, "outputClass", `an output from 0 to ${numOutputs - 1}`, String(tree.outputClass), where);
  }
  const flags = readMissing(place("missing_go_to_left"), tree, numNodes);
  const categories = new Map<number, Int32Array>();
  for (const [i, codes] of (tree.left_categories ?? []).entries()) {
    if (codes === null || !(shape.left[i] >= 0)) continue;
    const left = readCodes(place(`left_categories[${i}]`), codes);
    const known = slot.knownCodes[shape.feature[i]] ?? left;
    const missingLeft = flags[i] !== 0;
    flags[i] += missingLeft ? CATEGORICAL + OTHERS_LEFT : CATEGORICAL;
    categories.set(i, missingLeft ? known.filter((code) => !left.includes(code)) : left);
    shape.threshold[i] = NaN;
  }
  return {
    ...shape,
    flags,
    cover: readCovers(place("count"), tree.count, numNodes),
    leafValues: readNumbers(place("value"), tree.value, numNodes),
    categories,
    output: tree.outputClass,
    numDeleted: 0,
  };
}

/** Distinct codes of categories, ascending. */
export function readCodes(place: Place, codes: unknown): Int32Array {
  if (!Array.isArray(codes) || codes.length > MOST_CATEGORIES) {
    throw damagedFile(place.call, place.name, `an array of at most ${MOST_CATEGORIES}`, describeReceived(codes), place.where);
  }
  return Int32Array.from(new Set(readIntegers(place, codes, codes.length, 0, MOST_CATEGORIES - 1))).sort();
}
