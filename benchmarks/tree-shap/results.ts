import type { Environment } from "../page.ts";
import type { PeerName } from "./peers.ts";

/** What a peer took in one case, or why it has no figure. */
export interface PeerResult {
  readonly note?: string;
  /** Rows it explained in each round, and the rounds. */
  readonly rows: number;
  readonly difference: number;
  /** Median nanoseconds for one row and leaf; `fresh` with the explainer built anew, as far as it builds one. */
  readonly nanoseconds: number;
  readonly fresh: number;
  /** How many times as long it took as vitrine: of medians of alternating rounds, on the same model. */
  readonly ratio: number;
  readonly freshRatio: number;
}

/** What one path-dependent case measured. */
export interface PathResult {
  readonly trees: number;
  readonly depth: number;
  readonly numLeaves: number;
  readonly rows: number;
  readonly rounds: number;
  /** Vitrine on LightGBM's model: built before, and `treeShap` with its first `explain` of the batch. */
  readonly nanoseconds: number;
  readonly fresh: number;
  /** Building costs as much as explaining so many rows. */
  readonly buildRows: number;
  readonly buildSeconds: number;
  /** Vitrine on the XGBoost model. */
  readonly xgboost: { readonly numLeaves: number; readonly nanoseconds: number } | null;
  readonly peers: Readonly<Partial<Record<PeerName, PeerResult>>>;
}

/** What one size of background measured; microseconds for one explained row. */
export interface InterventionalResult {
  readonly background: number;
  readonly rows: number;
  readonly microseconds: number;
  readonly buildSeconds: number;
  readonly peers: Readonly<Partial<Record<PeerName, PeerResult>>>;
}

/** What one model measured of calls with one row, in median milliseconds. */
export interface OneRowResult {
  readonly trees: number;
  readonly depth: number;
  readonly numLeaves: number;
  readonly vitrine: number;
  readonly python: number | null;
  readonly native: number | null;
}

/** Vitrine's time against one size, all else equal. */
export interface LinearitySeries {
  readonly size: "rows" | "trees" | "leaves";
  readonly points: readonly { readonly size: number; readonly milliseconds: number }[];
  /** The slope of the logarithms: 1 is linear. */
  readonly exponent: number;
}

/** One thread against two. */
export interface ThreadsResult {
  readonly name: string;
  readonly rows: number;
  readonly one: number;
  readonly two: number;
  readonly ratio: number;
}

/** One run of the benchmark. */
export interface TreeShapRun extends Environment {
  readonly pathDependent: readonly PathResult[];
  readonly interventional: readonly InterventionalResult[];
  readonly oneRow: readonly OneRowResult[];
  readonly linearity: readonly LinearitySeries[];
  readonly threads: readonly ThreadsResult[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}
