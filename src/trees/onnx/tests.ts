import { float64Below, float64ThresholdForFloat32AtMost, float64ThresholdForFloat32Less } from "../thresholds.ts";
import { LEAF, MODES, type OnnxForest } from "./forest.ts";

/** The precision that cells are compared in. */
export type CellType = "float32" | "float64";

/**
 * The nodes of a forest with tests of two kinds alone: a number `x <= threshold`, in float64, or membership of a set. Both go left where
 * they are passed.
 */
export interface PlainTests {
  /** The operator's column; -1 at leaves. */
  readonly features: Int32Array;
  /** NaN at sets and leaves. */
  readonly thresholds: Float64Array;
  /** What a node lists: numbers as the file has them. */
  readonly sets: ReadonlyMap<number, readonly number[]>;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
}

const [LEQ, LT, GTE, GT, EQ, NEQ, MEMBER] = MODES.keys();

/** The largest double whose cell is at most the limit. */
export function atMost(cells: CellType, limit: number): number {
  return cells === "float32" ? float64ThresholdForFloat32AtMost(limit) : limit;
}

/** The largest double whose cell is less than the limit; NaN where there is none. */
export function lessThan(cells: CellType, limit: number): number {
  return cells === "float32" ? float64ThresholdForFloat32Less(limit) : float64Below(limit);
}

/** Turns `>` and `>=` round, and `==` and `!=` into sets. A missing cell fails all tests but `!=`, unless it tracks the true branch. */
export function plainTests(forest: OnnxForest, cells: CellType): PlainTests {
  const { modes, features, values, members, trueChild, falseChild, missingTrue } = forest;
  const plain = {
    features: Int32Array.from(features, (feature, i) => (modes[i] === LEAF ? -1 : feature)),
    thresholds: new Float64Array(modes.length).fill(NaN),
    sets: new Map<number, readonly number[]>(),
    left: Int32Array.from(trueChild),
    right: Int32Array.from(falseChild),
    missingLeft: missingTrue.slice(),
  };
  for (const [i, mode] of modes.entries()) {
    const value = values[i];
    if (mode === LEQ) plain.thresholds[i] = atMost(cells, value);
    else if (mode === LT) plain.thresholds[i] = lessThan(cells, value);
    else if (mode === GT || mode === GTE) {
      // Nothing is greater than NaN: everything is within infinity.
      plain.thresholds[i] = Number.isNaN(value) ? Infinity : (mode === GT ? atMost : lessThan)(cells, value);
      turnRound(plain, i, missingTrue[i] === 0);
    } else if (mode === EQ || mode === NEQ) {
      plain.sets.set(i, Number.isNaN(value) ? [] : [value]);
      if (mode === NEQ) turnRound(plain, i, false);
    } else if (mode === MEMBER)
      plain.sets.set(
        i,
        [...new Set(members.get(i))].sort((a, b) => a - b),
      );
  }
  return plain;
}

function turnRound({ left, right, missingLeft }: PlainTests, i: number, missing: boolean): void {
  [left[i], right[i]] = [right[i], left[i]];
  missingLeft[i] = missing ? 1 : 0;
}
