import type { LinkName } from "../output-link.ts";
import type { PostTransform } from "./forest.ts";
import type { WeighedForest } from "./join-forests.ts";

/** What the outputs of an operator are on: links of the sums by its `post_transform`. */
export const LINKS: Readonly<Record<PostTransform, LinkName>> = {
  NONE: "identity",
  LOGISTIC: "logistic",
  SOFTMAX: "softmax",
  SOFTMAX_ZERO: "softmaxZero",
  PROBIT: "probit",
};

/** A value in the graph that trees add up to, or what became of it: everything that the model will be made of. */
export interface Scores {
  readonly kind: "scores";
  readonly forests: readonly WeighedForest[];
  /** Added to the sums; one an output. */
  readonly bases: readonly number[];
  /** What the sums have gone through. */
  readonly link: LinkName;
  readonly outputNames: readonly string[];
  /** The operator's name, and what it is for. */
  readonly objective: string;
  /** Whether the library adds up in float32. */
  readonly isSingle: boolean;
  /** Where the value has a first column before the only output x: that column is 1 - x (`one`), -x (`minus`) or without weights (`none`). */
  readonly hiddenColumn: "one" | "minus" | "none" | null;
  readonly warnings: readonly string[];
}

/** Columns of the model, side by side. */
export interface Columns {
  readonly kind: "columns";
  readonly columns: readonly number[];
  readonly cells: "float32" | "float64";
}

/** Numbers that stand in the file. */
interface Constant {
  readonly kind: "constant";
  readonly values: Float64Array;
}

/** What cannot be followed. */
export interface Unknown {
  readonly kind: "unknown";
  /** The first operator on the way that is not understood, and what of it. */
  readonly because: string;
}

/** What is known of a value in the graph. */
export type Known = Scores | Columns | Constant | Unknown;

export function unknown(because: string): Unknown {
  return { kind: "unknown", because };
}
